// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/read_store.h"

#include "common/base/assert.h"

#include <utility>

namespace vorfahrt::server::store {

SqliteReadStore::SqliteReadStore(sql::Database database)
    : database_(std::move(database)),
      records_(database_),
      log_(database_),
      replicas_(database_),
      accounts_(database_) {}

Status SqliteReadStore::beginRead() {
    VF_ASSERT(!transaction_);
    VF_TRY(sql::Transaction transaction,
           sql::Transaction::begin(database_, sql::Transaction::Kind::Read));
    VF_CHECK(log_.pin());
    transaction_.emplace(std::move(transaction));
    return {};
}

void SqliteReadStore::endRead() {
    transaction_.reset();
}

Result<std::optional<TenantHead>> SqliteReadStore::head(TenantId tenant) {
    return log_.head(tenant);
}

Result<std::optional<StoredRow>> SqliteReadStore::readRow(TenantId tenant,
                                                          const schema::RecordInfo& info,
                                                          RowId id) {
    return records_.of(info).read(tenant, id);
}

Result<std::optional<ReadStore::FacetBody>> SqliteReadStore::facetBody(
    TenantId tenant, const schema::RecordInfo& info, RowId id, schema::Facet facet) {
    return records_.facetBody(tenant, info, id, facet);
}

Result<std::vector<StoredRow>> SqliteReadStore::grantsOf(TenantId tenant, UserId user) {
    return records_.grantsOf(tenant, user);
}

Result<std::vector<LogEntry>> SqliteReadStore::entriesAfter(TenantId tenant,
                                                            const std::vector<std::string>& scopes,
                                                            Seq after, int limit) {
    return log_.entriesAfter(tenant, scopes, after, limit);
}

Result<std::vector<ScopeSum>> SqliteReadStore::sums(TenantId tenant,
                                                    const std::vector<std::string>& scopes) {
    return log_.sums(tenant, scopes);
}

Result<ReadStore::SnapshotChunk> SqliteReadStore::snapshotChunk(TenantId tenant,
                                                                std::string_view scope,
                                                                std::uint32_t table, RowId afterId,
                                                                std::size_t maxBytes) {
    return log_.snapshotChunk(tenant, scope, table, afterId, maxBytes);
}

Result<std::vector<StoredResult>> SqliteReadStore::resultsFrom(TenantId tenant, ReplicaId replica,
                                                               Mid from, int limit) {
    return replicas_.resultsFrom(tenant, replica, from, limit);
}

Result<std::optional<ReplicaState>> SqliteReadStore::readReplica(TenantId tenant,
                                                                 ReplicaId replica) {
    return replicas_.read(tenant, replica);
}

Result<std::optional<TokenInfo>> SqliteReadStore::readToken(std::string_view hash) {
    return accounts_.readToken(hash);
}

Result<std::optional<Account>> SqliteReadStore::readAccount(AccountId id) {
    return accounts_.read(id);
}

Result<std::vector<AccountUser>> SqliteReadStore::usersOfAccount(AccountId account) {
    return records_.usersOfAccount(account);
}

}  // namespace vorfahrt::server::store
