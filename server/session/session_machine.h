// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/sync.pb.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vorfahrt::server::session {

// What the owner of the machine does next, in order.
namespace effect {
struct Send {
    wire::Down frame;
};
struct Login {
    wire::Login login;
    DeviceId device;
};
struct Hello {
    wire::Hello hello;
};
struct Cursors {
    wire::Cursors cursors;
};
struct Push {
    wire::Push push;
};
struct Claim {
    wire::Claim claim;
};
struct Credit {
    std::uint64_t bytes = 0;
};
struct Logout {};
// A request about accounts: before Hello (Setup, RedeemCode) or of the session.
struct Account {
    wire::AccountRequest request;
    bool session = false;
};
// After the frames before it are written the connection ends.
struct Close {};
}  // namespace effect

using Effect =
    std::variant<effect::Send, effect::Login, effect::Hello, effect::Cursors, effect::Push,
                 effect::Claim, effect::Credit, effect::Logout, effect::Account, effect::Close>;
using Effects = std::vector<Effect>;

// The states of one connection (PROTOCOL.md, section 1): decodes, checks order and bounds, and says
// what to do. Pure: no socket, clock, thread or database. Lives as long as its connection.
class SessionMachine {
public:
    [[nodiscard]] Effects receive(std::string_view message);
    // Answers to effects::Login and Hello; Cursors are answered with their own Welcome.
    [[nodiscard]] Effects loginDone(const wire::LoginResult& result);
    [[nodiscard]] Effects helloDone(Result<wire::Down> welcome);
    [[nodiscard]] Effects cursorsDone(Result<wire::Down> welcome);
    // Answer to effects::Account; an error ends the connection.
    [[nodiscard]] Effects accountDone(Result<wire::AccountResult> result);
    // The time to say Hello has passed; nothing once it was said.
    [[nodiscard]] Effects helloTimeout();
    // Something ends the connection: a right that ended, a fault of the store, a stop.
    [[nodiscard]] Effects end(ErrorCode why);

    [[nodiscard]] bool ready() const { return state_ == State::Ready; }
    [[nodiscard]] bool closed() const { return state_ == State::Closed; }

private:
    enum class State { Connected, LoggingIn, Asking, Greeting, Ready, Closed };

    [[nodiscard]] Effects onLogin(wire::Login login);
    [[nodiscard]] Effects onHello(wire::Hello hello);
    [[nodiscard]] Effects onCursors(wire::Cursors cursors);
    [[nodiscard]] Effects onPush(wire::Push push);
    [[nodiscard]] Effects onClaim(wire::Claim claim);
    [[nodiscard]] Effects onAccount(wire::AccountRequest request);
    [[nodiscard]] bool isTenant(const std::string& id) const;

    State state_ = State::Connected;
    bool awaitingCursors_ = false;
    bool accountUnderWay_ = false;
    std::vector<std::string> tenants_;  // of the Hello
};

// Refused, the last frame of a connection where `closing`.
[[nodiscard]] wire::Down refused(ErrorCode code, bool closing);

}  // namespace vorfahrt::server::session
