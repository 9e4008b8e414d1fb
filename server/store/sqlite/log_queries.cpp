// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/log_queries.h"

#include "common/base/assert.h"
#include "common/sync/scope_sum.h"
#include "server/store/sqlite/bind.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace vorfahrt::server::store {

using schema::Facet;
using sql::Statement;

// ------------------------------------------------------------------------------------- ScopeNames

void ScopeNames::remember(std::int64_t no, TenantId tenant, std::string_view name) {
    numbers_.insert_or_assign({tenant, std::string(name)}, no);
    scopes_.insert_or_assign(no, Scope{.tenant = tenant, .name = std::string(name)});
}

Result<std::int64_t> ScopeNames::find(TenantId tenant, std::string_view name) {
    const auto it = numbers_.find({tenant, std::string(name)});
    if (it != numbers_.end()) {
        return it->second;
    }
    VF_TRY(Statement * statement,
           database_.cached("SELECT no FROM scope_state WHERE tenant=? AND name=?"));
    statement->bindBlobView(1, tenant.view()).bindTextView(2, name);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return 0;
    }
    const std::int64_t no = statement->integer(0);
    statement->reset();
    remember(no, tenant, name);
    return no;
}

Result<const ScopeNames::Scope*> ScopeNames::byNumber(std::int64_t no) {
    auto it = scopes_.find(no);
    if (it == scopes_.end()) {
        VF_TRY(Statement * statement,
               database_.cached("SELECT tenant,name FROM scope_state WHERE no=?"));
        statement->bindInt(1, no);
        VF_TRY(const bool found, statement->step());
        if (!found) {
            return fail(ErrorCode::Corrupt, fmt::format("scope {} has no name", no));
        }
        remember(no, idAt<TenantId>(*statement, 0), statement->text(1));
        statement->reset();
        it = scopes_.find(no);
    }
    return &it->second;
}

Result<std::int64_t> ScopeNames::create(TenantId tenant, std::string_view name) {
    VF_TRY(
        Statement * statement,
        database_.cached(
            "INSERT INTO scope_state (tenant,name,row_count,sum) VALUES (?,?,0,0) RETURNING no"));
    statement->bindBlobView(1, tenant.view()).bindTextView(2, name);
    VF_TRY(const bool inserted, statement->step());
    VF_ASSERT(inserted);
    const std::int64_t no = statement->integer(0);
    VF_CHECK(statement->run());
    remember(no, tenant, name);
    return no;
}

void ScopeNames::forget() {
    numbers_.clear();
    scopes_.clear();
}

// -------------------------------------------------------------------------------------- LogWriter

Result<std::vector<TenantId>> LogWriter::tenants() {
    VF_TRY(Statement * statement,
           database_.cached("SELECT tenant FROM tenant_head ORDER BY tenant"));
    std::vector<TenantId> out;
    VF_CHECK(
        eachRow(*statement, [&](const Statement& row) { out.push_back(idAt<TenantId>(row, 0)); }));
    return out;
}

Status LogWriter::createTenant(TenantId tenant, std::string_view epoch) {
    VF_TRY(Statement * statement,
           database_.cached("INSERT INTO tenant_head (tenant,epoch,seq) VALUES (?,?,0)"));
    statement->bindBlobView(1, tenant.view()).bindBlobView(2, epoch);
    return statement->run();
}

