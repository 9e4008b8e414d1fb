// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/replica.h"

#include "client/replica/rebase.h"
#include "common/base/assert.h"
#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/sync/mutator.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace vorfahrt::client::replica {
namespace {

using sql::Durability;

// How long answered edits are kept for a server that is restored from a backup (sync.md 2.3).
constexpr std::chrono::hours kKeepAnswered{24 * 7};

constexpr std::string_view kReplicaIdKey = "replica_id";
constexpr std::string_view kClockOffsetKey = "clock_offset_ms";

void takeNumbers(const TenantData& from, TenantData& to) {
    to.ended = from.ended;
    for (const ScopeState& scope : from.scopes) {
        if (ScopeState* same = to.byName(scope.name)) {
            same->number = scope.number;
        }
    }
}

}  // namespace

Replica::Replica(sql::Database database, const Clock& clock, Random& random)
    : db_(std::move(database)),
      meta_(db_),
      images_(db_, meta_, pending_),
      clock_(clock),
      random_(random) {}

Replica::~Replica() = default;

Result<std::unique_ptr<Replica>> Replica::open(const std::filesystem::path& file,
                                               const Clock& clock, Random& random) {
    // SQLite gives the log and the index of the log the mode of the file. The folder is 0700
    // anyway.
    VF_CHECK(createPrivateFile(file));
    VF_TRY(auto database, sql::Database::open(file));
    // FAST would leave revoked rows readable in pages of the free list.
    VF_CHECK(MetaStore::migrate(database));
    VF_CHECK(database.execute("PRAGMA secure_delete=ON"));
    std::unique_ptr<Replica> replica(new Replica(std::move(database), clock, random));
    VF_CHECK(replica->images_.ensureTables());
    VF_CHECK(replica->load());
    VF_CHECK(replica->finishRenumbering());
    return replica;
}

// The program was killed between taking a new replica id and giving new mids.
Status Replica::finishRenumbering() {
    for (const TenantState& state : tenants()) {
        const bool left = std::ranges::any_of(pending_.all(), [&](const auto& entry) {
            const PendingMutation& item = entry.second;
            return item.tenant == state.tenant && item.state == PendingState::Queued &&
                   item.replica != replicaId_;
        });
        if (left) {
            VF_TRY(const ChangeSet changes,
                   transact(state.tenant, Durability::Full,
                            [&](Work& work) { return renumber(work, Mid(1)); }));
        }
    }
    return {};
}

Status Replica::load() {
    // The numbers of a running session are in memory only.
    const std::vector<TenantData> before = std::exchange(tenants_, {});
    VF_TRY(auto states, meta_.tenants());
    for (TenantState& state : states) {
        TenantData& data = tenants_.emplace_back();
        data.state = std::move(state);
        VF_TRY(data.scopes, meta_.scopes(data.state.tenant));
        data.scopes.reserve(kStaleSlot + 1);  // references stay valid while scopes are added
        for (const TenantData& old : before) {
            if (old.state.tenant == data.state.tenant) {
                takeNumbers(old, data);
            }
        }
    }
    VF_TRY(const auto id, meta_.value(kReplicaIdKey));
    replicaId_ = id.value_or(std::string());
    if (replicaId_.empty()) {
        replicaId_ = Uuid::v7(clock_.now(), random_).bytes();
        VF_CHECK(meta_.setValue(kReplicaIdKey, replicaId_));
    }
    VF_TRY(const auto offset, meta_.value(kClockOffsetKey));
    if (offset) {
        std::from_chars(offset->data(), offset->data() + offset->size(), clockOffsetMs_);
    }
    VF_CHECK(meta_.erasePendingKeptUntil(toUnixMs(clock_.now())));
    VF_TRY(newestEditTime_, meta_.newestEditTime());
    return loadPending();
}

Status Replica::loadPending() {
    pending_.clear();
    VF_TRY(auto all, meta_.pending(false));
    for (PendingMutation& item : all) {
        VF_TRY(item.touches, vorfahrt::sync::touchedRows(item.mutation));
        pending_.add(std::move(item));
    }
    return {};
}

