// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/model/lead_list_model.h"

#include "common/schema/record.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vorfahrt::client::model {
namespace {

// More unclaimed leads than this is not a list any more; the rest follows as these are claimed.
constexpr int kMaxToClaim = 500;
// How long a lead that a colleague claimed stays in the list with his name.
constexpr std::int64_t kTakenMs = 6000;
constexpr std::size_t kMaxTaken = 20;

QByteArray headerKey(LeadSection section) {
    return QByteArrayLiteral("section") + QByteArray::number(static_cast<int>(section));
}

// Nearest first, nothing promised last, then the newest.
bool dueBefore(const replica::LeadRow* a, const replica::LeadRow* b) {
    const std::int64_t left = dueMs(*a);
    const std::int64_t right = dueMs(*b);
    if ((left == 0) != (right == 0)) {
        return left != 0;
    }
    if (left != right) {
        return left < right;
    }
    if (a->receivedMs != b->receivedMs) {
        return a->receivedMs > b->receivedMs;
    }
    return a->id < b->id;
}

}  // namespace

std::int64_t dueMs(const replica::LeadRow& row) {
    if (row.nextStepMs == 0 || row.deadlineMs == 0) {
        return std::max(row.nextStepMs, row.deadlineMs);
    }
    return std::min(row.nextStepMs, row.deadlineMs);
}

LeadListModel::LeadListModel(ReplicaReader& reader, QObject* parent)
    : KeyedListModel<LeadEntry>(parent),
      reader_(reader) {
    connect(&reader, &ReplicaReader::failed, this, [this](const QString& key, ErrorCode code) {
        if (key == QStringLiteral("leads.toClaim")) {
            toClaimError_ = code;
        } else if (key == QStringLiteral("leads.claimed")) {
            claimedError_ = code;
            fetching_ = false;
        } else {
            return;
        }
        Q_EMIT regrouped();
    });
}

QVariant LeadListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    return role == kEntryRole ? QVariant::fromValue(at(index.row())) : QVariant();
}

Qt::ItemFlags LeadListModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

bool LeadListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && more_.has_value() && !fetching_;
}

void LeadListModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent)) {
        fetching_ = true;
        loadClaimed(static_cast<int>(claimed_.size()) + kPage);
    }
}

void LeadListModel::setViewer(const replica::Viewer& viewer) {
    viewer_ = viewer;
    clear();
    reload();
}

void LeadListModel::setView(LeadView view) {
    if (view_ == view) {
        return;
    }
    view_ = view;
    claimedLoaded_ = false;
    loadClaimed(kPage);
}

void LeadListModel::setFilter(LeadFilter filter) {
    if (filter_ != filter) {
        filter_ = filter;
        regroup();
    }
}

void LeadListModel::setTime(std::int64_t nowMs, std::int64_t endOfDayMs) {
    nowMs_ = nowMs;
    endOfDayMs_ = endOfDayMs;
    std::erase_if(ghosts_, [this](const Ghost& ghost) { return ghost.untilMs < nowMs_; });
    regroup();
}

void LeadListModel::toggle(LeadSection section) {
    const int id = static_cast<int>(section);
    if (!collapsed_.remove(id)) {
        collapsed_.insert(id);
    }
    regroup();
}

void LeadListModel::setCollapsed(const QSet<int>& sections) {
    collapsed_ = sections;
    regroup();
}

void LeadListModel::setHolding(bool holding) {
    if (holding_ != holding) {
        holding_ = holding;
        if (!holding) {
            takeIn();
        }
    }
}

void LeadListModel::takeIn() {
    if (!held_.empty()) {
        fresh_ = std::exchange(held_, {});
        regroup();
    }
}

int LeadListModel::heldCount() const {
    return static_cast<int>(
        std::count_if(toClaim_.begin(), toClaim_.end(),
                      [this](const auto& row) { return held_.contains(row.id) && passes(row); }));
}

void LeadListModel::settleFresh() {
    if (!fresh_.empty()) {
        fresh_.clear();
        regroup();
    }
}