Result<std::optional<TenantHead>> LogWriter::head(TenantId tenant) {
    if (const TenantHead* known = heads_.find(tenant)) {
        return *known;
    }
    VF_TRY(Statement * statement,
           database_.cached("SELECT epoch,seq FROM tenant_head WHERE tenant=?"));
    statement->bindBlobView(1, tenant.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    TenantHead out{
        .tenant = tenant, .epoch = std::string(statement->blob(0)), .seq = seqAt(*statement, 1)};
    statement->reset();
    if (database_.inTransaction()) {
        heads_.load(tenant, out);
    }
    return out;
}

Status LogWriter::setHead(TenantId tenant, Seq seq) {
    VF_TRY(std::optional<TenantHead> current, head(tenant));
    if (!current) {
        return fail(ErrorCode::NotFound, "no such tenant");
    }
    current->seq = seq;
    heads_.set(tenant, std::move(*current));
    return {};
}

Status LogWriter::loadRow(RowId id) {
    if (row_.id == id) {
        return {};
    }
    row_ = {};
    VF_TRY(Statement * statement,
           database_.cached("SELECT scope,tbl,facet,removed,rev FROM scope_entry WHERE id=?"));
    statement->bindBlobView(1, id.view());
    VF_CHECK(eachRow(*statement, [&](const Statement& row) {
        row_.entries.push_back({.scope = row.integer(0),
                                .table = static_cast<std::uint32_t>(row.integer(1)),
                                .facet = static_cast<Facet>(row.integer(2)),
                                .removed = row.integer(3) != 0,
                                .rev = seqAt(row, 4)});
    }));
    row_.id = id;
    return {};
}

Result<std::int64_t> LogWriter::scopeNumber(TenantId tenant, std::string_view name) {
    VF_TRY(std::int64_t no, names_.find(tenant, name));
    if (no == 0) {
        VF_TRY(no, names_.create(tenant, name));
        sums_.set(no, Sum{});
    }
    return no;
}

Result<LogWriter::Sum> LogWriter::sumOf(std::int64_t scope) {
    if (const Sum* known = sums_.find(scope)) {
        return *known;
    }
    VF_TRY(Statement * statement,
           database_.cached("SELECT row_count,sum FROM scope_state WHERE no=?"));
    statement->bindInt(1, scope);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return fail(ErrorCode::Corrupt, "sum of a scope");
    }
    const Sum sum{.count = static_cast<std::uint64_t>(statement->integer(0)),
                  .sum = static_cast<std::uint64_t>(statement->integer(1))};
    statement->reset();
    sums_.load(scope, sum);
    return sum;
}

Status LogWriter::putEntry(TenantId tenant, const LogEntry& entry) {
    VF_TRY(const std::int64_t no, scopeNumber(tenant, entry.scope));
    VF_CHECK(loadRow(entry.id));
    auto old = std::ranges::find_if(row_.entries, [&](const Entry& e) {
        return e.scope == no && e.table == entry.table && e.facet == entry.facet;
    });
    VF_TRY(Sum sum, sumOf(no));
    if (old != row_.entries.end() && !old->removed) {
        --sum.count;
        sum.sum -= sync::rowHash(tenant, entry.table, entry.id, entry.facet, old->rev);
    }
    if (!entry.remove) {
        ++sum.count;
        sum.sum += sync::rowHash(tenant, entry.table, entry.id, entry.facet, entry.rev);
    }
    sums_.set(no, sum);
    if (old == row_.entries.end()) {
        old = row_.entries.insert(old, Entry{});
    }
    *old = {.scope = no,
            .table = entry.table,
            .facet = entry.facet,
            .removed = entry.remove,
            .rev = entry.rev};

    // An update, not a replace: the index by id stays as it is.
    VF_TRY(Statement * statement,
           database_.cached("INSERT INTO scope_entry (scope,tbl,id,facet,removed,seq,rev) "
                            "VALUES (?,?,?,?,?,?,?) ON CONFLICT (scope,tbl,id,facet) DO UPDATE SET "
                            "removed=excluded.removed,seq=excluded.seq,rev=excluded.rev"));
    statement->bindInt(1, no)
        .bindInt(2, entry.table)
        .bindBlobView(3, entry.id.view())
        .bindInt(4, entry.facet)
        .bindInt(5, entry.remove ? 1 : 0)
        .bindInt(6, toSql(entry.seq))
        .bindInt(7, toSql(entry.rev));
    return statement->run();
}

Result<std::vector<std::string>> LogWriter::memberships(TenantId tenant, std::uint32_t table,
                                                        RowId id, Facet facet) {
    VF_CHECK(loadRow(id));
    std::vector<std::string> out;
    for (const Entry& entry : row_.entries) {
        if (entry.table != table || entry.facet != facet || entry.removed) {
            continue;
        }
        VF_TRY(const ScopeNames::Scope* scope, names_.byNumber(entry.scope));
        if (scope->tenant == tenant) {
            out.push_back(scope->name);
        }
    }
    std::ranges::sort(out);
    return out;
}

