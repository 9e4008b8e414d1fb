// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/row.h"
#include "common/sql/record_table.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::server::store {

using sql::StoredRow;

struct TenantHead {
    TenantId tenant;
    std::string epoch;  // 16 bytes; new after every restore
    Seq seq{0};
};

// One line of the log: the current state of (scope, row, facet). A newer one replaces it.
struct LogEntry {
    std::string scope;
    std::uint32_t table = 0;
    RowId id;
    schema::Facet facet = schema::Facet::MAIN;
    bool remove = false;
    Seq seq{0};  // of this entry
    Seq rev{0};  // of the facet that it names
};

// Number and sum of the rows of a scope (PROTOCOL.md, "Sums").
struct ScopeSum {
    std::string scope;
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
};

struct ReplicaState {
    ReplicaId replica;
    UserId user;
    DeviceId device;
    Mid lastMid{0};
};

struct StoredResult {
    Mid mid{0};
    std::string
        argsHash;  // digest32 of the encoded mutation: the same mid with another one is a fork
    std::uint16_t code = 0;  // ErrorCode
    Seq seq{0};
    std::vector<std::uint32_t> lostFields;
};

struct ClaimAnswer {
    ClaimId claim;
    LeadId lead;
    UserId user;
    int outcome = 0;  // wire.ClaimOutcome
    std::uint64_t token = 0;
    UserId owner;
};

// A value that lost a merge: kept, shown, decided once (a later issue).
struct Conflict {
    std::uint32_t table = 0;
    RowId id;
    std::uint32_t field = 0;
    std::string loser;  // encoded record with this field alone
    Seq seq{0};         // of the mutation that met the conflict
    ReplicaId replica;
    Mid mid{0};
    std::int64_t editTimeMs = 0;
};

// A person's login, outside the tenants.
struct Account {
    AccountId id;
    std::string login;         // folded to lower case
    std::string passwordHash;  // Argon2id, libsodium's text form
    bool disabled = false;
};

struct AccountUser {
    TenantId tenant;
    UserId user;
};

struct TokenInfo {
    std::string hash;  // digest32 of the token
    AccountId account;
    DeviceId device;
    TimePoint created;
    TimePoint lastUsed;
    bool revoked = false;
};

// A token that was not used for so long is no token any more (PROTOCOL.md section 7). Its use is
// kept coarsely: at most one write per token in kTokenUseStep.
inline constexpr Millis kTokenIdleLimit = std::chrono::hours(90 * 24);
inline constexpr Millis kTokenUseStep = std::chrono::hours(1);
[[nodiscard]] inline bool isIdle(const TokenInfo& token, TimePoint now) {
    return now - token.lastUsed > kTokenIdleLimit;
}
[[nodiscard]] inline bool isUseDue(const TokenInfo& token, TimePoint now) {
    return now - token.lastUsed >= kTokenUseStep;
}

// Lets the person of an account choose a password, once. One per account.
struct AccountCode {
    AccountId account;
    std::string hash;  // digest32, never the code itself
    TimePoint expires;
};

// Lets somebody set up a server without a tenant.
struct SetupCode {
    std::string hash;
    int wrongTries = 0;
    std::string usedBy;  // id of the request that used it; empty: it is good
};

// A request about accounts that was done, so that its repeat is not (PROTOCOL.md, section 9).
struct DoneRequest {
    std::string id;
    AccountId asker;
    TimePoint at;
    std::vector<RowId> created;
};

// A message as it arrived, stored before anything is parsed.
struct RawMessage {
    RowId intake;
    TimePoint received;
    std::string envelopeFrom;
    std::string envelopeTo;
    std::string bytes;
};

// What writes: one instance, one thread. begin() ... commit() is one durable batch; within it each
// change has a savepoint. After a failed commit nothing is known: reopen and read. The engines
// (SQLite now, PostgreSQL in a later issue) keep the same contract; tests/contract runs on each.
class WriteStore {
public:
    virtual ~WriteStore() = default;

    // How a savepoint is undone. Alone: SQLite copies every page before its first change for it.
    // WithBatch: nothing is copied; when something was written since the savepoint, the batch is
    // spoilt: its commit fails, the owner rolls back and runs the batch again with Alone.
    enum class Undo { Alone, WithBatch };
    [[nodiscard]] virtual Status begin(Undo undo = Undo::Alone) = 0;
    [[nodiscard]] virtual bool isSpoilt() const = 0;
    [[nodiscard]] virtual Status commit() = 0;
    virtual void rollback() = 0;
    [[nodiscard]] virtual Status savepoint() = 0;
    [[nodiscard]] virtual Status release() = 0;
    virtual void rollbackToSavepoint() = 0;

