// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/migrator.h"

#include <fmt/format.h>

namespace vorfahrt::sql {

Status migrate(Database& database, std::span<const Migration> steps) {
    std::int64_t version = 0;
    {
        VF_TRY(Statement statement, database.prepare("PRAGMA user_version"));
        VF_CHECK(statement.step());
        version = statement.integer(0);
    }
    const int newest = steps.empty() ? 0 : steps.back().version;
    if (version > newest) {
        return fail(ErrorCode::NewerSchema,
                    fmt::format("file has version {}, this program knows {}", version, newest));
    }
    for (const Migration& step : steps) {
        if (step.version <= version) {
            continue;
        }
        VF_TRY(Transaction transaction, Transaction::begin(database));
        VF_CHECK(database.execute(step.sql));
        VF_CHECK(database.execute(fmt::format("PRAGMA user_version={}", step.version)));
        VF_CHECK(transaction.commit());
    }
    return {};
}

}  // namespace vorfahrt::sql
