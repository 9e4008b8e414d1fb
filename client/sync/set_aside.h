// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"

#include <filesystem>

namespace vorfahrt::client::sync {

// Renames a replica that cannot be opened to FILE.damaged-TIME (Unix time in ms), its -wal and -shm
// with it, so that what was not sent yet can still be looked for there. Deletes and overwrites
// nothing. Returns the new name. No connection may be open on it.
Result<std::filesystem::path> setAside(const std::filesystem::path& file, const Clock& clock);

}  // namespace vorfahrt::client::sync
