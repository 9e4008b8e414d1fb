// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/record_table.h"

#include "common/base/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace vorfahrt::sql {
namespace {

using schema::ColumnType;
using schema::Facet;

std::string_view sqlType(ColumnType type) {
    switch (type) {
        case ColumnType::Blob: return "BLOB NOT NULL DEFAULT x''";
        case ColumnType::Text: return "TEXT NOT NULL DEFAULT ''";
        case ColumnType::Integer: return "INTEGER NOT NULL DEFAULT 0";
    }
    return "";
}

void bindValue(Statement& statement, int index, const schema::ColumnValue& value) {
    switch (value.type) {
        case ColumnType::Blob: statement.bindBlob(index, value.text); break;
        case ColumnType::Text: statement.bindText(index, value.text); break;
        case ColumnType::Integer: statement.bindInt(index, value.integer); break;
    }
}

Result<std::vector<RowId>> idsOf(Statement& statement) {
    std::vector<RowId> out;
    for (;;) {
        VF_TRY(const bool more, statement.step());
        if (!more) {
            return out;
        }
        const auto id = RowId::fromBytes(statement.blob(0));
        if (!id) {
            return fail(ErrorCode::Corrupt, "row id");
        }
        out.push_back(*id);
    }
}

}  // namespace

std::string_view facetName(Facet facet) {
    switch (facet) {
        case Facet::PRIVATE: return "private";
        case Facet::SERVER: return "server";
        default: return "main";
    }
}

RecordTable::RecordTable(Database& database, const schema::RecordInfo& info, Side side)
    : database_(database),
      info_(info),
      side_(side) {
    for (const Facet facet : schema::kFacets) {
        if (info.has(facet) && !(side == Side::Replica && facet == Facet::SERVER)) {
            facets_.push_back(facet);
        }
    }
    for (const schema::Column& column : info.columns) {
        if (!(side == Side::Replica && column.facet == Facet::SERVER)) {
            columns_.push_back(&column);
        }
    }
    // Order: tenant, id, deleted, (rev, blob, [mask]) per facet, [stamps], columns. bindColumns and
    // fromStatement follow it.
    std::string names = "tenant,id,deleted";
    int count = 3;
    for (const Facet facet : facets_) {
        names += fmt::format(",rev_{0},{0}", facetName(facet));
        count += 2;
        if (side == Side::Replica) {
            names += fmt::format(",mask_{}", facetName(facet));
            ++count;
        }
    }
    if (side == Side::Server) {
        names += ",stamps";
        ++count;
    }
    select_ = fmt::format("SELECT {} FROM {}", names, info.table);
    for (const schema::Column* column : columns_) {
        names += "," + column->name;
        ++count;
    }
    std::string marks = "?";
    for (int i = 1; i < count; ++i) {
        marks += ",?";
    }
    std::string updates;
    std::string sets;
    std::string same;
    int number = 2;
    for (std::size_t at = names.find(",deleted") + 1, end = 0; at < names.size(); at = end + 1) {
        end = std::min(names.find(',', at), names.size());
        const std::string name = names.substr(at, end - at);
        updates += fmt::format("{}{}=excluded.{}", updates.empty() ? "" : ",", name, name);
        ++number;
        if (name.starts_with("c_")) {
            same += fmt::format(" AND {}=?{}", name, number);
        } else {
            sets += fmt::format("{}{}=?{}", sets.empty() ? "" : ",", name, number);
        }
    }
    VF_ASSERT(columns_.size() < 64);
    fixed_ = number - static_cast<int>(columns_.size());
    setFixed_ = fmt::format("UPDATE {} SET {}", info.table, sets);
    update_ = fmt::format("{} WHERE tenant=?1 AND id=?2{}", setFixed_, same);
    upsert_ = fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT(tenant,id) DO UPDATE SET {}",
                          info.table, names, marks, updates);
    for (const Facet facet : facets_) {
        if (side == Side::Replica) {
            insertFacet_[facet] = insertFacetText(facet);
        }
    }
}

std::string RecordTable::insertFacetText(Facet facet) const {
    std::string names = fmt::format("tenant,id,deleted,rev_{0},{0},mask_{0}", facetName(facet));
    std::string marks = "?,?,?,?,?,?";
    for (const schema::Column* column : columns_) {
        if (column->facet == facet) {
            names += "," + column->name;
            marks += ",?";
        }
    }
    return fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING", info_.table, names,
                       marks);
}

