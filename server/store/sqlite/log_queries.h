// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "server/store/sqlite/batch_cache.h"
#include "server/store/store.h"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vorfahrt::server::store {

// Names of scopes and their numbers in this file. A number once given stays, so what was read is
// kept; forget() after a rollback that may have taken a new one back. One connection, one thread.
class ScopeNames {
public:
    struct Scope {
        TenantId tenant;
        std::string name;
    };

    explicit ScopeNames(sql::Database& database)
        : database_(database) {}

    // 0: there is no such scope yet.
    [[nodiscard]] Result<std::int64_t> find(TenantId tenant, std::string_view name);
    [[nodiscard]] Result<const Scope*> byNumber(std::int64_t no);
    [[nodiscard]] Result<std::int64_t> create(TenantId tenant, std::string_view name);
    void forget();

private:
    void remember(std::int64_t no, TenantId tenant, std::string_view name);

    sql::Database& database_;
    std::map<std::pair<TenantId, std::string>, std::int64_t, std::less<>> numbers_;
    std::unordered_map<std::int64_t, Scope> scopes_;
};

// The writing side of the log: heads, entries, counts and sums.
class LogWriter {
public:
    explicit LogWriter(sql::Database& database)
        : database_(database),
          names_(database) {}

    [[nodiscard]] Result<std::vector<TenantId>> tenants();
    [[nodiscard]] Status createTenant(TenantId tenant, std::string_view epoch);
    [[nodiscard]] Result<std::optional<TenantHead>> head(TenantId tenant);
    [[nodiscard]] Status setHead(TenantId tenant, Seq seq);
    [[nodiscard]] Status putEntry(TenantId tenant, const LogEntry& entry);
    [[nodiscard]] Result<std::vector<std::string>> memberships(TenantId tenant, std::uint32_t table,
                                                               RowId id, schema::Facet facet);
    [[nodiscard]] Result<std::uint64_t> nextNumber(TenantId tenant, std::string_view counter);

    void mark();
    void keep();
    void undo();
    void clear();
    [[nodiscard]] Status flush();

private:
    struct Sum {
        std::uint64_t count = 0;
        std::uint64_t sum = 0;
    };
    struct Entry {
        std::int64_t scope = 0;
        std::uint32_t table = 0;
        schema::Facet facet = schema::Facet::MAIN;
        bool removed = false;
        Seq rev{0};
    };
    // Entries of the row last asked for: a change asks for its memberships and then writes them.
    struct CurrentRow {
        RowId id;
        std::vector<Entry> entries;
    };

    [[nodiscard]] Status loadRow(RowId id);
    [[nodiscard]] Result<std::int64_t> scopeNumber(TenantId tenant, std::string_view name);
    [[nodiscard]] Result<Sum> sumOf(std::int64_t scope);

    sql::Database& database_;
    ScopeNames names_;
    BatchCache<TenantId, TenantHead> heads_;
    BatchCache<std::int64_t, Sum> sums_;
    CurrentRow row_;
};

// The reading side.
class LogReader {
public:
    explicit LogReader(sql::Database& database)
        : database_(database),
          names_(database) {}

    // Reads something, so that the transaction's point in time is now.
    [[nodiscard]] Status pin();
    [[nodiscard]] Result<std::optional<TenantHead>> head(TenantId tenant);
    [[nodiscard]] Result<std::vector<LogEntry>> entriesAfter(TenantId tenant,
                                                             const std::vector<std::string>& scopes,
                                                             Seq after, int limit);
    [[nodiscard]] Result<std::vector<ScopeSum>> sums(TenantId tenant,
                                                     const std::vector<std::string>& scopes);
    [[nodiscard]] Result<ReadStore::SnapshotChunk> snapshotChunk(TenantId tenant,
                                                                 std::string_view scope,
                                                                 std::uint32_t table, RowId afterId,
                                                                 std::size_t maxBytes);

private:
    [[nodiscard]] Result<std::uint32_t> firstTable(std::int64_t scope);
    [[nodiscard]] Status readEntries(std::int64_t no, const std::string& name, Seq after, int limit,
                                     std::vector<LogEntry>& into);

    sql::Database& database_;
    ScopeNames names_;
};

}  // namespace vorfahrt::server::store
