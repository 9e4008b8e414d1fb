// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace vorfahrt::client::replica {

// Key and text of the drafts that can still be read from a damaged replica file that was set aside:
// what was typed and sent nowhere is in this file alone. As many as there are; never an error.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> salvageDrafts(
    const std::filesystem::path& file);

}  // namespace vorfahrt::client::replica
