// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/lead_service.h"

#include "common/base/log.h"
#include "common/domain/lead_status.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/lead_mutators.h"

namespace vorfahrt::server::service {
namespace {

using record::Lead;

constexpr int kMaxDueLeads = 500;
// One enquiry brings in a handful of rows.
constexpr int kMaxHeldRows = 1'000;

template <class T>
Status releaseHeld(Batch& batch, ChangeSet& changes, RowId lead) {
    const schema::ColumnValue key{
        .type = schema::ColumnType::Blob, .integer = 0, .text = lead.bytes()};
    VF_TRY(const auto ids, batch.store.findRows(changes.tenant(), schema::recordOf<T>(),
                                                "held_by_lead", key, kMaxHeldRows));
    for (const RowId id : ids) {
        VF_TRY(auto held, changes.load<T>(id));
        if (held) {
            held->clear_held_by_lead();
            VF_CHECK(changes.save(*held, id));
        }
    }
    return {};
}

// The customer of this lead may have come with another one that still waits: he and how to reach
// him are needed now, whatever brought them in.
Status releaseSharedCustomer(Batch& batch, ChangeSet& changes, RowId id) {
    VF_TRY(auto customer, changes.load<record::Customer>(id));
    if (!customer || customer->held_by_lead().empty()) {
        return {};
    }
    const schema::ColumnValue key{
        .type = schema::ColumnType::Blob, .integer = 0, .text = id.bytes()};
    VF_TRY(const auto points,
           batch.store.findRows(changes.tenant(), schema::recordOf<record::ContactPoint>(),
                                "customer_id", key, kMaxHeldRows));
    for (const RowId pointId : points) {
        VF_TRY(auto point, changes.load<record::ContactPoint>(pointId));
        if (point && point->held_by_lead() == customer->held_by_lead()) {
            point->clear_held_by_lead();
            VF_CHECK(changes.save(*point, pointId));
        }
    }
    customer->clear_held_by_lead();
    return changes.save(*customer, id);
}

Result<Seq> handleDue(Batch& batch, TenantId tenant, RowId id) {
    ChangeSet changes(batch.store, tenant);
    VF_TRY(auto lead, changes.load<Lead>(id));
    if (!lead) {
        return fail(ErrorCode::NotFound, "due lead");
    }
    if (lead->owner_id().empty() || domain::isClosed(lead->status())) {
        lead->clear_deadline_ms();
        VF_CHECK(changes.save(*lead, id));
        return changes.apply();
    }
    VF_TRY(const std::uint32_t seconds, returnSeconds(changes, *lead));
    VF_CHECK(putChange(changes,
                       sync::takeLeadBack(id, *lead, record::RETURNED, batch.nowMs(), seconds)));
    VF_CHECK(addOwnerChange(batch, changes, id, *lead, {}, "returned"));
    return changes.apply();
}

}  // namespace

Result<std::uint32_t> returnSeconds(ChangeSet& changes, const Lead& lead) {
    VF_TRY(const auto site, changes.load<record::Site>(rowId(lead.site_id())));
    return site ? site->return_seconds() : 0U;
}

Status releaseHeldRows(Batch& batch, ChangeSet& changes, RowId lead, const Lead& record) {
    VF_CHECK(releaseSharedCustomer(batch, changes, rowId(record.customer_id())));
    VF_CHECK(releaseHeld<record::Customer>(batch, changes, lead));
    VF_CHECK(releaseHeld<record::ContactPoint>(batch, changes, lead));
    VF_CHECK(releaseHeld<record::Vehicle>(batch, changes, lead));
    return releaseHeld<record::Activity>(batch, changes, lead);
}

Status addOwnerChange(Batch& batch, ChangeSet& changes, RowId lead, const Lead& record,
                      std::string_view author, std::string_view what) {
    record::Activity activity;
    activity.set_lead_id(lead.bytes());
    activity.set_customer_id(record.customer_id());
    activity.set_site_id(record.site_id());
    activity.set_kind(record::OWNER_CHANGE);
    activity.set_at_ms(batch.nowMs());
    activity.set_author_id(std::string(author));
    activity.set_text(std::string(what));
    return changes.save(activity, batch.newId());
}

Status putChange(ChangeSet& changes, const sync::RowChange& change) {
    VF_TRY(store::StoredRow row, changes.open(*change.info, change.id));
    sync::apply(change, row.row);
    return changes.put(std::move(row));
}

void runTimer(Batch& batch, Outcome& outcome) {
    const auto due = batch.store.dueLeads(batch.now, kMaxDueLeads);
    if (!due) {
        outcome.code = due.error().code;
        return;
    }
    for (const auto& [tenant, lead] : *due) {
        const RowId id(lead.uuid());
        const auto seq = inSavepoint(batch.store, [&] { return handleDue(batch, tenant, id); });
        if (seq) {
            outcome.committed.push_back({.tenant = tenant, .head = *seq});
        } else {
            log::error("service", "return of lead {} failed: {}", lead.text(),
                       name(seq.error().code));
            outcome.code = seq.error().code;
            if (isStoreFault(outcome.code)) {
                return;
            }
        }
    }
}

}  // namespace vorfahrt::server::service
