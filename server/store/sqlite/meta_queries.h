// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/sql/database.h"

#include <cstdint>

namespace vorfahrt::server::store {

// The version of the record tables in this file; 0 in a new one.
[[nodiscard]] Result<std::int64_t> readSchemaVersion(sql::Database& database);
[[nodiscard]] Status writeSchemaVersion(sql::Database& database, std::int64_t version);

}  // namespace vorfahrt::server::store
