// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/registration.h"

#include "common/domain/plate.h"

#include <array>
#include <charconv>

namespace vorfahrt::domain {
namespace {

constexpr std::size_t kLongestText = 20;
constexpr std::chrono::days kSoon{8 * 7};
constexpr int kOldCars = 70;  // "09/98" was in the last century

bool digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') {
        text.remove_suffix(1);
    }
    return text;
}

std::string upperWithoutBlanks(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > ' ') {
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return out;
}

std::string twoDigits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string storedPlate(std::string_view text) {
    const Plate plate = parsePlate(text);
    const bool split = plate.kind == PlateKind::Ordinary && !plate.letters.empty();
    if (!split) {
        return std::string(trimmed(text));
    }
    std::string out = plate.district + "-" + plate.letters + plate.digits;
    if (plate.suffix != '\0') {
        out += plate.suffix;
    }
    if (plate.seasonFrom != 0) {
        out += " " + twoDigits(plate.seasonFrom) + "-" + twoDigits(plate.seasonTo);
    }
    return out;
}

std::string storedHsn(std::string_view text) {
    return upperWithoutBlanks(text);
}

std::string storedTsn(std::string_view text) {
    const std::string code = upperWithoutBlanks(text);
    bool whole = code.size() > 3 && code.size() <= 9;  // field 2.2 with its check digit
    for (const char c : code) {
        whole = whole && (digit(c) || (c >= 'A' && c <= 'Z'));
    }
    return whole ? code.substr(0, 3) : code;
}

std::optional<Month> parseMonth(std::string_view text) {
    text = trimmed(text);
    if (text.size() > kLongestText) {
        return std::nullopt;
    }
    std::array<int, 3> numbers{};
    std::array<std::size_t, 3> lengths{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!digit(text[i])) {
            const bool separator = text[i] == '/' || text[i] == '.' || text[i] == '-';
            if (!separator || i == 0 || !digit(text[i - 1])) {
                return std::nullopt;
            }
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && digit(text[end])) {
            ++end;
        }
        if (count == numbers.size() || end - i > 4) {
            return std::nullopt;
        }
        std::from_chars(text.data() + i, text.data() + end, numbers[count]);
        lengths[count++] = end - i;
        i = end;
    }
    Month out;
    if (count >= 2 && lengths[0] == 4) {
        out = {.year = numbers[0], .month = numbers[1]};
    } else if (count >= 2) {
        out = {.year = numbers[count - 1], .month = numbers[count - 2]};
        if (lengths[count - 1] == 2) {
            out.year += out.year < kOldCars ? 2000 : 1900;
        }
    }
    const bool fits = out.month >= 1 && out.month <= 12 && out.year >= 1900 && out.year <= 2199;
    return fits ? std::optional(out) : std::nullopt;
}

std::string storedMonth(std::string_view text) {
    const auto month = parseMonth(text);
    return month ? twoDigits(month->month) + "/" + std::to_string(month->year)
                 : std::string(trimmed(text));
}

InspectionState inspectionState(std::string_view text, std::chrono::sys_days today) {
    const auto due = parseMonth(text);
    if (!due) {
        return InspectionState::Unknown;
    }
    const std::chrono::sys_days last = std::chrono::year_month_day_last(
        std::chrono::year(due->year),
        std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(due->month))));
    if (today > last) {
        return InspectionState::Past;
    }
    return last - today <= kSoon ? InspectionState::Soon : InspectionState::Fine;
}

}  // namespace vorfahrt::domain