const TenantData* Replica::find(TenantId tenant) const {
    const auto it = std::ranges::find_if(
        tenants_, [&](const TenantData& data) { return data.state.tenant == tenant; });
    return it == tenants_.end() ? nullptr : &*it;
}

std::vector<TenantState> Replica::tenants() const {
    std::vector<TenantState> out;
    for (const TenantData& data : tenants_) {
        out.push_back(data.state);
    }
    return out;
}

bool Replica::isComplete(TenantId tenant) const {
    const TenantData* data = find(tenant);
    return data != nullptr && !data->scopes.empty() &&
           std::ranges::all_of(data->scopes, &ScopeState::complete);
}

Status Replica::setTenants(std::span<const wire::AccountTenant> tenants) {
    for (const wire::AccountTenant& item : tenants) {
        const auto id = TenantId::fromBytes(item.tenant());
        const auto user = UserId::fromBytes(item.user_id());
        if (!id || !user) {
            return fail(ErrorCode::BadFrame, "tenant of an account");
        }
        TenantState state;
        if (const TenantData* known = find(*id)) {
            state = known->state;
        }
        state.tenant = *id;
        state.user = *user;
        state.name = item.name();
        state.userName = item.user_name();
        VF_CHECK(meta_.writeTenant(state));
    }
    return load();
}

Status Replica::setDurability(Durability durability) {
    if (durability != durability_) {
        VF_CHECK(db_.setDurability(durability));
        durability_ = durability;
    }
    return {};
}

Result<ChangeSet> Replica::transact(TenantId tenant, Durability durability, const Body& body) {
    if (reload_) {
        VF_CHECK(load());
        VF_CHECK(images_.search().reload());
        reload_ = false;
    }
    const auto it = std::ranges::find_if(
        tenants_, [&](const TenantData& data) { return data.state.tenant == tenant; });
    if (it == tenants_.end()) {
        return fail(ErrorCode::NotFound, "tenant");
    }
    VF_CHECK(setDurability(durability));
    reload_ = true;
    VF_TRY(auto transaction, sql::Transaction::begin(db_));
    Work work(*it);
    VF_CHECK(body(work));
    VF_CHECK(finish(work));
    VF_CHECK(transaction.commit());
    reload_ = false;
    if (work.revoked) {
        purgeDue_ = true;
    }
    purge();
    return std::move(work.changes);
}

Status Replica::finish(Work& work) {
    VF_CHECK(rebase(work, images_, meta_, pending_));
    // While scopes are being filled, new rows are left for afterwards: indexes are built after a
    // load.
    const bool filling = std::ranges::any_of(tenants_, [](const TenantData& data) {
        return std::ranges::any_of(
            data.scopes, [](const ScopeState& s) { return s.slot != kStaleSlot && !s.complete; });
    });
    VF_CHECK(images_.search().settle(!filling));
    for (ScopeState& scope : work.tenant.scopes) {
        if (scope.dirty) {
            VF_CHECK(meta_.writeScope(work.tenant.state.tenant, scope));
            scope.dirty = false;
        }
    }
    return meta_.writeTenant(work.tenant.state);
}

Result<bool> Replica::isSearchComplete() {
    return images_.search().isComplete();
}

Status Replica::rebuildSearch() {
    VF_TRY(auto transaction, sql::Transaction::begin(db_));
    VF_CHECK(images_.search().startOver());
    return transaction.commit();
}

Result<ChangeSet> Replica::indexMore() {
    VF_CHECK(setDurability(Durability::Normal));
    ChangeSet changes;
    VF_TRY(auto transaction, sql::Transaction::begin(db_));
    auto done = images_.search().more();
    if (done && *done) {
        if (Status committed = transaction.commit(); committed) {
            changes.searchChanged = true;
            return changes;
        }
        done = fail(ErrorCode::Internal, "search index");
    }
    if (!done) {
        reload_ = true;
        return fail(std::move(done).error());
    }
    return changes;
}

// A page version from before a deletion may stand in the log until it is truncated, which a reader
// in a transaction prevents.
bool Replica::purge() {
    if (purgeDue_) {
        purgeDue_ = !meta_.truncateLog().value_or(false);
    }
    return !purgeDue_;
}

