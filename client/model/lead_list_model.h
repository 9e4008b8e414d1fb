// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/keyed_list_model.h"
#include "client/model/replica_reader.h"
#include "client/replica/change_set.h"

#include <QMetaType>
#include <QSet>

#include <set>

namespace vorfahrt::client::model {

enum class LeadView { Mine, All };
enum class LeadFilter { None, ToClaim, Overdue, Today, TestDrive };
enum class LeadSection { ToClaim, Next, Working, Team };

// A group header or a lead.
struct LeadEntry {
    QByteArray key;
    LeadSection section = LeadSection::ToClaim;
    bool header = false;
    bool collapsed = false;  // of a header
    int count = 0;           // of a header: rows of the section, also when collapsed
    bool taken = false;      // a colleague was faster; the row stays a moment and then leaves
    bool fresh = false;      // came a moment ago
    replica::LeadRow row;

    friend bool operator==(const LeadEntry&, const LeadEntry&) = default;
};

struct LeadFilterCounts {
    int toClaim = 0;
    int overdue = 0;
    int today = 0;
    int testDrive = 0;
    friend bool operator==(const LeadFilterCounts&, const LeadFilterCounts&) = default;
};

// When something is due: the next step, else the timer of the server; 0: nothing is promised.
[[nodiscard]] std::int64_t dueMs(const replica::LeadRow& row);

// The list of leads in groups: to be claimed, mine that are next (due by the end of today), mine in
// work, and in the view of all those of colleagues. Reads by key, page after page; a change reads
// the loaded range again and moves rows. GUI thread.
class LeadListModel final : public KeyedListModel<LeadEntry> {
    Q_OBJECT

public:
    static constexpr int kEntryRole = Qt::UserRole + 1;
    static constexpr int kPage = 100;

    explicit LeadListModel(ReplicaReader& reader, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    void setViewer(const replica::Viewer& viewer);
    void setView(LeadView view);
    void setFilter(LeadFilter filter);
    // nowMs in server time; endOfDayMs: when "today" ends in local time.
    void setTime(std::int64_t nowMs, std::int64_t endOfDayMs);
    void toggle(LeadSection section);
    bool isCollapsed(LeadSection section) const {
        return collapsed_.contains(static_cast<int>(section));
    }
    const QSet<int>& collapsed() const { return collapsed_; }
    void setCollapsed(const QSet<int>& sections);
    // While somebody works in the list, new leads to be claimed wait outside of it, so that no row
    // moves under the pointer; letting go takes them in.
    void setHolding(bool holding);
    void takeIn();
    int heldCount() const;
    // Forgets which rows came a moment ago.
    void settleFresh();
    bool hasFresh() const { return !fresh_.empty(); }
    void reload();
    void apply(const replica::ChangeSet& changes);
    void clear();

    LeadView view() const { return view_; }
    LeadFilter filter() const { return filter_; }
    bool loaded() const { return loaded_; }
    // Why the last read failed; the rows shown are those of the read before.
    ErrorCode error() const {
        return toClaimError_ != ErrorCode::Ok ? toClaimError_ : claimedError_;
    }
    bool hasGhosts() const { return !ghosts_.empty(); }
    bool hasLeads() const { return !toClaim_.empty() || !claimed_.empty(); }
    const LeadFilterCounts& filterCounts() const { return filterCounts_; }
    int rowOfLead(LeadId id) const { return rowOf(QByteArray::fromStdString(id.bytes())); }

Q_SIGNALS:
    void regrouped();

private:
    void loadClaimed(int rows);
    void holdNew(const std::vector<replica::LeadRow>& rows);
    void takeToClaim(std::vector<replica::LeadRow> rows);
    void lookForOwners(std::vector<LeadId> gone);
    void regroup();
    bool passes(const replica::LeadRow& row) const;
    void append(std::vector<LeadEntry>& into, LeadSection section,
                const std::vector<const replica::LeadRow*>& rows) const;
    void count();

    ReplicaReader& reader_;
    replica::Viewer viewer_;
    LeadView view_ = LeadView::Mine;
    LeadFilter filter_ = LeadFilter::None;
    std::int64_t nowMs_ = 0;
    std::int64_t endOfDayMs_ = 0;
    std::vector<replica::LeadRow> toClaim_;
    std::vector<replica::LeadRow> claimed_;
    // A lead that left the unclaimed ones: it keeps its place until it is known who has it, and a
    // moment longer when that is a colleague.
    struct Ghost {
        replica::LeadRow row;  // as it was, with the new owner once that is known
        std::int64_t untilMs = 0;
    };
    std::vector<Ghost> ghosts_;
    std::set<LeadId> held_;
    std::set<LeadId> fresh_;
    bool holding_ = false;
    std::optional<replica::LeadKey> more_;
    bool fetching_ = false;
    ErrorCode toClaimError_ = ErrorCode::Ok;
    ErrorCode claimedError_ = ErrorCode::Ok;
    bool loaded_ = false;
    bool claimedLoaded_ = false;
    bool toClaimLoaded_ = false;
    QSet<int> collapsed_;
    LeadFilterCounts filterCounts_;
};

}  // namespace vorfahrt::client::model

Q_DECLARE_METATYPE(vorfahrt::client::model::LeadEntry)
