// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/search_document.h"
#include "common/sql/posting_table.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace vorfahrt::client::replica {

// Keeps the search index of a replica (sql::PostingTable) equal to its rows, in the transaction
// that changes them: what leaves a row or the replica leaves the index with it. Rows up to a number
// are indexed ("done", per record); those behind it, after a first sync or with a new kind of term,
// are taken later in slices. Statements only; transactions are the caller's. Store thread.
class SearchIndex {
public:
    SearchIndex(sql::Database& database, SearchDocuments::TableOf tableOf);

    // Creates the tables; empties them where the schema asks for other terms than they hold.
    [[nodiscard]] Status ensure();
    // The transaction was rolled back: what is in memory is read again.
    [[nodiscard]] Status reload();

    // Before a row is written (or erased: row not shown).
    [[nodiscard]] Status writing(TenantId tenant, const sql::StoredRow& next);
    [[nodiscard]] Status erasing(TenantId tenant, const schema::RecordInfo& info, RowId id);
    // Before a facet is inserted as a row of its own, and after it.
    [[nodiscard]] Status inserting(TenantId tenant, const schema::RecordInfo& info,
                                   const sql::FacetImage& image);
    void inserted(TenantId tenant, const schema::RecordInfo& info, RowId id, std::int64_t number);
    // Before many rows are removed: to build what remains anew is quicker.
    [[nodiscard]] Status startOver();

    // At the end of a transaction: what was announced is brought into the index. takeNew: a few new
    // rows are taken at once.
    [[nodiscard]] Status settle(bool takeNew);
    // All rows are in the index.
    [[nodiscard]] Result<bool> isComplete();
    // Takes some more rows in; false: nothing was left.
    [[nodiscard]] Result<bool> more();
    // Documents hang on the rows of this table, so it must stay indexed while it is filled.
    [[nodiscard]] bool needs(const schema::RecordInfo& info) const;

    // All postings as lines, with row ids: for comparing with another index in tests.
    [[nodiscard]] Result<std::vector<std::string>> dump();

private:
    using Key = std::tuple<std::uint32_t, TenantId, RowId>;
    struct Before {
        std::int64_t number = 0;  // 0: was not in the index
        std::vector<std::string> terms;
    };
    struct Change {
        std::string key;
        std::int64_t number = 0;
        bool add = false;
    };
    struct Kind {
        const schema::RecordInfo* info = nullptr;
        std::unique_ptr<sql::PostingTable> postings;
        std::int64_t done = 0;
        std::vector<Change> changes;  // in settle only
    };

    [[nodiscard]] Kind* indexed(const schema::RecordInfo& info);
    [[nodiscard]] Status remember(TenantId tenant, const schema::RecordInfo& info, RowId id,
                                  const sql::StoredRow* known);
    [[nodiscard]] Status rememberTakers(TenantId tenant, const schema::RecordInfo& info, RowId id);
    [[nodiscard]] Status rememberAround(TenantId tenant, const sql::StoredRow& old);
    [[nodiscard]] Status bound();
    [[nodiscard]] Result<std::vector<std::string>> termsOf(TenantId tenant,
                                                           const sql::StoredRow& row);
    [[nodiscard]] Status compare(const Key& key, const Before& before);
    [[nodiscard]] Status apply(Kind& kind);
    [[nodiscard]] Status change(Kind& kind, const std::string& key, std::int64_t block,
                                const Change* first, const Change* last);
    [[nodiscard]] Status take(Kind& kind, std::int64_t last);
    [[nodiscard]] Status setDone(Kind& kind, std::int64_t done);
    [[nodiscard]] Result<std::string> prefixOf(TenantId tenant);

    [[nodiscard]] Status createTables();
    [[nodiscard]] Result<bool> isCurrent();
    [[nodiscard]] Status readState();

    sql::Database& db_;
    SearchDocuments::TableOf tableOf_;
    SearchDocuments documents_;
    std::map<std::uint32_t, Kind> kinds_;
    std::map<Key, Before> before_;
    std::unordered_map<std::string, std::string> prefixes_;  // of keys, by tenant
};

// How the keys of a tenant begin; empty: nothing of it is indexed.
[[nodiscard]] Result<std::string> searchPrefix(sql::Database& database, TenantId tenant);

}  // namespace vorfahrt::client::replica
