// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/store.h"

namespace vorfahrt::tests {

// A store whose disk is full when told: the rest goes to the store behind it, which must live
// longer.
class FaultyStore final : public server::store::WriteStore {
public:
    explicit FaultyStore(server::store::WriteStore& inner)
        : inner_(inner) {}
    void failNextCommit() { failCommit_ = true; }
    // The n-th write of a row from now on fails.
    void failWriteRow(int n) { failWrite_ = n; }
    // The entries of this row cannot be written; its row is by then.
    void refuseEntriesOf(RowId id) { refused_ = id; }

    Status begin(Undo undo) override { return inner_.begin(undo); }
    bool isSpoilt() const override { return inner_.isSpoilt(); }
    Status commit() override {
        if (failCommit_) {
            failCommit_ = false;
            inner_.rollback();
            return fail(ErrorCode::NoSpace, "test");
        }
        return inner_.commit();
    }
    void rollback() override { inner_.rollback(); }
    Status savepoint() override { return inner_.savepoint(); }
    Status release() override { return inner_.release(); }
    void rollbackToSavepoint() override { inner_.rollbackToSavepoint(); }
    Result<std::optional<server::store::StoredRow>> readRow(TenantId tenant,
                                                            const schema::RecordInfo& info,
                                                            RowId id) override {
        return inner_.readRow(tenant, info, id);
    }
    Status writeRow(TenantId tenant, const server::store::StoredRow& row) override {
        if (failWrite_ > 0 && --failWrite_ == 0) {
            return fail(ErrorCode::NoSpace, "test");
        }
        return inner_.writeRow(tenant, row);
    }
    Status updateRow(TenantId tenant, const server::store::StoredRow& row,
                     const schema::Row& before) override {
        if (failWrite_ > 0 && --failWrite_ == 0) {
            return fail(ErrorCode::NoSpace, "test");
        }
        return inner_.updateRow(tenant, row, before);
    }
    Result<std::vector<RowId>> findRows(TenantId tenant, const schema::RecordInfo& info,
                                        std::string_view field, const schema::ColumnValue& value,
                                        int limit) override {
        return inner_.findRows(tenant, info, field, value, limit);
    }
    Result<std::vector<DueLead>> dueLeads(TimePoint now, int limit) override {
        return inner_.dueLeads(now, limit);
    }
    Result<std::optional<TimePoint>> nextDeadline() override { return inner_.nextDeadline(); }
    Result<std::vector<TenantId>> tenants() override { return inner_.tenants(); }
    Result<std::int64_t> outsideVersion() override { return inner_.outsideVersion(); }
    Status createTenant(TenantId tenant, std::string_view epoch) override {
        return inner_.createTenant(tenant, epoch);
    }
    Result<std::optional<server::store::TenantHead>> head(TenantId tenant) override {
        return inner_.head(tenant);
    }
    Status setHead(TenantId tenant, Seq seq) override { return inner_.setHead(tenant, seq); }
    Status putEntry(TenantId tenant, const server::store::LogEntry& entry) override {
        return entry.id == refused_ ? fail(ErrorCode::Internal, "test")
                                    : inner_.putEntry(tenant, entry);
    }
    Result<std::vector<std::string>> memberships(TenantId tenant, std::uint32_t table, RowId id,
                                                 schema::Facet facet) override {
        return inner_.memberships(tenant, table, id, facet);
    }
    Result<std::uint64_t> nextNumber(TenantId tenant, std::string_view counter) override {
        return inner_.nextNumber(tenant, counter);
    }
    Result<std::optional<server::store::ReplicaState>> readReplica(TenantId tenant,
                                                                   ReplicaId replica) override {
        return inner_.readReplica(tenant, replica);
    }
    Status writeReplica(TenantId tenant, const server::store::ReplicaState& state) override {
        return inner_.writeReplica(tenant, state);
    }
    Result<std::optional<server::store::StoredResult>> readResult(TenantId tenant,
                                                                  ReplicaId replica,
                                                                  Mid mid) override {
        return inner_.readResult(tenant, replica, mid);
    }
    Status writeResult(TenantId tenant, ReplicaId replica,
                       const server::store::StoredResult& result) override {
        return inner_.writeResult(tenant, replica, result);
    }
    Result<std::optional<server::store::ClaimAnswer>> readClaim(TenantId tenant,
                                                                ClaimId claim) override {
        return inner_.readClaim(tenant, claim);
    }
    Status writeClaim(TenantId tenant, const server::store::ClaimAnswer& answer) override {
        return inner_.writeClaim(tenant, answer);
    }
    Status addConflict(TenantId tenant, const server::store::Conflict& conflict) override {
        return inner_.addConflict(tenant, conflict);
    }
    Result<std::optional<server::store::Account>> findAccount(std::string_view login) override {
        return inner_.findAccount(login);
    }
    Result<std::optional<server::store::Account>> readAccount(AccountId id) override {
        return inner_.readAccount(id);
    }
    Result<std::vector<server::store::Account>> accounts() override { return inner_.accounts(); }
    Status writeAccount(const server::store::Account& account) override {
        return inner_.writeAccount(account);
    }
    Result<std::vector<server::store::AccountUser>> usersOfAccount(AccountId account) override {
        return inner_.usersOfAccount(account);
    }
    Status writeToken(const server::store::TokenInfo& token) override {
        return inner_.writeToken(token);
    }
    Result<std::optional<server::store::TokenInfo>> readToken(std::string_view hash) override {
        return inner_.readToken(hash);
    }
    Status tokenUsed(std::string_view hash, TimePoint at) override {
        return inner_.tokenUsed(hash, at);
    }
    Result<bool> knowsDevice(AccountId account, DeviceId device) override {
        return inner_.knowsDevice(account, device);
    }
    Status revokeTokens(AccountId account, std::string_view tokenHash) override {
        return inner_.revokeTokens(account, tokenHash);
    }
    Status revokeOtherTokens(AccountId account, std::string_view keep) override {
        return inner_.revokeOtherTokens(account, keep);
    }
    Result<std::optional<server::store::AccountCode>> readCode(AccountId account) override {
        return inner_.readCode(account);
    }
    Status writeCode(const server::store::AccountCode& code) override {
        return inner_.writeCode(code);
    }
    Status eraseCode(AccountId account) override { return inner_.eraseCode(account); }
    Result<std::optional<server::store::SetupCode>> readSetupCode() override {
        return inner_.readSetupCode();
    }
    Status writeSetupCode(const server::store::SetupCode& code) override {
        return inner_.writeSetupCode(code);
    }
    Result<std::optional<server::store::DoneRequest>> readDone(std::string_view id) override {
        return inner_.readDone(id);
    }
    Status writeDone(const server::store::DoneRequest& request, TimePoint forget) override {
        return inner_.writeDone(request, forget);
    }
    Result<std::optional<SourceAddress>> findSource(std::string_view intakeAddress) override {
        return inner_.findSource(intakeAddress);
    }
    Status writeRaw(TenantId tenant, const server::store::RawMessage& message) override {
        return inner_.writeRaw(tenant, message);
    }
    Result<std::optional<server::store::RawMessage>> readRaw(TenantId tenant,
                                                             RowId intake) override {
        return inner_.readRaw(tenant, intake);
    }

private:
    server::store::WriteStore& inner_;
    bool failCommit_ = false;
    int failWrite_ = 0;
    RowId refused_;
};

}  // namespace vorfahrt::tests
