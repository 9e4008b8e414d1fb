// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Small text helpers of the mail parsers. All input is hostile; none of these throws or reads past
// its view.
namespace vorfahrt::server::intake {

// Bytes in a named charset to valid UTF-8 without control characters but \t \n \r \f. An unknown or
// empty name, us-ascii and utf-8 mean: UTF-8, and each byte that is not UTF-8 is read as
// windows-1252 (mailers lie about this; providers.md section 2).
[[nodiscard]] std::string toUtf8(std::string_view bytes, std::string_view charset);

// The same without mending: what is not valid in the named charset (without one: UTF-8) becomes
// U+FFFD, and control characters stay.
[[nodiscard]] std::string asDeclared(std::string_view bytes, std::string_view charset);

[[nodiscard]] std::string_view trim(std::string_view text);
// Trimmed, with every run of white space (also U+00A0) as one blank.
[[nodiscard]] std::string squeeze(std::string_view text);
[[nodiscard]] std::string lowerAscii(std::string_view text);
// For comparing: squeezed, lower case, German umlauts in their two-letter form.
[[nodiscard]] std::string foldGerman(std::string_view text);
[[nodiscard]] std::vector<std::string_view> splitLines(std::string_view text, std::size_t most);
[[nodiscard]] bool equalsNoCase(std::string_view a, std::string_view b);
// Position of an ASCII needle (given in lower case) in the haystack, ignoring ASCII case.
[[nodiscard]] std::size_t findNoCase(std::string_view haystack, std::string_view lowerNeedle,
                                     std::size_t from = 0);
// At most `most` bytes, never cut inside a UTF-8 sequence.
[[nodiscard]] std::string clip(std::string_view text, std::size_t most);
// &lt; &gt; &amp; &quot; &apos; &nbsp; the German umlauts and numeric references; one level.
[[nodiscard]] std::string decodeEntities(std::string_view text);
void appendUtf8(std::string& out, std::uint32_t codePoint);

// "25.990,00 EUR", "25,990.00", "25990" -> 2599000. Nothing for text without a plausible amount.
[[nodiscard]] std::optional<std::int64_t> parseCents(std::string_view text);
// "45.000 km" -> 45000.
[[nodiscard]] std::optional<std::int64_t> parseWhole(std::string_view text);
// The first four-digit year from 1900 to 2100 ("03/2019", "2019-03").
[[nodiscard]] std::optional<int> parseYear(std::string_view text);

}  // namespace vorfahrt::server::intake
