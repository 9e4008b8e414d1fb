// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "server/app/work_pool.h"
#include "server/service/auth.h"
#include "server/service/login_guard.h"

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

namespace vorfahrt::server::app {

struct LoginSettings {
    service::LoginLimits limits;
    unsigned workers = 2;
    std::size_t queue = 64;
};

// What everything with a password shares: the limits of tries (login_guard.h), and a bounded pool,
// because checking and hashing are slow on purpose. Any thread.
class PasswordWork {
public:
    PasswordWork(const LoginSettings& settings, const Clock& clock);

    // Zero: go on; otherwise how long to wait.
    [[nodiscard]] Millis ask(const std::string& address);
    [[nodiscard]] Millis begin(const service::LoginTry& attempt);
    void forget(const service::LoginTry& attempt);

    // false: the queue is full; the job was not taken.
    [[nodiscard]] bool submit(std::function<void()> job) { return pool_.submit(std::move(job)); }
    [[nodiscard]] const service::PasswordVerifier& verifier() const { return verifier_; }
    void stop() { pool_.stop(); }

private:
    const Clock& clock_;
    service::PasswordVerifier verifier_;
    std::mutex mutex_;  // guards guard_
    service::LoginGuard guard_;
    WorkPool pool_;
};

}  // namespace vorfahrt::server::app
