// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/store/store.h"

#include <filesystem>
#include <memory>

namespace vorfahrt::server::store {

// Everything of a server in one SQLite file (WAL): one writer, any number of readers, also in
// other processes. Any thread may open; what was opened belongs to one thread at a time. A file of
// a newer program is refused with NewerSchema.
[[nodiscard]] std::unique_ptr<Engine> sqliteEngine(std::filesystem::path file);

}  // namespace vorfahrt::server::store
