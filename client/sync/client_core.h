// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/replica.h"
#include "client/sync/account_request.h"
#include "client/sync/sync_status.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/schema/sync.pb.h"
#include "common/sync/hybrid_clock.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vorfahrt::client::sync {

enum class TimerKind {
    Reconnect,
    Handshake,  // from the connection to Welcome
    Throttle,
    Claims,   // the oldest wish to claim expires, or some are sent again
    Account,  // the answer to a request about accounts
};
inline constexpr int kTimerKinds = 5;
// A server that asks for more patience than this is not waited for so long.
inline constexpr Millis kMaxServerDelay{5 * 60 * 1000};

// Why a connection ended, as the transport saw it.
enum class CloseReason { Unreachable, WrongCertificate, Lost };

namespace effect {
struct Connect {};
struct Send {
    std::string frame;
};
// No event of this connection follows.
struct Disconnect {};
// Replaces a running timer of this kind.
struct SetTimer {
    TimerKind kind = TimerKind::Reconnect;
    Millis delay{0};
};
struct StopTimer {
    TimerKind kind = TimerKind::Reconnect;
};
struct Changed {
    replica::ChangeSet changes;
};
// The owner opens the replica of this account and calls attach().
struct LoggedIn {
    wire::LoginResult result;
};
struct LoginFailed {
    LoginAnswer answer;
};
// The token is not valid any more: forget it.
struct TokenLost {};
// The server knows this token no more.
struct TokenRevoked {
    std::string token;
};
struct ClaimAnswered {
    ClaimAnswer answer;
};
struct Rejected {
    RejectedEdit edit;
};
struct AccountAnswered {
    std::uint64_t ref = 0;
    AccountAnswer answer;
};
// The replica file cannot be used (NoSpace, Corrupt, Unavailable, ...). Nothing was lost; offline.
struct Fault {
    ErrorCode code = ErrorCode::Internal;
};
}  // namespace effect

using Effect =
    std::variant<effect::Connect, effect::Send, effect::Disconnect, effect::SetTimer,
                 effect::StopTimer, effect::Changed, effect::LoggedIn, effect::LoginFailed,
                 effect::TokenLost, effect::TokenRevoked, effect::ClaimAnswered, effect::Rejected,
                 effect::AccountAnswered, effect::Fault>;

// The desk's half of PROTOCOL.md as a state machine: events in by the methods, effects out by
// take(). No socket, thread or clock of its own; the replica is injected and may be changed between
// sessions. The upload never waits for the download, nor the other way round. Store thread.
class ClientCore {
public:
    struct Options {
        std::string deviceId;  // 16 bytes
        std::string deviceName;
    };
    ClientCore(const Clock& clock, Random& random, Options options);

    // The replica of the account and its token (32 bytes; empty: log in first). With a connection
    // that has just logged in, the session goes on; otherwise goOnline() begins one.
    void attach(replica::Replica* replica, std::string token);
    void detach();

    void goOnline();
    // A person asks: no waiting time counts any more, and a try that hangs is begun anew.
    void tryNow();
    void goOffline();
    void login(std::string account, std::string password);
    // Offline at once. The token is good until the server says that it is not: it stays among the
    // tokens to be revoked until then.
    void logout();
    // Tokens of earlier logouts (the file kept them); the oldest goes where they are too many.
    void mustRevoke(std::vector<std::string> tokens);
    [[nodiscard]] const std::vector<std::string>& tokensToRevoke() const { return revoke_; }
    // Connects for them where nobody is signed in. Otherwise the next connection begins with them.
    void revokeNow();

    void opened();
    void closed(CloseReason reason);
    void frame(std::string_view bytes);
    void timer(TimerKind kind);

    // Stores the edit, shows it and sends it when it can. Errors: those of the mutator; nothing was
    // stored then.
    [[nodiscard]] Status edit(TenantId tenant, wire::Mutation mutation);
    void claim(TenantId tenant, LeadId lead);
    // One at a time; answered exactly once by AccountAnswered with this ref. Connects where nobody
    // is signed in, otherwise Unavailable without a session.
    void account(const AccountRequest& request, std::uint64_t ref);

    [[nodiscard]] std::vector<Effect> take();
    [[nodiscard]] State state() const { return state_; }
    // lastContactMs and retryInMs included; a value of now.
    [[nodiscard]] SyncStatus status() const;

private:
    // One tenant of the running session.
    struct Session {
        bool scopesKnown = false;
        Seq head{0};
        Mid sent{0};              // the last mid pushed in this session
        std::deque<Mid> batches;  // last mids of the batches that are not answered
        std::vector<wire::Delta> group;
        std::uint64_t groupBytes = 0;
    };

