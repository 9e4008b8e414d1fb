// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace vorfahrt::domain {

// The region of a German postcode by its first two digits ("20095" -> "Hamburg"), for the teaser of
// an unclaimed lead: near enough to choose, too coarse to find a person. Empty for anything that is
// not a German five-digit postcode (also "D-20095" and blanks are read).
[[nodiscard]] std::string_view regionOfPostcode(std::string_view postcode);

}  // namespace vorfahrt::domain
