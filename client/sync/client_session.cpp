// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says, and what follows from it.
#include "client/sync/client_core.h"
#include "common/base/log.h"
#include "common/schema/limits.h"

#include <algorithm>

namespace vorfahrt::client::sync {
namespace {

constexpr std::uint32_t kMaxPush = schema::kMaxPushMutations;
// Of the server's window; so much of Deltas at most is held until their Checkpoint.
constexpr std::uint32_t kMaxCredit = 16 * 1024 * 1024;

ClaimAnswer::Outcome outcomeOf(wire::ClaimOutcome outcome) {
    switch (outcome) {
        case wire::CLAIM_WON: return ClaimAnswer::Outcome::Won;
        case wire::CLAIM_TAKEN: return ClaimAnswer::Outcome::Taken;
        case wire::CLAIM_GONE: return ClaimAnswer::Outcome::Gone;
        default: return ClaimAnswer::Outcome::Refused;
    }
}

}  // namespace

void ClientCore::frame(std::string_view bytes) {
    if (!open_) {
        return;
    }
    lastContactMs_ = toUnixMs(clock_.now());
    wire::Down down;
    if (bytes.size() > schema::kMaxFrameBytes || !schema::parseBounded(down, bytes)) {
        failed(Error(ErrorCode::BadFrame, "undecodable frame"));
        return;
    }
    dispatch(down, bytes.size());
    if (open_) {
        push();
        settle();
    }
}

void ClientCore::dispatch(const wire::Down& down, std::size_t bytes) {
    switch (down.kind_case()) {
        case wire::Down::kLoginResult: onLoginResult(down.login_result()); return;
        case wire::Down::kAccountResult: onAccountResult(down.account_result()); return;
        case wire::Down::kRefused: onRefused(down.refused()); return;
        case wire::Down::kWelcome: onWelcome(down.welcome()); return;
        default: break;
    }
    if (!isReady()) {
        failed(Error(ErrorCode::BadOrder, "frame before Welcome"));
        return;
    }
    switch (down.kind_case()) {
        case wire::Down::kResults: onResults(down.results()); break;
        case wire::Down::kClaimResult: onClaimResult(down.claim_result()); break;
        case wire::Down::kSnapshot: onSnapshot(down.snapshot(), bytes); break;
        case wire::Down::kDelta: onDelta(down.delta(), bytes); break;
        case wire::Down::kCheckpoint: onCheckpoint(down.checkpoint()); break;
        case wire::Down::kDropScope: {
            auto changes = replica_->applyDropScope(down.drop_scope());
            changes ? changed(std::move(*changes)) : failed(changes.error());
            break;
        }
        case wire::Down::kPoke:
            if (Session* session = sessionOf(down.poke().tenant())) {
                session->head = std::max(session->head, Seq(down.poke().head()));
            }
            break;
        case wire::Down::kThrottle:
            throttled_ = true;
            effects_.emplace_back(
                effect::SetTimer{TimerKind::Throttle,
                                 std::min(Millis(down.throttle().after_ms()), kMaxServerDelay)});
            break;
        default: break;  // reserved or newer: nothing that this desk needs
    }
}

ClientCore::Session* ClientCore::sessionOf(const std::string& tenant) {
    const auto id = TenantId::fromBytes(tenant);
    const auto it = id ? sessions_.find(*id) : sessions_.end();
    return it == sessions_.end() ? nullptr : &it->second;
}

// ---------------------------------------------------------------------------------------- greeting

void ClientCore::onLoginResult(const wire::LoginResult& result) {
    if (state_ != State::LoggingIn || !credentials_) {
        return;
    }
    credentials_.reset();
    if (static_cast<ErrorCode>(result.code()) != ErrorCode::Ok) {
        effects_.emplace_back(effect::LoginFailed{{.code = static_cast<ErrorCode>(result.code()),
                                                   .retryAfterMs = result.retry_after_ms()}});
        return;
    }
    effects_.emplace_back(effect::LoggedIn{result});
}

void ClientCore::onWelcome(const wire::Welcome& welcome) {
    if (revoking_) {
        wire::Up up;
        up.mutable_logout();
        send(up);
        return;
    }
    const bool greeting = state_ == State::Greeting;
    if (!greeting && !isReady()) {
        failed(Error(ErrorCode::BadOrder, "Welcome before Hello"));
        return;
    }
    if (welcome.schema_version() != schema::kSchemaVersion) {
        stop(Trouble::TooOld);  // its tables are not ours: every try would end at the same row
        return;
    }
    if (greeting) {
        effects_.emplace_back(effect::StopTimer{TimerKind::Handshake});
        creditBytes_ = std::min(welcome.credit_bytes(), kMaxCredit);
        maxPush_ = welcome.max_push_mutations() == 0
                       ? kMaxPush
                       : std::min(welcome.max_push_mutations(), kMaxPush);
        rowsReceived_ = 0;
        serverHasAccounts_ = welcome.accounts();
        trouble_ = Trouble::None;
        setState(State::Synchronizing);
    }
    if (welcome.server_time_ms() > 0) {
        hybrid_.serverTime(welcome.server_time_ms(), clock_.now(), clock_.steady());
        if (auto status = replica_->setClockOffset(hybrid_.offsetMs()); !status) {
            failed(status.error());
            return;
        }
    }
    for (const wire::TenantWelcome& tenant : welcome.tenants()) {
        if (!enterTenant(tenant, greeting)) {
            return;
        }
    }
    if (greeting) {
        sendClaims();
    }
}

bool ClientCore::enterTenant(const wire::TenantWelcome& welcome, bool greeting) {
    const auto tenant = TenantId::fromBytes(welcome.tenant());
    if (!tenant || !replica_->knows(*tenant)) {
        return true;  // a tenant that this account got meanwhile: after the next login
    }
    Session& session = sessions_[*tenant];
    const bool full = !session.scopesKnown && !welcome.need_cursors();
    auto changes = replica_->applyWelcome(welcome, full);
    if (!changes) {
        failed(changes.error());
        return false;
    }
    changed(std::move(*changes));
    session.head = std::max(session.head, Seq(welcome.head()));
    session.scopesKnown = session.scopesKnown || full;
    if (greeting) {
        // Numbers that this file never gave out were used under its replica id, or some are
        // missing: the file was copied, or an older state of the disk is back.
        const Mid oldest = replica_->oldestQueued(*tenant);
        Mid issued{0};
        for (const auto& state : replica_->tenants()) {
            issued = state.tenant == *tenant ? state.lastMid : issued;
        }
        const bool foreign = oldest == Mid(0) && Mid(welcome.last_mid()) > issued;
        if (foreign || value(oldest) > welcome.last_mid() + 1) {
            fork();
            return false;
        }
    }
    if (welcome.need_cursors()) {
        wire::Up up;
        *up.mutable_cursors() = replica_->cursors(*tenant);
        send(up);
    }
    return true;
}

void ClientCore::fork() {
    log::warning("sync", "replica id is used elsewhere: a new one is taken");
    disconnect();
    if (auto status = replica_->takeNewReplicaId(); !status) {
        failed(status.error());
        return;
    }
    reconnectLater(Trouble::None);
}

void ClientCore::onRefused(const wire::Refused& refused) {
    const auto code = static_cast<ErrorCode>(refused.code());
    log::info("sync", "refused: {}{}", name(code), refused.closing() ? ", closing" : "");
    if (code == ErrorCode::ReplicaForked) {
        fork();
        return;
    }
    if (code == ErrorCode::GapInSequence) {
        reconnectLater(Trouble::None);  // Welcome tells where the server stands
        return;
    }
    if (!refused.closing()) {
        return;
    }
    if (code == ErrorCode::BadFrame && account_ && !account_->session) {
        failAccount(ErrorCode::Unsupported);  // the way of an older server to say so
    }
    switch (code) {
        case ErrorCode::Unauthenticated:
        case ErrorCode::Forbidden:
            if (revoking_) {
                tokenRevoked();
                break;
            }
            token_.clear();
            stop(Trouble::LoginNeeded);
            effects_.emplace_back(effect::TokenLost{});
            break;
        case ErrorCode::BadVersion: stop(Trouble::TooOld); break;
        default: reconnectLater(Trouble::ServerRefused, Millis(refused.retry_after_ms())); break;
    }
}

// ---------------------------------------------------------------------------------------- answers

void ClientCore::onResults(const wire::Results& results) {
    Session* session = sessionOf(results.tenant());
    if (session == nullptr) {
        return;
    }
    wire::Results known;
    known.set_tenant(results.tenant());
    bool gap = false;
    bool forked = false;
    for (const wire::MutationResult& result : results.results()) {
        // Only answers to what this session has sent: the server has then compared the content, and
        // no result of a copied file can pass for ours.
        if (result.mid() == 0 || Mid(result.mid()) > session->sent) {
            continue;
        }
        const auto code = static_cast<ErrorCode>(result.code());
        forked = code == ErrorCode::ReplicaForked;
        gap = code == ErrorCode::GapInSequence;
        if (forked || gap) {
            break;
        }
        *known.add_results() = result;
        while (!session->batches.empty() && session->batches.front() <= Mid(result.mid())) {
            session->batches.pop_front();
        }
    }
    auto outcome = replica_->applyResults(known);
    if (!outcome) {
        failed(outcome.error());
        return;
    }
    changed(std::move(outcome->changes));
    for (const auto& refusal : outcome->refused) {
        effects_.emplace_back(effect::Rejected{{.tenant = refusal.tenant,
                                                .mid = refusal.mid,
                                                .name = refusal.name,
                                                .code = refusal.code}});
    }
    if (forked) {
        fork();
        return;
    }
    if (gap) {
        const auto tenant = TenantId::fromBytes(results.tenant());
        if (value(replica_->oldestQueued(*tenant)) > results.last_mid() + 1) {
            fork();  // there is a hole that nothing can fill
            return;
        }
        session->sent = Mid(results.last_mid());
        session->batches.clear();
    }
}

void ClientCore::onClaimResult(const wire::ClaimResult& result) {
    const auto claim = ClaimId::fromBytes(result.claim_id());
    const auto it = std::ranges::find_if(claims_, [&](const replica::ClaimIntent& intent) {
        return claim && intent.claim == *claim;
    });
    if (it == claims_.end()) {
        return;
    }
    const bool later = result.outcome() == wire::CLAIM_REFUSED &&
                       static_cast<ErrorCode>(result.code()) == ErrorCode::RateLimited;
    if (later) {
        // Nothing was decided: the wish stays as long as it is valid.
        const Millis wait = std::min(Millis(result.retry_after_ms()), kMaxServerDelay);
        claimsHeldUntil_ = std::max(claimsHeldUntil_, clock_.steady() + wait);
        if (std::ranges::find(heldClaims_, *claim) == heldClaims_.end()) {
            heldClaims_.push_back(*claim);
        }
        setClaimsTimer();
        return;
    }
    const replica::ClaimIntent intent = *it;
    claims_.erase(it);
    if (auto status = replica_->eraseClaim(intent.claim); !status) {
        failed(status.error());
        return;
    }
    ClaimAnswer answer;
    answer.tenant = intent.tenant;
    answer.lead = intent.lead;
    answer.outcome = outcomeOf(result.outcome());
    answer.owner = UserId::fromBytes(result.owner_id()).value_or(UserId());
    answer.ownerName = result.owner_name();
    answer.code = static_cast<ErrorCode>(result.code());
    effects_.emplace_back(effect::ClaimAnswered{std::move(answer)});
}

// ---------------------------------------------------------------------------------------- data

void ClientCore::giveCredit(std::uint64_t bytes) {
    wire::Up up;
    up.mutable_credit()->set_bytes(bytes);
    send(up);
}

void ClientCore::onSnapshot(const wire::Snapshot& chunk, std::size_t bytes) {
    auto changes = replica_->applySnapshot(chunk);
    if (!changes) {
        failed(changes.error());
        return;
    }
    rowsReceived_ += chunk.row_count();
    attempts_ = mismatches_;
    changed(std::move(*changes));
    giveCredit(bytes);
}

void ClientCore::onDelta(const wire::Delta& delta, std::size_t bytes) {
    Session* session = sessionOf(delta.tenant());
    if (session == nullptr) {
        return;
    }
    const TenantId tenant = *TenantId::fromBytes(delta.tenant());
    session->head = std::max(session->head, Seq(delta.to()));
    session->group.push_back(delta);
    session->groupBytes += bytes;
    // A group that fills the window would wait for credit that only its end gives back.
    if (delta.bulk() || session->groupBytes > creditBytes_ / 4 * 3) {
        applyGroup(tenant, *session, nullptr);
    }
}

void ClientCore::onCheckpoint(const wire::Checkpoint& checkpoint) {
    if (Session* session = sessionOf(checkpoint.tenant())) {
        session->head = std::max(session->head, Seq(checkpoint.seq()));
        applyGroup(*TenantId::fromBytes(checkpoint.tenant()), *session, &checkpoint);
    }
}

void ClientCore::applyGroup(TenantId tenant, Session& session, const wire::Checkpoint* checkpoint) {
    auto outcome = replica_->applyDelta(tenant, session.group, checkpoint);
    session.group.clear();
    const std::uint64_t bytes = std::exchange(session.groupBytes, 0);
    if (!outcome) {
        failed(outcome.error());
        return;
    }
    changed(std::move(outcome->changes));
    if (bytes > 0) {
        giveCredit(bytes);
    }
    if (outcome->mismatched.empty()) {
        mismatches_ = checkpoint != nullptr ? 0 : mismatches_;
        return;
    }
    log::error("sync", "{} scopes differ from the server's and are fetched again",
               outcome->mismatched.size());
    mismatches_ = std::min(mismatches_ + 1, 16);
    attempts_ = mismatches_ - 1;
    reconnectLater(Trouble::None);
}

void ClientCore::settle() {
    if (!isReady()) {
        return;
    }
    bool done = !sessions_.empty() && replica_->countPending() == 0;
    for (const auto& state : replica_->tenants()) {
        const auto it = sessions_.find(state.tenant);
        done = done && it != sessions_.end() && it->second.scopesKnown &&
               it->second.group.empty() && it->second.head <= state.cursor &&
               replica_->isComplete(state.tenant);
    }
    setState(done ? State::Synchronized : State::Synchronizing);
}

}  // namespace vorfahrt::client::sync
