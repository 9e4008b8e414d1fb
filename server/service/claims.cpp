// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/claims.h"

#include "common/domain/lead_status.h"
#include "common/schema/lead.pb.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "common/sync/lead_mutators.h"
#include "server/service/lead_service.h"
#include "server/service/rights.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace vorfahrt::server::service {
namespace {

using record::Lead;
using store::ClaimAnswer;

// So many losers are named on the lead; the rest is only counted.
constexpr int kMaxNamedLosers = 20;

// One claim on its way through the group.
struct Pending {
    ClaimItem item;
    ClaimId id;
    std::optional<ClaimAnswer> answer;
    bool isNew = true;
    ErrorCode refused = ErrorCode::Ok;
};

// The lead that a group of claims is about.
struct Target {
    TenantId tenant;
    RowId lead;
    friend auto operator<=>(const Target&, const Target&) = default;
};

void nameLoser(Lead& lead, UserId user, std::int64_t nowMs) {
    lead.set_lost_claims(lead.lost_claims() + 1);
    const auto named =
        std::ranges::count(lead.events(), record::CLAIM_LOST, &record::LeadEvent::kind);
    if (named >= kMaxNamedLosers || lead.events_size() >= schema::kMaxLeadEvents) {
        return;
    }
    auto* event = lead.add_events();
    event->set_kind(record::CLAIM_LOST);
    event->set_user_id(user.bytes());
    event->set_at_ms(nowMs);
}

// Handles the claims of one lead.
class ClaimGroup {
public:
    ClaimGroup(Batch& batch, Target target)
        : batch_(batch),
          target_(target),
          changes_(batch.store, target.tenant) {}

    [[nodiscard]] Result<std::optional<Seq>> run(std::vector<Pending>& pending) {
        VF_TRY(lead_, changes_.load<Lead>(target_.lead));
        for (Pending& claim : pending) {
            VF_CHECK(decide(claim, pending));
        }
        std::optional<Seq> seq;
        if (changed_) {
            VF_CHECK(changes_.save(*lead_, target_.lead));
            VF_TRY(seq, changes_.apply());
        }
        for (const Pending& claim : pending) {
            if (claim.answer && claim.isNew) {
                VF_CHECK(batch_.store.writeClaim(target_.tenant, *claim.answer));
            }
        }
        return seq;
    }

    // The answer as a frame; the private facet only while the claim still holds.
    [[nodiscard]] Result<wire::ClaimResult> result(const Pending& claim) {
        wire::ClaimResult out;
        out.set_tenant(target_.tenant.bytes());
        out.set_claim_id(claim.id.bytes());
        out.set_lead_id(target_.lead.bytes());
        if (!claim.answer) {
            out.set_outcome(wire::CLAIM_REFUSED);
            out.set_code(static_cast<std::uint32_t>(claim.refused));
            return out;
        }
        out.set_outcome(static_cast<wire::ClaimOutcome>(claim.answer->outcome));
        if (claim.answer->owner.isNone()) {
            return out;
        }
        out.set_owner_id(claim.answer->owner.bytes());
        VF_TRY(const auto owner, changes_.load<record::User>(RowId(claim.answer->owner.uuid())));
        if (owner) {
            out.set_owner_name(owner->display_name());
        }
        if (out.outcome() != wire::CLAIM_WON) {
            return out;
        }
        out.set_token(claim.answer->token);
        VF_TRY(const auto* row, changes_.find(schema::recordOf<Lead>(), target_.lead));
        if (row != nullptr && lead_ && lead_->owner_id() == claim.answer->user.view() &&
            lead_->claim_token() == claim.answer->token) {
            out.set_private_facet(row->row.body(schema::Facet::PRIVATE));
        }
        return out;
    }

private:
    [[nodiscard]] Status decide(Pending& claim, const std::vector<Pending>& all) {
        const auto rights =
            rightsOf(batch_.store, claim.item.request->who, target_.tenant, batch_.now);
        if (!rights) {
            claim.refused = rights.error().code;
            return isStoreFault(claim.refused) ? fail(rights.error()) : Status();
        }
        VF_TRY(const auto known, knownAnswer(claim, all));
        if (known) {
            if (known->user != rights->user || known->lead != LeadId(target_.lead.uuid())) {
                claim.refused = ErrorCode::Duplicate;
            } else {
                claim.answer = *known;
            }
            claim.isNew = false;
            return {};
        }
        claim.answer = ClaimAnswer{.claim = claim.id,
                                   .lead = LeadId(target_.lead.uuid()),
                                   .user = rights->user,
                                   .outcome = wire::CLAIM_GONE,
                                   .token = 0,
                                   .owner = {}};
        return answer(*claim.answer, *rights);
    }

