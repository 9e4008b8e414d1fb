// SPDX-License-Identifier: GPL-3.0-or-later
// Leads, their timelines, and messages that no rule understood.
#include "client/replica/reader_parts.h"

#include <algorithm>
#include <limits>

namespace vorfahrt::client::replica {
namespace {

using sql::Statement;
using sql::Transaction;

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr int kMaxPage = 1000;

// No deadline sorts last.
constexpr std::string_view kDue =
    "(CASE WHEN c_deadline_ms=0 THEN 9223372036854775807 ELSE c_deadline_ms END)";

std::string_view whereOf(LeadTab tab) {
    switch (tab) {
        case LeadTab::Mine: return " AND c_owner_id=?2 AND c_status<5";
        case LeadTab::Unclaimed: return " AND ?2=?2 AND c_owner_id=x'' AND c_status<5";
        case LeadTab::AllOpen: return " AND ?2=?2 AND c_status<5";
        case LeadTab::Closed: return " AND ?2=?2 AND c_status>=5";
    }
    return "";
}

TimelineKind kindOf(record::ActivityKind kind) {
    switch (kind) {
        case record::MESSAGE_IN: return TimelineKind::MessageIn;
        case record::MESSAGE_OUT: return TimelineKind::MessageOut;
        case record::CALL: return TimelineKind::Call;
        case record::STATUS_CHANGE: return TimelineKind::StatusChange;
        case record::OWNER_CHANGE: return TimelineKind::OwnerChange;
        case record::MAIL_OPENED: return TimelineKind::MailOpened;
        case record::DIALLED: return TimelineKind::Dialled;
        default: return TimelineKind::Note;
    }
}

TimelineKind kindOf(record::LeadEventKind kind) {
    switch (kind) {
        case record::CLAIM_LOST: return TimelineKind::ClaimLost;
        case record::RELEASED: return TimelineKind::Released;
        case record::RETURNED: return TimelineKind::Returned;
        case record::PRIVATE_SENT: return TimelineKind::PrivateSent;
        default: return TimelineKind::Claimed;
    }
}

std::string nameOf(const Reader::Parts::Names& names, std::string_view user);

}  // namespace

Result<std::vector<TimelineItem>> Reader::Parts::entries(
    TenantId tenant, const Names& names, const std::vector<Item<record::Activity>>& newestFirst,
    Retracted& retracted) {
    // Of the same millisecond a retraction may stand before what it takes back.
    for (const auto& activity : newestFirst) {
        if (activity.value.kind() == record::RETRACTION) {
            retracted.emplace_back(
                RowId::fromBytes(activity.value.retracts_id()).value_or(RowId()),
                UserId::fromBytes(activity.value.author_id()).value_or(UserId()));
        }
    }
    std::vector<TimelineItem> out;
    for (const auto& activity : newestFirst) {
        const record::Activity& value = activity.value;
        const UserId author = UserId::fromBytes(value.author_id()).value_or(UserId());
        if (value.kind() == record::RETRACTION) {
            continue;
        }
        const bool canBeTakenBack =
            value.kind() == record::MAIL_OPENED || value.kind() == record::DIALLED;
        // By its author alone; whatever else a retraction names stays.
        if (canBeTakenBack && std::erase(retracted, std::pair(activity.id, author)) > 0) {
            continue;
        }
        TimelineItem& item = out.emplace_back();
        item.activity = activity.id;
        item.kind = kindOf(value.kind());
        item.atMs = value.at_ms();
        item.author = author;
        item.authorName = nameOf(names, value.author_id());
        item.text = value.text();
        item.message = value.message();
        item.from = value.from_status();
        item.to = value.to_status();
        item.lead = LeadId::fromBytes(value.lead_id()).value_or(LeadId());
        if (const auto source = names.sources.find(value.source_id());
            source != names.sources.end()) {
            item.sourceName = source->second.name();
        }
        VF_TRY(const auto state,
               edited(tenant, schema::recordOf<record::Activity>().number, activity.id));
        item.pending = state.pending;
    }
    return out;
}

std::string displayWish(const record::VehicleWish& wish) {
    std::string out = wish.make();
    if (!wish.model().empty()) {
        out += (out.empty() ? "" : " ") + wish.model();
    }
    return out.empty() ? wish.text() : out;
}

Result<LeadRow> Reader::Parts::leadRow(const Viewer& viewer, const Names& names,
                                       const sql::StoredRow& stored) {
    const auto lead = stored.row.as<record::Lead>();
    LeadRow row;
    row.id = LeadId(stored.row.id().uuid());
    row.number = lead.number();
    row.site = SiteId::fromBytes(lead.site_id()).value_or(SiteId());
    row.source = RowId::fromBytes(lead.source_id()).value_or(RowId());
    if (const auto source = names.sources.find(lead.source_id()); source != names.sources.end()) {
        row.sourceName = source->second.name();
        row.sourceKind = source->second.kind();
    }
    row.owner = UserId::fromBytes(lead.owner_id()).value_or(UserId());
    if (const auto owner = names.users.find(lead.owner_id()); owner != names.users.end()) {
        row.ownerName = owner->second.display_name();
    }
    row.customer = CustomerId::fromBytes(lead.customer_id()).value_or(CustomerId());
    if (!row.customer.isNone()) {
        VF_TRY(const auto customer,
               one<record::Customer>(viewer.tenant, RowId(row.customer.uuid())));
        if (customer) {
            row.customerName = displayName(customer->value);
        }
    }
    row.wish = displayWish(lead.wish());
    row.region = lead.region();
    row.status = lead.status();
    row.receivedMs = lead.received_ms();
    row.deadlineMs = lead.deadline_ms();
    row.nextStep = lead.next_step().text();
    row.nextStepMs = lead.next_step().due_ms();
    row.closedMs = lead.closed_ms();
    row.testDriveWanted = lead.test_drive_wanted();
    row.mine = !row.owner.isNone() && row.owner == viewer.user;
    VF_TRY(const Edited state, edited(viewer.tenant, stored.row.info().number, stored.row.id()));
    row.pending = state.pending;
    row.provisional = state.provisional;
    return row;
}

Result<LeadPage> Reader::leads(const Viewer& viewer, LeadTab tab,
                               const std::optional<LeadKey>& after, int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    auto& table = parts_->table<record::Lead>();
    const std::string due(kDue);
    std::string text =
        table.selectText() + " WHERE tenant=?1" + std::string(whereOf(tab)) + shown(table.info());
    text += " AND (" + due + ">?3 OR (" + due +
            "=?3 AND (c_received_ms<?4 OR "
            "(c_received_ms=?4 AND id>?5)))) ORDER BY " +
            due + ", c_received_ms DESC, id LIMIT ?6";
    VF_TRY(Statement * statement, parts_->db.cached(text));
    const int count = std::clamp(limit, 1, kMaxPage);
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    if (after) {
        from = after->deadlineMs == 0 ? kNever : after->deadlineMs;
    }
    statement->bindBlob(1, viewer.tenant.view())
        .bindBlob(2, viewer.user.view())
        .bindInt(3, from)
        .bindInt(4, after ? after->receivedMs : kNever)
        .bindBlob(5, after ? after->id.view() : std::string_view())
        .bindInt(6, count + 1);
    std::vector<sql::StoredRow> stored;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            break;
        }
        VF_TRY(auto row, table.fromStatement(*statement));
        stored.push_back(std::move(row));
    }
    VF_TRY(const auto names, parts_->names(viewer.tenant));
    LeadPage page;
    for (std::size_t i = 0;
         i < std::min<std::size_t>(stored.size(), static_cast<std::size_t>(count)); ++i) {
        VF_TRY(LeadRow row, parts_->leadRow(viewer, names, stored[i]));
        page.rows.push_back(std::move(row));
    }
    if (stored.size() > page.rows.size()) {
        const LeadRow& last = page.rows.back();
        page.next =
            LeadKey{.deadlineMs = last.deadlineMs, .receivedMs = last.receivedMs, .id = last.id};
    }
    return page;
}