// ---------------------------------------------------------------------------------------- edits

Result<ChangeSet> Replica::applyLocal(TenantId tenant, wire::Mutation mutation) {
    VF_TRY(auto touches, vorfahrt::sync::touchedRows(mutation));
    return transact(tenant, Durability::Full, [&](Work& work) -> Status {
        const Mid mid = next(work.tenant.state.lastMid);
        mutation.set_mid(value(mid));
        for (const auto& key : touches) {
            VF_CHECK(images_.saveShadow(work, key));
        }
        VF_CHECK(applyToVisible(work, images_, mutation));
        addDeps(tenant, touches, mutation);
        PendingMutation item{.order = 0,
                             .tenant = tenant,
                             .replica = replicaId_,
                             .state = PendingState::Queued,
                             .ackSeq = Seq(0),
                             .mutation = mutation,
                             .touches = touches};
        VF_TRY(item.order, meta_.insertPending(item));
        newestEditTime_ = std::max(newestEditTime_, item.mutation.edit_time_ms());
        pending_.add(std::move(item));
        work.tenant.state.lastMid = mid;
        work.changes.trayChanged = true;
        return {};
    });
}

// An edit of a row whose creation is unanswered: refused, that takes the edit with it (Cascade).
void Replica::addDeps(TenantId tenant, const std::vector<vorfahrt::sync::RowKey>& touches,
                      wire::Mutation& mutation) const {
    for (const auto& key : touches) {
        const auto* orders = pending_.ordersOf(tenant, key);
        if (orders == nullptr) {
            continue;
        }
        for (const std::int64_t order : *orders) {
            const PendingMutation& item = pending_.at(order);
            if (item.state == PendingState::Queued &&
                item.mutation.name() == vorfahrt::sync::kCreate && item.touches.front() == key) {
                mutation.add_deps(item.mutation.mid());
            }
        }
    }
}

std::vector<wire::Mutation> Replica::queued(TenantId tenant, Mid from, int maxCount,
                                            std::size_t maxBytes) const {
    std::vector<wire::Mutation> out;
    std::size_t bytes = 0;
    // Accepted ones that are not covered yet stand before the unanswered ones.
    for (const std::int64_t order :
         pending_.fromMid(tenant, replicaId_, from, static_cast<std::size_t>(maxCount))) {
        const PendingMutation& item = pending_.at(order);
        if (item.state != PendingState::Queued) {
            continue;
        }
        bytes += item.mutation.ByteSizeLong();
        if (bytes > maxBytes && !out.empty()) {
            break;
        }
        out.push_back(item.mutation);
    }
    return out;
}

Mid Replica::oldestQueued(TenantId tenant) const {
    for (const auto& [order, item] : pending_.all()) {
        if (item.tenant == tenant && item.state == PendingState::Queued) {
            return Mid(item.mutation.mid());
        }
    }
    return Mid(0);
}

int Replica::countPending() const {
    return static_cast<int>(pending_.size());
}

Result<Replica::ResultsOutcome> Replica::applyResults(const wire::Results& results) {
    const auto tenant = TenantId::fromBytes(results.tenant());
    if (!tenant) {
        return fail(ErrorCode::BadFrame, "tenant of results");
    }
    ResultsOutcome outcome;
    VF_TRY(outcome.changes, transact(*tenant, Durability::Normal, [&](Work& work) -> Status {
               for (const wire::MutationResult& result : results.results()) {
                   VF_CHECK(applyResult(work, result, outcome.refused));
               }
               return cover(work);
           }));
    return outcome;
}

Status Replica::applyResult(Work& work, const wire::MutationResult& result,
                            std::vector<Refusal>& refused) {
    PendingMutation* item = pending_.byMid(work.tenant.state.tenant, replicaId_, Mid(result.mid()));
    if (item == nullptr || item->state != PendingState::Queued) {
        return {};
    }
    work.changes.trayChanged = true;
    const auto code = static_cast<ErrorCode>(result.code());
    if (code == ErrorCode::Ok) {
        item->state = PendingState::Acked;
        item->ackSeq = Seq(result.seq());
        return meta_.markPending(*item, 0);
    }
    const std::int64_t now = toUnixMs(clock_.now());
    VF_CHECK(meta_.insertRejected(*item, static_cast<std::uint16_t>(result.code()), now));
    refused.push_back({.tenant = item->tenant,
                       .mid = Mid(result.mid()),
                       .name = item->mutation.name(),
                       .code = code});
    work.dirty.insert(item->touches.begin(), item->touches.end());
    VF_CHECK(meta_.erasePending(item->order));
    pending_.erase(item->order);
    return {};
}

