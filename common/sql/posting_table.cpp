// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/posting_table.h"

#include <fmt/format.h>

namespace vorfahrt::sql {

PostingTable::PostingTable(Database& database, std::string_view record)
    : database_(database),
      create_(
          fmt::format("CREATE TABLE IF NOT EXISTS search_{} (key BLOB NOT NULL, block INTEGER NOT "
                      "NULL, docs BLOB NOT NULL, PRIMARY KEY (key, block)) STRICT, WITHOUT ROWID",
                      record)),
      drop_(fmt::format("DROP TABLE IF EXISTS search_{}", record)),
      read_(fmt::format("SELECT docs FROM search_{} WHERE key=? AND block=?", record)),
      insert_(
          fmt::format("INSERT OR IGNORE INTO search_{} (key,block,docs) VALUES (?,?,?)", record)),
      update_(fmt::format("UPDATE search_{} SET docs=?3 WHERE key=?1 AND block=?2", record)),
      erase_(fmt::format("DELETE FROM search_{} WHERE key=? AND block=?", record)),
      exact_(fmt::format("SELECT block,docs FROM search_{} WHERE key=?", record)),
      prefix_(fmt::format("SELECT block,docs FROM search_{} WHERE key>=? AND key<?", record)),
      all_(fmt::format("SELECT key,block,docs FROM search_{} ORDER BY key,block", record)) {}

Status PostingTable::ensure() {
    return database_.execute(create_);
}

Status PostingTable::clear() {
    VF_CHECK(database_.execute(drop_));
    return ensure();
}

Result<std::string> PostingTable::read(std::string_view key, std::int64_t block) {
    VF_TRY(Statement * statement, database_.cached(read_));
    statement->bindBlobView(1, key).bindInt(2, block);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::string();
    }
    std::string rows(statement->blob(0));
    statement->reset();
    return rows;
}

Result<bool> PostingTable::insert(std::string_view key, std::int64_t block, std::string_view rows) {
    VF_TRY(Statement * statement, database_.cached(insert_));
    statement->bindBlobView(1, key).bindInt(2, block).bindBlobView(3, rows);
    VF_CHECK(statement->run());
    return database_.changes() > 0;
}

Status PostingTable::update(std::string_view key, std::int64_t block, std::string_view rows) {
    VF_TRY(Statement * statement, database_.cached(update_));
    statement->bindBlobView(1, key).bindInt(2, block).bindBlobView(3, rows);
    return statement->run();
}

Status PostingTable::erase(std::string_view key, std::int64_t block) {
    VF_TRY(Statement * statement, database_.cached(erase_));
    statement->bindBlobView(1, key).bindInt(2, block);
    return statement->run();
}

Result<Statement*> PostingTable::exactQuery(std::string_view key) {
    VF_TRY(Statement * statement, database_.cached(exact_));
    statement->bindBlob(1, key);
    return statement;
}

Result<Statement*> PostingTable::prefixQuery(std::string_view key) {
    VF_TRY(Statement * statement, database_.cached(prefix_));
    // Terms never hold 0xFF: all that begin so lie before it.
    statement->bindBlob(1, key).bindBlob(2, std::string(key) + '\xFF');
    return statement;
}

}  // namespace vorfahrt::sql
