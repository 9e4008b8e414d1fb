// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/sql/database.h"

#include <span>
#include <string_view>

namespace vorfahrt::sql {

// A numbered step for tables that are not records (or that is not additive). Never edited once
// released.
struct Migration {
    int version = 0;
    std::string_view sql;
};

// Brings user_version up to the last step, each step in one transaction. A file of a newer program
// is refused with NewerSchema and left untouched.
[[nodiscard]] Status migrate(Database& database, std::span<const Migration> steps);

}  // namespace vorfahrt::sql
