// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/password_work.h"
#include "server/app/writer.h"
#include "server/session/backend.h"

namespace vorfahrt::server::app {

// Requests about accounts (PROTOCOL.md, section 9): rules of passwords and limits of tries here,
// hashes in the pool, the rest in one change by the writer. Wrong tries stay counted; what fails
// for another reason does not. Any thread.
class AccountDesk {
public:
    AccountDesk(PasswordWork& work, Writer& writer);

    void ask(session::AccountAttempt attempt, session::Backend::AccountDone done);

private:
    void setUp(session::AccountAttempt attempt, session::Backend::AccountDone done);
    void redeem(session::AccountAttempt attempt, session::Backend::AccountDone done);
    void findPassword(session::AccountAttempt attempt, session::Backend::AccountDone done);
    void changePassword(session::AccountAttempt attempt, const store::Account& account,
                        session::Backend::AccountDone done);
    // Runs the job in the pool where the try may be made.
    void inPool(const service::LoginTry& counted, const std::string& id,
                const session::Backend::AccountDone& done, std::function<void()> job);
    // Stores, and answers; a try that was not wrong does not count.
    void finish(service::Request request, std::optional<service::LoginTry> counted, std::string id,
                session::Backend::AccountDone done);

    PasswordWork& work_;
    Writer& writer_;
};

}  // namespace vorfahrt::server::app
