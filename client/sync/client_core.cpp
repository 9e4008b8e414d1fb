// SPDX-License-Identifier: GPL-3.0-or-later
// Connections, logins, local edits and wishes to claim. What the server says is in
// client_session.cpp.
#include "client/sync/client_core.h"

#include "common/base/assert.h"
#include "common/base/log.h"
#include "common/schema/limits.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace vorfahrt::client::sync {
namespace {

using namespace std::chrono_literals;

constexpr Millis kMinBackoff = 500ms;
constexpr Millis kMaxBackoff = 30s;
constexpr Millis kHandshakeTime = 20s;  // PROTOCOL.md, "Bounds"
// A try older than this is worth a new one when somebody asks for it.
constexpr Millis kHangingTry = 3s;
constexpr Millis kClaimValid = 2min;
constexpr std::ptrdiff_t kMaxRevoke = 8;
constexpr std::size_t kMaxPushBytes = 180 * 1024;
// Batches on their way at once: the server commits one while it receives the next.
constexpr std::size_t kMaxBatches = 3;

}  // namespace

ClientCore::ClientCore(const Clock& clock, Random& random, Options options)
    : clock_(clock),
      random_(random),
      options_(std::move(options)) {}

void ClientCore::attach(replica::Replica* replica, std::string token) {
    VF_ASSERT(replica != nullptr);
    replica_ = replica;
    token_ = std::move(token);
    hybrid_ = vorfahrt::sync::HybridClock(replica_->clockOffsetMs());
    auto claims = replica_->claims();
    if (!claims) {
        effects_.emplace_back(effect::Fault{claims.error().code});
    }
    claims_ = claims ? std::move(*claims) : std::vector<replica::ClaimIntent>();
    expireClaims();
    if (open_ && state_ == State::LoggingIn && !token_.empty()) {
        sendHello();
    }
}

void ClientCore::detach() {
    goOffline();
    replica_ = nullptr;
    token_.clear();
    claims_.clear();
    heldClaims_.clear();
}

std::vector<Effect> ClientCore::take() {
    return std::exchange(effects_, {});
}

SyncStatus ClientCore::status() const {
    SyncStatus status;
    status.state = state_;
    status.trouble = trouble_;
    status.wantsOnline = wantsOnline_;
    status.hasReplica = replica_ != nullptr;
    status.pending = replica_ == nullptr ? 0 : replica_->countPending();
    status.rejected = replica_ == nullptr ? 0 : replica_->countRejectedUnseen();
    status.rowsReceived = rowsReceived_;
    status.lastContactMs = lastContactMs_;
    status.retryInMs =
        state_ == State::Waiting ? std::max<Millis>(retryAt_ - clock_.steady(), 0ms).count() : 0;
    status.serverOffsetMs = hybrid_.offsetMs();
    return status;
}

void ClientCore::setState(State state) {
    state_ = state;
    if (state == State::Synchronized) {
        attempts_ = 0;
    }
}

void ClientCore::changed(replica::ChangeSet changes) {
    if (!changes.empty()) {
        effects_.emplace_back(effect::Changed{std::move(changes)});
    }
}

// ----------------------------------------------------------------------------------------
// lifecycle

void ClientCore::goOnline() {
    wantsOnline_ = true;
    attempts_ = 0;
    if (!open_ && state_ != State::Connecting && (credentials_ || !token_.empty())) {
        connect();
    }
}

void ClientCore::tryNow() {
    const bool trying = state_ == State::Connecting || state_ == State::Greeting;
    if (trying && !credentials_ && clock_.steady() - connectingSince_ >= kHangingTry) {
        disconnect();
        setState(State::Offline);
    }
    goOnline();
}

void ClientCore::goOffline() {
    wantsOnline_ = false;
    stop(Trouble::None);
}

void ClientCore::connect() {
    effects_.emplace_back(effect::StopTimer{TimerKind::Reconnect});
    effects_.emplace_back(effect::SetTimer{TimerKind::Handshake, kHandshakeTime});
    effects_.emplace_back(effect::Connect{});
    connectingSince_ = clock_.steady();
    setState(State::Connecting);
}

void ClientCore::disconnect() {
    if (open_ || state_ == State::Connecting) {
        effects_.emplace_back(effect::Disconnect{});
    }
    endSession();
}

