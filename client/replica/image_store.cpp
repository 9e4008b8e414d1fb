// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/image_store.h"

#include "common/base/assert.h"
#include "common/sync/scope_sum.h"

#include <utility>

namespace vorfahrt::client::replica {

using schema::Facet;
using schema::RecordInfo;
using sql::StoredRow;
using vorfahrt::sync::RowKey;
using Columns = sql::RecordTable::Columns;

namespace {

std::optional<Columns> columnsOf(const MetaStore::Shadow& image, const sql::RecordTable& rows) {
    return image.exists ? std::optional(rows.columnsOf(image.stored.row)) : std::nullopt;
}

// Rows that leave at once and make it quicker to build the search index anew.
constexpr std::size_t kRebuildSearch = 5'000;

}  // namespace

ImageStore::ImageStore(sql::Database& database, MetaStore& meta, PendingIndex& pending)
    : db_(database),
      meta_(meta),
      pending_(pending),
      search_(database,
              [this](std::uint32_t number) -> sql::RecordTable& { return *table(number); }) {
    for (const RecordInfo& info : schema::records()) {
        Kind kind;
        kind.table = std::make_unique<sql::RecordTable>(db_, info, sql::Side::Replica);
        kind.scratch = info.make();
        for (int i = 0; i < info.descriptor->field_count(); ++i) {
            kind.facetOf.push_back(schema::ruleOf(info.descriptor->field(i)).facet());
        }
        kinds_.emplace(info.number, std::move(kind));
    }
}

Status ImageStore::ensureTables() {
    VF_TRY(auto transaction, sql::Transaction::begin(db_));
    for (auto& [number, kind] : kinds_) {
        VF_CHECK(kind.table->ensure());
    }
    VF_CHECK(search_.ensure());
    return transaction.commit();
}

sql::RecordTable* ImageStore::table(std::uint32_t number) {
    const auto it = kinds_.find(number);
    return it == kinds_.end() ? nullptr : it->second.table.get();
}

Status ImageStore::decode(const RecordInfo& info, sql::FacetImage& image) {
    Kind& kind = kinds_.at(info.number);
    kind.scratch->Clear();
    VF_CHECK(schema::parseBounded(*kind.scratch, image.body));
    image.decoded = kind.scratch.get();
    listed_.clear();
    kind.scratch->GetReflection()->ListFields(*kind.scratch, &listed_);
    for (const auto* field : listed_) {
        if (kind.facetOf[static_cast<std::size_t>(field->index())] != image.facet) {
            return fail(ErrorCode::Invalid, "field of another facet: " + field->full_name());
        }
    }
    return {};
}

void ImageStore::adjustSums(Work& work, const RecordInfo& info, RowId id, Facet facet,
                            std::uint64_t oldMask, Seq oldRev, std::uint64_t newMask, Seq newRev) {
    const TenantId tenant = work.tenant.state.tenant;
    const std::uint64_t before =
        oldMask == 0 ? 0 : vorfahrt::sync::rowHash(tenant, info.number, id, facet, oldRev);
    const std::uint64_t after =
        newMask == 0 ? 0 : vorfahrt::sync::rowHash(tenant, info.number, id, facet, newRev);
    for (ScopeState& scope : work.tenant.scopes) {
        const std::uint64_t bit = bitOf(scope.slot);
        if ((oldMask & bit) != 0) {
            scope.sum -= before;
            --scope.count;
            scope.dirty = true;
        }
        if ((newMask & bit) != 0) {
            scope.sum += after;
            ++scope.count;
            scope.dirty = true;
        }
    }
}

Result<bool> ImageStore::insert(Work& work, sql::RecordTable& rows, sql::FacetImage& image) {
    const TenantId tenant = work.tenant.state.tenant;
    VF_CHECK(decode(rows.info(), image));
    VF_CHECK(search_.inserting(tenant, rows.info(), image));
    VF_TRY(const bool inserted, rows.insertFacet(tenant, image));
    if (inserted) {
        search_.inserted(tenant, rows.info(), image.id, db_.lastRowId());
        adjustSums(work, rows.info(), image.id, image.facet, 0, Seq(0), image.mask, image.rev);
        work.changes.add(rows.info().number, image.id);
    }
    return inserted;
}

Status ImageStore::put(Work& work, ScopeState& scope, std::uint32_t table, sql::FacetImage image,
                       Likely likely) {
    sql::RecordTable* rows = this->table(table);
    if (rows == nullptr || image.facet > Facet::PRIVATE || !rows->info().has(image.facet)) {
        return fail(ErrorCode::BadFrame, "unknown table or facet");
    }
    image.mask = bitOf(scope.slot);
    const RowKey key{table, image.id};
    const bool shadowed = pending_.touches(work.tenant.state.tenant, key);
    if (!shadowed && likely == Likely::New) {
        VF_TRY(const bool inserted, insert(work, *rows, image));
        if (inserted) {
            return {};
        }
    }
    VF_TRY(MetaStore::Shadow held, readImage(work, key));
    if (!shadowed && !held.exists) {
        VF_TRY(const bool inserted, insert(work, *rows, image));
        VF_ASSERT(inserted);
        return {};
    }
    StoredRow& stored = held.stored;
    const std::uint64_t oldMask = stored.masks[image.facet];
    const Seq oldRev = stored.row.rev(image.facet);
    const std::uint64_t newMask = oldMask | image.mask;
    const bool newer = oldMask == 0 || image.rev > oldRev;
    if (!newer && newMask == oldMask) {
        return {};
    }
    const auto before = columnsOf(held, *rows);
    held.exists = true;
    stored.masks[image.facet] = newMask;
    if (newer) {
        VF_CHECK(stored.row.setFacet(image.facet, image.body));
        stored.row.setRev(image.facet, image.rev);
        if (image.facet == Facet::MAIN) {
            stored.row.setDeleted(image.deleted);
        }
    }
    adjustSums(work, rows->info(), image.id, image.facet, oldMask, oldRev, newMask,
               stored.row.rev(image.facet));
    return write(work, std::move(held), before);
}

Status ImageStore::remove(Work& work, std::uint64_t bits, std::uint32_t table, RowId id,
                          Facet facet) {
    sql::RecordTable* rows = this->table(table);
    if (rows == nullptr || facet > Facet::PRIVATE) {
        return fail(ErrorCode::BadFrame, "unknown table or facet");
    }
    VF_TRY(MetaStore::Shadow held, readImage(work, {table, id}));
    StoredRow& stored = held.stored;
    const std::uint64_t oldMask = stored.masks[facet];
    if (!held.exists || (oldMask & bits) == 0) {
        return {};
    }
    const std::uint64_t newMask = oldMask & ~bits;
    const auto before = columnsOf(held, *rows);
    adjustSums(work, rows->info(), id, facet, oldMask, stored.row.rev(facet), newMask,
               stored.row.rev(facet));
    stored.masks[facet] = newMask;
    if (newMask == 0) {
        work.revoked = true;
        VF_CHECK(stored.row.setFacet(facet, {}));
        stored.row.setRev(facet, Seq(0));
    }
    held.exists = stored.masks[Facet::MAIN] != 0 || stored.masks[Facet::PRIVATE] != 0;
    return write(work, std::move(held), before);
}

Status ImageStore::write(Work& work, MetaStore::Shadow image,
                         const std::optional<Columns>& before) {
    const TenantId tenant = work.tenant.state.tenant;
    const schema::Row& row = image.stored.row;
    const RowKey key{row.info().number, row.id()};
    work.changes.add(key.table, key.id);
    if (pending_.touches(tenant, key)) {
        work.dirty.insert(key);
        work.shadows.insert_or_assign(key, std::move(image));
        return {};
    }
    if (image.exists) {
        return writeVisible(tenant, image.stored, before);
    }
    return before ? eraseVisible(tenant, key) : Status{};
}

Status ImageStore::writeVisible(TenantId tenant, const StoredRow& row,
                                const std::optional<Columns>& before) {
    VF_CHECK(search_.writing(tenant, row));
    sql::RecordTable& rows = *table(row.row.info().number);
    return before ? rows.update(tenant, row, *before) : rows.write(tenant, row);
}

Status ImageStore::eraseVisible(TenantId tenant, const RowKey& key) {
    sql::RecordTable& rows = *table(key.table);
    VF_CHECK(search_.erasing(tenant, rows.info(), key.id));
    return rows.erase(tenant, key.id);
}

Result<MetaStore::Shadow> ImageStore::readShadow(Work& work, const RowKey& key) {
    if (const auto it = work.shadows.find(key); it != work.shadows.end()) {
        return it->second;
    }
    VF_TRY(auto shadow,
           meta_.readShadow(work.tenant.state.tenant, table(key.table)->info(), key.id));
    if (!shadow) {
        return fail(ErrorCode::Corrupt, "row with pending edits has no shadow");
    }
    return std::move(*shadow);
}

// Before statements that look at all shadows in the file.
Status ImageStore::flushShadows(Work& work) {
    for (const auto& [key, shadow] : std::exchange(work.shadows, {})) {
        VF_CHECK(meta_.writeShadow(work.tenant.state.tenant, shadow));
    }
    return {};
}

Result<MetaStore::Shadow> ImageStore::readImage(Work& work, const RowKey& key) {
    const TenantId tenant = work.tenant.state.tenant;
    sql::RecordTable& rows = *table(key.table);
    if (pending_.touches(tenant, key)) {
        return readShadow(work, key);
    }
    VF_TRY(auto stored, rows.read(tenant, key.id));
    MetaStore::Shadow image{
        .exists = stored.has_value(),
        .stored = {.row = schema::Row(rows.info(), key.id), .stamps = {}, .masks = {0, 0}}};
    if (stored) {
        image.stored = std::move(*stored);
    }
    return image;
}

Status ImageStore::saveShadow(Work& work, const RowKey& key) {
    if (table(key.table) == nullptr) {
        return fail(ErrorCode::Invalid, "unknown table");
    }
    if (pending_.touches(work.tenant.state.tenant, key)) {
        return {};
    }
    VF_TRY(const MetaStore::Shadow image, readImage(work, key));
    return meta_.writeShadow(work.tenant.state.tenant, image);
}

Status ImageStore::removeAll(Work& work, std::uint64_t bits) {
    const TenantId tenant = work.tenant.state.tenant;
    VF_CHECK(flushShadows(work));
    std::vector<RowKey> keys;
    for (auto& [number, kind] : kinds_) {
        VF_TRY(const auto ids, kind.table->withMask(tenant, bits));
        for (const RowId id : ids) {
            keys.push_back({number, id});
        }
    }
    VF_TRY(const auto shadows, meta_.shadowsWithMask(tenant, bits));
    keys.insert(keys.end(), shadows.begin(), shadows.end());
    if (keys.size() > kRebuildSearch) {
        VF_CHECK(search_.startOver());
    }
    for (const RowKey& key : keys) {
        for (const Facet facet : {Facet::MAIN, Facet::PRIVATE}) {
            VF_CHECK(remove(work, bits, key.table, key.id, facet));
        }
    }
    return {};
}

Status ImageStore::makeStale(Work& work, ScopeState& scope) {
    const TenantId tenant = work.tenant.state.tenant;
    const std::uint64_t from = bitOf(scope.slot);
    VF_CHECK(flushShadows(work));
    for (auto& [number, kind] : kinds_) {
        VF_CHECK(kind.table->moveMaskBit(tenant, from, bitOf(kStaleSlot)));
    }
    VF_CHECK(meta_.moveShadowMaskBit(tenant, from, bitOf(kStaleSlot)));
    scope.complete = false;
    scope.table = 0;
    scope.afterId.clear();
    scope.count = 0;
    scope.sum = 0;
    scope.dirty = true;
    if (work.tenant.bySlot(kStaleSlot) == nullptr) {
        ScopeState stale;
        stale.slot = kStaleSlot;
        stale.dirty = true;
        work.tenant.scopes.push_back(stale);  // `scope` may dangle from here
    }
    return {};
}

Status ImageStore::beginFill(std::uint32_t number) {
    if (number == filling_) {
        return {};
    }
    VF_CHECK(endFill());
    sql::RecordTable* rows = table(number);
    if (rows == nullptr) {
        return fail(ErrorCode::BadFrame, "unknown table");
    }
    VF_TRY(const bool empty, rows->isEmpty());
    if (empty && !search_.needs(rows->info())) {
        VF_CHECK(rows->dropIndexes());
        filling_ = number;
    }
    return {};
}

Status ImageStore::endFill() {
    if (filling_ == 0) {
        return {};
    }
    VF_CHECK(table(filling_)->createIndexes());
    filling_ = 0;
    return {};
}

}  // namespace vorfahrt::client::replica