Status RecordTable::ensure() {
    std::string ddl = fmt::format(
        "CREATE TABLE IF NOT EXISTS {} (tenant BLOB NOT NULL, id BLOB NOT NULL, "
        "deleted INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (tenant, id)) STRICT",
        info_.table);
    VF_CHECK(database_.execute(ddl));
    VF_CHECK(addMissingColumns());
    return createIndexes();
}

Status RecordTable::addMissingColumns() {
    std::set<std::string, std::less<>> present;
    {
        VF_TRY(Statement statement, database_.prepare("SELECT name FROM pragma_table_info(?)"));
        statement.bindText(1, info_.table);
        for (;;) {
            VF_TRY(const bool more, statement.step());
            if (!more) {
                break;
            }
            present.emplace(statement.text(0));
        }
    }
    bool filled = false;
    const auto add = [&](const std::string& name, std::string_view type) -> Status {
        if (present.contains(name)) {
            return {};
        }
        return database_.execute(
            fmt::format("ALTER TABLE {} ADD COLUMN {} {}", info_.table, name, type));
    };
    for (const Facet facet : facets_) {
        VF_CHECK(add(fmt::format("rev_{}", facetName(facet)), sqlType(ColumnType::Integer)));
        VF_CHECK(add(std::string(facetName(facet)), sqlType(ColumnType::Blob)));
        if (side_ == Side::Replica) {
            VF_CHECK(add(fmt::format("mask_{}", facetName(facet)), sqlType(ColumnType::Integer)));
        }
    }
    if (side_ == Side::Server) {
        VF_CHECK(add("stamps", sqlType(ColumnType::Blob)));
    }
    for (const schema::Column* column : columns_) {
        filled = filled || !present.contains(column->name);
        VF_CHECK(add(column->name, sqlType(column->type)));
    }
    // A table that was there before has rows whose new columns are in the blobs only.
    return filled && present.size() > 3 ? refill() : Status{};
}

Status RecordTable::refill() {
    // Page by page: a table may be larger than the memory.
    constexpr std::size_t kPage = 1'000;
    const std::string page =
        select_ + fmt::format(" WHERE (tenant,id)>(?,?) ORDER BY tenant,id LIMIT {}", kPage);
    std::string tenantAfter;
    std::string idAfter;
    for (;;) {
        std::vector<std::pair<TenantId, StoredRow>> rows;
        VF_TRY(Statement statement, database_.prepare(page));
        statement.bindBlob(1, tenantAfter).bindBlob(2, idAfter);
        for (;;) {
            VF_TRY(const bool more, statement.step());
            if (!more) {
                break;
            }
            const auto tenant = TenantId::fromBytes(statement.blob(0));
            if (!tenant) {
                return fail(ErrorCode::Corrupt, "tenant id in " + info_.table);
            }
            VF_TRY(StoredRow row, fromStatement(statement));
            rows.emplace_back(*tenant, std::move(row));
        }
        for (const auto& [tenant, row] : rows) {
            VF_CHECK(write(tenant, row));
        }
        if (rows.size() < kPage) {
            return {};
        }
        tenantAfter = rows.back().first.bytes();
        idAfter = rows.back().second.row.id().bytes();
    }
}

Status RecordTable::createIndexes() {
    for (const schema::Column* column : columns_) {
        if (column->indexed) {
            VF_CHECK(database_.execute(
                fmt::format("CREATE INDEX IF NOT EXISTS {0}_{1} ON {0}(tenant,{1})", info_.table,
                            column->name)));
        }
    }
    return {};
}

Status RecordTable::dropIndexes() {
    for (const schema::Column* column : columns_) {
        if (column->indexed) {
            VF_CHECK(database_.execute(
                fmt::format("DROP INDEX IF EXISTS {}_{}", info_.table, column->name)));
        }
    }
    return {};
}

