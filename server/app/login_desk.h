// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/password_work.h"
#include "server/app/writer.h"
#include "server/session/backend.h"

namespace vorfahrt::server::app {

// Logins: the stored hash from the writer, the limits (login_guard.h), the check in a bounded pool,
// the token from the writer again. A wrong name and a wrong password are one answer after the same
// work. Any thread.
class LoginDesk {
public:
    LoginDesk(PasswordWork& work, Writer& writer);

    void login(session::LoginAttempt attempt, session::Backend::LoggedIn done);

private:
    void check(session::LoginAttempt attempt, service::Outcome found,
               session::Backend::LoggedIn done);
    void issue(service::IssueTokenRequest request, session::Backend::LoggedIn done);

    PasswordWork& work_;
    Writer& writer_;
};

}  // namespace vorfahrt::server::app
