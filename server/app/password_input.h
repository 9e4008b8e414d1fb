// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <string>

namespace vorfahrt::server::app {

// The first line of standard input; at a terminal asked for and not shown.
[[nodiscard]] Result<std::string> readPassword();

}  // namespace vorfahrt::server::app
