// SPDX-License-Identifier: GPL-3.0-or-later
// What the server sends: scopes, chunks, deltas and checkpoints.
#include "client/replica/replica.h"
#include "common/base/assert.h"
#include "common/schema/limits.h"
#include "common/sync/mutator.h"
#include "common/sync/scope_sum.h"

#include <zstd.h>

#include <algorithm>

namespace vorfahrt::client::replica {
namespace {

using schema::Facet;
using sql::Durability;

// Ours are below 200 KiB. Two bytes can be a row, and a row in memory is a hundred: a larger
// promise is a broken or hostile server.
constexpr std::uint32_t kMaxChunkBytes = 1024U * 1024;
// Larger chunks name their table only: whoever shows it reads its page again.
constexpr int kNamedRows = 50;

Result<std::string> unpack(const wire::Snapshot& chunk) {
    if (chunk.raw_bytes() > kMaxChunkBytes) {
        return fail(ErrorCode::BadFrame, "snapshot chunk too large");
    }
    std::string out(chunk.raw_bytes(), '\0');
    const std::size_t size =
        ZSTD_decompress(out.data(), out.size(), chunk.rows_zstd().data(), chunk.rows_zstd().size());
    if (ZSTD_isError(size) != 0 || size != out.size()) {
        return fail(ErrorCode::BadFrame, "snapshot chunk");
    }
    return out;
}

Result<TenantId> tenantOf(const std::string& bytes) {
    const auto tenant = TenantId::fromBytes(bytes);
    if (!tenant) {
        return fail(ErrorCode::BadFrame, "tenant");
    }
    return *tenant;
}

Result<sql::FacetImage> imageOf(const std::string& id, std::uint32_t facet, std::uint64_t rev,
                                bool deleted, std::string_view body) {
    const auto rowId = RowId::fromBytes(id);
    if (!rowId || rowId->isNone() || facet > Facet::PRIVATE) {
        return fail(ErrorCode::BadFrame, "row on the wire");
    }
    sql::FacetImage image;
    image.id = *rowId;
    image.facet = static_cast<Facet>(facet);
    image.rev = Seq(rev);
    image.deleted = deleted;
    image.body = body;
    return image;
}

// nullptr: dropped, and the frame was written before. A number that nobody announced is an error:
// to pass over its rows would lose them for good.
Result<ScopeState*> scopeOf(TenantData& tenant, std::uint32_t number) {
    ScopeState* scope = tenant.byNumber(number);
    if (scope == nullptr && !tenant.ended.contains(number)) {
        return fail(ErrorCode::BadOrder, "scope that was not announced");
    }
    return scope;
}

}  // namespace

// ---------------------------------------------------------------------------------------- greeting

std::vector<wire::TenantHello> Replica::hello() const {
    std::vector<wire::TenantHello> out;
    for (const TenantData& data : tenants_) {
        std::vector<std::string> complete;
        for (const ScopeState& scope : data.scopes) {
            if (scope.complete && scope.slot != kStaleSlot) {
                complete.push_back(scope.name);
            }
        }
        wire::TenantHello& hello = out.emplace_back();
        hello.set_tenant(data.state.tenant.bytes());
        hello.set_epoch(data.state.epoch);
        hello.set_cursor(value(data.state.cursor));
        hello.set_scopes_digest(vorfahrt::sync::scopesDigest(std::move(complete)));
        // Everything unanswered is pushed again and compared there: nothing need be repeated.
        hello.set_oldest_unacked_mid(0);
    }
    return out;
}

wire::Cursors Replica::cursors(TenantId tenant) const {
    wire::Cursors cursors;
    cursors.set_tenant(tenant.bytes());
    const TenantData* data = find(tenant);
    if (data == nullptr) {
        return cursors;
    }
    for (const ScopeState& scope : data->scopes) {
        // What is not begun is left out: the server then fills it from the start.
        if (scope.slot == kStaleSlot || (!scope.complete && scope.table == 0)) {
            continue;
        }
        wire::HeldScope& held = *cursors.add_scopes();
        held.set_name(scope.name);
        held.set_complete(scope.complete);
        if (!scope.complete) {
            held.set_table(scope.table);
            held.set_after_id(scope.afterId);
        }
    }
    return cursors;
}

Status Replica::endSession() {
    for (TenantData& data : tenants_) {
        data.ended.clear();
        for (ScopeState& scope : data.scopes) {
            scope.number = 0;
        }
    }
    return images_.endFill();
}

Result<ChangeSet> Replica::applyWelcome(const wire::TenantWelcome& welcome, bool full) {
    VF_TRY(const TenantId tenant, tenantOf(welcome.tenant()));
    return transact(tenant, Durability::Normal, [&](Work& work) -> Status {
        TenantState& state = work.tenant.state;
        if (const auto user = UserId::fromBytes(welcome.user_id()); user && !user->isNone()) {
            state.user = *user;
        }
        if (state.epoch != welcome.epoch()) {
            VF_CHECK(enterEpoch(work, welcome));
        }
        if (welcome.need_cursors()) {
            return {};
        }
        if (full) {
            std::vector<int> gone;
            for (ScopeState& scope : work.tenant.scopes) {
                scope.number = 0;
                const bool named = std::ranges::any_of(welcome.scopes(), [&](const auto& item) {
                    return item.name() == scope.name && item.action() != wire::DROP;
                });
                if (!named && scope.slot != kStaleSlot) {
                    gone.push_back(scope.slot);
                }
            }
            for (const int slot : gone) {
                VF_CHECK(dropScope(work, *work.tenant.bySlot(slot)));
            }
        }
        for (const wire::ScopeState& item : welcome.scopes()) {
            VF_CHECK(enterScope(work, item));
        }
        // Nothing is held yet, and every chunk will be read at the head of now or later.
        const bool holdsNothing = std::ranges::all_of(work.tenant.scopes, [](const auto& scope) {
            return !scope.complete && scope.table == 0;
        });
        if (holdsNothing) {
            state.cursor = Seq(welcome.head());
        }
        return sweepIfComplete(work);
    });
}

// The server was restored from a backup, or this is the first contact.
Status Replica::enterEpoch(Work& work, const wire::TenantWelcome& welcome) {
    TenantState& state = work.tenant.state;
    const bool restored = !state.epoch.empty();
    state.epoch = welcome.epoch();
    if (!restored) {
        return {};
    }
    state.cursor = Seq(0);
    for (ScopeState& scope : work.tenant.scopes) {
        if (scope.slot != kStaleSlot) {
            VF_CHECK(images_.makeStale(work, scope));
        }
    }
    return requeueAfter(work, Mid(welcome.last_mid()));
}

// Accepted edits that the restored server does not know are sent again. The rest of them is in its
// data, whose numbers are new ones.
Status Replica::requeueAfter(Work& work, Mid lastMid) {
    VF_TRY(auto kept, meta_.pending(true));
    for (PendingMutation& item : kept) {
        const bool lost = item.tenant == work.tenant.state.tenant && item.replica == replicaId_ &&
                          Mid(item.mutation.mid()) > lastMid;
        if (!lost) {
            continue;
        }
        VF_TRY(item.touches, vorfahrt::sync::touchedRows(item.mutation));
        for (const auto& key : item.touches) {
            VF_CHECK(images_.saveShadow(work, key));
        }
        item.state = PendingState::Queued;
        VF_CHECK(meta_.updatePending(item, 0));
        work.dirty.insert(item.touches.begin(), item.touches.end());
        pending_.add(std::move(item));
    }
    Mid expected = next(lastMid);
    bool dense = true;
    std::vector<std::int64_t> acked;
    for (const auto& [order, item] : pending_.all()) {
        if (item.tenant == work.tenant.state.tenant && item.state == PendingState::Acked) {
            acked.push_back(order);
        }
    }
    for (const std::int64_t order : acked) {
        PendingMutation& item = pending_.at(order);
        if (item.replica == replicaId_ && Mid(item.mutation.mid()) > lastMid) {
            item.state = PendingState::Queued;
        }
        item.ackSeq = Seq(0);  // what is in the restored data needs no waiting
        VF_CHECK(meta_.updatePending(item, 0));
    }
    for (const auto& mutation : queued(work.tenant.state.tenant, Mid(0), INT32_MAX, SIZE_MAX)) {
        if (Mid(mutation.mid()) > lastMid) {
            dense = dense && Mid(mutation.mid()) == expected;
            expected = next(expected);
        }
    }
    work.changes.trayChanged = true;
    // A refused edit between them is not kept: close the hole with the same replica id.
    if (!dense) {
        return renumber(work, next(lastMid));
    }
    return {};
}

// ---------------------------------------------------------------------------------------- scopes

Status Replica::enterScope(Work& work, const wire::ScopeState& item) {
    ScopeState* scope = work.tenant.byName(item.name());
    if (item.action() == wire::DROP) {
        return scope == nullptr ? Status{} : dropScope(work, *scope);
    }
    if (scope == nullptr) {
        if (item.name().empty() || work.tenant.scopes.size() >= schema::kMaxScopes) {
            return fail(ErrorCode::BadFrame, "scope without a name or too many scopes");
        }
        int slot = 0;
        while (work.tenant.bySlot(slot) != nullptr) {
            ++slot;
        }
        ScopeState& added = work.tenant.scopes.emplace_back();
        added.slot = slot;
        added.name = item.name();
        added.dirty = true;
        scope = &added;
    } else if (item.action() == wire::BACKFILL && (scope->complete || scope->table != 0)) {
        VF_CHECK(images_.makeStale(work, *scope));
    }
    scope->number = item.number();
    return {};
}

Status Replica::dropScope(Work& work, ScopeState& scope) {
    std::uint64_t bits = bitOf(scope.slot);
    if (!scope.complete && work.tenant.bySlot(kStaleSlot) != nullptr) {
        // Old rows of this scope may be among the stale ones; they may not stay.
        bits |= bitOf(kStaleSlot);
    }
    VF_CHECK(images_.removeAll(work, bits));
    work.revoked = true;
    const int slot = scope.slot;
    work.tenant.ended.insert(scope.number);
    VF_CHECK(meta_.eraseScope(work.tenant.state.tenant, slot));
    std::erase_if(work.tenant.scopes, [&](const ScopeState& item) { return item.slot == slot; });
    return {};
}

Result<ChangeSet> Replica::applyDropScope(const wire::DropScope& drop) {
    VF_TRY(const TenantId tenant, tenantOf(drop.tenant()));
    return transact(tenant, Durability::Full, [&](Work& work) -> Status {
        ScopeState* scope = work.tenant.byNumber(drop.scope());
        if (scope == nullptr) {
            return {};
        }
        VF_CHECK(dropScope(work, *scope));
        return sweepIfComplete(work);
    });
}

// Old rows that no new copy names are removed when all copies are complete.
Status Replica::sweepIfComplete(Work& work) {
    const bool waiting = std::ranges::any_of(work.tenant.scopes, [](const ScopeState& scope) {
        return scope.slot != kStaleSlot && !scope.complete;
    });
    if (waiting || work.tenant.bySlot(kStaleSlot) == nullptr) {
        return {};
    }
    VF_CHECK(images_.removeAll(work, bitOf(kStaleSlot)));
    VF_CHECK(meta_.eraseScope(work.tenant.state.tenant, kStaleSlot));
    std::erase_if(work.tenant.scopes,
                  [](const ScopeState& scope) { return scope.slot == kStaleSlot; });
    return {};
}

// ---------------------------------------------------------------------------------------- data

Result<ChangeSet> Replica::applySnapshot(const wire::Snapshot& chunk) {
    VF_TRY(const TenantId tenant, tenantOf(chunk.tenant()));
    VF_TRY(const std::string raw, unpack(chunk));
    wire::SnapshotRows rows;
    VF_CHECK(schema::parseBounded(rows, raw));
    return transact(tenant, Durability::Normal, [&](Work& work) -> Status {
        VF_TRY(ScopeState * scope, scopeOf(work.tenant, chunk.scope()));
        if (scope == nullptr) {
            return {};
        }
        if (rows.rows_size() > 0) {
            VF_CHECK(images_.beginFill(chunk.table()));
        }
        if (rows.rows_size() > kNamedRows) {
            work.changes.addMany(chunk.table());
        }
        for (const wire::SnapshotRow& row : rows.rows()) {
            VF_TRY(const auto image, imageOf(row.id(), row.facet(), row.rev(), false, row.body()));
            VF_CHECK(images_.put(work, *scope, chunk.table(), image, ImageStore::Likely::New));
        }
        scope->table = chunk.table();
        scope->afterId = chunk.next_after_id();
        scope->dirty = true;
        if (!chunk.last()) {
            return {};
        }
        scope->complete = true;
        scope->table = 0;
        scope->afterId.clear();
        VF_CHECK(images_.endFill());
        return sweepIfComplete(work);
    });
}

Status Replica::applyEntries(Work& work, const wire::Delta& delta) {
    const std::string* body = nullptr;
    for (const wire::Entry& entry : delta.entries()) {
        VF_TRY(ScopeState * scope, scopeOf(work.tenant, entry.scope()));
        VF_TRY(auto image, imageOf(entry.id(), entry.facet(), entry.rev(), entry.deleted(), {}));
        if (!entry.same_body()) {
            body = &entry.body();
        } else {
            body = nullptr;
            for (const wire::Entry& earlier : delta.entries()) {
                if (&earlier == &entry) {
                    break;
                }
                if (earlier.table() == entry.table() && earlier.id() == entry.id() &&
                    earlier.facet() == entry.facet() && earlier.op() == wire::PUT &&
                    !earlier.same_body()) {
                    body = &earlier.body();
                }
            }
            if (body == nullptr) {
                return fail(ErrorCode::BadFrame, "no earlier body");
            }
        }
        if (scope == nullptr) {
            continue;
        }
        if (entry.op() == wire::PUT) {
            image.body = *body;
            VF_CHECK(images_.put(work, *scope, entry.table(), image, ImageStore::Likely::Known));
        } else {
            std::uint64_t bits = bitOf(scope->slot);
            if (!scope->complete && work.tenant.bySlot(kStaleSlot) != nullptr) {
                bits |= bitOf(kStaleSlot);
            }
            VF_CHECK(images_.remove(work, bits, entry.table(), image.id, image.facet));
        }
    }
    return {};
}

Result<Replica::DeltaOutcome> Replica::applyDelta(TenantId tenant,
                                                  std::span<const wire::Delta> deltas,
                                                  const wire::Checkpoint* checkpoint) {
    DeltaOutcome outcome;
    auto changes = transact(tenant, Durability::Normal, [&](Work& work) -> Status {
        TenantState& state = work.tenant.state;
        for (const wire::Delta& delta : deltas) {
            // A change larger than a frame comes in several that end where they begin, but for the
            // last.
            const bool part = delta.to() == delta.from();
            if (Seq(delta.to()) < state.cursor || (Seq(delta.to()) == state.cursor && !part)) {
                continue;
            }
            if (Seq(delta.from()) > state.cursor) {
                return fail(ErrorCode::GapInSequence, "delta does not follow the cursor");
            }
            VF_CHECK(applyEntries(work, delta));
            state.cursor = Seq(delta.to());
        }
        if (checkpoint != nullptr) {
            if (Seq(checkpoint->seq()) > state.cursor) {
                state.cursor = Seq(checkpoint->seq());
            }
            VF_CHECK(compareSums(work, *checkpoint, outcome.mismatched));
        }
        return cover(work);
    });
    VF_TRY(outcome.changes, std::move(changes));
    return outcome;
}

Status Replica::compareSums(Work& work, const wire::Checkpoint& checkpoint,
                            std::vector<std::string>& mismatched) {
    if (Seq(checkpoint.seq()) != work.tenant.state.cursor) {
        return {};
    }
    for (const wire::ScopeSum& sum : checkpoint.sums()) {
        ScopeState* scope = work.tenant.byNumber(sum.scope());
        if (scope == nullptr || !scope->complete ||
            (scope->count == sum.count() && scope->sum == sum.sum())) {
            continue;
        }
        mismatched.push_back(scope->name);
        VF_CHECK(images_.makeStale(work, *scope));
    }
    return {};
}

Result<bool> Replica::sumsAreRight(TenantId tenant) {
    const TenantData* data = find(tenant);
    if (data == nullptr) {
        return fail(ErrorCode::NotFound, "tenant");
    }
    Work work(const_cast<TenantData&>(*data));
    for (const ScopeState& scope : data->scopes) {
        if (scope.slot == kStaleSlot) {
            continue;
        }
        std::uint64_t count = 0;
        std::uint64_t sum = 0;
        for (const schema::RecordInfo& info : schema::records()) {
            VF_TRY(auto ids, images_.table(info.number)->withMask(tenant, ~std::uint64_t{0}));
            VF_TRY(const auto shadows, meta_.shadowsWithMask(tenant, ~std::uint64_t{0}));
            for (const auto& key : shadows) {
                if (key.table == info.number) {
                    ids.push_back(key.id);
                }
            }
            std::ranges::sort(ids);
            ids.erase(std::ranges::unique(ids).begin(), ids.end());
            for (const RowId id : ids) {
                VF_TRY(const auto image, images_.readImage(work, {info.number, id}));
                for (const Facet facet : {Facet::MAIN, Facet::PRIVATE}) {
                    if (image.exists && (image.stored.masks[facet] & bitOf(scope.slot)) != 0) {
                        ++count;
                        sum += vorfahrt::sync::rowHash(tenant, info.number, id, facet,
                                                       image.stored.row.rev(facet));
                    }
                }
            }
        }
        if (count != scope.count || sum != scope.sum) {
            return false;
        }
    }
    return true;
}

}  // namespace vorfahrt::client::replica