Result<std::uint64_t> LogWriter::nextNumber(TenantId tenant, std::string_view counter) {
    VF_TRY(
        Statement * statement,
        database_.cached("INSERT INTO counter (tenant,name,value) VALUES (?,?,1) "
                         "ON CONFLICT (tenant,name) DO UPDATE SET value=value+1 RETURNING value"));
    statement->bindBlobView(1, tenant.view()).bindTextView(2, counter);
    VF_TRY(const bool there, statement->step());
    VF_ASSERT(there);
    const auto number = static_cast<std::uint64_t>(statement->integer(0));
    VF_CHECK(statement->run());
    return number;
}

void LogWriter::mark() {
    heads_.mark();
    sums_.mark();
}

void LogWriter::keep() {
    heads_.keep();
    sums_.keep();
}

void LogWriter::undo() {
    heads_.undo();
    sums_.undo();
    row_ = {};
    names_.forget();
}

void LogWriter::clear() {
    heads_.clear();
    sums_.clear();
    row_ = {};
}

Status LogWriter::flush() {
    VF_CHECK(heads_.flush([&](const TenantId& tenant, const TenantHead& head) -> Status {
        VF_TRY(Statement * statement,
               database_.cached("UPDATE tenant_head SET seq=? WHERE tenant=?"));
        statement->bindInt(1, toSql(head.seq)).bindBlobView(2, tenant.view());
        return statement->run();
    }));
    return sums_.flush([&](std::int64_t no, const Sum& sum) -> Status {
        VF_TRY(Statement * statement,
               database_.cached("UPDATE scope_state SET row_count=?,sum=? WHERE no=?"));
        statement->bindInt(1, static_cast<std::int64_t>(sum.count))
            .bindInt(2, static_cast<std::int64_t>(sum.sum))
            .bindInt(3, no);
        return statement->run();
    });
}

// -------------------------------------------------------------------------------------- LogReader

Status LogReader::pin() {
    VF_TRY(Statement * statement, database_.cached("SELECT 1 FROM tenant_head LIMIT 1"));
    return statement->run();
}

Result<std::optional<TenantHead>> LogReader::head(TenantId tenant) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT epoch,seq FROM tenant_head WHERE tenant=?"));
    statement->bindBlobView(1, tenant.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    TenantHead out{
        .tenant = tenant, .epoch = std::string(statement->blob(0)), .seq = seqAt(*statement, 1)};
    statement->reset();
    return out;
}

Status LogReader::readEntries(std::int64_t no, const std::string& name, Seq after, int limit,
                              std::vector<LogEntry>& into) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT tbl,id,facet,removed,seq,rev FROM scope_entry "
                            "WHERE scope=? AND seq>? ORDER BY seq,tbl,id,facet LIMIT ?"));
    statement->bindInt(1, no).bindInt(2, toSql(after)).bindInt(3, limit);
    return eachRow(*statement, [&](const Statement& row) {
        into.push_back({.scope = name,
                        .table = static_cast<std::uint32_t>(row.integer(0)),
                        .id = idAt<RowId>(row, 1),
                        .facet = static_cast<Facet>(row.integer(2)),
                        .remove = row.integer(3) != 0,
                        .seq = seqAt(row, 4),
                        .rev = seqAt(row, 5)});
    });
}

Result<std::vector<LogEntry>> LogReader::entriesAfter(TenantId tenant,
                                                      const std::vector<std::string>& scopes,
                                                      Seq after, int limit) {
    std::vector<LogEntry> out;
    for (const std::string& name : scopes) {
        VF_TRY(const std::int64_t no, names_.find(tenant, name));
        if (no != 0) {
            VF_CHECK(readEntries(no, name, after, limit, out));
        }
    }
    std::ranges::stable_sort(out, [](const LogEntry& a, const LogEntry& b) {
        return std::tie(a.seq, a.table, a.id, a.facet) < std::tie(b.seq, b.table, b.id, b.facet);
    });
    if (out.size() > static_cast<std::size_t>(limit)) {
        out.resize(static_cast<std::size_t>(limit));
    }
    return out;
}