// Accepted edits that the server's image contains by now are shown from there.
Status Replica::cover(Work& work) {
    const std::int64_t keepUntil =
        toUnixMs(clock_.now() + std::chrono::duration_cast<Millis>(kKeepAnswered));
    std::vector<std::int64_t> covered;
    for (const auto& [order, item] : pending_.all()) {
        if (item.tenant == work.tenant.state.tenant && item.state == PendingState::Acked &&
            item.ackSeq <= work.tenant.state.cursor) {
            covered.push_back(order);
        }
    }
    for (const std::int64_t order : covered) {
        PendingMutation& item = pending_.at(order);
        item.state = PendingState::Kept;
        VF_CHECK(meta_.markPending(item, keepUntil));
        work.dirty.insert(item.touches.begin(), item.touches.end());
        pending_.erase(order);
        work.changes.trayChanged = true;
    }
    return {};
}

Status Replica::takeNewReplicaId() {
    replicaId_ = Uuid::v7(clock_.now(), random_).bytes();
    VF_CHECK(meta_.setValue(kReplicaIdKey, replicaId_));
    for (const TenantState& state : tenants()) {
        VF_TRY(const ChangeSet changes, transact(state.tenant, Durability::Full, [&](Work& work) {
                   return renumber(work, Mid(1));
               }));
    }
    return {};
}

Status Replica::renumber(Work& work, Mid from) {
    std::vector<std::int64_t> orders;
    std::map<std::uint64_t, std::uint64_t> renamed;
    for (const auto& [order, item] : pending_.all()) {
        if (item.tenant == work.tenant.state.tenant && item.state == PendingState::Queued) {
            orders.push_back(order);
        }
    }
    Mid mid = from;
    for (const std::int64_t order : orders) {
        renamed[pending_.at(order).mutation.mid()] = value(mid);
        pending_.rekey(order, replicaId_, mid);
        PendingMutation& item = pending_.at(order);
        // What is not queued any more was answered: nothing depends on it.
        std::vector<std::uint64_t> deps;
        for (const std::uint64_t dep : item.mutation.deps()) {
            if (const auto now = renamed.find(dep); now != renamed.end()) {
                deps.push_back(now->second);
            }
        }
        item.mutation.mutable_deps()->Assign(deps.begin(), deps.end());
        VF_CHECK(meta_.updatePending(item, 0));
        mid = next(mid);
    }
    work.tenant.state.lastMid = Mid(value(mid) - 1);
    work.changes.trayChanged = true;
    return {};
}

// ---------------------------------------------------------------------------------------- beside

Status Replica::saveDraft(std::string_view key, std::string_view text) {
    return text.empty() ? meta_.eraseDraft(key)
                        : meta_.writeDraft(key, text, toUnixMs(clock_.now()));
}

Status Replica::markRejectedSeen(std::int64_t trayId) {
    return meta_.markRejectedSeen(trayId);
}

Status Replica::discardRejected(std::int64_t trayId) {
    return meta_.eraseRejected(trayId);
}

int Replica::countRejectedUnseen() {
    return meta_.countRejectedUnseen().value_or(0);
}

Status Replica::saveClaim(const ClaimIntent& intent) {
    return meta_.writeClaim(intent);
}

Status Replica::eraseClaim(ClaimId claim) {
    return meta_.eraseClaim(claim);
}

Result<std::vector<ClaimIntent>> Replica::claims() {
    return meta_.claims();
}

Status Replica::setClockOffset(std::int64_t offsetMs) {
    clockOffsetMs_ = offsetMs;
    return meta_.setValue(kClockOffsetKey, std::to_string(offsetMs));
}

}  // namespace vorfahrt::client::replica
