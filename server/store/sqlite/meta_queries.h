// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/sql/database.h"

#include <cstdint>

namespace vorfahrt::server::store {

// The version of the record tables in this file; 0 in a new one.
[[nodiscard]] Result<std::int64_t> readSchemaVersion(sql::Database& database);
[[nodiscard]] Status writeSchemaVersion(sql::Database& database, std::int64_t version);

// SQLite's own counter: another number once another connection has committed.
[[nodiscard]] Result<std::int64_t> readDataVersion(sql::Database& database);

// The writer's memory, and how far the log grows before its pages go into the file: a page that
// many batches change goes there once.
[[nodiscard]] Status tuneWriter(sql::Database& database);

}  // namespace vorfahrt::server::store
