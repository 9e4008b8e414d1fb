// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/change_set.h"
#include "client/replica/meta_store.h"
#include "client/replica/pending_index.h"
#include "client/replica/search_index.h"
#include "common/sql/record_table.h"

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace vorfahrt::client::replica {

// What one transaction does, collected on the way.
struct Work {
    explicit Work(TenantData& data)
        : tenant(data) {
        changes.tenant = data.state.tenant;
    }
    TenantData& tenant;
    ChangeSet changes;
    std::set<vorfahrt::sync::RowKey> dirty;  // shadows that changed: to be replayed
    // The same, where they are newer than the file: most of them are covered and gone at the end.
    std::map<vorfahrt::sync::RowKey, MetaStore::Shadow> shadows;
    bool revoked = false;  // something must leave the raw file, too
};

// Rows of all record tables in two states: the server's image (the shadow where an edit is pending,
// else the row itself) and the visible row. Keeps masks, counts and sums of the scopes right.
// Statements only; transactions are the caller's. Store thread.
class ImageStore {
public:
    ImageStore(sql::Database& database, MetaStore& meta, PendingIndex& pending);

    [[nodiscard]] Status ensureTables();
    // nullptr: no such record.
    [[nodiscard]] sql::RecordTable* table(std::uint32_t number);

    // What is most likely of a row that comes: tried first.
    enum class Likely { New, Known };
    // One row of a scope as the server has it. Older ones than what is held only add to the scope.
    [[nodiscard]] Status put(Work& work, ScopeState& scope, std::uint32_t table,
                             sql::FacetImage image, Likely likely);
    // Takes a facet out of scopes (bits of a mask); what is in no scope any more is gone.
    [[nodiscard]] Status remove(Work& work, std::uint64_t bits, std::uint32_t table, RowId id,
                                schema::Facet facet);
    // Takes all rows out of the scopes with these bits.
    [[nodiscard]] Status removeAll(Work& work, std::uint64_t bits);
    // A scope will be fetched again: its rows stay as stale ones beside the new copy.
    [[nodiscard]] Status makeStale(Work& work, ScopeState& scope);

    // Before and after a big load into an empty table.
    [[nodiscard]] Status beginFill(std::uint32_t table);
    [[nodiscard]] Status endFill();

    // The only ways to write a row as it is seen: the search index goes with it.
    // before: the columns it has there, where they are known.
    [[nodiscard]] Status writeVisible(
        TenantId tenant, const sql::StoredRow& row,
        const std::optional<sql::RecordTable::Columns>& before = std::nullopt);
    [[nodiscard]] Status eraseVisible(TenantId tenant, const vorfahrt::sync::RowKey& key);
    [[nodiscard]] SearchIndex& search() { return search_; }

    // Saves the server's image of a row that is about to be edited.
    [[nodiscard]] Status saveShadow(Work& work, const vorfahrt::sync::RowKey& key);
    [[nodiscard]] Result<MetaStore::Shadow> readImage(Work& work,
                                                      const vorfahrt::sync::RowKey& key);
    // The shadow of a row with a pending edit. Corrupt: there is none.
    [[nodiscard]] Result<MetaStore::Shadow> readShadow(Work& work,
                                                       const vorfahrt::sync::RowKey& key);

private:
    [[nodiscard]] Status decode(const schema::RecordInfo& info, sql::FacetImage& image);
    // false: there is such a row.
    [[nodiscard]] Result<bool> insert(Work& work, sql::RecordTable& rows, sql::FacetImage& image);
    // before: the columns of the row that stands there, if one does.
    [[nodiscard]] Status write(Work& work, MetaStore::Shadow image,
                               const std::optional<sql::RecordTable::Columns>& before);
    [[nodiscard]] Status flushShadows(Work& work);
    void adjustSums(Work& work, const schema::RecordInfo& info, RowId id, schema::Facet facet,
                    std::uint64_t oldMask, Seq oldRev, std::uint64_t newMask, Seq newRev);

    struct Kind {
        std::unique_ptr<sql::RecordTable> table;
        std::unique_ptr<google::protobuf::Message> scratch;  // reused: decoding allocates little
        std::vector<schema::Facet> facetOf;                  // by the field's index
    };
    sql::Database& db_;
    MetaStore& meta_;
    PendingIndex& pending_;
    std::map<std::uint32_t, Kind> kinds_;
    SearchIndex search_;
    std::uint32_t filling_ = 0;
    std::vector<const google::protobuf::FieldDescriptor*> listed_;
};

}  // namespace vorfahrt::client::replica