Result<std::optional<LeadDetail>> Reader::lead(const Viewer& viewer, LeadId id) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    VF_TRY(const auto stored, parts_->table<record::Lead>().read(viewer.tenant, RowId(id.uuid())));
    if (!stored || stored->row.isDeleted()) {
        return std::nullopt;
    }
    VF_TRY(const auto names, parts_->names(viewer.tenant));
    LeadDetail detail;
    VF_TRY(detail.row, parts_->leadRow(viewer, names, *stored));
    detail.lead = stored->row.as<record::Lead>();
    detail.rev = stored->row.rev(schema::Facet::MAIN);
    detail.hasPrivate = value(stored->row.rev(schema::Facet::PRIVATE)) != 0;
    return std::optional(std::move(detail));
}

namespace {

std::string nameOf(const Reader::Parts::Names& names, std::string_view user) {
    const auto it = names.users.find(user);
    return it == names.users.end() ? std::string() : it->second.display_name();
}

void addEvents(const record::Lead& lead, const Reader::Parts::Names& names,
               std::vector<TimelineItem>& out) {
    TimelineItem received;
    received.kind = TimelineKind::Received;
    received.atMs = lead.received_ms();
    received.message = lead.message();
    if (const auto source = names.sources.find(lead.source_id()); source != names.sources.end()) {
        received.sourceName = source->second.name();
    }
    // A message of the same moment is the enquiry itself: one line, not two.
    const auto same = std::ranges::find_if(out, [&](const TimelineItem& item) {
        return item.kind == TimelineKind::MessageIn && item.atMs == received.atMs;
    });
    if (same == out.end()) {
        out.push_back(received);
    }
    // The events of the lead say who it went to and why; the activity of the same moment is for the
    // customer.
    if (lead.events_size() > 0) {
        std::erase_if(
            out, [](const TimelineItem& item) { return item.kind == TimelineKind::OwnerChange; });
    }
    for (const record::LeadEvent& event : lead.events()) {
        TimelineItem item;
        item.kind = kindOf(event.kind());
        item.atMs = event.at_ms();
        item.author = UserId::fromBytes(event.user_id()).value_or(UserId());
        item.authorName = nameOf(names, event.user_id());
        out.push_back(std::move(item));
    }
}

}  // namespace

