// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vorfahrt::domain {

// What stands in the registration certificate of a vehicle (G-15 to G-17), as it is stored.

// "HH-SK481E", with a season " 04-10": upper case, without blanks but with the hyphen, which alone
// tells district from letters. What is unusual is kept as written, without blanks at the ends.
[[nodiscard]] std::string storedPlate(std::string_view text);

// "0603" of field 2.1, and the first three characters of field 2.2: without blanks, upper case.
// What does not fit is kept, so that it can be corrected.
[[nodiscard]] std::string storedHsn(std::string_view text);
[[nodiscard]] std::string storedTsn(std::string_view text);

// A month, of first registration or of the next inspection (HU).
struct Month {
    int year = 0;
    int month = 0;  // 1 to 12
    friend bool operator==(const Month&, const Month&) = default;
};
// "12/2026", "12.26", "2026-12", "15.12.2026"; nothing else is guessed.
[[nodiscard]] std::optional<Month> parseMonth(std::string_view text);
// "12/2026"; the text itself where it is no month.
[[nodiscard]] std::string storedMonth(std::string_view text);

enum class InspectionState {
    Unknown,
    Fine,
    Soon,  // due within eight weeks
    Past,
};
// An inspection is due until the last day of its month.
[[nodiscard]] InspectionState inspectionState(std::string_view text, std::chrono::sys_days today);

}  // namespace vorfahrt::domain
