// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/lead_rows.h"

#include "client/viewmodel/words.h"

#include <algorithm>

namespace vorfahrt::client::ui {
namespace {

using model::LeadEntry;
using model::LeadSection;
using viewmodel::ClaimMark;
using viewmodel::DueTone;
using viewmodel::qstr;
using viewmodel::Words;

constexpr std::int64_t kHourMs = 3'600'000;

DeadlineTone toneOf(DueTone tone) {
    switch (tone) {
        case DueTone::Soon: return DeadlineTone::Soon;
        case DueTone::Overdue: return DeadlineTone::Overdue;
        case DueTone::None:
        case DueTone::Normal: break;
    }
    return DeadlineTone::Normal;
}

}  // namespace

SourceTile sourceTile(record::SourceKind kind) {
    switch (kind) {
        case record::HOMEPAGE: return {icons::kSourceHomepage, {}};
        case record::MOBILE_DE: return {std::nullopt, QStringLiteral("m")};
        case record::AUTOSCOUT24: return {std::nullopt, QStringLiteral("A")};
        case record::EMAIL_SOURCE: return {icons::kSourceEmail, {}};
        case record::CALL_CENTRE: return {icons::kSourceCallCentre, {}};
        case record::WALK_IN: return {icons::kSourceWalkIn, {}};
        default: return {icons::kNavInbox, {}};
    }
}

ChipTone statusTone(record::LeadStatus status) {
    switch (status) {
        case record::NEW: return ChipTone::Accent;
        case record::WON: return ChipTone::Success;
        default: return ChipTone::Neutral;
    }
}

LeadRows::LeadRows(viewmodel::Leads& leads, QObject* parent)
    : QIdentityProxyModel(parent),
      leads_(leads) {
    setSourceModel(&leads.list());
}

const LeadEntry& LeadRows::entryAt(const QModelIndex& index) const {
    return leads_.list().at(index.row());
}

bool LeadRows::hasTimer(const QModelIndex& index) const {
    const LeadEntry& entry = entryAt(index);
    return !entry.header && entry.row.deadlineMs != 0;
}

QVariant LeadRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= leads_.list().rowCount()) {
        return {};
    }
    const LeadEntry& entry = entryAt(index);
    switch (role) {
        case kLeadRowRole: return entry.header ? QVariant() : QVariant::fromValue(row(entry));
        case kLeadGroupRole: return entry.header ? QVariant::fromValue(group(entry)) : QVariant();
        case Qt::AccessibleTextRole:
        case Qt::DisplayRole:
            return entry.header ? accessibleSentence(group(entry)) : accessibleSentence(row(entry));
        default: return {};
    }
}

LeadGroup LeadRows::group(const LeadEntry& entry) const {
    LeadGroup group;
    group.count = entry.count;
    group.collapsed = entry.collapsed;
    switch (entry.section) {
        case LeadSection::ToClaim:
            group.name = tr("To claim");
            if (!leads_.desk().isOffline()) {
                group.note = tr("Customer data after the claim");
                group.noteKey = QStringLiteral("Ü");
            } else {
                group.note = tr("As of %1").arg(Words::clock(leads_.desk().status().lastContactMs));
            }
            break;
        case LeadSection::Next:
            group.name = tr("Next");
            group.next = true;
            break;
        case LeadSection::Working: group.name = tr("In work"); break;
        case LeadSection::Team: group.name = tr("With colleagues"); break;
    }
    return group;
}

LeadRow LeadRows::row(const LeadEntry& entry) const {
    const replica::LeadRow& lead = entry.row;
    LeadRow row;
    row.source = sourceTile(lead.sourceKind);
    row.sourceName = Words::source(lead);
    row.masked = lead.customerName.empty();
    row.customer = qstr(lead.customerName);
    row.region = lead.region.empty() ? tr("Region unknown") : qstr(lead.region);
    row.vehicle = lead.wish.empty() ? tr("No vehicle named") : qstr(lead.wish);
    row.status = Words::status(lead.status);
    row.statusTone = statusTone(lead.status);
    row.freshness = entry.fresh ? freshness_ : 0.0;
    row.age = Words::age(leads_.desk().nowMs(), lead.receivedMs);
    if (entry.taken) {
        row.takenBy = qstr(lead.ownerName);
        row.takenOpacity = 0.75;
        return row;
    }
    const ClaimMark mark = leads_.desk().claims().state(lead.id).mark;
    row.claiming = mark == ClaimMark::Asking;
    row.claimable = leads_.isClaimable(lead) || row.claiming;
    row.provisional = mark == ClaimMark::Noted || lead.provisional;
    if (entry.section == LeadSection::Team) {
        row.deadline = qstr(lead.ownerName);
        return row;
    }
    putDeadline(row, entry);
    return row;
}

void LeadRows::putDeadline(LeadRow& row, const LeadEntry& entry) const {
    const replica::LeadRow& lead = entry.row;
    const viewmodel::Desk& desk = leads_.desk();
    const std::int64_t now = desk.nowMs();
    const bool unclaimed = lead.owner.isNone();
    if (row.provisional && unclaimed) {
        row.deadline = tr("pencilled in");
        row.deadlineNote = tr("not confirmed");
        row.deadlineTone = DeadlineTone::Soon;
        return;
    }
    if (unclaimed && desk.isOffline()) {
        // A timer that runs differently here and on the server would lie.
        row.deadline = tr("open");
        row.deadlineNote = tr("As of %1").arg(Words::clock(desk.status().lastContactMs));
        return;
    }
    const bool timer = lead.deadlineMs != 0 && model::dueMs(lead) == lead.deadlineMs;
    const std::int64_t left = lead.deadlineMs - now;
    if (timer && left > 0 && left < 24 * kHourMs) {
        const std::int64_t whole = desk.returnMs(lead.site);
        row.ringShare =
            whole > 0 ? std::clamp(static_cast<qreal>(left) / static_cast<qreal>(whole), 0.0, 1.0)
                      : 1.0;
        row.deadline = Words::countdown(left);
        return;
    }
    const viewmodel::DueWords due = Words::due(now, model::dueMs(lead));
    row.deadline = due.text;
    row.deadlineNote = due.note;
    row.deadlineTone = toneOf(due.tone);
}

}  // namespace vorfahrt::client::ui
