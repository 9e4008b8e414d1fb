// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/id.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vorfahrt::client::sync {

// The states of ClientCore. Arrows only forward and back to Offline or Waiting.
//
//   Offline -> Connecting -> LoggingIn -> Greeting -> Synchronizing <-> Synchronized
//      ^           |             |            |             |               |
//      +-----------+------- Waiting (backoff) <-------------+---------------+
enum class State {
    Offline,        // told to be, or nothing to do before a login
    Waiting,        // the connection was lost; the next try stands in retryInMs
    Connecting,     // TCP, TLS, WebSocket
    LoggingIn,      // Login sent
    Greeting,       // Hello sent
    Synchronizing,  // data is on its way in one of the directions
    Synchronized,   // everything is here, nothing is pending
};

// Why there is no connection, for the banner.
enum class Trouble {
    None,
    Unreachable,
    WrongCertificate,  // the fingerprint is not the pinned one
    LoginNeeded,       // the token is not valid any more
    TooOld,            // no common protocol version
    ServerRefused,
};

// What the top bar and the banner show. A value; crosses threads.
struct SyncStatus {
    State state = State::Offline;
    Trouble trouble = Trouble::None;
    bool wantsOnline = false;
    bool hasReplica = false;          // a file is open: there is something to show
    int pending = 0;                  // edits the server has not confirmed
    int rejected = 0;                 // refused edits nobody has looked at
    std::uint64_t rowsReceived = 0;   // of the running first sync
    std::int64_t lastContactMs = 0;   // wall time of the last frame
    std::int64_t retryInMs = 0;       // in state Waiting
    std::int64_t serverOffsetMs = 0;  // server time minus wall time
};

// Answer to a wish to claim a lead.
struct ClaimAnswer {
    enum class Outcome {
        Noted,  // no connection: sent when it is back within two minutes ("vorgemerkt")
        Won,
        Taken,  // ownerName has it
        Gone,
        Refused,
        Expired,  // the two minutes passed without a connection
    };
    TenantId tenant;
    LeadId lead;
    Outcome outcome = Outcome::Refused;
    UserId owner;
    std::string ownerName;
    ErrorCode code = ErrorCode::Ok;
};

struct LoginAnswer {
    ErrorCode code = ErrorCode::Ok;
    std::uint32_t retryAfterMs = 0;  // with RateLimited
    // This computer decided, because no server could be asked. Unauthenticated: `triesLeft` more
    // tries before it does not decide any more, which is Forbidden.
    bool offline = false;
    int triesLeft = 0;
};

// The key store of the operating system, as it answered last.
enum class KeyStoreState {
    Ready,
    Missing,  // each start asks for the password
    Locked,   // the same until its owner unlocks it
};

// Somebody who has signed in on this computer, for the sign-in window. No secret.
struct Person {
    std::string login;
    std::string name;
    std::string business;
    bool opensOffline = false;  // his password opens his data without a network
};

// Who is signed in; the tenants this account may open.
struct Account {
    struct Tenant {
        TenantId tenant;
        UserId user;
        std::string name;
        std::string userName;
    };
    std::string login;
    AccountId id;
    std::vector<Tenant> tenants;
};

// A refused edit: it stays in the tray until somebody has dealt with it.
struct RejectedEdit {
    TenantId tenant;
    Mid mid{0};
    std::string name;
    ErrorCode code = ErrorCode::Ok;
};

}  // namespace vorfahrt::client::sync
