// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/sql/database.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace vorfahrt::sql {

// The search index of one record table on one connection: for a key (a term) the rows that hold it,
// in blocks of 4096 row numbers. One B-tree, changed in place: what is taken out leaves no
// tombstone, and with secure_delete no byte, which FTS5 of SQLite 3.40 cannot promise. One thread.
//
// Row numbers are SQLite's rowids of the record table; that file must never be vacuumed.
class PostingTable {
public:
    // record: name of the record table; this one is "search_" + record.
    PostingTable(Database& database, std::string_view record);

    [[nodiscard]] Status ensure();
    [[nodiscard]] Status clear();  // drops what is there and ensures

    // Empty: no such block.
    [[nodiscard]] Result<std::string> read(std::string_view key, std::int64_t block);
    // false: there is one already; nothing was done.
    [[nodiscard]] Result<bool> insert(std::string_view key, std::int64_t block,
                                      std::string_view rows);
    [[nodiscard]] Status update(std::string_view key, std::int64_t block, std::string_view rows);
    [[nodiscard]] Status erase(std::string_view key, std::int64_t block);

    // Calls found(block, rows) for each block of that key, or of all keys that begin so. Status of
    // `found` ends it.
    template <class Found>
    [[nodiscard]] Status each(std::string_view key, bool exact, Found&& found) {
        VF_TRY(Statement * statement, exact ? exactQuery(key) : prefixQuery(key));
        for (;;) {
            VF_TRY(const bool more, statement->step());
            if (!more) {
                return {};
            }
            if (Status status = found(statement->integer(0), statement->blob(1)); !status) {
                statement->reset();
                return status;
            }
        }
    }

    // Every key with its blocks, in order: for comparing two indexes in tests.
    template <class Found>
    [[nodiscard]] Status all(Found&& found) {
        VF_TRY(Statement * statement, database_.cached(all_));
        for (;;) {
            VF_TRY(const bool more, statement->step());
            if (!more) {
                return {};
            }
            found(statement->blob(0), statement->integer(1), statement->blob(2));
        }
    }

private:
    [[nodiscard]] Result<Statement*> exactQuery(std::string_view key);
    [[nodiscard]] Result<Statement*> prefixQuery(std::string_view key);

    Database& database_;
    std::string create_;
    std::string drop_;
    std::string read_;
    std::string insert_;
    std::string update_;
    std::string erase_;
    std::string exact_;
    std::string prefix_;
    std::string all_;
};

}  // namespace vorfahrt::sql
