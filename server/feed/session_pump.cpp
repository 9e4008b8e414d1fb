// SPDX-License-Identifier: GPL-3.0-or-later
// SessionFeed::pump: what the desk is sent next, and in which order.
#include "server/feed/delta_pages.h"
#include "server/feed/session_feed.h"
#include "server/feed/table_order.h"

#include <zstd.h>

#include <algorithm>
#include <map>
#include <utility>

namespace vorfahrt::server::feed {
namespace {

using store::ReadStore;

constexpr int kResultsPerFrame = 500;
constexpr int kCompressionLevel = 1;
// A chunk is cut after a row; that row alone may have the largest facets that the schema allows.
constexpr std::size_t kLargestRow = 72 * 1024;

Result<std::string> compress(const std::string& raw) {
    std::string out(ZSTD_compressBound(raw.size()), '\0');
    const std::size_t size =
        ZSTD_compress(out.data(), out.size(), raw.data(), raw.size(), kCompressionLevel);
    if (ZSTD_isError(size) != 0) {
        return fail(ErrorCode::Internal, "zstd");
    }
    out.resize(size);
    return out;
}

}  // namespace

Result<std::vector<wire::Down>> SessionFeed::pump(ReadStore& store, TimePoint now,
                                                  std::size_t budget) {
    Output out{.frames = {}, .bytes = 0, .budget = budget};
    VF_CHECK(store.beginRead());
    const Status done = pumpAll(store, now, out);
    store.endRead();
    VF_CHECK(done);
    return std::move(out.frames);
}

Status SessionFeed::pumpAll(ReadStore& store, TimePoint now, Output& out) {
    const bool moved = std::ranges::any_of(
        tenants_, [](const Tenant& tenant) { return tenant.dirty || tenant.recheck; });
    if (moved) {
        VF_CHECK(checkAccount(store));
    }
    for (Tenant& tenant : tenants_) {
        VF_CHECK(refreshTenant(tenant, store, now, out));
    }
    for (Tenant& tenant : tenants_) {
        VF_CHECK(sendResults(tenant, store, out));
    }
    for (Tenant& tenant : tenants_) {
        VF_CHECK(sendDeltas(tenant, store, out));
    }
    for (Tenant& tenant : tenants_) {
        VF_CHECK(sendSnapshots(tenant, store, out));
    }
    return {};
}

void SessionFeed::send(wire::Down frame, bool costsCredit, Output& out) {
    const std::size_t size = frame.ByteSizeLong();
    if (costsCredit) {
        credit_ -= static_cast<std::int64_t>(size);
    }
    out.bytes += size;
    out.frames.push_back(std::move(frame));
}

bool SessionFeed::affordable(std::size_t bytes) const {
    return credit_ >= static_cast<std::int64_t>(bytes) ||
           credit_ >= static_cast<std::int64_t>(limits_.creditBytes);
}

void SessionFeed::waitForCredit(Tenant& tenant, Output& out) {
    tenant.blocked = true;
    if (value(tenant.cursor) < value(tenant.head) && value(tenant.poked) < value(tenant.head)) {
        tenant.poked = tenant.head;
        wire::Down frame;
        frame.mutable_poke()->set_tenant(tenant.id.bytes());
        frame.mutable_poke()->set_head(value(tenant.head));
        send(std::move(frame), false, out);
    }
}

Status SessionFeed::refreshTenant(Tenant& tenant, ReadStore& store, TimePoint now, Output& out) {
    VF_TRY(const std::optional<store::TenantHead> head, store.head(tenant.id));
    if (!head || head->epoch != tenant.epoch) {
        return fail(ErrorCode::EpochChanged, "tenant has another history");
    }
    tenant.head = head->seq;
    tenant.dirty = false;
    if (tenant.rightsAt == head->seq && !tenant.recheck) {
        return {};
    }
    tenant.rightsAt = head->seq;
    tenant.recheck = false;
    VF_CHECK(userIn(tenant.id, store));
    return tenant.waiting ? Status{} : changeScopes(tenant, store, now, out);
}

Status SessionFeed::changeScopes(Tenant& tenant, ReadStore& store, TimePoint now, Output& out) {
    VF_TRY(const std::vector<std::string> names, scopesNow(tenant, store));
    std::erase_if(tenant.scopes, [&](const Scope& scope) {
        if (std::ranges::binary_search(names, scope.name)) {
            return false;
        }
        wire::Down frame;
        frame.mutable_drop_scope()->set_tenant(tenant.id.bytes());
        frame.mutable_drop_scope()->set_scope(scope.number);
        send(std::move(frame), false, out);
        return true;
    });
    wire::Down frame = welcomeFrame(now);
    wire::TenantWelcome& welcome = *frame.mutable_welcome()->add_tenants();
    for (const std::string& name : names) {
        if (std::ranges::find(tenant.scopes, name, &Scope::name) != tenant.scopes.end()) {
            continue;
        }
        const Scope& scope = addScope(tenant, name);
        wire::ScopeState& state = *welcome.add_scopes();
        state.set_name(name);
        state.set_number(scope.number);
        state.set_action(wire::BACKFILL);
    }
    if (welcome.scopes_size() == 0) {
        return {};
    }
    tenant.blocked = false;
    VF_CHECK(welcomeTenant(tenant, store, welcome));
    send(std::move(frame), false, out);
    return {};
}

Status SessionFeed::sendResults(Tenant& tenant, ReadStore& store, Output& out) {
    while (tenant.results && !out.full()) {
        VF_TRY(const std::vector<store::StoredResult> results,
               store.resultsFrom(tenant.id, replica_, *tenant.results, kResultsPerFrame));
        if (results.size() < static_cast<std::size_t>(kResultsPerFrame)) {
            tenant.results.reset();
        } else {
            tenant.results = next(results.back().mid);
        }
        if (results.empty()) {
            return {};
        }
        VF_TRY(const std::optional<store::ReplicaState> replica,
               store.readReplica(tenant.id, replica_));
        wire::Down frame;
        wire::Results& list = *frame.mutable_results();
        list.set_tenant(tenant.id.bytes());
        list.set_last_mid(replica ? value(replica->lastMid) : 0);
        for (const store::StoredResult& result : results) {
            wire::MutationResult& line = *list.add_results();
            line.set_mid(value(result.mid));
            line.set_code(result.code);
            line.set_seq(value(result.seq));
            line.mutable_lost_fields()->Add(result.lostFields.begin(), result.lostFields.end());
        }
        send(std::move(frame), false, out);
    }
    return {};
}

void SessionFeed::sendBulk(Tenant& tenant, DeltaPages pages, Output& out) {
    for (DeltaPages::Page& page : pages.pages) {
        if (out.full()) {
            return;
        }
        if (!affordable(page.frame.ByteSizeLong())) {
            waitForCredit(tenant, out);
            return;
        }
        page.frame.mutable_delta()->set_bulk(true);
        send(std::move(page.frame), true, out);
        tenant.cursor = page.to;
        tenant.partial = std::move(page.inside);
    }
}

Status SessionFeed::sendDeltas(Tenant& tenant, ReadStore& store, Output& out) {
    if (tenant.waiting || tenant.blocked) {
        if (tenant.blocked) {
            waitForCredit(tenant, out);
        }
        return {};
    }
    std::vector<std::string> names;
    std::map<std::string, std::uint32_t> numbers;
    for (const Scope& scope : tenant.scopes) {
        if (scope.started) {
            names.push_back(scope.name);
            numbers.emplace(scope.name, scope.number);
        }
    }
    // Read at one point in time, so it ends.
    while (value(tenant.cursor) < value(tenant.head) && !tenant.blocked && !out.full()) {
        const EntryQuery query{.tenant = tenant.id,
                               .scopes = names,
                               .from = tenant.cursor,
                               .after = tenant.partial,
                               .limit = limits_.plainEntries + 1};
        VF_TRY(const EntryPage page, readEntries(query, store));
        const std::size_t plainBytes = std::min(limits_.plainBytes, limits_.creditBytes / 2);
        const DeltaRequest request{.tenant = tenant.id,
                                   .from = tenant.cursor,
                                   .head = tenant.head,
                                   .frameBytes = limits_.deltaFrameBytes,
                                   .maxBytes = page.all ? plainBytes : out.left(),
                                   .numbers = &numbers};
        VF_TRY(DeltaPages pages, deltaFrames(request, page, store));
        if (!page.all || pages.bytes >= plainBytes) {
            sendBulk(tenant, std::move(pages), out);
            continue;
        }
        // The desk applies these as one, at the Checkpoint: all of them or none.
        if (!affordable(pages.bytes)) {
            waitForCredit(tenant, out);
            return {};
        }
        for (DeltaPages::Page& ready : pages.pages) {
            send(std::move(ready.frame), true, out);
        }
        tenant.cursor = tenant.head;
        tenant.partial.reset();
    }
    if (value(tenant.cursor) == value(tenant.head) && value(tenant.checked) < value(tenant.head)) {
        return sendCheckpoint(tenant, store, out);
    }
    return {};
}

Status SessionFeed::sendCheckpoint(Tenant& tenant, ReadStore& store, Output& out) {
    std::vector<std::string> names;
    for (const Scope& scope : tenant.scopes) {
        if (scope.complete) {
            names.push_back(scope.name);
        }
    }
    VF_TRY(const std::vector<store::ScopeSum> sums, store.sums(tenant.id, names));
    VF_TRY(const std::optional<store::ReplicaState> replica,
           store.readReplica(tenant.id, replica_));
    wire::Down frame;
    wire::Checkpoint& checkpoint = *frame.mutable_checkpoint();
    checkpoint.set_tenant(tenant.id.bytes());
    checkpoint.set_seq(value(tenant.head));
    checkpoint.set_last_mid(replica ? value(replica->lastMid) : 0);
    for (const store::ScopeSum& sum : sums) {
        Scope& scope = *std::ranges::find(tenant.scopes, sum.scope, &Scope::name);
        if (scope.sent && scope.sent->count == sum.count && scope.sent->sum == sum.sum) {
            continue;
        }
        scope.sent = sum;
        wire::ScopeSum& line = *checkpoint.add_sums();
        line.set_scope(scope.number);
        line.set_count(sum.count);
        line.set_sum(sum.sum);
    }
    tenant.checked = tenant.head;
    send(std::move(frame), false, out);
    return {};
}

Status SessionFeed::sendSnapshots(Tenant& tenant, ReadStore& store, Output& out) {
    // Never between a Delta and its Checkpoint: chunks are newer than Deltas that wait for it.
    const auto first = [](const Scope& a, const Scope& b) {
        return std::pair(scopeRank(a.name), a.number) < std::pair(scopeRank(b.name), b.number);
    };
    while (!tenant.waiting && !tenant.blocked && !out.full() &&
           value(tenant.cursor) == value(tenant.head)) {
        Scope* scope = nullptr;
        for (Scope& candidate : tenant.scopes) {
            if (!candidate.complete && (scope == nullptr || first(candidate, *scope))) {
                scope = &candidate;
            }
        }
        if (scope == nullptr) {
            return {};
        }
        if (!affordable(limits_.chunkBytes + kLargestRow)) {
            waitForCredit(tenant, out);
            return {};
        }
        VF_TRY(const bool last, sendChunk(tenant, *scope, store, out));
        if (last) {
            VF_CHECK(sendCheckpoint(tenant, store, out));
        }
    }
    return {};
}

Result<bool> SessionFeed::sendChunk(Tenant& tenant, Scope& scope, ReadStore& store, Output& out) {
    const auto order = tableOrder();
    scope.started = true;
    ReadStore::SnapshotChunk chunk;
    bool last = false;
    for (;;) {
        VF_TRY(chunk, store.snapshotChunk(tenant.id, scope.name, order[scope.table], scope.after,
                                          limits_.chunkBytes));
        const RowId after = chunk.rows.empty() ? scope.after : chunk.rows.back().id;
        last = chunk.tableDone && scope.table + 1 == order.size();
        if (chunk.tableDone && !last) {
            ++scope.table;
            scope.after = RowId{};
        } else {
            scope.after = after;
        }
        if (!chunk.rows.empty() || last) {
            break;
        }
    }
    wire::SnapshotRows rows;
    rows.mutable_rows()->Reserve(static_cast<int>(chunk.rows.size()));
    wire::Down frame;
    wire::Snapshot& snapshot = *frame.mutable_snapshot();
    for (ReadStore::SnapshotRow& row : chunk.rows) {
        wire::SnapshotRow& line = *rows.add_rows();
        line.set_id(row.id.bytes());
        line.set_facet(row.facet);
        line.set_rev(value(row.rev));
        line.set_body(std::move(row.body));
    }
    const std::string raw = rows.SerializeAsString();
    VF_TRY(std::string packed, compress(raw));
    snapshot.set_tenant(tenant.id.bytes());
    snapshot.set_scope(scope.number);
    snapshot.set_table(chunk.table);
    snapshot.set_rows_zstd(std::move(packed));
    snapshot.set_raw_bytes(static_cast<std::uint32_t>(raw.size()));
    if (!chunk.rows.empty()) {
        snapshot.set_next_after_id(chunk.rows.back().id.bytes());
    }
    snapshot.set_last(last);
    snapshot.set_row_count(static_cast<std::uint32_t>(chunk.rows.size()));
    send(std::move(frame), true, out);
    scope.complete = last;
    return last;
}

}  // namespace vorfahrt::server::feed