    // Records. Deleted rows are returned, too.
    [[nodiscard]] virtual Result<std::optional<StoredRow>> readRow(TenantId tenant,
                                                                   const schema::RecordInfo& info,
                                                                   RowId id) = 0;
    [[nodiscard]] virtual Status writeRow(TenantId tenant, const StoredRow& row) = 0;
    // The same for a row that stands in the table as `before`: cheaper.
    [[nodiscard]] virtual Status updateRow(TenantId tenant, const StoredRow& row,
                                           const schema::Row& before) = 0;
    [[nodiscard]] virtual Result<std::vector<RowId>> findRows(TenantId tenant,
                                                              const schema::RecordInfo& info,
                                                              std::string_view field,
                                                              const schema::ColumnValue& value,
                                                              int limit) = 0;
    // Leads of all tenants whose deadline has passed, the oldest first.
    struct DueLead {
        TenantId tenant;
        LeadId lead;
    };
    [[nodiscard]] virtual Result<std::vector<DueLead>> dueLeads(TimePoint now, int limit) = 0;
    // The earliest deadline of all, so that the timer thread knows when to wake.
    [[nodiscard]] virtual Result<std::optional<TimePoint>> nextDeadline() = 0;

    // The log.
    [[nodiscard]] virtual Result<std::vector<TenantId>> tenants() = 0;
    [[nodiscard]] virtual Status createTenant(TenantId tenant, std::string_view epoch) = 0;
    [[nodiscard]] virtual Result<std::optional<TenantHead>> head(TenantId tenant) = 0;
    [[nodiscard]] virtual Status setHead(TenantId tenant, Seq seq) = 0;
    // Replaces the entry of the same (scope, table, id, facet) and keeps the scope's count and sum
    // right.
    [[nodiscard]] virtual Status putEntry(TenantId tenant, const LogEntry& entry) = 0;
    // Scopes in which this facet is a member now (PUT), sorted.
    [[nodiscard]] virtual Result<std::vector<std::string>> memberships(TenantId tenant,
                                                                       std::uint32_t table,
                                                                       RowId id,
                                                                       schema::Facet facet) = 0;
    // Takes the next number of a named counter of a tenant (lead numbers), from 1.
    [[nodiscard]] virtual Result<std::uint64_t> nextNumber(TenantId tenant,
                                                           std::string_view counter) = 0;

    // Replicas and results.
    [[nodiscard]] virtual Result<std::optional<ReplicaState>> readReplica(TenantId tenant,
                                                                          ReplicaId replica) = 0;
    [[nodiscard]] virtual Status writeReplica(TenantId tenant, const ReplicaState& state) = 0;
    [[nodiscard]] virtual Result<std::optional<StoredResult>> readResult(TenantId tenant,
                                                                         ReplicaId replica,
                                                                         Mid mid) = 0;
    [[nodiscard]] virtual Status writeResult(TenantId tenant, ReplicaId replica,
                                             const StoredResult& result) = 0;
    [[nodiscard]] virtual Result<std::optional<ClaimAnswer>> readClaim(TenantId tenant,
                                                                       ClaimId claim) = 0;
    [[nodiscard]] virtual Status writeClaim(TenantId tenant, const ClaimAnswer& answer) = 0;
    [[nodiscard]] virtual Status addConflict(TenantId tenant, const Conflict& conflict) = 0;

    // Accounts and tokens.
    [[nodiscard]] virtual Result<std::optional<Account>> findAccount(std::string_view login) = 0;
    [[nodiscard]] virtual Result<std::optional<Account>> readAccount(AccountId id) = 0;
    [[nodiscard]] virtual Result<std::vector<Account>> accounts() = 0;
    [[nodiscard]] virtual Status writeAccount(const Account& account) = 0;
    [[nodiscard]] virtual Result<std::vector<AccountUser>> usersOfAccount(AccountId account) = 0;
    [[nodiscard]] virtual Status writeToken(const TokenInfo& token) = 0;
    [[nodiscard]] virtual Result<std::optional<TokenInfo>> readToken(std::string_view hash) = 0;
    // Sets when it was used last; nothing where there is no such token.
    [[nodiscard]] virtual Status tokenUsed(std::string_view hash, TimePoint at) = 0;
    // Has this device ever been given a token of the account, revoked and idle ones included?
    [[nodiscard]] virtual Result<bool> knowsDevice(AccountId account, DeviceId device) = 0;
    // tokenHash empty: all tokens of the account.
    [[nodiscard]] virtual Status revokeTokens(AccountId account, std::string_view tokenHash) = 0;
    // All tokens of the account but this one.
    [[nodiscard]] virtual Status revokeOtherTokens(AccountId account, std::string_view keep) = 0;