    // A request about accounts that is under way.
    struct AccountAsk {
        std::uint64_t ref = 0;
        std::string id;
        std::string frame;  // until it is sent
        bool session = false;
    };
    struct Unanswered {
        std::string digest;
        std::string id;
    };

    void connect();
    void disconnect();
    void reconnectLater(Trouble trouble, Millis atLeast = Millis{0});
    void stop(Trouble trouble);
    void endSession();
    void sendLogin();
    void sendHello();
    void sendRevocation();
    void tokenRevoked();
    [[nodiscard]] bool hasSession() const {
        return wantsOnline_ && !token_.empty() && replica_ != nullptr;
    }
    [[nodiscard]] bool isOnlyRevoking() const { return !revoke_.empty() && token_.empty(); }
    void send(const wire::Up& up);
    void setState(State state);
    void settle();  // Synchronizing or Synchronized?
    void changed(replica::ChangeSet changes);
    // Ends the connection in the way the error asks for.
    void failed(const Error& error);

    void dispatch(const wire::Down& down, std::size_t bytes);
    void onLoginResult(const wire::LoginResult& result);
    void onWelcome(const wire::Welcome& welcome);
    [[nodiscard]] bool enterTenant(const wire::TenantWelcome& welcome, bool greeting);
    void onResults(const wire::Results& results);
    void onClaimResult(const wire::ClaimResult& result);
    void onSnapshot(const wire::Snapshot& chunk, std::size_t bytes);
    void onDelta(const wire::Delta& delta, std::size_t bytes);
    void onCheckpoint(const wire::Checkpoint& checkpoint);
    void onRefused(const wire::Refused& refused);
    void applyGroup(TenantId tenant, Session& session, const wire::Checkpoint* checkpoint);
    void fork();
    void giveCredit(std::uint64_t bytes);
    void push();
    void sendClaims();
    void sendClaim(const replica::ClaimIntent& intent);
    void sendHeldClaims();
    void setClaimsTimer();
    void expireClaims();
    void answerClaim(const replica::ClaimIntent& intent, ClaimAnswer::Outcome outcome);
    [[nodiscard]] std::string requestId(const wire::AccountRequest& request);
    void sendAccount();
    void onAccountResult(const wire::AccountResult& result);
    void finishAccount(AccountAnswer answer);
    void failAccount(ErrorCode code);
    [[nodiscard]] Session* sessionOf(const std::string& tenant);
    // A login was answered and the next one is not typed yet: the server may end this connection.
    [[nodiscard]] bool isIdleLogin() const {
        return state_ == State::LoggingIn && !credentials_ && !account_ && token_.empty();
    }
    [[nodiscard]] bool isReady() const {
        return state_ == State::Synchronizing || state_ == State::Synchronized;
    }

    const Clock& clock_;
    Random& random_;
    Options options_;
    replica::Replica* replica_ = nullptr;
    std::string token_;
    struct Credentials {
        std::string account;
        std::string password;
    };
    std::optional<Credentials> credentials_;
    // Sent on a connection that an earlier try had left open: its end may have crossed ours.
    bool loginMayCross_ = false;
    std::optional<AccountAsk> account_;
    std::vector<Unanswered> unanswered_;
    std::string digestKey_;
    bool serverHasAccounts_ = false;
    std::vector<std::string> revoke_;
    bool revoking_ = false;  // this connection is for the first of them
    vorfahrt::sync::HybridClock hybrid_{0};

    State state_ = State::Offline;
    Trouble trouble_ = Trouble::None;
    bool wantsOnline_ = false;
    bool open_ = false;  // a connection is there
    int attempts_ = 0;
    int mismatches_ = 0;
    Millis retryAt_{0};          // steady
    Millis connectingSince_{0};  // steady
    std::int64_t lastContactMs_ = 0;
    std::uint64_t rowsReceived_ = 0;
    std::uint64_t creditBytes_ = 0;
    std::uint32_t maxPush_ = 0;
    bool throttled_ = false;
    std::map<TenantId, Session> sessions_;
    std::vector<replica::ClaimIntent> claims_;  // unanswered
    // Those of them that the server had no time for, and when they are sent again (steady).
    std::vector<ClaimId> heldClaims_;
    Millis claimsHeldUntil_{0};
    std::vector<Effect> effects_;
};

}  // namespace vorfahrt::client::sync
