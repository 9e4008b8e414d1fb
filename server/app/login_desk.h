// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "server/app/work_pool.h"
#include "server/app/writer.h"
#include "server/service/auth.h"
#include "server/service/rate_limiter.h"
#include "server/session/backend.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace vorfahrt::server::app {

struct LoginLimits {
    std::uint32_t perAddressMinute = 10;
    std::uint32_t perAccountMinute = 10;
    unsigned workers = 2;
    std::size_t queue = 64;
};

// Logins: rate limits, then the stored hash from the writer, the check in a bounded pool, the token
// from the writer again. A wrong name and a wrong password are one answer after the same work. Any
// thread.
class LoginDesk {
public:
    LoginDesk(LoginLimits limits, const Clock& clock, Writer& writer);

    void login(session::LoginAttempt attempt, session::Backend::LoggedIn done);
    void stop() { pool_.stop(); }

private:
    // Zero: go on.
    [[nodiscard]] Millis limited(const session::LoginAttempt& attempt);
    void check(session::LoginAttempt attempt, std::optional<store::Account> account,
               session::Backend::LoggedIn done);
    void issue(service::IssueTokenRequest request, session::Backend::LoggedIn done);

    LoginLimits limits_;
    const Clock& clock_;
    Writer& writer_;
    service::PasswordVerifier verifier_;
    std::mutex mutex_;  // guards the limiters
    service::RateLimiter byAddress_;
    service::RateLimiter byAccount_;
    WorkPool pool_;
};

}  // namespace vorfahrt::server::app