// A row that was shown before, or is shown with the name of a colleague, keeps its place.
void LeadListModel::holdNew(const std::vector<replica::LeadRow>& rows) {
    std::set<LeadId> known;
    for (const auto& row : toClaim_) {
        known.insert(row.id);
    }
    for (const Ghost& ghost : ghosts_) {
        known.insert(ghost.row.id);
    }
    std::set<LeadId> now;
    for (const auto& row : rows) {
        now.insert(row.id);
        if (!known.contains(row.id)) {
            (holding_ ? held_ : fresh_).insert(row.id);
        }
    }
    std::erase_if(held_, [&](LeadId id) { return !now.contains(id); });
    std::erase_if(fresh_, [&](LeadId id) { return !now.contains(id); });
}

void LeadListModel::clear() {
    held_.clear();
    fresh_.clear();
    toClaim_.clear();
    claimed_.clear();
    ghosts_.clear();
    more_.reset();
    toClaimError_ = claimedError_ = ErrorCode::Ok;
    loaded_ = claimedLoaded_ = toClaimLoaded_ = fetching_ = false;
    regroup();
}

void LeadListModel::reload() {
    const replica::Viewer viewer = viewer_;
    reader_.ask(
        QStringLiteral("leads.toClaim"), this,
        [viewer](replica::Reader& reader) {
            return reader.leads(viewer, replica::LeadTab::Unclaimed, {}, kMaxToClaim);
        },
        [this](replica::LeadPage page) { takeToClaim(std::move(page.rows)); });
    loadClaimed(std::max(kPage, static_cast<int>(claimed_.size())));
}

void LeadListModel::takeToClaim(std::vector<replica::LeadRow> rows) {
    const std::set<LeadId> held = held_;  // these were never shown and leave without a word
    if (toClaimLoaded_) {
        holdNew(rows);
    }
    std::set<LeadId> now;
    for (const auto& row : rows) {
        now.insert(row.id);
    }
    std::erase_if(ghosts_, [&](const Ghost& ghost) { return now.contains(ghost.row.id); });
    std::vector<LeadId> gone;
    for (const auto& row : toClaim_) {
        if (!now.contains(row.id) && !held.contains(row.id) && gone.size() < kMaxTaken) {
            gone.push_back(row.id);
            ghosts_.push_back({row, nowMs_ + kTakenMs});
        }
    }
    toClaim_ = std::move(rows);
    toClaimLoaded_ = true;
    toClaimError_ = ErrorCode::Ok;
    if (!gone.empty()) {
        lookForOwners(std::move(gone));
    }
    regroup();
}

// The row does not simply vanish under the eyes of whoever wanted it.
void LeadListModel::lookForOwners(std::vector<LeadId> gone) {
    reader_.ask(
        QStringLiteral("leads.taken"), this,
        [viewer = viewer_, gone](replica::Reader& reader) -> Result<std::vector<replica::LeadRow>> {
            std::vector<replica::LeadRow> rows;
            for (const LeadId id : gone) {
                VF_TRY(auto lead, reader.lead(viewer, id));
                if (lead && !lead->row.owner.isNone() && !lead->row.mine) {
                    rows.push_back(std::move(lead->row));
                }
            }
            return rows;
        },
        [this, gone](const std::vector<replica::LeadRow>& taken) {
            for (const LeadId id : gone) {
                const auto ghost =
                    std::find_if(ghosts_.begin(), ghosts_.end(),
                                 [id](const auto& item) { return item.row.id == id; });
                const auto owner = std::find_if(taken.begin(), taken.end(),
                                                [id](const auto& row) { return row.id == id; });
                if (ghost == ghosts_.end()) {
                    continue;
                }
                if (owner == taken.end()) {
                    ghosts_.erase(ghost);
                } else {
                    ghost->row.owner = owner->owner;
                    ghost->row.ownerName = owner->ownerName;
                }
            }
            regroup();
        });
}

void LeadListModel::loadClaimed(int rows) {
    const replica::Viewer viewer = viewer_;
    const replica::LeadTab tab =
        view_ == LeadView::Mine ? replica::LeadTab::Mine : replica::LeadTab::AllOpen;
    reader_.ask(
        QStringLiteral("leads.claimed"), this,
        [viewer, tab, rows](replica::Reader& reader) {
            return reader.leads(viewer, tab, {}, rows);
        },
        [this](replica::LeadPage page) {
            std::erase_if(page.rows, [](const auto& row) { return row.owner.isNone(); });
            claimed_ = std::move(page.rows);
            more_ = page.next;
            fetching_ = false;
            claimedError_ = ErrorCode::Ok;
            claimedLoaded_ = true;
            regroup();
        });
}

