// SPDX-License-Identifier: GPL-3.0-or-later
// Requests about accounts: one at a time, online only, never stored.
#include "client/sync/client_core.h"
#include "common/base/bytes.h"

#include <algorithm>
#include <chrono>

namespace vorfahrt::client::sync {
namespace {

using namespace std::chrono_literals;

constexpr Millis kAccountTime = 20s;
// The server ends a connection without Hello after 20 s: an older one gets no request any more.
constexpr Millis kFreshConnection = 10s;
constexpr std::size_t kMaxUnanswered = 8;
constexpr Millis kBusy = 1s;

}  // namespace

// A request whose answer was lost is known by its digest under a key of this process: asked again
// with the same content it bears the same id. The content itself, a password perhaps, is not kept.
std::string ClientCore::requestId(const wire::AccountRequest& request) {
    if (digestKey_.empty()) {
        digestKey_ = random_.bytes(32);
    }
    const std::string digest = digest32(digestKey_ + request.SerializeAsString());
    const auto known = std::ranges::find(unanswered_, digest, &Unanswered::digest);
    if (known != unanswered_.end()) {
        return known->id;
    }
    if (unanswered_.size() >= kMaxUnanswered) {
        unanswered_.erase(unanswered_.begin());
    }
    unanswered_.push_back({.digest = digest, .id = random_.bytes(16)});
    return unanswered_.back().id;
}

void ClientCore::account(const AccountRequest& request, std::uint64_t ref) {
    const auto refuse = [&](ErrorCode code, Millis retry = 0ms) {
        AccountAnswer answer;
        answer.code = code;
        answer.retryAfterMs = static_cast<std::uint32_t>(retry.count());
        effects_.emplace_back(effect::AccountAnswered{ref, std::move(answer)});
    };
    if (account_ || credentials_) {
        refuse(ErrorCode::RateLimited, kBusy);
        return;
    }
    const bool session = needsSession(request);
    if (session && !isReady()) {
        refuse(ErrorCode::Unavailable);
        return;
    }
    if (session && !serverHasAccounts_) {
        refuse(ErrorCode::Unsupported);
        return;
    }
    if (!session && !token_.empty()) {
        refuse(ErrorCode::RejectedState);
        return;
    }
    wire::Up up;
    *up.mutable_account() = toWire(request);
    up.mutable_account()->set_request_id(requestId(up.account()));
    AccountAsk ask{.ref = ref,
                   .id = up.account().request_id(),
                   .frame = up.SerializeAsString(),
                   .session = session};
    if (session) {
        account_ = std::move(ask);
        sendAccount();
        return;
    }
    wantsOnline_ = true;
    attempts_ = 0;
    const bool fresh = open_ && state_ == State::LoggingIn &&
                       clock_.steady() - connectingSince_ < kFreshConnection;
    if (!fresh && (open_ || state_ == State::Waiting)) {
        disconnect();
        setState(State::Offline);
    }
    account_ = std::move(ask);
    if (fresh) {
        sendAccount();
    } else if (state_ != State::Connecting) {
        connect();
    }
}

void ClientCore::sendAccount() {
    if (!account_->session) {
        setState(State::LoggingIn);
    }
    effects_.emplace_back(effect::Send{std::exchange(account_->frame, {})});
    effects_.emplace_back(effect::SetTimer{TimerKind::Account, kAccountTime});
}

void ClientCore::onAccountResult(const wire::AccountResult& result) {
    if (account_ && account_->id == result.request_id()) {
        std::erase_if(unanswered_, [&](const Unanswered& one) { return one.id == account_->id; });
        finishAccount(answerOf(result));
    }
}

void ClientCore::finishAccount(AccountAnswer answer) {
    if (account_) {
        effects_.emplace_back(effect::StopTimer{TimerKind::Account});
        effects_.emplace_back(effect::AccountAnswered{account_->ref, std::move(answer)});
        account_.reset();
    }
}

void ClientCore::failAccount(ErrorCode code) {
    AccountAnswer answer;
    answer.code = code;
    finishAccount(std::move(answer));
}

}  // namespace vorfahrt::client::sync
