// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/base/result.h"
#include "common/sql/database.h"

#include <cstdint>

namespace vorfahrt::server::store {

// Small conversions between the program's types and SQLite's.

[[nodiscard]] inline std::int64_t toSql(Seq seq) {
    return static_cast<std::int64_t>(value(seq));
}
[[nodiscard]] inline std::int64_t toSql(Mid mid) {
    return static_cast<std::int64_t>(value(mid));
}
[[nodiscard]] inline Seq seqAt(const sql::Statement& statement, int column) {
    return Seq(static_cast<std::uint64_t>(statement.integer(column)));
}
[[nodiscard]] inline Mid midAt(const sql::Statement& statement, int column) {
    return Mid(static_cast<std::uint64_t>(statement.integer(column)));
}
[[nodiscard]] inline TimePoint timeAt(const sql::Statement& statement, int column) {
    return fromUnixMs(statement.integer(column));
}
// All zero where the column is empty ("none").
template <class Id>
[[nodiscard]] Id idAt(const sql::Statement& statement, int column) {
    return Id::fromBytes(statement.blob(column)).value_or(Id{});
}

// Runs a query to its end; read(statement) is called for each row.
template <class Read>
[[nodiscard]] Status eachRow(sql::Statement& statement, Read&& read) {
    for (;;) {
        VF_TRY(const bool more, statement.step());
        if (!more) {
            return {};
        }
        read(statement);
    }
}

}  // namespace vorfahrt::server::store
