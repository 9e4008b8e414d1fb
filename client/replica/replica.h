// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/change_set.h"
#include "client/replica/image_store.h"
#include "client/replica/meta_store.h"
#include "client/replica/pending_index.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "common/schema/sync.pb.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::client::replica {

// What the desk holds of one account on one server: one SQLite file. Every method is one
// transaction; after an error nothing of it has happened. Store thread only; readers have a Reader.
//
// Durability: a local edit is on disk when applyLocal returns; what came from the server may be
// lost with the machine (never with the process) and is then fetched again, because the cursor goes
// back with it.
class Replica {
public:
    // Creates the file (0600) where there is none. NewerSchema: left untouched. Corrupt: damaged.
    [[nodiscard]] static Result<std::unique_ptr<Replica>> open(const std::filesystem::path& file,
                                                               const Clock& clock, Random& random);
    ~Replica();
    Replica(const Replica&) = delete;
    Replica& operator=(const Replica&) = delete;

    [[nodiscard]] const std::string& replicaId() const { return replicaId_; }
    [[nodiscard]] std::vector<TenantState> tenants() const;
    [[nodiscard]] bool knows(TenantId tenant) const { return find(tenant) != nullptr; }
    [[nodiscard]] bool isComplete(TenantId tenant) const;
    // The tenants that the account may open, from LoginResult.
    [[nodiscard]] Status setTenants(std::span<const wire::AccountTenant> tenants);

    // ---- Local edits
    // Gives the edit its mid. Errors of the mutator (Invalid, NotFound, RejectedState, StaleToken,
    // ...): nothing was stored.
    [[nodiscard]] Result<ChangeSet> applyLocal(TenantId tenant, wire::Mutation mutation);
    // Unanswered edits with mid >= from, in mid order.
    [[nodiscard]] std::vector<wire::Mutation> queued(TenantId tenant, Mid from, int maxCount,
                                                     std::size_t maxBytes) const;
    // 0: none.
    [[nodiscard]] Mid oldestQueued(TenantId tenant) const;
    [[nodiscard]] int countPending() const;  // not covered by the server's data yet
    [[nodiscard]] std::int64_t newestEditTime() const { return newestEditTime_; }

    // ---- The server's answers
    struct Refusal {
        TenantId tenant;
        Mid mid{0};
        std::string name;
        ErrorCode code = ErrorCode::Ok;
    };
    struct ResultsOutcome {
        ChangeSet changes;
        std::vector<Refusal> refused;
    };
    // Results of mids that are not waited for are ignored.
    [[nodiscard]] Result<ResultsOutcome> applyResults(const wire::Results& results);
    // The server knows other content under one of our mids (cloned disk, restored machine): a new
    // replica id, and all that is unanswered gets new mids from 1.
    [[nodiscard]] Status takeNewReplicaId();

    // ---- Data
    // Names of complete scopes, hashed as PROTOCOL.md says.
    [[nodiscard]] std::vector<wire::TenantHello> hello() const;
    [[nodiscard]] wire::Cursors cursors(TenantId tenant) const;
    // full: the scopes it names are all that there are (the first one with scopes in a session).
    [[nodiscard]] Result<ChangeSet> applyWelcome(const wire::TenantWelcome& welcome, bool full);
    [[nodiscard]] Result<ChangeSet> applySnapshot(const wire::Snapshot& chunk);
    struct DeltaOutcome {
        ChangeSet changes;
        std::vector<std::string> mismatched;  // scopes that will be fetched again after a reconnect
    };
    // The group and its checkpoint as one. GapInSequence: the group does not follow the cursor.
    [[nodiscard]] Result<DeltaOutcome> applyDelta(TenantId tenant,
                                                  std::span<const wire::Delta> deltas,
                                                  const wire::Checkpoint* checkpoint);
    [[nodiscard]] Result<ChangeSet> applyDropScope(const wire::DropScope& drop);
    // The connection is gone: wire numbers of scopes mean nothing any more.
    [[nodiscard]] Status endSession();

