// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/sync.pb.h"
#include "common/sql/database.h"
#include "common/sql/record_table.h"
#include "common/sync/mutator.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::client::replica {

struct TenantState {
    TenantId tenant;
    UserId user;
    std::string name;
    std::string userName;
    std::string epoch;  // 16 bytes; empty: nothing held yet
    Seq cursor{0};
    Mid lastMid{0};  // issued under the replica id of now
};

// A scope that is held, wholly or in part. Its rows have bit `slot` in their masks.
struct ScopeState {
    int slot = 0;
    std::string name;
    bool complete = false;
    std::uint32_t table = 0;  // not complete: position of the last durable chunk
    std::string afterId;
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
    std::uint32_t number = 0;  // on the wire, this session; 0: not named yet. Not stored.
    bool dirty = false;        // count or sum changed in this transaction. Not stored.
};

enum class PendingState : int {
    Queued = 0,  // the server has not answered
    Acked = 1,   // accepted; shown until the cursor has passed ackSeq
    Kept = 2,    // done; kept for a server that is restored from a backup
};

struct PendingMutation {
    std::int64_t order = 0;  // local and growing: mids start again with a new replica id
    TenantId tenant;
    std::string replica;
    PendingState state = PendingState::Queued;
    Seq ackSeq{0};
    wire::Mutation mutation;
    std::vector<vorfahrt::sync::RowKey> touches;  // derived
};

struct ClaimIntent {
    TenantId tenant;
    ClaimId claim;
    LeadId lead;
    std::int64_t atMs = 0;
};

// A tenant of this replica in memory, as its tables say.
struct TenantData {
    TenantState state;
    std::vector<ScopeState> scopes;
    // Numbers of this session whose scopes are gone: frames may still name them.
    std::set<std::uint32_t> ended;

    [[nodiscard]] ScopeState* byName(std::string_view name);
    [[nodiscard]] ScopeState* byNumber(std::uint32_t number);
    [[nodiscard]] ScopeState* bySlot(int slot);
};

// Rows of scopes that are being fetched again have this bit until the new copies are complete; a
// scope of this slot stands for them and has no name on the wire.
inline constexpr int kStaleSlot = 63;
[[nodiscard]] constexpr std::uint64_t bitOf(int slot) {
    return std::uint64_t{1} << static_cast<unsigned>(slot);
}

// The tables of a replica that are no records. Statements only; transactions are the caller's.
// Store thread.
class MetaStore {
public:
    explicit MetaStore(sql::Database& database)
        : db_(database) {}

    // Numbered migrations. NewerSchema: the file is of a newer program and was not touched.
    [[nodiscard]] static Status migrate(sql::Database& database);
    // Empties the write-ahead log, so that nothing revoked stays in it. false: a reader holds it.
    [[nodiscard]] Result<bool> truncateLog();

    [[nodiscard]] Result<std::optional<std::string>> value(std::string_view key);
    [[nodiscard]] Status setValue(std::string_view key, std::string_view value);

    [[nodiscard]] Result<std::vector<TenantState>> tenants();
    [[nodiscard]] Status writeTenant(const TenantState& state);

    [[nodiscard]] Result<std::vector<ScopeState>> scopes(TenantId tenant);
    [[nodiscard]] Status writeScope(TenantId tenant, const ScopeState& scope);
    [[nodiscard]] Status eraseScope(TenantId tenant, int slot);

    // Server images of rows with pending edits. Outer nullopt: no shadow; exists false: the server
    // has no such row.
    struct Shadow {
        bool exists = false;
        sql::StoredRow stored;
    };
    [[nodiscard]] Result<std::optional<Shadow>> readShadow(TenantId tenant,
                                                           const schema::RecordInfo& info,
                                                           RowId id);
    [[nodiscard]] Status writeShadow(TenantId tenant, const Shadow& shadow);
    [[nodiscard]] Status eraseShadow(TenantId tenant, const vorfahrt::sync::RowKey& key);
    [[nodiscard]] Result<std::vector<vorfahrt::sync::RowKey>> shadowsWithMask(TenantId tenant,
                                                                              std::uint64_t bits);
    [[nodiscard]] Status moveShadowMaskBit(TenantId tenant, std::uint64_t from, std::uint64_t to);

    // In order; `touches` is not filled.
    [[nodiscard]] Result<std::vector<PendingMutation>> pending(bool kept);
    [[nodiscard]] Result<std::int64_t> insertPending(const PendingMutation& pending);
    [[nodiscard]] Status updatePending(const PendingMutation& pending, std::int64_t keepUntilMs);
    // Only its state and what goes with it: what it is indexed by stays.
    [[nodiscard]] Status markPending(const PendingMutation& pending, std::int64_t keepUntilMs);
    [[nodiscard]] Status erasePending(std::int64_t order);
    [[nodiscard]] Result<std::int64_t> newestEditTime();
    [[nodiscard]] Status erasePendingKeptUntil(std::int64_t nowMs);

    [[nodiscard]] Status insertRejected(const PendingMutation& pending, std::uint16_t code,
                                        std::int64_t atMs);
    [[nodiscard]] Status markRejectedSeen(std::int64_t id);
    [[nodiscard]] Status eraseRejected(std::int64_t id);
    [[nodiscard]] Result<int> countRejectedUnseen();

    [[nodiscard]] Status writeDraft(std::string_view key, std::string_view text, std::int64_t atMs);
    [[nodiscard]] Status eraseDraft(std::string_view key);

    [[nodiscard]] Status writeClaim(const ClaimIntent& intent);
    [[nodiscard]] Status eraseClaim(ClaimId claim);
    [[nodiscard]] Result<std::vector<ClaimIntent>> claims();

private:
    sql::Database& db_;
};

}  // namespace vorfahrt::client::replica
