// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sync/lead_mutators.h"

#include "common/domain/lead_status.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "common/schema/validate.h"
#include "common/schema/work.pb.h"

#include <algorithm>

namespace vorfahrt::sync {
namespace {

using record::Lead;

RowChange leadChange(RowId id, const Lead& values, std::initializer_list<int> fields) {
    RowChange change{.info = &schema::recordOf<Lead>(),
                     .id = id,
                     .create = false,
                     .values = nullptr,
                     .fields = {}};
    change.values = std::make_unique<Lead>(values);
    for (const int field : fields) {
        change.fields.push_back(Lead::descriptor()->FindFieldByNumber(field));
    }
    return change;
}

void addEvent(Lead& lead, record::LeadEventKind kind, const std::string& user, std::int64_t nowMs) {
    // The newest stay.
    const int surplus = lead.events_size() + 1 - schema::kMaxLeadEvents;
    if (surplus > 0) {
        lead.mutable_events()->DeleteSubrange(0, surplus);
    }
    auto* event = lead.add_events();
    event->set_kind(kind);
    event->set_user_id(user);
    event->set_at_ms(nowMs);
}

Result<Lead> readLead(std::string_view idBytes, RowReader& rows) {
    const auto id = RowId::fromBytes(idBytes);
    if (!id || id->isNone()) {
        return fail(ErrorCode::Invalid, "lead id");
    }
    VF_TRY(const auto row, rows.read(schema::recordOf<Lead>(), *id));
    if (!row || row->isDeleted()) {
        return fail(ErrorCode::NotFound, "lead");
    }
    return row->as<Lead>();
}

// The rules of this field alone: the rest of the lead is not in hand.
Status checkField(const Lead& lead, int number) {
    const bool broken = std::ranges::any_of(
        schema::violations(lead), [&](const auto& found) { return found.field == number; });
    return broken ? fail(ErrorCode::Invalid, "lead.move") : Status{};
}

Result<std::uint32_t> returnSeconds(const Lead& lead, RowReader& rows) {
    const auto id = RowId::fromBytes(lead.site_id());
    if (!id) {
        return 0;
    }
    VF_TRY(const auto row, rows.read(schema::recordOf<record::Site>(), *id));
    return row ? row->as<record::Site>().return_seconds() : 0U;
}

}  // namespace

RowChange giveLead(RowId id, const Lead& lead, UserId newOwner, std::int64_t nowMs,
                   std::uint32_t returnSeconds) {
    Lead next = lead;
    next.set_owner_id(newOwner.bytes());
    next.set_claim_token(lead.claim_token() + 1);
    next.set_claimed_ms(nowMs);
    next.set_deadline_ms(returnSeconds > 0 ? nowMs + std::int64_t{returnSeconds} * 1000 : 0);
    addEvent(next, record::CLAIMED, newOwner.bytes(), nowMs);
    addEvent(next, record::PRIVATE_SENT, newOwner.bytes(), nowMs);
    return leadChange(
        id, next,
        {Lead::kOwnerIdFieldNumber, Lead::kClaimTokenFieldNumber, Lead::kClaimedMsFieldNumber,
         Lead::kDeadlineMsFieldNumber, Lead::kEventsFieldNumber});
}

RowChange takeLeadBack(RowId id, const Lead& lead, record::LeadEventKind why, std::int64_t nowMs,
                       std::uint32_t returnSeconds) {
    Lead next = lead;
    addEvent(next, why, lead.owner_id(), nowMs);
    next.clear_owner_id();
    next.set_claim_token(lead.claim_token() + 1);
    next.clear_claimed_ms();
    next.set_deadline_ms(returnSeconds > 0 ? nowMs + std::int64_t{returnSeconds} * 1000 : 0);
    return leadChange(
        id, next,
        {Lead::kOwnerIdFieldNumber, Lead::kClaimTokenFieldNumber, Lead::kClaimedMsFieldNumber,
         Lead::kDeadlineMsFieldNumber, Lead::kEventsFieldNumber});
}

std::optional<RowChange> stopReturnTimer(RowId id, const Lead& lead, UserId worker) {
    if (lead.deadline_ms() == 0 || lead.owner_id().empty() || lead.owner_id() != worker.view()) {
        return std::nullopt;
    }
    return leadChange(id, Lead(), {Lead::kDeadlineMsFieldNumber});
}

Result<std::vector<RowChange>> moveLead(const wire::LeadMoveArgs& args,
                                        const MutationContext& context, RowReader& rows) {
    VF_TRY(const Lead lead, readLead(args.lead_id(), rows));
    const auto id = RowId::fromBytes(args.lead_id());
    const auto activityId = RowId::fromBytes(args.activity_id());
    if (!activityId || activityId->isNone()) {
        return fail(ErrorCode::Invalid, "activity id");
    }
    // Written once: the id of a line that is there, of this lead or another, replaces nothing.
    VF_TRY(const auto taken, rows.read(schema::recordOf<record::Activity>(), *activityId));
    if (taken) {
        return fail(ErrorCode::Duplicate, "activity");
    }
    if (args.claim_token() != lead.claim_token()) {
        return fail(ErrorCode::StaleToken, "lead.move");
    }
    if (!record::LeadStatus_IsValid(args.to()) || !domain::mayMove(lead.status(), args.to())) {
        return fail(ErrorCode::RejectedState, "lead.move");
    }
    if (domain::needsReason(args.to()) && args.close_reason().empty()) {
        return fail(ErrorCode::Invalid, "closing reason");
    }
    Lead next;
    next.set_status(args.to());
    RowChange change =
        leadChange(*id, next, {Lead::kStatusFieldNumber, Lead::kDeadlineMsFieldNumber});
    if (domain::isClosed(args.to())) {
        next.set_close_reason(args.close_reason());
        VF_CHECK(checkField(next, Lead::kCloseReasonFieldNumber));
        next.set_closed_ms(context.editTimeMs);
        change = leadChange(
            *id, next,
            {Lead::kStatusFieldNumber, Lead::kDeadlineMsFieldNumber, Lead::kCloseReasonFieldNumber,
             Lead::kClosedMsFieldNumber, Lead::kNextStepFieldNumber});
    }

    record::Activity activity;
    activity.set_lead_id(args.lead_id());
    activity.set_customer_id(lead.customer_id());
    activity.set_site_id(lead.site_id());
    activity.set_kind(record::STATUS_CHANGE);
    activity.set_at_ms(context.editTimeMs);
    activity.set_author_id(context.user.bytes());
    activity.set_from_status(lead.status());
    activity.set_to_status(args.to());
    activity.set_text(args.close_reason());
    VF_CHECK(schema::validate(activity));
    RowChange line{.info = &schema::recordOf<record::Activity>(),
                   .id = *activityId,
                   .create = true,
                   .values = nullptr,
                   .fields = {}};
    line.values = std::make_unique<record::Activity>(activity);

    std::vector<RowChange> out;
    out.push_back(std::move(change));
    out.push_back(std::move(line));
    return out;
}

Result<std::vector<RowChange>> releaseLead(const wire::LeadReleaseArgs& args,
                                           const MutationContext& context, RowReader& rows) {
    VF_TRY(const Lead lead, readLead(args.lead_id(), rows));
    if (args.claim_token() != lead.claim_token()) {
        return fail(ErrorCode::StaleToken, "lead.release");
    }
    if (lead.owner_id().empty() || domain::isClosed(lead.status())) {
        return fail(ErrorCode::RejectedState, "lead.release");
    }
    VF_TRY(const std::uint32_t seconds, returnSeconds(lead, rows));
    std::vector<RowChange> out;
    out.push_back(takeLeadBack(*RowId::fromBytes(args.lead_id()), lead, record::RELEASED,
                               context.editTimeMs, seconds));
    return out;
}

}  // namespace vorfahrt::sync
