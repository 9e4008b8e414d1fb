// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace vorfahrt {

// What the systems do differently with files: file_unix.cpp and file_windows.cpp, and nothing else
// in common/ and client/, know which one this is. Any thread. "Private": mode 0700 or 0600; on
// Windows an access list with this user and the system alone.

// As SQLite and texts want it. path::string() would be the code page of the user on Windows.
[[nodiscard]] std::string utf8Of(const std::filesystem::path& path);

// Makes the folder and those above it, or takes the access of others away from one that exists.
[[nodiscard]] Status makePrivateFolder(const std::filesystem::path& folder);

// An empty private file; one that exists stays as it is.
[[nodiscard]] Status createPrivateFile(const std::filesystem::path& file);

// The file holds this content when the call returns, whatever happens to the power then, and the
// old or the new one whatever happens before. Private. Writes beside it first, in FILE.new.
[[nodiscard]] Status replaceFile(const std::filesystem::path& file, std::string_view content);

}  // namespace vorfahrt