Result<std::vector<ScopeSum>> LogReader::sums(TenantId tenant,
                                              const std::vector<std::string>& scopes) {
    std::vector<ScopeSum> out;
    out.reserve(scopes.size());
    for (const std::string& name : scopes) {
        VF_TRY(Statement * statement,
               database_.cached("SELECT row_count,sum FROM scope_state WHERE tenant=? AND name=?"));
        statement->bindBlobView(1, tenant.view()).bindTextView(2, name);
        VF_TRY(const bool found, statement->step());
        ScopeSum sum{.scope = name, .count = 0, .sum = 0};
        if (found) {
            sum.count = static_cast<std::uint64_t>(statement->integer(0));
            sum.sum = static_cast<std::uint64_t>(statement->integer(1));
            statement->reset();
        }
        out.push_back(std::move(sum));
    }
    return out;
}

Result<std::uint32_t> LogReader::firstTable(std::int64_t scope) {
    VF_TRY(Statement * statement,
           database_.cached(
               "SELECT tbl FROM scope_entry WHERE scope=? AND removed=0 ORDER BY tbl LIMIT 1"));
    statement->bindInt(1, scope);
    VF_TRY(const bool found, statement->step());
    const auto table = found ? static_cast<std::uint32_t>(statement->integer(0)) : 0U;
    statement->reset();
    return table;
}

Result<ReadStore::SnapshotChunk> LogReader::snapshotChunk(TenantId tenant, std::string_view scope,
                                                          std::uint32_t table, RowId afterId,
                                                          std::size_t maxBytes) {
    ReadStore::SnapshotChunk chunk;
    VF_TRY(const std::int64_t no, names_.find(tenant, scope));
    if (no == 0) {
        chunk.table = table;
        chunk.tableDone = true;
        return chunk;
    }
    if (table == 0) {
        VF_TRY(table, firstTable(no));
        afterId = RowId{};
    }
    chunk.table = table;
    const schema::RecordInfo* info = schema::recordByNumber(table);
    if (info == nullptr) {
        chunk.tableDone = true;
        return chunk;
    }
    // The blob as it is stored: nothing is parsed on this way. A table's name comes from the
    // schema.
    const std::string_view body =
        info->has(Facet::PRIVATE) ? "CASE e.facet WHEN 0 THEN r.main ELSE r.private END" : "r.main";
    VF_TRY(Statement * statement,
           database_.cached(
               fmt::format("SELECT e.id,e.facet,e.rev,{} FROM scope_entry e CROSS JOIN {} r "
                           "ON r.tenant=?1 AND r.id=e.id WHERE e.scope=?2 AND e.tbl=?3 AND e.id>?4 "
                           "AND e.removed=0 ORDER BY e.id,e.facet",
                           body, info->table)));
    // The empty blob is before every id.
    statement->bindBlobView(1, tenant.view())
        .bindInt(2, no)
        .bindInt(3, table)
        .bindBlobView(4, afterId.isNone() ? std::string_view() : afterId.view());
    std::size_t bytes = 0;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            chunk.tableDone = true;
            return chunk;
        }
        const auto id = idAt<RowId>(*statement, 0);
        const std::string_view text = statement->blob(3);
        // All facets of one row stay together: the position is an id.
        const bool sameRow = !chunk.rows.empty() && chunk.rows.back().id == id;
        if (!chunk.rows.empty() && !sameRow && bytes + text.size() > maxBytes) {
            statement->reset();
            return chunk;
        }
        bytes += text.size();
        chunk.rows.push_back({.id = id,
                              .facet = static_cast<Facet>(statement->integer(1)),
                              .rev = seqAt(*statement, 2),
                              .body = std::string(text)});
    }
}

}  // namespace vorfahrt::server::store
