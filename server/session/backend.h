// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/sync.pb.h"
#include "server/service/requests.h"
#include "server/store/store.h"

#include <functional>
#include <optional>
#include <string>

namespace vorfahrt::server::session {

struct LoginAttempt {
    std::string login;
    std::string password;
    DeviceId device;
    std::string address;  // for the rate limit only
};

// A request about accounts; who: of its session, none before Hello.
struct AccountAttempt {
    wire::AccountRequest request;
    std::optional<service::Principal> who;
    std::string address;
};

// What a session needs of the process. Every call returns at once, from any thread; the answer
// comes exactly once on a thread of the backend, which must not be held up: the session posts it to
// its own executor.
class Backend {
public:
    Backend() = default;
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    virtual ~Backend() = default;

    using Done = std::function<void(service::Outcome)>;
    using LoggedIn = std::function<void(wire::LoginResult)>;
    using AccountDone = std::function<void(Result<wire::AccountResult>)>;
    using ReadJob = std::function<void(store::ReadStore&)>;

    // To the one writer; claims overtake everything else.
    virtual void submit(service::Request request, Done done) = 0;
    virtual void login(LoginAttempt attempt, LoggedIn done) = 0;
    // An error ends the connection: the token is not valid any more.
    virtual void account(AccountAttempt attempt, AccountDone done) = 0;
    // On a reader thread with its own view of the database.
    virtual void read(ReadJob job) = 0;
    [[nodiscard]] virtual const Clock& clock() const = 0;
    // Zero: the writer keeps up; otherwise so long no further push had better come.
    [[nodiscard]] virtual Millis patience() = 0;
    // Zero: this claim of the account may be asked; otherwise it has asked too often, and so long
    // it waits.
    [[nodiscard]] virtual Millis admitClaim(AccountId account) = 0;
};

}  // namespace vorfahrt::server::session