void LeadListModel::apply(const replica::ChangeSet& changes) {
    if (changes.tenant != viewer_.tenant) {
        return;
    }
    // Names in the rows come from users, sources and customers.
    for (const char* table : {"lead", "customer", "user", "source"}) {
        if (const auto* info = schema::recordByTable(table); changes.touches(info->number)) {
            reload();
            return;
        }
    }
    if (changes.trayChanged) {
        reload();
    }
}

bool LeadListModel::passes(const replica::LeadRow& row) const {
    const std::int64_t due = dueMs(row);
    switch (filter_) {
        case LeadFilter::None: return true;
        case LeadFilter::ToClaim: return row.owner.isNone();
        case LeadFilter::Overdue: return !row.owner.isNone() && due != 0 && due < nowMs_;
        case LeadFilter::Today: return !row.owner.isNone() && due != 0 && due < endOfDayMs_;
        case LeadFilter::TestDrive: return row.testDriveWanted;
    }
    return true;
}

void LeadListModel::append(std::vector<LeadEntry>& into, LeadSection section,
                           const std::vector<const replica::LeadRow*>& rows) const {
    if (rows.empty()) {
        return;
    }
    const bool collapsed = collapsed_.contains(static_cast<int>(section));
    into.push_back({.key = headerKey(section),
                    .section = section,
                    .header = true,
                    .collapsed = collapsed,
                    .count = static_cast<int>(rows.size()),
                    .taken = false,
                    .fresh = false,
                    .row = {}});
    if (collapsed) {
        return;
    }
    for (const replica::LeadRow* row : rows) {
        into.push_back({.key = QByteArray::fromStdString(row->id.bytes()),
                        .section = section,
                        .header = false,
                        .collapsed = false,
                        .count = 0,
                        .taken = section == LeadSection::ToClaim && !row->owner.isNone(),
                        .fresh = fresh_.contains(row->id),
                        .row = *row});
    }
}

void LeadListModel::count() {
    LeadFilterCounts counts;
    counts.toClaim = static_cast<int>(toClaim_.size());
    for (const auto& row : claimed_) {
        const std::int64_t due = dueMs(row);
        counts.overdue += due != 0 && due < nowMs_;
        counts.today += due != 0 && due < endOfDayMs_;
        counts.testDrive += row.testDriveWanted;
    }
    for (const auto& row : toClaim_) {
        counts.testDrive += row.testDriveWanted;
    }
    filterCounts_ = counts;
}

void LeadListModel::regroup() {
    std::array<std::vector<const replica::LeadRow*>, 4> sections;
    const auto put = [&](LeadSection section, const replica::LeadRow& row) {
        sections[static_cast<std::size_t>(section)].push_back(&row);
    };
    // A lead that changed hands between two answers is shown once, where it went.
    QSet<QByteArray> seen;
    for (const auto& row : claimed_) {
        seen.insert(QByteArray::fromStdString(row.id.bytes()));
        if (!passes(row)) {
            continue;
        }
        const std::int64_t due = dueMs(row);
        put(!row.mine                       ? LeadSection::Team
            : due != 0 && due < endOfDayMs_ ? LeadSection::Next
                                            : LeadSection::Working,
            row);
    }
    for (const auto& row : toClaim_) {
        if (passes(row) && !held_.contains(row.id) &&
            !seen.contains(QByteArray::fromStdString(row.id.bytes()))) {
            put(LeadSection::ToClaim, row);
        }
    }
    for (const Ghost& ghost : ghosts_) {
        const bool elsewhere = seen.contains(QByteArray::fromStdString(ghost.row.id.bytes()));
        if (!elsewhere && filter_ == LeadFilter::None) {
            put(LeadSection::ToClaim, ghost.row);
        }
    }
    std::vector<LeadEntry> entries;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        std::sort(sections[i].begin(), sections[i].end(), dueBefore);
        append(entries, static_cast<LeadSection>(i), sections[i]);
    }
    count();
    become(std::move(entries));
    loaded_ = toClaimLoaded_ && claimedLoaded_;
    Q_EMIT regrouped();
}

}  // namespace vorfahrt::client::model
