// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/phone_display.h"

#include "common/domain/phone.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace vorfahrt::domain {
namespace {

constexpr std::size_t kShortestNumber = 2;  // behind the area code
constexpr std::size_t kLongestDdi = 5;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

// Area codes of three digits, without the trunk 0; those of two are 30, 40, 69, 89
// (Bundesnetzagentur, Vorwahlverzeichnis).
constexpr auto kThree = std::to_array<std::string_view>(
    {"201", "202", "203", "208", "209", "211", "212", "214", "221", "228", "231", "234", "241",
     "251", "261", "271", "281", "291", "331", "335", "340", "341", "345", "351", "355", "361",
     "365", "371", "375", "381", "385", "391", "395", "421", "431", "441", "451", "461", "471",
     "481", "491", "511", "521", "531", "541", "551", "561", "571", "581", "591", "611", "621",
     "631", "641", "651", "661", "671", "681", "711", "721", "731", "741", "751", "761", "771",
     "781", "791", "800", "811", "821", "831", "841", "851", "861", "871", "881", "900", "906",
     "911", "921", "931", "941", "951", "961", "971", "981", "991", "700", "137", "180", "115",
     "116", "118", "191", "192", "193", "194"});

std::size_t germanArea(std::string_view national, std::size_t written) {
    for (const std::string_view two : {"30", "40", "69", "89"}) {
        if (national.starts_with(two)) {
            return 2;
        }
    }
    const bool mobile =
        national.size() > 2 && national[0] == '1' && national[1] >= '5' && national[1] <= '7';
    if (mobile || std::ranges::find(kThree, national.substr(0, 3)) != kThree.end()) {
        return 3;
    }
    if (written >= 3 && written <= 5) {
        return written;
    }
    // In the East they have four or five digits.
    return national.starts_with('3') || national.starts_with('1') ? 0 : 4;
}

// ITU-T E.164, the zones of the list of assigned codes.
std::size_t callingCode(std::string_view number) {
    static constexpr auto kTwo = std::to_array<std::string_view>(
        {"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
         "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
         "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"});
    if (number.starts_with('1') || number.starts_with('7')) {
        return 1;
    }
    return std::ranges::find(kTwo, number.substr(0, 2)) != kTwo.end() ? 2 : 3;
}

// Digits, and what stood between them.
struct Written {
    std::string digits;
    struct Gap {
        std::size_t at = 0;  // before this digit
        bool hyphen = false;
    };
    std::vector<Gap> gaps;
};

Written readGroups(std::string_view text) {
    Written out;
    const std::size_t trunk = text.find("(0)");
    std::string between;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dropped =
            trunk != std::string_view::npos && i == trunk + 1 && !out.digits.empty();
        if (!digit(text[i]) || dropped) {
            between += text[i];
            continue;
        }
        if (!between.empty() && !out.digits.empty()) {
            out.gaps.push_back({.at = out.digits.size(),
                                .hyphen = between.find('-') != std::string::npos ||
                                          between.find("\xE2\x80\x93") != std::string::npos});
        }
        between.clear();
        out.digits += text[i];
    }
    return out;
}

std::string grouped(const Written& written, std::size_t from, std::string_view rest) {
    std::string out;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const auto gap = std::ranges::find(written.gaps, from + i, &Written::Gap::at);
        if (i > 0 && gap != written.gaps.end()) {
            out += gap->hyphen ? '-' : ' ';
        }
        out += rest[i];
    }
    return out;
}

}  // namespace

std::string displayPhone(std::string_view text) {
    const Phone phone = parsePhone(text);
    const Written written = readGroups(text);
    // An extension in words is not in the folded digits: it must not get lost.
    if (phone.e164.empty() || written.digits != phone.digits) {
        return std::string(text);
    }
    const std::string_view number = std::string_view(phone.e164).substr(1);
    const std::size_t code = callingCode(number);
    const std::string_view national = number.substr(code);
    if (national.size() > written.digits.size() || !written.digits.ends_with(national)) {
        return std::string(text);
    }
    const std::size_t offset = written.digits.size() - national.size();
    std::string out = "+" + std::string(number.substr(0, code)) + " ";
    if (number.substr(0, code) != "49") {
        return out + grouped(written, offset, national);
    }
    std::size_t writtenArea = 0;
    std::size_t ddi = 0;
    for (const Written::Gap& gap : written.gaps) {
        if (gap.at <= offset) {
            continue;
        }
        writtenArea = writtenArea == 0 ? gap.at - offset : writtenArea;
        ddi = gap.hyphen ? gap.at - offset : ddi;
    }
    const std::size_t area = germanArea(national, writtenArea);
    if (area == 0 || national.size() < area + kShortestNumber) {
        return out + grouped(written, offset, national);
    }
    const bool mobile = national.starts_with('1');
    const bool hasDdi = !mobile && ddi > area + 1 && national.size() - ddi <= kLongestDdi;
    out += national.substr(0, area);
    out += ' ';
    if (!hasDdi) {
        return out + std::string(national.substr(area));
    }
    out += national.substr(area, ddi - area);
    out += '-';
    return out + std::string(national.substr(ddi));
}

}  // namespace vorfahrt::domain
