// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/server_core.h"

#include "common/base/log.h"
#include "server/service/account_service.h"
#include "server/service/batch.h"
#include "server/service/claims.h"
#include "server/service/intake_service.h"
#include "server/service/lead_service.h"
#include "server/service/login.h"
#include "server/service/org.h"
#include "server/service/push.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace vorfahrt::server::service {
namespace {

// One overload a request, but for claims: they are gathered first.
struct Dispatch {
    Batch& batch;
    Outcome& outcome;

    void operator()(const PushRequest& request) const { runPush(batch, request, outcome); }
    void operator()(const ClaimRequest&) const {}
    void operator()(const LogoutRequest& request) const { logout(batch, request, outcome); }
    void operator()(const TokenUsedRequest& request) const { useToken(batch, request, outcome); }
    void operator()(const FindLoginRequest& request) const { findLogin(batch, request, outcome); }
    void operator()(const IssueTokenRequest& request) const { issueToken(batch, request, outcome); }
    void operator()(const SetupRequest& request) const { runSetup(batch, request, outcome); }
    void operator()(const RedeemRequest& request) const { redeemCode(batch, request, outcome); }
    void operator()(const FindPasswordRequest& request) const {
        findPassword(batch, request, outcome);
    }
    void operator()(const ChangePasswordRequest& request) const {
        changePassword(batch, request, outcome);
    }
    void operator()(const AccountAdminRequest& request) const {
        administerAccounts(batch, request, outcome);
    }
    void operator()(const TimerRequest&) const { runTimer(batch, outcome); }
    void operator()(const FindRecipientRequest& request) const {
        findRecipient(batch, request, outcome);
    }
    void operator()(const MailRequest& request) const { acceptMail(batch, request, outcome); }
    void operator()(const RecognisedRequest& request) const {
        applyRecognised(batch, request, outcome);
    }
    void operator()(const UnparsedRequest&) const { findUnparsed(batch, outcome); }
    void operator()(const ParseAgainRequest& request) const { parseAgain(batch, request, outcome); }
    void operator()(const AdminCommand& command) const { runAdmin(batch, command, outcome); }
};

// The part of a request's bytes that a refusal names.
std::string_view tenantOf(const Request& request) {
    if (const auto* push = std::get_if<PushRequest>(&request)) {
        return push->push.tenant();
    }
    if (const auto* claim = std::get_if<ClaimRequest>(&request)) {
        return claim->claim.tenant();
    }
    return {};
}

bool hasFault(const std::vector<Outcome>& outcomes) {
    return std::ranges::any_of(outcomes,
                               [](const Outcome& outcome) { return isStoreFault(outcome.code); });
}

void work(Batch& batch, std::span<const Request> requests, std::vector<Outcome>& outcomes) {
    std::vector<ClaimItem> claims;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (const auto* claim = std::get_if<ClaimRequest>(&requests[i])) {
            claims.push_back({.request = claim, .outcome = &outcomes[i]});
        }
    }
    runClaims(batch, claims);
    if (hasFault(outcomes)) {
        return;
    }
    for (std::size_t i = 0; i < requests.size(); ++i) {
        std::visit(Dispatch{.batch = batch, .outcome = outcomes[i]}, requests[i]);
        if (isStoreFault(outcomes[i].code)) {
            return;
        }
    }
}

// Nothing is known about any of them: the senders ask again with the same ids.
std::vector<Outcome> allUnavailable(std::span<const Request> requests) {
    std::vector<Outcome> outcomes(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        outcomes[i].code = ErrorCode::Unavailable;
        outcomes[i].reopen = true;
        if (std::holds_alternative<PushRequest>(requests[i]) ||
            std::holds_alternative<ClaimRequest>(requests[i])) {
            outcomes[i].replies.push_back(
                refusal(ErrorCode::Unavailable, true, tenantOf(requests[i])));
        }
    }
    return outcomes;
}

}  // namespace

wire::Down refusal(ErrorCode code, bool closing, std::string_view tenant) {
    wire::Down frame;
    frame.mutable_refused()->set_code(static_cast<std::uint32_t>(code));
    frame.mutable_refused()->set_closing(closing);
    frame.mutable_refused()->set_tenant(std::string(tenant));
    return frame;
}

namespace {

// Nothing: the batch is spoilt and must run again with Undo::Alone.
std::optional<std::vector<Outcome>> tryBatch(std::span<const Request> requests, TimePoint now,
                                             Random& random, store::WriteStore& store,
                                             store::WriteStore::Undo undo) {
    if (const auto status = store.begin(undo); !status) {
        log::error("service", "begin: {}", name(status.error().code));
        return allUnavailable(requests);
    }
    Batch batch{.store = store, .now = now, .random = random};
    std::vector<Outcome> outcomes(requests.size());
    work(batch, requests, outcomes);
    if (hasFault(outcomes)) {
        log::error("service", "store fault, batch of {} given up", requests.size());
        store.rollback();
        return allUnavailable(requests);
    }
    if (store.isSpoilt()) {
        store.rollback();
        return std::nullopt;
    }
    if (const auto status = store.commit(); !status) {
        log::error("service", "commit: {}", name(status.error().code));
        store.rollback();
        return allUnavailable(requests);
    }
    return outcomes;
}

}  // namespace

std::vector<Outcome> runBatch(std::span<const Request> requests, TimePoint now, Random& random,
                              store::WriteStore& store) {
    using Undo = store::WriteStore::Undo;
    // A refusal is known before anything is written, so savepoints that cost nothing are enough;
    // what is refused later (a constraint of the database, say) is rare.
    auto outcomes = tryBatch(requests, now, random, store, Undo::WithBatch);
    if (!outcomes) {
        log::info("service", "batch of {} runs again: a change was refused late", requests.size());
        outcomes = tryBatch(requests, now, random, store, Undo::Alone);
    }
    return outcomes ? std::move(*outcomes) : allUnavailable(requests);
}

}  // namespace vorfahrt::server::service
