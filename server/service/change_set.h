// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/row.h"
#include "common/sync/mutator.h"
#include "server/store/store.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::server::service {

// One change of a tenant, first in memory, then written under one seq (design.md section 3): rows
// get the seq as rev of those facets whose bytes changed, and every facet gets its PUT and REMOVE
// entries from the scopes it is in now and the scopes it must be in afterwards. Rows that hang on a
// changed lead (activities and messages: their private facets follow its owner) are brought along,
// and what belongs to a customer moves with him to another site.
// Reads see the change's own writes. Lives for one change inside a begun transaction; one thread.
class ChangeSet final : public sync::RowReader {
public:
    ChangeSet(store::WriteStore& store, TenantId tenant)
        : store_(store),
          tenant_(tenant) {}

    [[nodiscard]] TenantId tenant() const { return tenant_; }
    // The number that this change will have.
    [[nodiscard]] Result<Seq> nextSeq();

    // The row with this change's own writes, deleted ones too; null where there is none. Valid
    // until the next call that changes this row.
    [[nodiscard]] Result<const store::StoredRow*> find(const schema::RecordInfo& info, RowId id);
    [[nodiscard]] Result<std::optional<schema::Row>> read(const schema::RecordInfo& info,
                                                          RowId id) override;
    // The whole live record; nothing where it is not or deleted.
    template <class T>
    [[nodiscard]] Result<std::optional<T>> load(RowId id) {
        VF_TRY(const store::StoredRow* found, find(schema::recordOf<T>(), id));
        return found == nullptr || found->row.isDeleted() ? std::optional<T>()
                                                          : std::optional(found->row.as<T>());
    }

    // A copy of the row to change and put, or a new empty one.
    [[nodiscard]] Result<store::StoredRow> open(const schema::RecordInfo& info, RowId id);
    // Inserts or replaces.
    [[nodiscard]] Status put(store::StoredRow row);
    // Inserts or replaces the whole record; stamps stay.
    [[nodiscard]] Status save(const google::protobuf::Message& record, RowId id);
    [[nodiscard]] Status erase(const schema::RecordInfo& info, RowId id);

    // The scopes that a facet must be in, by what this change knows.
    [[nodiscard]] Result<std::vector<std::string>> scopesOf(const schema::Row& row,
                                                            schema::Facet facet);

    // Takes the seq and writes everything. Once.
    [[nodiscard]] Result<Seq> apply();

private:
    struct Slot {
        std::optional<store::StoredRow> before;
        std::optional<store::StoredRow> after;
        bool touched = false;
    };
    [[nodiscard]] Result<Slot*> slot(const schema::RecordInfo& info, RowId id);
    [[nodiscard]] Status addDependents();
    [[nodiscard]] Status addDependentsOf(RowId lead);
    [[nodiscard]] Status moveWithCustomers();
    template <class T>
    [[nodiscard]] Status moveRows(RowId customer, std::string_view site);
    [[nodiscard]] Status writeSlot(Slot& slot, Seq seq);
    [[nodiscard]] Status writeEntries(const Slot& slot, schema::Facet facet, bool changed, Seq seq);

    store::WriteStore& store_;
    TenantId tenant_;
    std::map<sync::RowKey, Slot> slots_;
    std::optional<Seq> seq_;
};

// Ids are bytes in records; none where the field is empty or broken.
[[nodiscard]] RowId rowId(std::string_view bytes);

}  // namespace vorfahrt::server::service