    // Revoked rows leave the write-ahead log with the change that revokes them. false: a reader was
    // in the way; call again soon.
    bool purge();

    // ---- Search
    // Rows of a first sync, and all rows after a change of the schema, come into the search index
    // in slices of some 100 ms, best while nothing else is to do. Empty changes: all are in it.
    [[nodiscard]] Result<bool> isSearchComplete();
    [[nodiscard]] Result<ChangeSet> indexMore();

    // ---- Beside
    [[nodiscard]] Status saveDraft(std::string_view key, std::string_view text);
    [[nodiscard]] Status markRejectedSeen(std::int64_t trayId);
    [[nodiscard]] Status discardRejected(std::int64_t trayId);
    [[nodiscard]] int countRejectedUnseen();
    [[nodiscard]] Status saveClaim(const ClaimIntent& intent);
    [[nodiscard]] Status eraseClaim(ClaimId claim);
    [[nodiscard]] Result<std::vector<ClaimIntent>> claims();
    [[nodiscard]] std::int64_t clockOffsetMs() const { return clockOffsetMs_; }
    [[nodiscard]] Status setClockOffset(std::int64_t offsetMs);

    // Every posting of the search index as a line: for tests.
    [[nodiscard]] Result<std::vector<std::string>> searchDump() { return images_.search().dump(); }
    // Empties the search index; indexMore() fills it again.
    [[nodiscard]] Status rebuildSearch();
    // Sums and counts of all scopes, computed from the rows: for tests.
    [[nodiscard]] Result<bool> sumsAreRight(TenantId tenant);

private:
    Replica(sql::Database database, const Clock& clock, Random& random);
    [[nodiscard]] Status load();
    [[nodiscard]] Status loadPending();
    [[nodiscard]] const TenantData* find(TenantId tenant) const;
    // Runs `body` in one transaction and keeps memory and file equal, also when it fails.
    using Body = std::function<Status(Work&)>;
    [[nodiscard]] Result<ChangeSet> transact(TenantId tenant, sql::Durability durability,
                                             const Body& body);
    [[nodiscard]] Status setDurability(sql::Durability durability);
    [[nodiscard]] Status finish(Work& work);
    [[nodiscard]] Status cover(Work& work);
    [[nodiscard]] Status enterEpoch(Work& work, const wire::TenantWelcome& welcome);
    [[nodiscard]] Status requeueAfter(Work& work, Mid lastMid);
    [[nodiscard]] Status finishRenumbering();
    [[nodiscard]] Status renumber(Work& work, Mid from);
    void addDeps(TenantId tenant, const std::vector<vorfahrt::sync::RowKey>& touches,
                 wire::Mutation& mutation) const;
    [[nodiscard]] Status enterScope(Work& work, const wire::ScopeState& state);
    [[nodiscard]] Status dropScope(Work& work, ScopeState& scope);
    [[nodiscard]] Status sweepIfComplete(Work& work);
    [[nodiscard]] Status applyEntries(Work& work, const wire::Delta& delta);
    [[nodiscard]] Status compareSums(Work& work, const wire::Checkpoint& checkpoint,
                                     std::vector<std::string>& mismatched);
    [[nodiscard]] Status applyResult(Work& work, const wire::MutationResult& result,
                                     std::vector<Refusal>& refused);

    sql::Database db_;
    MetaStore meta_;
    PendingIndex pending_;
    ImageStore images_;
    const Clock& clock_;
    Random& random_;
    std::vector<TenantData> tenants_;
    std::string replicaId_;
    std::int64_t clockOffsetMs_ = 0;
    std::int64_t newestEditTime_ = 0;
    sql::Durability durability_ = sql::Durability::Full;
    bool reload_ = false;    // a transaction failed: memory may differ from the file
    bool purgeDue_ = false;  // revoked rows are still in the write-ahead log
};

}  // namespace vorfahrt::client::replica
