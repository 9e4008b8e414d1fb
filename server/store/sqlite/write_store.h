// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "server/store/sqlite/account_queries.h"
#include "server/store/sqlite/code_queries.h"
#include "server/store/sqlite/log_queries.h"
#include "server/store/sqlite/record_queries.h"
#include "server/store/sqlite/replica_queries.h"
#include "server/store/store.h"

#include <optional>

namespace vorfahrt::server::store {

// The writer of the SQLite engine. Heads, sums and replicas are kept in memory within a batch and
// written at its commit, so a batch of many mutations writes each once.
class SqliteWriteStore final : public WriteStore {
public:
    explicit SqliteWriteStore(sql::Database database);
    // Brings tables up to this program; refuses a newer file.
    [[nodiscard]] Status migrate();

    Status begin(Undo undo) override;
    bool isSpoilt() const override { return spoilt_; }
    Status commit() override;
    void rollback() override;
    Status savepoint() override;
    Status release() override;
    void rollbackToSavepoint() override;

    Result<std::optional<StoredRow>> readRow(TenantId tenant, const schema::RecordInfo& info,
                                             RowId id) override;
    Status writeRow(TenantId tenant, const StoredRow& row) override;
    Status updateRow(TenantId tenant, const StoredRow& row, const schema::Row& before) override;
    Result<std::vector<RowId>> findRows(TenantId tenant, const schema::RecordInfo& info,
                                        std::string_view field, const schema::ColumnValue& value,
                                        int limit) override;
    Result<std::vector<DueLead>> dueLeads(TimePoint now, int limit) override;
    Result<std::optional<TimePoint>> nextDeadline() override;

    Result<std::vector<TenantId>> tenants() override;
    Status createTenant(TenantId tenant, std::string_view epoch) override;
    Result<std::optional<TenantHead>> head(TenantId tenant) override;
    Status setHead(TenantId tenant, Seq seq) override;
    Status putEntry(TenantId tenant, const LogEntry& entry) override;
    Result<std::vector<std::string>> memberships(TenantId tenant, std::uint32_t table, RowId id,
                                                 schema::Facet facet) override;
    Result<std::uint64_t> nextNumber(TenantId tenant, std::string_view counter) override;

    Result<std::optional<ReplicaState>> readReplica(TenantId tenant, ReplicaId replica) override;
    Status writeReplica(TenantId tenant, const ReplicaState& state) override;
    Result<std::optional<StoredResult>> readResult(TenantId tenant, ReplicaId replica,
                                                   Mid mid) override;
    Status writeResult(TenantId tenant, ReplicaId replica, const StoredResult& result) override;
    Result<std::optional<ClaimAnswer>> readClaim(TenantId tenant, ClaimId claim) override;
    Status writeClaim(TenantId tenant, const ClaimAnswer& answer) override;
    Status addConflict(TenantId tenant, const Conflict& conflict) override;

    Result<std::int64_t> outsideVersion() override;

    Result<std::optional<Account>> findAccount(std::string_view login) override;
    Result<std::optional<Account>> readAccount(AccountId id) override;
    Result<std::vector<Account>> accounts() override;
    Status writeAccount(const Account& account) override;
    Result<std::vector<AccountUser>> usersOfAccount(AccountId account) override;
    Status writeToken(const TokenInfo& token) override;
    Result<std::optional<TokenInfo>> readToken(std::string_view hash) override;
    Status tokenUsed(std::string_view hash, TimePoint at) override;
    Result<bool> knowsDevice(AccountId account, DeviceId device) override;
    Status revokeTokens(AccountId account, std::string_view tokenHash) override;
    Status revokeOtherTokens(AccountId account, std::string_view keep) override;
    Result<std::optional<AccountCode>> readCode(AccountId account) override;
    Status writeCode(const AccountCode& code) override;
    Status eraseCode(AccountId account) override;
    Result<std::optional<SetupCode>> readSetupCode() override;
    Status writeSetupCode(const SetupCode& code) override;
    Result<std::optional<DoneRequest>> readDone(std::string_view id) override;
    Status writeDone(const DoneRequest& request, TimePoint forget) override;

    Result<std::optional<SourceAddress>> findSource(std::string_view intakeAddress) override;
    Status writeRaw(TenantId tenant, const RawMessage& message) override;
    Result<std::optional<RawMessage>> readRaw(TenantId tenant, RowId intake) override;

private:
    void clearCaches();

    sql::Database database_;
    RecordTables records_;
    LogWriter log_;
    ReplicaTables replicas_;
    AccountTables accounts_;
    CodeTables codes_;
    std::optional<sql::Transaction> transaction_;
    Undo undo_ = Undo::Alone;
    bool inSavepoint_ = false;
    bool spoilt_ = false;
    std::int64_t writtenBefore_ = 0;           // rows, at a savepoint of Undo::WithBatch
    std::optional<sql::Savepoint> savepoint_;  // of Undo::Alone
};

}  // namespace vorfahrt::server::store
