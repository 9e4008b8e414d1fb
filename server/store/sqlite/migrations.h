// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/migrator.h"

#include <span>

namespace vorfahrt::server::store {

// The numbered files of migrations/, in order; generated at configure time.
[[nodiscard]] std::span<const sql::Migration> migrations();

}  // namespace vorfahrt::server::store
