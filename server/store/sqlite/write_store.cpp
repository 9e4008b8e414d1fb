// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/write_store.h"

#include "common/base/assert.h"
#include "common/sql/migrator.h"
#include "server/store/sqlite/meta_queries.h"
#include "server/store/sqlite/migrations.h"

#include <fmt/format.h>

#include <utility>

namespace vorfahrt::server::store {

SqliteWriteStore::SqliteWriteStore(sql::Database database)
    : database_(std::move(database)),
      records_(database_),
      log_(database_),
      replicas_(database_),
      accounts_(database_),
      codes_(database_) {}

Status SqliteWriteStore::migrate() {
    VF_CHECK(sql::migrate(database_, migrations()));
    VF_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    VF_TRY(const std::int64_t version, readSchemaVersion(database_));
    if (version > schema::kSchemaVersion) {
        return fail(ErrorCode::NewerSchema, fmt::format("file has schema {}, this program knows {}",
                                                        version, schema::kSchemaVersion));
    }
    VF_CHECK(records_.ensure());
    if (version < schema::kSchemaVersion) {
        VF_CHECK(writeSchemaVersion(database_, schema::kSchemaVersion));
    }
    return transaction.commit();
}

void SqliteWriteStore::clearCaches() {
    log_.clear();
    replicas_.clear();
}

Status SqliteWriteStore::begin(Undo undo) {
    VF_ASSERT(!transaction_);
    clearCaches();
    undo_ = undo;
    spoilt_ = false;
    VF_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    transaction_.emplace(std::move(transaction));
    return {};
}

Status SqliteWriteStore::commit() {
    VF_ASSERT(transaction_ && !inSavepoint_);
    Status done = spoilt_ ? fail(ErrorCode::Internal, "a spoilt batch") : log_.flush();
    if (done) {
        done = replicas_.flush();
    }
    if (done) {
        done = transaction_->commit();
    }
    clearCaches();
    transaction_.reset();
    return done;
}

void SqliteWriteStore::rollback() {
    savepoint_.reset();
    inSavepoint_ = false;
    transaction_.reset();
    log_.undo();
    clearCaches();
}

Status SqliteWriteStore::savepoint() {
    VF_ASSERT(transaction_ && !inSavepoint_);
    if (undo_ == Undo::Alone) {
        VF_TRY(sql::Savepoint savepoint, sql::Savepoint::begin(database_));
        savepoint_.emplace(std::move(savepoint));
    }
    writtenBefore_ = database_.totalChanges();
    inSavepoint_ = true;
    log_.mark();
    replicas_.mark();
    return {};
}

Status SqliteWriteStore::release() {
    VF_ASSERT(inSavepoint_);
    if (savepoint_) {
        VF_CHECK(savepoint_->release());
        savepoint_.reset();
    }
    inSavepoint_ = false;
    log_.keep();
    replicas_.keep();
    return {};
}

void SqliteWriteStore::rollbackToSavepoint() {
    VF_ASSERT(inSavepoint_);
    spoilt_ = spoilt_ || (!savepoint_ && database_.totalChanges() != writtenBefore_);
    savepoint_.reset();
    inSavepoint_ = false;
    log_.undo();
    replicas_.undo();
}

Result<std::optional<StoredRow>> SqliteWriteStore::readRow(TenantId tenant,
                                                           const schema::RecordInfo& info,
                                                           RowId id) {
    return records_.of(info).read(tenant, id);
}

Status SqliteWriteStore::writeRow(TenantId tenant, const StoredRow& row) {
    return records_.of(row.row.info()).write(tenant, row);
}

Status SqliteWriteStore::updateRow(TenantId tenant, const StoredRow& row,
                                   const schema::Row& before) {
    sql::RecordTable& table = records_.of(row.row.info());
    return table.update(tenant, row, table.columnsOf(before));
}

Result<std::vector<RowId>> SqliteWriteStore::findRows(TenantId tenant,
                                                      const schema::RecordInfo& info,
                                                      std::string_view field,
                                                      const schema::ColumnValue& value, int limit) {
    return records_.find(tenant, info, field, value, limit);
}

Result<std::vector<WriteStore::DueLead>> SqliteWriteStore::dueLeads(TimePoint now, int limit) {
    return records_.dueLeads(now, limit);
}

Result<std::optional<TimePoint>> SqliteWriteStore::nextDeadline() {
    return records_.nextDeadline();
}

Result<std::int64_t> SqliteWriteStore::outsideVersion() {
    return readDataVersion(database_);
}

Result<std::vector<TenantId>> SqliteWriteStore::tenants() {
    return log_.tenants();
}

Status SqliteWriteStore::createTenant(TenantId tenant, std::string_view epoch) {
    return log_.createTenant(tenant, epoch);
}

Result<std::optional<TenantHead>> SqliteWriteStore::head(TenantId tenant) {
    return log_.head(tenant);
}

Status SqliteWriteStore::setHead(TenantId tenant, Seq seq) {
    return log_.setHead(tenant, seq);
}

Status SqliteWriteStore::putEntry(TenantId tenant, const LogEntry& entry) {
    VF_ASSERT(transaction_);
    return log_.putEntry(tenant, entry);
}

Result<std::vector<std::string>> SqliteWriteStore::memberships(TenantId tenant, std::uint32_t table,
                                                               RowId id, schema::Facet facet) {
    return log_.memberships(tenant, table, id, facet);
}

Result<std::uint64_t> SqliteWriteStore::nextNumber(TenantId tenant, std::string_view counter) {
    return log_.nextNumber(tenant, counter);
}

Result<std::optional<ReplicaState>> SqliteWriteStore::readReplica(TenantId tenant,
                                                                  ReplicaId replica) {
    return replicas_.read(tenant, replica);
}

Status SqliteWriteStore::writeReplica(TenantId tenant, const ReplicaState& state) {
    VF_ASSERT(transaction_);
    return replicas_.write(tenant, state);
}

Result<std::optional<StoredResult>> SqliteWriteStore::readResult(TenantId tenant, ReplicaId replica,
                                                                 Mid mid) {
    return replicas_.readResult(tenant, replica, mid);
}

Status SqliteWriteStore::writeResult(TenantId tenant, ReplicaId replica,
                                     const StoredResult& result) {
    return replicas_.writeResult(tenant, replica, result);
}

Result<std::optional<ClaimAnswer>> SqliteWriteStore::readClaim(TenantId tenant, ClaimId claim) {
    return replicas_.readClaim(tenant, claim);
}

Status SqliteWriteStore::writeClaim(TenantId tenant, const ClaimAnswer& answer) {
    return replicas_.writeClaim(tenant, answer);
}

Status SqliteWriteStore::addConflict(TenantId tenant, const Conflict& conflict) {
    return replicas_.addConflict(tenant, conflict);
}

Result<std::optional<Account>> SqliteWriteStore::findAccount(std::string_view login) {
    return accounts_.find(login);
}

Result<std::optional<Account>> SqliteWriteStore::readAccount(AccountId id) {
    return accounts_.read(id);
}

Result<std::vector<Account>> SqliteWriteStore::accounts() {
    return accounts_.all();
}

Status SqliteWriteStore::writeAccount(const Account& account) {
    return accounts_.write(account);
}

Result<std::vector<AccountUser>> SqliteWriteStore::usersOfAccount(AccountId account) {
    return records_.usersOfAccount(account);
}

Status SqliteWriteStore::writeToken(const TokenInfo& token) {
    return accounts_.writeToken(token);
}

Result<std::optional<TokenInfo>> SqliteWriteStore::readToken(std::string_view hash) {
    return accounts_.readToken(hash);
}

Status SqliteWriteStore::tokenUsed(std::string_view hash, TimePoint at) {
    return accounts_.tokenUsed(hash, at);
}

Result<bool> SqliteWriteStore::knowsDevice(AccountId account, DeviceId device) {
    return accounts_.knowsDevice(account, device);
}

Status SqliteWriteStore::revokeTokens(AccountId account, std::string_view tokenHash) {
    return accounts_.revokeTokens(account, tokenHash);
}

Status SqliteWriteStore::revokeOtherTokens(AccountId account, std::string_view keep) {
    return accounts_.revokeOtherTokens(account, keep);
}

Result<std::optional<AccountCode>> SqliteWriteStore::readCode(AccountId account) {
    return codes_.read(account);
}

Status SqliteWriteStore::writeCode(const AccountCode& code) {
    return codes_.write(code);
}

Status SqliteWriteStore::eraseCode(AccountId account) {
    return codes_.erase(account);
}

Result<std::optional<SetupCode>> SqliteWriteStore::readSetupCode() {
    return codes_.readSetup();
}

Status SqliteWriteStore::writeSetupCode(const SetupCode& code) {
    return codes_.writeSetup(code);
}

Result<std::optional<DoneRequest>> SqliteWriteStore::readDone(std::string_view id) {
    return codes_.readDone(id);
}

Status SqliteWriteStore::writeDone(const DoneRequest& request, TimePoint forget) {
    return codes_.writeDone(request, forget);
}

Result<std::optional<WriteStore::SourceAddress>> SqliteWriteStore::findSource(
    std::string_view intakeAddress) {
    return records_.findSource(intakeAddress);
}

Status SqliteWriteStore::writeRaw(TenantId tenant, const RawMessage& message) {
    return accounts_.writeRaw(tenant, message);
}

Result<std::optional<RawMessage>> SqliteWriteStore::readRaw(TenantId tenant, RowId intake) {
    return accounts_.readRaw(tenant, intake);
}

}  // namespace vorfahrt::server::store
