// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "server/app/work_pool.h"
#include "server/app/writer.h"
#include "server/service/auth.h"
#include "server/service/login_guard.h"
#include "server/session/backend.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace vorfahrt::server::app {

struct LoginSettings {
    service::LoginLimits limits;
    unsigned workers = 2;
    std::size_t queue = 64;
};

// Logins: the stored hash from the writer, the limits (login_guard.h), the check in a bounded pool,
// the token from the writer again. A wrong name and a wrong password are one answer after the same
// work. Any thread.
class LoginDesk {
public:
    LoginDesk(LoginSettings settings, const Clock& clock, Writer& writer);

    void login(session::LoginAttempt attempt, session::Backend::LoggedIn done);
    void stop() { pool_.stop(); }

private:
    void check(session::LoginAttempt attempt, service::Outcome found,
               session::Backend::LoggedIn done);
    void forget(const service::LoginTry& counted);
    void issue(service::IssueTokenRequest request, session::Backend::LoggedIn done);

    const Clock& clock_;
    Writer& writer_;
    service::PasswordVerifier verifier_;
    std::mutex mutex_;  // guards guard_
    service::LoginGuard guard_;
    WorkPool pool_;
};

}  // namespace vorfahrt::server::app
