// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::server::intake {

// What {name} stood for.
using Captures = std::vector<std::pair<std::string, std::string>>;

// Matches a whole text with a pattern of literals, * (any text) and {name} (any text, kept). ASCII
// case is ignored. A literal is taken where it first occurs and never again, so the time is linear
// in the text, whatever the pattern: rules are data and must not be able to hang the intake, as a
// backtracking regular expression can.
[[nodiscard]] std::optional<Captures> matchPattern(std::string_view pattern, std::string_view text);

}  // namespace vorfahrt::server::intake