void ClientCore::endSession() {
    open_ = false;
    revoking_ = false;
    sessions_.clear();
    throttled_ = false;
    serverHasAccounts_ = false;
    if (account_ && account_->frame.empty()) {
        failAccount(ErrorCode::Unavailable);
    }
    effects_.emplace_back(effect::StopTimer{TimerKind::Handshake});
    effects_.emplace_back(effect::StopTimer{TimerKind::Throttle});
    if (replica_ != nullptr) {
        if (auto status = replica_->endSession(); !status) {
            effects_.emplace_back(effect::Fault{status.error().code});
        }
    }
}

// No further try until goOnline() or login().
void ClientCore::stop(Trouble trouble) {
    disconnect();
    trouble_ = trouble;
    effects_.emplace_back(effect::StopTimer{TimerKind::Reconnect});
    setState(State::Offline);
    failAccount(ErrorCode::Unavailable);
    if (credentials_) {
        credentials_.reset();
        effects_.emplace_back(effect::LoginFailed{{.code = ErrorCode::Unavailable}});
    }
}

// Full jitter, so that a whole dealer group does not come back in the same second.
void ClientCore::reconnectLater(Trouble trouble, Millis atLeast) {
    disconnect();
    trouble_ = trouble;
    failAccount(ErrorCode::Unavailable);
    if (credentials_) {
        credentials_.reset();
        effects_.emplace_back(effect::LoginFailed{{.code = ErrorCode::Unavailable}});
    }
    if (!hasSession() && !isOnlyRevoking()) {
        setState(State::Offline);
        return;
    }
    attempts_ = std::min(attempts_ + 1, 16);
    const auto cap = std::min<std::int64_t>(kMaxBackoff.count(), kMinBackoff.count() << attempts_);
    const auto span = static_cast<std::uint64_t>(cap - kMinBackoff.count()) + 1;
    const Millis delay =
        std::max(std::min(atLeast, kMaxServerDelay),
                 kMinBackoff + Millis(static_cast<std::int64_t>(random_.below(span))));
    retryAt_ = clock_.steady() + delay;
    effects_.emplace_back(effect::SetTimer{TimerKind::Reconnect, delay});
    setState(State::Waiting);
}

void ClientCore::failed(const Error& error) {
    log::warning("sync", "connection given up: {} {}", name(error.code), error.detail);
    switch (error.code) {
        case ErrorCode::NoSpace:
        case ErrorCode::Corrupt:
        case ErrorCode::Internal:
            effects_.emplace_back(effect::Fault{error.code});
            attempts_ = 16;  // the disk needs time or a person
            break;
        default: break;
    }
    reconnectLater(Trouble::ServerRefused);
}

void ClientCore::opened() {
    open_ = true;
    trouble_ = Trouble::None;
    if (credentials_) {
        sendLogin();
    } else if (account_) {
        sendAccount();
    } else if (!revoke_.empty()) {
        sendRevocation();
    } else {
        sendHello();
    }
}

void ClientCore::closed(CloseReason reason) {
    if (!open_ && state_ != State::Connecting) {
        return;
    }
    if (state_ == State::LoggingIn && credentials_ && std::exchange(loginMayCross_, false)) {
        open_ = false;
        endSession();
        connect();
        return;
    }
    const Trouble trouble = reason == CloseReason::WrongCertificate ? Trouble::WrongCertificate
                            : revoking_ || isIdleLogin()            ? Trouble::None
                                                                    : Trouble::Unreachable;
    open_ = false;
    if (reason == CloseReason::WrongCertificate) {
        attempts_ = 16;  // will not heal by itself soon
    }
    if (state_ == State::Connecting) {
        setState(State::Offline);  // so that no Disconnect follows
    }
    reconnectLater(trouble);
}

void ClientCore::timer(TimerKind kind) {
    switch (kind) {
        case TimerKind::Reconnect:
            if (state_ == State::Waiting && (wantsOnline_ || isOnlyRevoking())) {
                connect();
            }
            break;
        case TimerKind::Handshake:
            if (state_ == State::Connecting || state_ == State::LoggingIn ||
                state_ == State::Greeting) {
                reconnectLater(isIdleLogin() ? Trouble::None : Trouble::Unreachable);
            }
            break;
        case TimerKind::Throttle:
            throttled_ = false;
            push();
            break;
        case TimerKind::Claims:
            sendHeldClaims();
            expireClaims();
            break;
        case TimerKind::Account:
            // Signed in, the connection is good for everything else.
            if (account_ && account_->session) {
                failAccount(ErrorCode::Unavailable);
            } else if (account_) {
                reconnectLater(Trouble::Unreachable);
            }
            break;
    }
}

