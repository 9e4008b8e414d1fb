// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/adf.h"
#include "server/intake/text.h"

#include <array>
#include <chrono>

namespace vorfahrt::server::intake {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

struct Parts {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int offsetMinutes = 0;
};

// Takes digits from the front; nothing if there are fewer than `least` or more than `most`.
std::optional<int> number(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && n < most && digit(text[n])) {
        value = value * 10 + (text[n] - '0');
        ++n;
    }
    if (n < least) {
        return std::nullopt;
    }
    text.remove_prefix(n);
    return value;
}

bool take(std::string_view& text, std::string_view chars) {
    if (text.empty() || chars.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

void skipBlanks(std::string_view& text) {
    text = trim(text);
}

std::optional<unsigned> monthName(std::string_view& text) {
    static constexpr std::array<std::string_view, 12> kMonths = {
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    const std::string start = lowerAscii(text.substr(0, 3));
    for (unsigned i = 0; i < kMonths.size(); ++i) {
        if (start == kMonths[i]) {
            while (!text.empty() && !digit(text.front()) && text.front() != ' ') {
                text.remove_prefix(1);
            }
            return i + 1;
        }
    }
    return std::nullopt;
}

// "2020-02-09", "2020/2/9", "20200209", "09.02.2020", "02/09/2020" (American, as ADF is),
// "Sun, 9 Feb 2020".
bool readDate(std::string_view& text, Parts& out) {
    const std::size_t comma = text.substr(0, 12).find(',');
    if (comma != std::string_view::npos && !digit(text.front())) {
        text.remove_prefix(comma + 1);
        skipBlanks(text);
    }
    const std::string_view start = text;
    if (const auto year = number(text, 4, 4)) {
        out.year = *year;
        const bool separated = take(text, "-/.");
        const auto month = number(text, separated ? 1 : 2, 2);
        if (separated) {
            take(text, "-/.");
        }
        const auto day = number(text, separated ? 1 : 2, 2);
        if (!month || !day) {
            return false;
        }
        out.month = static_cast<unsigned>(*month);
        out.day = static_cast<unsigned>(*day);
        return true;
    }
    text = start;
    const auto first = number(text, 1, 2);
    if (!first) {
        return false;
    }
    const char mark = text.empty() ? '\0' : text.front();
    if (mark == ' ' || mark == '-') {
        text.remove_prefix(1);
        skipBlanks(text);
        const auto month = monthName(text);
        skipBlanks(text);
        take(text, "-");
        const auto year = number(text, 4, 4);
        if (!month || !year) {
            return false;
        }
        out = {.year = *year, .month = *month, .day = static_cast<unsigned>(*first)};
        return true;
    }
    take(text, "./");
    const auto second = number(text, 1, 2);
    take(text, "./");
    const auto year = number(text, 4, 4);
    if (!second || !year) {
        return false;
    }
    out.year = *year;
    out.day = static_cast<unsigned>(mark == '.' ? *first : *second);
    out.month = static_cast<unsigned>(mark == '.' ? *second : *first);
    return true;
}

// "T18:26:00.123-05:00", " 18:26", "6:26:00 PM -0500", "18:26:00Z", "18:26 GMT+1".
bool readTime(std::string_view& text, Parts& out) {
    skipBlanks(text);
    take(text, "Tt");
    skipBlanks(text);
    if (text.empty()) {
        return true;
    }
    const auto hour = number(text, 1, 2);
    if (!hour || !take(text, ":.")) {
        return false;
    }
    const auto minute = number(text, 2, 2);
    if (!minute) {
        return false;
    }
    out.hour = *hour;
    out.minute = *minute;
    if (take(text, ":.")) {
        out.second = number(text, 1, 2).value_or(0);
        if (take(text, ".,")) {
            static_cast<void>(number(text, 0, 9));
        }
    }
    skipBlanks(text);
    const std::string half = lowerAscii(text.substr(0, 2));
    if (half == "pm" || half == "am") {
        out.hour = out.hour % 12 + (half == "pm" ? 12 : 0);
        text.remove_prefix(2);
        skipBlanks(text);
    }
    return true;
}

bool readZone(std::string_view text, Parts& out) {
    const std::string word = lowerAscii(text.substr(0, 3));
    if (word == "gmt" || word == "utc") {
        text.remove_prefix(3);
    } else if (word.starts_with('z')) {
        text.remove_prefix(1);
    }
    skipBlanks(text);
    if (text.empty()) {
        return true;
    }
    const int sign = text.front() == '-' ? -1 : 1;
    if (!take(text, "+-")) {
        return true;  // a zone's name or a remark: read as UTC
    }
    const auto hours = number(text, 1, 2);
    take(text, ":");
    const int minutes = number(text, 2, 2).value_or(0);
    if (!hours || *hours > 14 || minutes > 59) {
        return false;
    }
    out.offsetMinutes = sign * (*hours * 60 + minutes);
    return true;
}

}  // namespace

std::optional<TimePoint> parseRequestDate(std::string_view text) {
    text = trim(text);
    Parts parts;
    if (text.empty() || text.size() > 80 || !readDate(text, parts) || !readTime(text, parts) ||
        !readZone(text, parts)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(parts.year),
                                           std::chrono::month(parts.month),
                                           std::chrono::day(parts.day)};
    if (!date.ok() || parts.year < 1990 || parts.year > 2200 || parts.hour > 23 ||
        parts.minute > 59 || parts.second > 60) {
        return std::nullopt;
    }
    return TimePoint(std::chrono::sys_days(date)) + std::chrono::hours(parts.hour) +
           std::chrono::minutes(parts.minute - parts.offsetMinutes) +
           std::chrono::seconds(parts.second);
}

}  // namespace vorfahrt::server::intake