    // Stored in an earlier batch, or given a moment ago in this one.
    [[nodiscard]] Result<std::optional<ClaimAnswer>> knownAnswer(const Pending& claim,
                                                                 const std::vector<Pending>& all) {
        for (const Pending& other : all) {
            if (&other == &claim) {
                break;
            }
            if (other.id == claim.id && other.answer) {
                return other.answer;
            }
        }
        return batch_.store.readClaim(target_.tenant, claim.id);
    }

    [[nodiscard]] Status answer(ClaimAnswer& answer, const Rights& rights) {
        if (!lead_ || domain::isClosed(lead_->status())) {
            return {};
        }
        VF_TRY(const auto* row, changes_.find(schema::recordOf<Lead>(), target_.lead));
        VF_TRY(const auto scopes, changes_.scopesOf(row->row, schema::Facet::MAIN));
        if (!rights.sees(scopes) || !rights.worksAt(lead_->site_id())) {
            return {};
        }
        if (lead_->owner_id().empty()) {
            VF_CHECK(give(rights.user));
        } else if (lead_->owner_id() != rights.user.view()) {
            nameLoser(*lead_, rights.user, batch_.nowMs());
            changed_ = true;
        }
        const bool won = lead_->owner_id() == rights.user.view();
        answer.outcome = won ? wire::CLAIM_WON : wire::CLAIM_TAKEN;
        answer.token = won ? lead_->claim_token() : 0;
        answer.owner = UserId::fromBytes(lead_->owner_id()).value_or(UserId());
        return {};
    }

    [[nodiscard]] Status give(UserId winner) {
        VF_TRY(const std::uint32_t seconds, returnSeconds(changes_, *lead_));
        VF_CHECK(putChange(changes_,
                           sync::giveLead(target_.lead, *lead_, winner, batch_.nowMs(), seconds)));
        VF_TRY(lead_, changes_.load<Lead>(target_.lead));
        if (lead_->first_claim_ms() == 0) {
            lead_->set_first_claim_ms(batch_.nowMs());
            VF_CHECK(releaseHeldRows(batch_, changes_, target_.lead, *lead_));
        }
        changed_ = true;
        return addOwnerChange(batch_, changes_, target_.lead, *lead_, winner.view(), "claimed");
    }

    Batch& batch_;
    Target target_;
    ChangeSet changes_;
    std::optional<Lead> lead_;
    bool changed_ = false;
};

void finish(Batch& batch, Target target, std::vector<Pending>& pending) {
    ClaimGroup group(batch, target);
    const auto seq = inSavepoint(batch.store, [&] { return group.run(pending); });
    for (Pending& claim : pending) {
        Outcome& outcome = *claim.item.outcome;
        if (!seq) {
            claim.answer.reset();
            claim.refused = seq.error().code;
        } else if (*seq) {
            outcome.committed = {{.tenant = target.tenant, .head = **seq}};
        }
        auto result = group.result(claim);
        if (!result) {
            outcome.code = result.error().code;
            continue;
        }
        if (isStoreFault(claim.refused)) {
            outcome.code = claim.refused;
        }
        wire::Down frame;
        *frame.mutable_claim_result() = std::move(*result);
        outcome.replies.push_back(std::move(frame));
    }
}

}  // namespace

void runClaims(Batch& batch, std::span<const ClaimItem> claims) {
    std::vector<Target> order;
    std::map<Target, std::vector<Pending>> groups;
    for (const ClaimItem& item : claims) {
        const wire::Claim& claim = item.request->claim;
        const auto tenant = TenantId::fromBytes(claim.tenant());
        const auto lead = RowId::fromBytes(claim.lead_id());
        const auto id = ClaimId::fromBytes(claim.claim_id());
        if (!tenant || !lead || lead->isNone() || !id || id->isNone()) {
            item.outcome->code = ErrorCode::BadFrame;
            item.outcome->replies.push_back(refusal(ErrorCode::BadFrame, true, claim.tenant()));
            continue;
        }
        const Target target{.tenant = *tenant, .lead = *lead};
        auto& group = groups[target];
        if (group.empty()) {
            order.push_back(target);
        }
        group.push_back({.item = item, .id = *id, .answer = {}});
    }
    for (const Target& target : order) {
        finish(batch, target, groups[target]);
    }
}

}  // namespace vorfahrt::server::service
