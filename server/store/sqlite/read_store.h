// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "server/store/sqlite/account_queries.h"
#include "server/store/sqlite/log_queries.h"
#include "server/store/sqlite/record_queries.h"
#include "server/store/sqlite/replica_queries.h"
#include "server/store/store.h"

#include <optional>

namespace vorfahrt::server::store {

// A reader of the SQLite engine: its own read-only connection.
class SqliteReadStore final : public ReadStore {
public:
    explicit SqliteReadStore(sql::Database database);

    Status beginRead() override;
    void endRead() override;
    Result<std::optional<TenantHead>> head(TenantId tenant) override;
    Result<std::optional<StoredRow>> readRow(TenantId tenant, const schema::RecordInfo& info,
                                             RowId id) override;
    Result<std::optional<FacetBody>> facetBody(TenantId tenant, const schema::RecordInfo& info,
                                               RowId id, schema::Facet facet) override;
    Result<std::vector<StoredRow>> grantsOf(TenantId tenant, UserId user) override;
    Result<std::vector<LogEntry>> entriesAfter(TenantId tenant,
                                               const std::vector<std::string>& scopes, Seq after,
                                               int limit) override;
    Result<std::vector<ScopeSum>> sums(TenantId tenant,
                                       const std::vector<std::string>& scopes) override;
    Result<SnapshotChunk> snapshotChunk(TenantId tenant, std::string_view scope,
                                        std::uint32_t table, RowId afterId,
                                        std::size_t maxBytes) override;
    Result<std::vector<StoredResult>> resultsFrom(TenantId tenant, ReplicaId replica, Mid from,
                                                  int limit) override;
    Result<std::optional<ReplicaState>> readReplica(TenantId tenant, ReplicaId replica) override;
    Result<std::optional<TokenInfo>> readToken(std::string_view hash) override;
    Result<std::optional<Account>> readAccount(AccountId id) override;
    Result<std::vector<AccountUser>> usersOfAccount(AccountId account) override;

private:
    sql::Database database_;
    RecordTables records_;
    LogReader log_;
    ReplicaTables replicas_;
    AccountTables accounts_;
    std::optional<sql::Transaction> transaction_;
};

}  // namespace vorfahrt::server::store
