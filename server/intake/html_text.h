// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::server::intake {

struct HtmlText {
    std::string text;
    std::vector<std::string> comments;
};

// HTML (UTF-8) to text as a label parser wants it: table rows and blocks become lines, cells are
// parted by tabs, scripts and styles are left out, comments are kept beside the text. Loads
// nothing. At most `most` bytes of HTML are read.
[[nodiscard]] HtmlText htmlToText(std::string_view html, std::size_t most = 4U << 20U);

}  // namespace vorfahrt::server::intake
