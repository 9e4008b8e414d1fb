// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/plate.h"

#include <charconv>
#include <vector>

namespace vorfahrt::domain {
namespace {

constexpr std::size_t kLongest = 8;  // characters of a plate, all in all
constexpr std::size_t kLongestText = 40;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

// Upper-case letters (umlauts count as letters) and digits in runs.
struct Run {
    std::string text;
    std::size_t letters = 0;  // characters; an umlaut is one
    bool isDigits = false;
    bool joined = false;  // follows the one before without a separator
};

std::string upperUmlaut(unsigned char second) {
    switch (second) {
        case 0xA4:
        case 0x84: return "Ä";
        case 0xB6:
        case 0x96: return "Ö";
        case 0xBC:
        case 0x9C: return "Ü";
        default: return {};
    }
}

std::vector<Run> runsOf(std::string_view text) {
    std::vector<Run> runs;
    bool separated = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        std::string piece;
        if (digit(c) || (c >= 'A' && c <= 'Z')) {
            piece = c;
        } else if (c >= 'a' && c <= 'z') {
            piece = static_cast<char>(c - 'a' + 'A');
        } else if (c == '\xC3' && i + 1 < text.size()) {
            piece = upperUmlaut(static_cast<unsigned char>(text[++i]));
        }
        if (piece.empty()) {
            separated = true;
            continue;
        }
        if (separated || runs.empty() || runs.back().isDigits != digit(piece[0])) {
            runs.push_back({{}, 0, digit(piece[0]), !separated});
        }
        runs.back().text += piece;
        ++runs.back().letters;
        separated = false;
    }
    return runs;
}

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// "04-10" or "0410" behind the plate.
void takeSeason(std::vector<Run>& runs, Plate& plate) {
    const auto month = [](int value) { return value >= 1 && value <= 12; };
    const std::size_t n = runs.size();
    int from = 0;
    int to = 0;
    std::size_t taken = 0;
    if (n >= 5 && runs[n - 1].isDigits && runs[n - 2].isDigits && runs[n - 1].text.size() == 2 &&
        runs[n - 2].text.size() == 2) {
        from = number(runs[n - 2].text);
        to = number(runs[n - 1].text);
        taken = 2;
    } else if (n >= 4 && runs[n - 1].isDigits && runs[n - 1].text.size() == 4 &&
               runs[n - 2].isDigits) {
        from = number(runs[n - 1].text.substr(0, 2));
        to = number(runs[n - 1].text.substr(2));
        taken = 1;
    }
    if (taken > 0 && month(from) && month(to)) {
        plate.seasonFrom = from;
        plate.seasonTo = to;
        runs.resize(n - taken);
    }
}

void takeSuffix(std::vector<Run>& runs, Plate& plate) {
    if (runs.size() < 2) {
        return;
    }
    const Run& last = runs.back();
    const bool behindDigits = runs[runs.size() - 2].isDigits;
    if (behindDigits && (last.text == "E" || last.text == "H")) {
        plate.suffix = last.text[0];
        runs.pop_back();
    }
}

PlateKind kindOf(const Plate& plate, std::size_t characters) {
    if (plate.digits.empty() || plate.district.empty() || characters > kLongest) {
        return PlateKind::Unusual;
    }
    if (plate.letters.empty()) {
        if (plate.digits.starts_with("06")) {
            return PlateKind::Dealer;
        }
        if (plate.digits.starts_with("03") || plate.digits.starts_with("04")) {
            return PlateKind::ShortTerm;
        }
        return plate.digits.size() <= 6 ? PlateKind::Authority : PlateKind::Unusual;
    }
    const bool fits =
        plate.letters.size() <= 2 && plate.digits.size() <= 4 && plate.digits[0] != '0';
    return fits ? PlateKind::Ordinary : PlateKind::Unusual;
}

}  // namespace

Plate parsePlate(std::string_view text) {
    Plate plate;
    std::vector<Run> runs = runsOf(text.substr(0, kLongestText));
    takeSeason(runs, plate);
    takeSuffix(runs, plate);
    std::size_t characters = plate.suffix == '\0' ? 0 : 1;
    std::string joined;
    for (const Run& run : runs) {
        characters += run.letters;
        joined += run.text;
    }
    if (plate.suffix != '\0') {
        joined += plate.suffix;
    }
    plate.key = plateKey(joined);
    const std::size_t n = runs.size();
    if (n == 3 && !runs[0].isDigits && !runs[1].isDigits && runs[2].isDigits &&
        runs[0].letters <= 3) {
        plate.district = runs[0].text;
        plate.letters = runs[1].text;
        plate.digits = runs[2].text;
        plate.kind = kindOf(plate, characters);
    } else if (n == 2 && !runs[0].isDigits && runs[1].isDigits) {
        plate.district = runs[0].text;
        plate.digits = runs[1].text;
        const bool whole = runs[1].joined && runs[0].letters >= 2 && runs[0].letters <= 5 &&
                           plate.digits.size() <= 4 && plate.digits[0] != '0' &&
                           characters <= kLongest;
        plate.kind = whole                  ? PlateKind::Ordinary
                     : runs[0].letters <= 3 ? kindOf(plate, characters)
                                            : PlateKind::Unusual;
    }
    return plate;
}

std::string displayPlate(std::string_view text) {
    const Plate plate = parsePlate(text);
    if (plate.kind == PlateKind::Unusual || plate.letters.empty()) {
        return std::string(text);
    }
    std::string out = plate.district + "-" + plate.letters + " " + plate.digits;
    if (plate.suffix != '\0') {
        out += plate.suffix;
    }
    return out;
}

std::string plateKey(std::string_view text) {
    std::string out;
    for (const Run& run : runsOf(text.substr(0, kLongestText))) {
        for (std::size_t i = 0; i < run.text.size(); ++i) {
            const char c = run.text[i];
            if (c == '\xC3') {
                const char second = run.text[++i];
                out += second == '\x84' ? 'a' : second == '\x96' ? 'o' : 'u';
            } else {
                out += digit(c) ? c : static_cast<char>(c - 'A' + 'a');
            }
        }
    }
    return out;
}

}  // namespace vorfahrt::domain
