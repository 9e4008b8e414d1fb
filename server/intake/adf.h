// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/intake/enquiry.h"

#include <optional>
#include <string_view>
#include <vector>

namespace vorfahrt::server::intake {

inline constexpr std::string_view kAdfParser = "adf/1";

// True if the text holds the start of an ADF document.
[[nodiscard]] bool looksLikeAdf(std::string_view text);

// ADF 1.0 somewhere in the text (UTF-8), one enquiry for each prospect. Lenient where producers
// are (providers.md section 1): prolog, attributes, entities, custom tags, one or two vehicles or
// none. Escaped twice inside HTML is unescaped once more. An error value if there is no prospect,
// or none with a contact, a vehicle or a message.
[[nodiscard]] Result<std::vector<Enquiry>> parseAdf(std::string_view text);

// ISO 8601 with and without zone, its common broken forms, and RFC 5322 ("Sun, 9 Feb 2020 ...").
// A time without a zone is UTC.
[[nodiscard]] std::optional<TimePoint> parseRequestDate(std::string_view text);

}  // namespace vorfahrt::server::intake