Result<std::optional<StoredRow>> RecordTable::read(TenantId tenant, RowId id) {
    VF_TRY(Statement * statement, database_.cached(select_ + " WHERE tenant=? AND id=?"));
    statement->bindBlob(1, tenant.view()).bindBlob(2, id.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    auto row = fromStatement(*statement);
    statement->reset();
    VF_TRY(StoredRow stored, std::move(row));
    return std::optional(std::move(stored));
}

Result<StoredRow> RecordTable::fromStatement(const Statement& statement) const {
    const auto id = RowId::fromBytes(statement.blob(1));
    if (!id) {
        return fail(ErrorCode::Corrupt, "row id in " + info_.table);
    }
    StoredRow stored{.row = schema::Row(info_, *id), .stamps = {}, .masks = {0, 0}};
    stored.row.setDeleted(statement.integer(2) != 0);
    int at = 3;
    for (const Facet facet : facets_) {
        stored.row.setRev(facet, Seq(static_cast<std::uint64_t>(statement.integer(at++))));
        VF_CHECK(stored.row.setFacet(facet, statement.blob(at++)));
        if (side_ == Side::Replica) {
            stored.masks[facet] = static_cast<std::uint64_t>(statement.integer(at++));
        }
    }
    if (side_ == Side::Server) {
        stored.stamps = std::string(statement.blob(at++));
    }
    return stored;
}

Status RecordTable::write(TenantId tenant, const StoredRow& stored) {
    VF_ASSERT(!stored.row.id().isNone());
    const auto bodies = bodiesOf(stored.row);
    const auto run = [&](const std::string& text) -> Status {
        VF_TRY(Statement * statement, database_.cached(text));
        bindRow(*statement, tenant, stored, bodies);
        return statement->run();
    };
    // Most edits change no column. SQLite takes an index entry out and puts it in again for each
    // column that an UPDATE names, changed or not, so they are named only where it is needed.
    VF_CHECK(run(update_));
    return database_.changes() > 0 ? Status{} : run(upsert_);
}

RecordTable::Columns RecordTable::columnsOf(const schema::Row& row) const {
    Columns out;
    out.reserve(columns_.size());
    for (const schema::Column* column : columns_) {
        out.push_back(schema::columnValue(row.facet(column->facet), *column));
    }
    return out;
}

Result<Statement*> RecordTable::updateOf(std::uint64_t columns) {
    Statement*& statement = updates_[columns];
    if (statement == nullptr) {
        std::string text = setFixed_;
        int number = fixed_;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if ((columns >> i & 1U) != 0) {
                text += fmt::format(",{}=?{}", columns_[i]->name, ++number);
            }
        }
        VF_TRY(statement, database_.cached(text + " WHERE tenant=?1 AND id=?2"));
    }
    statement->reset();
    return statement;
}

Status RecordTable::update(TenantId tenant, const StoredRow& stored, const Columns& before) {
    VF_ASSERT(before.size() == columns_.size());
    const Columns after = columnsOf(stored.row);
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        changed |= std::uint64_t{after[i] != before[i]} << i;
    }
    const auto bodies = bodiesOf(stored.row);
    VF_TRY(Statement * statement, updateOf(changed));
    int at = bindFixed(*statement, tenant, stored, bodies);
    for (std::size_t i = 0; i < after.size(); ++i) {
        if ((changed >> i & 1U) != 0) {
            bindValue(*statement, at++, after[i]);
        }
    }
    VF_CHECK(statement->run());
    return database_.changes() > 0 ? Status{} : fail(ErrorCode::NotFound, info_.table);
}

std::array<std::string, 3> RecordTable::bodiesOf(const schema::Row& row) const {
    std::array<std::string, 3> bodies;
    for (const Facet facet : facets_) {
        bodies[facet] = row.body(facet);
    }
    return bodies;
}

void RecordTable::bindRow(Statement& statement, TenantId tenant, const StoredRow& stored,
                          const std::array<std::string, 3>& bodies) const {
    bindColumns(statement, bindFixed(statement, tenant, stored, bodies), stored.row);
}

int RecordTable::bindFixed(Statement& statement, TenantId tenant, const StoredRow& stored,
                           const std::array<std::string, 3>& bodies) const {
    statement.bindBlob(1, tenant.view())
        .bindBlob(2, stored.row.id().view())
        .bindInt(3, stored.row.isDeleted() ? 1 : 0);
    int at = 4;
    for (const Facet facet : facets_) {
        statement.bindInt(at++, static_cast<std::int64_t>(value(stored.row.rev(facet))));
        statement.bindBlobView(at++, bodies[facet]);
        if (side_ == Side::Replica) {
            statement.bindInt(at++, static_cast<std::int64_t>(stored.masks[facet]));
        }
    }
    if (side_ == Side::Server) {
        statement.bindBlobView(at++, stored.stamps);
    }
    return at;
}