// ---------------------------------------------------------------------------------------- greeting

void ClientCore::login(std::string account, std::string password) {
    wantsOnline_ = true;
    attempts_ = 0;
    if (account_ && open_) {
        disconnect();  // the server takes one thing at a time on it
        setState(State::Offline);
    }
    credentials_ = Credentials{std::move(account), std::move(password)};
    loginMayCross_ = open_ && state_ == State::LoggingIn;
    if (loginMayCross_) {
        sendLogin();
        return;
    }
    if (open_ || state_ == State::Waiting) {
        disconnect();
        setState(State::Offline);
    }
    if (state_ != State::Connecting) {
        connect();
    }
}

void ClientCore::logout() {
    if (isReady()) {
        wire::Up up;
        up.mutable_logout();
        send(up);
    }
    mustRevoke({std::exchange(token_, {})});
    goOffline();
}

void ClientCore::mustRevoke(std::vector<std::string> tokens) {
    for (std::string& token : tokens) {
        if (!token.empty() && std::ranges::find(revoke_, token) == revoke_.end()) {
            revoke_.push_back(std::move(token));
        }
    }
    if (std::ssize(revoke_) > kMaxRevoke) {
        revoke_.erase(revoke_.begin(), revoke_.end() - kMaxRevoke);
    }
}

void ClientCore::revokeNow() {
    if (isOnlyRevoking() && state_ == State::Offline && !credentials_) {
        attempts_ = 0;
        connect();
    }
}

// A session of the old token that does nothing but end it. Only the refusal of the next one proves
// that it is done: a connection also closes for other reasons.
void ClientCore::sendRevocation() {
    wire::Up up;
    wire::Hello& hello = *up.mutable_hello();
    hello.set_protocol_min(schema::kProtocol);
    hello.set_protocol_max(schema::kProtocol);
    hello.set_schema_version(schema::kSchemaVersion);
    hello.set_token(revoke_.front());
    hello.set_replica_id(Uuid::v7(clock_.now(), random_).bytes());
    revoking_ = true;
    setState(State::Greeting);
    send(up);
}

void ClientCore::tokenRevoked() {
    effects_.emplace_back(effect::TokenRevoked{revoke_.front()});
    revoke_.erase(revoke_.begin());
    disconnect();
    attempts_ = 0;
    trouble_ = Trouble::None;
    setState(State::Offline);
    if (hasSession() || isOnlyRevoking()) {
        connect();
    }
}

void ClientCore::sendLogin() {
    wire::Up up;
    wire::Login& login = *up.mutable_login();
    login.set_account(credentials_->account);
    login.set_password(credentials_->password);
    login.set_device_id(options_.deviceId);
    login.set_device_name(options_.deviceName);
    setState(State::LoggingIn);
    send(up);
}

void ClientCore::sendHello() {
    if (replica_ == nullptr || token_.empty()) {
        stop(Trouble::LoginNeeded);
        return;
    }
    wire::Up up;
    wire::Hello& hello = *up.mutable_hello();
    hello.set_protocol_min(schema::kProtocol);
    hello.set_protocol_max(schema::kProtocol);
    hello.set_schema_version(schema::kSchemaVersion);
    hello.set_token(token_);
    hello.set_replica_id(replica_->replicaId());
    for (wire::TenantHello& tenant : replica_->hello()) {
        *hello.add_tenants() = std::move(tenant);
    }
    setState(State::Greeting);
    send(up);
}

void ClientCore::send(const wire::Up& up) {
    effects_.emplace_back(effect::Send{up.SerializeAsString()});
}

// ---------------------------------------------------------------------------------------- edits

Status ClientCore::edit(TenantId tenant, wire::Mutation mutation) {
    if (replica_ == nullptr) {
        return fail(ErrorCode::Unauthenticated, "no replica");
    }
    mutation.set_edit_time_ms(
        hybrid_.stamp(clock_.now(), clock_.steady(), replica_->newestEditTime()));
    VF_TRY(auto changes, replica_->applyLocal(tenant, std::move(mutation)));
    changed(std::move(changes));
    push();
    settle();
    return {};
}

