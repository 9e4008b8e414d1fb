// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/phonetic.h"

#include <algorithm>
#include <array>

namespace vorfahrt::domain {
namespace {

constexpr char kSilent = '-';
constexpr char kDouble = 'x';  // the letter x: two digits

bool isIn(char c, std::string_view letters) {
    return c != '\0' && letters.find(c) != std::string_view::npos;
}

char codeOfC(char before, char after, bool first) {
    if (first) {
        return isIn(after, "ahkloqrux") ? '4' : '8';
    }
    return !isIn(before, "sz") && isIn(after, "ahkoqux") ? '4' : '8';
}

char codeOf(char before, char c, char after, bool first) {
    switch (c) {
        case 'a':
        case 'e':
        case 'i':
        case 'j':
        case 'o':
        case 'u':
        case 'y': return '0';
        case 'b': return '1';
        case 'p': return after == 'h' ? '3' : '1';
        case 'd':
        case 't': return isIn(after, "csz") ? '8' : '2';
        case 'f':
        case 'v':
        case 'w': return '3';
        case 'g':
        case 'k':
        case 'q': return '4';
        case 'c': return codeOfC(before, after, first);
        case 'x': return isIn(before, "ckq") ? '8' : kDouble;
        case 'l': return '5';
        case 'm':
        case 'n': return '6';
        case 'r': return '7';
        case 's':
        case 'z': return '8';
        default: return kSilent;
    }
}

}  // namespace

std::string phonetic(std::string_view foldedWord) {
    std::string letters;
    for (const char c : foldedWord) {
        if (c >= 'a' && c <= 'z') {
            letters += c;
        }
    }
    std::string out;
    char last = '\0';
    const auto add = [&](char code) {
        if (code != last && (code != '0' || out.empty())) {
            out += code;
        }
        last = code;
    };
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char before = i == 0 ? '\0' : letters[i - 1];
        const char after = i + 1 < letters.size() ? letters[i + 1] : '\0';
        const char code = codeOf(before, letters[i], after, i == 0);
        if (code == kDouble) {
            add('4');
            add('8');
        } else if (code != kSilent) {
            add(code);
        }
    }
    return out;
}

bool isNoiseWord(std::string_view foldedWord) {
    static constexpr std::array<std::string_view, 17> kWords = {
        "ag", "co",   "dipl", "dr",  "ev", "familie", "firma", "frau", "gbr",
        "ek", "gmbh", "herr", "ing", "kg", "mbh",     "ohg",   "prof"};
    return std::ranges::find(kWords, foldedWord) != kWords.end();
}

}  // namespace vorfahrt::domain