void RecordTable::bindColumns(Statement& statement, int first, const schema::Row& row) const {
    for (const schema::Column* column : columns_) {
        bindValue(statement, first++, schema::columnValue(row.facet(column->facet), *column));
    }
}

Status RecordTable::erase(TenantId tenant, RowId id) {
    VF_TRY(Statement * statement,
           database_.cached(fmt::format("DELETE FROM {} WHERE tenant=? AND id=?", info_.table)));
    statement->bindBlob(1, tenant.view()).bindBlob(2, id.view());
    return statement->run();
}

Result<bool> RecordTable::insertFacet(TenantId tenant, const FacetImage& image) {
    VF_ASSERT(side_ == Side::Replica && image.facet <= Facet::PRIVATE && info_.has(image.facet));
    VF_TRY(Statement * statement, database_.cached(insertFacet_[image.facet]));
    statement->bindBlobView(1, tenant.view())
        .bindBlobView(2, image.id.view())
        .bindInt(3, image.deleted ? 1 : 0)
        .bindInt(4, static_cast<std::int64_t>(value(image.rev)))
        .bindBlobView(5, image.body)
        .bindInt(6, static_cast<std::int64_t>(image.mask));
    int at = 7;
    std::string scratch;
    for (const schema::Column* column : columns_) {
        if (column->facet != image.facet) {
            continue;
        }
        if (column->type == ColumnType::Integer) {
            bindValue(*statement, at++, schema::columnValue(*image.decoded, *column));
            continue;
        }
        // The decoded record outlives the statement's run: no copy.
        const std::string& text = image.decoded->GetReflection()->GetStringReference(
            *image.decoded, column->field, &scratch);
        if (column->type == ColumnType::Blob) {
            statement->bindBlobView(at++, text);
        } else {
            statement->bindTextView(at++, text);
        }
    }
    VF_CHECK(statement->run());
    return database_.changes() > 0;
}

Result<std::vector<RowId>> RecordTable::withMask(TenantId tenant, std::uint64_t bits) {
    const bool hasPrivate = info_.has(Facet::PRIVATE);
    VF_TRY(Statement * statement,
           database_.cached(fmt::format(
               "SELECT id FROM {} WHERE tenant=?1 AND {} ORDER BY id", info_.table,
               hasPrivate ? "((mask_main | mask_private) & ?2) <> 0" : "(mask_main & ?2) <> 0")));
    statement->bindBlob(1, tenant.view()).bindInt(2, static_cast<std::int64_t>(bits));
    return idsOf(*statement);
}

Status RecordTable::moveMaskBit(TenantId tenant, std::uint64_t from, std::uint64_t to) {
    for (const Facet facet : facets_) {
        VF_TRY(Statement * statement,
               database_.cached(fmt::format(
                   "UPDATE {0} SET mask_{1} = (mask_{1} & ~?2) | ?3 WHERE tenant=?1 AND "
                   "(mask_{1} & ?2) <> 0",
                   info_.table, facetName(facet))));
        statement->bindBlob(1, tenant.view())
            .bindInt(2, static_cast<std::int64_t>(from))
            .bindInt(3, static_cast<std::int64_t>(to));
        VF_CHECK(statement->run());
    }
    return {};
}

Result<bool> RecordTable::isEmpty() {
    VF_TRY(Statement * statement,
           database_.cached(fmt::format("SELECT 1 FROM {} LIMIT 1", info_.table)));
    VF_TRY(const bool found, statement->step());
    statement->reset();
    return !found;
}

Result<std::vector<RowId>> RecordTable::find(TenantId tenant, const schema::Column& column,
                                             const schema::ColumnValue& value, int limit) {
    VF_TRY(Statement * statement,
           database_.cached(fmt::format(
               "SELECT id FROM {} WHERE tenant=? AND {}=? AND deleted=0 ORDER BY id LIMIT ?",
               info_.table, column.name)));
    statement->bindBlob(1, tenant.view());
    bindValue(*statement, 2, value);
    statement->bindInt(3, limit);
    return idsOf(*statement);
}

}  // namespace vorfahrt::sql