void ClientCore::push() {
    if (!isReady() || throttled_) {
        return;
    }
    for (auto& [tenant, session] : sessions_) {
        while (session.batches.size() < kMaxBatches) {
            auto batch = replica_->queued(tenant, next(session.sent), static_cast<int>(maxPush_),
                                          kMaxPushBytes);
            if (batch.empty()) {
                break;
            }
            session.sent = Mid(batch.back().mid());
            session.batches.push_back(session.sent);
            wire::Up up;
            up.mutable_push()->set_tenant(tenant.bytes());
            for (wire::Mutation& mutation : batch) {
                *up.mutable_push()->add_mutations() = std::move(mutation);
            }
            send(up);
        }
    }
}

// ---------------------------------------------------------------------------------------- claims

void ClientCore::claim(TenantId tenant, LeadId lead) {
    const auto same = std::ranges::find_if(claims_, [&](const replica::ClaimIntent& intent) {
        return intent.tenant == tenant && intent.lead == lead;
    });
    if (same != claims_.end()) {
        return;  // a second click
    }
    replica::ClaimIntent intent{.tenant = tenant,
                                .claim = ClaimId(Uuid::v7(clock_.now(), random_)),
                                .lead = lead,
                                .atMs = toUnixMs(clock_.now())};
    if (replica_ == nullptr || !replica_->saveClaim(intent)) {
        answerClaim(intent, ClaimAnswer::Outcome::Refused);
        return;
    }
    claims_.push_back(intent);
    const bool held = isReady() && !heldClaims_.empty();
    if (held) {
        heldClaims_.push_back(intent.claim);
    }
    setClaimsTimer();
    if (held) {
        return;
    }
    if (isReady()) {
        sendClaim(intent);
    } else {
        answerClaim(intent, ClaimAnswer::Outcome::Noted);
    }
}

void ClientCore::sendClaim(const replica::ClaimIntent& intent) {
    wire::Up up;
    wire::Claim& claim = *up.mutable_claim();
    claim.set_tenant(intent.tenant.bytes());
    claim.set_claim_id(intent.claim.bytes());
    claim.set_lead_id(intent.lead.bytes());
    send(up);
}

void ClientCore::sendHeldClaims() {
    if (!isReady() || heldClaims_.empty() || clock_.steady() < claimsHeldUntil_) {
        return;
    }
    for (const ClaimId id : std::exchange(heldClaims_, {})) {
        const auto it = std::ranges::find(claims_, id, &replica::ClaimIntent::claim);
        if (it != claims_.end()) {
            sendClaim(*it);
        }
    }
}

void ClientCore::sendClaims() {
    heldClaims_.clear();
    claimsHeldUntil_ = Millis(0);
    expireClaims();
    for (const replica::ClaimIntent& intent : claims_) {
        sendClaim(intent);
    }
}

void ClientCore::expireClaims() {
    const std::int64_t now = toUnixMs(clock_.now());
    const auto isOld = [&](const replica::ClaimIntent& intent) {
        // A wall clock set back must not keep a wish alive for days.
        return std::abs(now - intent.atMs) >= kClaimValid.count();
    };
    std::vector<replica::ClaimIntent> old;
    std::ranges::copy_if(claims_, std::back_inserter(old), isOld);
    std::erase_if(claims_, isOld);
    for (const replica::ClaimIntent& intent : old) {
        if (auto status = replica_->eraseClaim(intent.claim); !status) {
            effects_.emplace_back(effect::Fault{status.error().code});
        }
        answerClaim(intent, ClaimAnswer::Outcome::Expired);
    }
    setClaimsTimer();
}

void ClientCore::setClaimsTimer() {
    if (claims_.empty()) {
        return;
    }
    const std::int64_t age = toUnixMs(clock_.now()) - claims_.front().atMs;
    Millis left = kClaimValid - Millis(std::max<std::int64_t>(age, 0));
    if (!heldClaims_.empty()) {
        left = std::min(left, claimsHeldUntil_ - clock_.steady());
    }
    effects_.emplace_back(effect::SetTimer{TimerKind::Claims, std::max(left, Millis{1})});
}

void ClientCore::answerClaim(const replica::ClaimIntent& intent, ClaimAnswer::Outcome outcome) {
    ClaimAnswer answer;
    answer.tenant = intent.tenant;
    answer.lead = intent.lead;
    answer.outcome = outcome;
    effects_.emplace_back(effect::ClaimAnswered{std::move(answer)});
}

}  // namespace vorfahrt::client::sync
