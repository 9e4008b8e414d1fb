// SPDX-License-Identifier: GPL-3.0-or-later
// What the search index remembers beside its postings. All of it can be made anew from the rows.
#include "client/replica/search_index.h"

namespace vorfahrt::client::replica {
namespace {

using sql::Statement;

constexpr std::string_view kVersionKey = "search_version";

}  // namespace

Result<std::string> searchPrefix(sql::Database& database, TenantId tenant) {
    VF_TRY(Statement * statement,
           database.cached("SELECT number FROM search_tenant WHERE tenant=?"));
    statement->bindBlob(1, tenant.view());
    VF_TRY(const bool found, statement->step());
    std::string out;
    if (found) {
        const auto number = static_cast<std::uint64_t>(statement->integer(0));
        out += static_cast<char>((number >> 8U) & 0xFFU);
        out += static_cast<char>(number & 0xFFU);
        statement->reset();
    }
    return out;
}

Status SearchIndex::createTables() {
    return db_.execute(
        "CREATE TABLE IF NOT EXISTS search_state (record INTEGER PRIMARY KEY, done INTEGER NOT "
        "NULL) "
        "STRICT; "
        "CREATE TABLE IF NOT EXISTS search_tenant (number INTEGER PRIMARY KEY, tenant BLOB NOT "
        "NULL "
        "UNIQUE) STRICT");
}

Result<bool> SearchIndex::isCurrent() {
    {
        VF_TRY(Statement * statement, db_.cached("SELECT 1 FROM meta WHERE key=? AND value=?"));
        statement->bindText(1, kVersionKey).bindBlob(2, searchFingerprint());
        VF_TRY(const bool found, statement->step());
        statement->reset();
        if (found) {
            return true;
        }
    }
    VF_TRY(Statement * statement,
           db_.cached("INSERT INTO meta (key,value) VALUES (?,?) "
                      "ON CONFLICT(key) DO UPDATE SET value=excluded.value"));
    statement->bindText(1, kVersionKey).bindBlob(2, searchFingerprint());
    VF_CHECK(statement->run());
    return false;
}

Status SearchIndex::readState() {
    for (auto& [number, kind] : kinds_) {
        kind.done = 0;
        kind.changes.clear();
    }
    VF_TRY(Statement * statement, db_.cached("SELECT record,done FROM search_state"));
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return {};
        }
        const auto it = kinds_.find(static_cast<std::uint32_t>(statement->integer(0)));
        if (it != kinds_.end()) {
            it->second.done = statement->integer(1);
        }
    }
}

Status SearchIndex::setDone(Kind& kind, std::int64_t done) {
    if (done == kind.done) {
        return {};
    }
    kind.done = done;
    VF_TRY(Statement * statement,
           db_.cached("INSERT INTO search_state (record,done) VALUES (?,?) "
                      "ON CONFLICT(record) DO UPDATE SET done=excluded.done"));
    statement->bindInt(1, kind.info->number).bindInt(2, done);
    return statement->run();
}

Result<std::string> SearchIndex::prefixOf(TenantId tenant) {
    std::string& prefix = prefixes_[tenant.bytes()];
    if (prefix.empty()) {
        VF_TRY(Statement * statement,
               db_.cached("INSERT OR IGNORE INTO search_tenant (tenant) VALUES (?)"));
        statement->bindBlob(1, tenant.view());
        VF_CHECK(statement->run());
        VF_TRY(prefix, searchPrefix(db_, tenant));
    }
    return prefix;
}

}  // namespace vorfahrt::client::replica
