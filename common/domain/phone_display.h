// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vorfahrt::domain {

// "+49 40 66969-214" by DIN 5008 (G-12): country, area and number apart by one blank, a direct
// extension behind a hyphen where it was written so. Where the area code cannot be told from the
// number it stays as it was written; what is no number is returned as it is.
[[nodiscard]] std::string displayPhone(std::string_view text);

}  // namespace vorfahrt::domain