Result<std::vector<TimelineItem>> Reader::timeline(const Viewer& viewer, LeadId id, int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    const RowId leadId(id.uuid());
    VF_TRY(const auto lead, parts_->one<record::Lead>(viewer.tenant, leadId));
    if (!lead) {
        return std::vector<TimelineItem>();
    }
    VF_TRY(const auto names, parts_->names(viewer.tenant));
    auto& table = parts_->table<record::Activity>();
    VF_TRY(Statement * statement,
           parts_->db.cached(table.selectText() + " WHERE tenant=? AND c_lead_id=?" +
                             shown(table.info()) + " ORDER BY +c_at_ms DESC, id DESC LIMIT ?"));
    statement->bindBlob(1, viewer.tenant.view())
        .bindBlob(2, leadId.view())
        .bindInt(3, std::clamp(limit, 1, 10 * kMaxPage));
    VF_TRY(const auto activities, parts_->collect<record::Activity>(*statement));
    Parts::Retracted retracted;
    VF_TRY(auto out, parts_->entries(viewer.tenant, names, activities, retracted));
    addEvents(lead->value, names, out);
    std::ranges::stable_sort(out, [](const TimelineItem& a, const TimelineItem& b) {
        return std::tie(a.atMs, a.activity) < std::tie(b.atMs, b.activity);
    });
    return out;
}

// ---------------------------------------------------------------------------------------- intake

namespace {

IntakeRow intakeRow(const Item<record::IntakeMessage>& item) {
    IntakeRow row;
    row.id = item.id;
    row.site = SiteId::fromBytes(item.value.site_id()).value_or(SiteId());
    row.receivedMs = item.value.received_ms();
    row.sender = item.value.sender();
    row.subject = item.value.subject();
    row.reason = item.value.reason();
    row.rawSize = item.value.raw_size();
    return row;
}

}  // namespace

Result<std::vector<IntakeRow>> Reader::notRecognised(const Viewer& viewer, int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    auto& table = parts_->table<record::IntakeMessage>();
    VF_TRY(Statement * statement,
           parts_->db.cached(table.selectText() + " WHERE tenant=? AND c_state=2" +
                             shown(table.info()) + " ORDER BY +c_received_ms DESC, id LIMIT ?"));
    statement->bindBlob(1, viewer.tenant.view()).bindInt(2, std::clamp(limit, 1, kMaxPage));
    VF_TRY(const auto items, parts_->collect<record::IntakeMessage>(*statement));
    std::vector<IntakeRow> out;
    for (const auto& item : items) {
        out.push_back(intakeRow(item));
    }
    return out;
}

Result<std::optional<IntakeDetail>> Reader::intake(const Viewer& viewer, RowId id) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    VF_TRY(const auto item, parts_->one<record::IntakeMessage>(viewer.tenant, id));
    if (!item) {
        return std::nullopt;
    }
    IntakeDetail detail{.row = intakeRow(*item), .text = item->value.text()};
    VF_TRY(const auto state,
           parts_->edited(viewer.tenant, schema::recordOf<record::IntakeMessage>().number, id));
    detail.row.pending = state.pending;
    return std::optional(std::move(detail));
}

}  // namespace vorfahrt::client::replica