    // Codes and requests about accounts.
    [[nodiscard]] virtual Result<std::optional<AccountCode>> readCode(AccountId account) = 0;
    // Replaces the one that the account had.
    [[nodiscard]] virtual Status writeCode(const AccountCode& code) = 0;
    [[nodiscard]] virtual Status eraseCode(AccountId account) = 0;
    [[nodiscard]] virtual Result<std::optional<SetupCode>> readSetupCode() = 0;
    [[nodiscard]] virtual Status writeSetupCode(const SetupCode& code) = 0;
    [[nodiscard]] virtual Result<std::optional<DoneRequest>> readDone(std::string_view id) = 0;
    // Also forgets those that were done before `forget`.
    [[nodiscard]] virtual Status writeDone(const DoneRequest& request, TimePoint forget) = 0;

    // Another number than before once somebody else, in this process or another, has committed;
    // outside a batch. Cheap enough to ask several times a second.
    [[nodiscard]] virtual Result<std::int64_t> outsideVersion() = 0;

    // Intake.
    struct SourceAddress {
        TenantId tenant;
        RowId source;
    };
    [[nodiscard]] virtual Result<std::optional<SourceAddress>> findSource(
        std::string_view intakeAddress) = 0;
    [[nodiscard]] virtual Status writeRaw(TenantId tenant, const RawMessage& message) = 0;
    [[nodiscard]] virtual Result<std::optional<RawMessage>> readRaw(TenantId tenant,
                                                                    RowId intake) = 0;
};

// What the feed reads. One instance per reader thread; each read() is one consistent view of the
// database.
class ReadStore {
public:
    virtual ~ReadStore() = default;

    // Everything between is read from one point in time.
    [[nodiscard]] virtual Status beginRead() = 0;
    virtual void endRead() = 0;

    [[nodiscard]] virtual Result<std::optional<TenantHead>> head(TenantId tenant) = 0;
    [[nodiscard]] virtual Result<std::optional<StoredRow>> readRow(TenantId tenant,
                                                                   const schema::RecordInfo& info,
                                                                   RowId id) = 0;
    // One facet as it is stored, not parsed. Nothing where there is no such row.
    struct FacetBody {
        bool deleted = false;
        std::string body;
    };
    [[nodiscard]] virtual Result<std::optional<FacetBody>> facetBody(TenantId tenant,
                                                                     const schema::RecordInfo& info,
                                                                     RowId id,
                                                                     schema::Facet facet) = 0;
    // Rights of a person: the live rows of the record Grant.
    [[nodiscard]] virtual Result<std::vector<StoredRow>> grantsOf(TenantId tenant, UserId user) = 0;

    // Entries of these scopes with after < seq, in seq order, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<LogEntry>> entriesAfter(
        TenantId tenant, const std::vector<std::string>& scopes, Seq after, int limit) = 0;
    [[nodiscard]] virtual Result<std::vector<ScopeSum>> sums(
        TenantId tenant, const std::vector<std::string>& scopes) = 0;

    // PUT rows of a scope in (table, id, facet) order after a position, of one table, with their
    // encoded facets, until `maxBytes` of bodies. The fast path of the first sync: no parsing.
    struct SnapshotRow {
        RowId id;
        schema::Facet facet = schema::Facet::MAIN;
        Seq rev{0};
        std::string body;
    };
    struct SnapshotChunk {
        std::uint32_t table = 0;  // 0: the scope has no more rows
        std::vector<SnapshotRow> rows;
        bool tableDone = false;
    };
    // afterId none: from the table's start. `table` may be 0: from the first table.
    [[nodiscard]] virtual Result<SnapshotChunk> snapshotChunk(TenantId tenant,
                                                              std::string_view scope,
                                                              std::uint32_t table, RowId afterId,
                                                              std::size_t maxBytes) = 0;

    [[nodiscard]] virtual Result<std::vector<StoredResult>> resultsFrom(TenantId tenant,
                                                                        ReplicaId replica, Mid from,
                                                                        int limit) = 0;
    [[nodiscard]] virtual Result<std::optional<ReplicaState>> readReplica(TenantId tenant,
                                                                          ReplicaId replica) = 0;
    [[nodiscard]] virtual Result<std::optional<TokenInfo>> readToken(std::string_view hash) = 0;
    [[nodiscard]] virtual Result<std::optional<Account>> readAccount(AccountId id) = 0;
    [[nodiscard]] virtual Result<std::vector<AccountUser>> usersOfAccount(AccountId account) = 0;
};

// Opens both sides of one database.
class Engine {
public:
    virtual ~Engine() = default;
    // The one writer. Migrates on the first call.
    [[nodiscard]] virtual Result<std::unique_ptr<WriteStore>> openWriter() = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<ReadStore>> openReader() = 0;
};

}  // namespace vorfahrt::server::store
