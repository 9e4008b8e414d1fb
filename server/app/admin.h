// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/app/config.h"

#include <string>
#include <vector>

namespace vorfahrt::server::app {

// Runs one command of administration and returns its answer, a line of JSON. Invalid: the words
// are wrong. Reads a password from standard input where the command needs one.
[[nodiscard]] Result<std::string> administer(const Config& config,
                                             const std::vector<std::string>& words);

}  // namespace vorfahrt::server::app
