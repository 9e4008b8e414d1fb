// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/phone.h"

#include <array>

namespace vorfahrt::domain {
namespace {

constexpr std::size_t kLongestText = 64;
constexpr std::size_t kShortestNational = 5;  // area code and number together, without the 0
constexpr std::size_t kSurelyWithArea = 10;
constexpr std::size_t kLongestNational = 11;
constexpr std::size_t kLongestE164 = 15;  // ITU-T E.164

bool digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Cuts "Durchwahl 12", "DW 12", "App. 3", "ext 7": the trunk number is what is dialled and
// compared.
std::string_view withoutExtension(std::string_view text) {
    static constexpr std::array<std::string_view, 7> kWords = {
        "durchwahl", "nebenstelle", "dw", "app.", "appar", "ext", "klappe"};
    for (std::size_t i = 1; i < text.size(); ++i) {
        for (const std::string_view word : kWords) {
            std::size_t k = 0;
            while (k < word.size() && i + k < text.size() && lower(text[i + k]) == word[k]) {
                ++k;
            }
            if (k == word.size()) {
                return text.substr(0, i);
            }
        }
    }
    return text;
}

struct Folded {
    std::string digits;
    bool plus = false;
    bool letters = false;
};

Folded fold(std::string_view text) {
    Folded out;
    const std::size_t trunk = text.find("(0)");  // "+49 (0)40": the 0 is not dialled
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (trunk != std::string_view::npos && i == trunk + 1 && !out.digits.empty()) {
            continue;
        }
        if (digit(c)) {
            out.digits.push_back(c);
        } else if (c == '+' && out.digits.empty()) {
            out.plus = true;
        } else if (lower(c) >= 'a' && lower(c) <= 'z') {
            out.letters = out.letters || !out.digits.empty() || out.plus;
        }
    }
    return out;
}

std::string international(std::string_view digits, std::string_view home) {
    // "+49 040 ...": a trunk 0 after the calling code of a country that has one.
    for (const std::string_view code :
         {home, std::string_view("49"), std::string_view("43"), std::string_view("41")}) {
        if (digits.starts_with(code) && digits.substr(code.size()).starts_with('0')) {
            return std::string(code) + std::string(digits.substr(code.size() + 1));
        }
    }
    return std::string(digits);
}

// "49171..." without a plus: 49 can also begin an area code written without its 0 (Leer, 0491), so
// only what looks like a German mobile number is taken for international.
bool looksInternational(std::string_view digits, std::string_view home) {
    return home == "49" && (digits.size() == 12 || digits.size() == 13) &&
           digits.starts_with("491") && (digits[3] == '5' || digits[3] == '6' || digits[3] == '7');
}

}  // namespace

Phone parsePhone(std::string_view text, std::string_view homeCountry) {
    Phone out;
    out.original = std::string(text.substr(0, kLongestText));
    const Folded folded = fold(withoutExtension(text.substr(0, kLongestText)));
    out.digits = folded.digits;
    if (folded.letters || folded.digits.empty()) {
        return out;
    }
    const std::string_view d = folded.digits;
    std::string number;
    if (folded.plus) {
        number = international(d, homeCountry);
    } else if (d.starts_with("00")) {
        number = international(d.substr(2), homeCountry);
    } else if (d.starts_with("0") && d.size() > kShortestNational) {
        number = std::string(homeCountry) + std::string(d.substr(1));
    } else if (looksInternational(d, homeCountry)) {
        number = std::string(d);
    }
    const bool plausible = number.size() >= 7 && number.size() <= kLongestE164 && number[0] != '0';
    if (plausible) {
        out.e164 = "+" + number;
    }
    return out;
}

std::string phoneKey(const Phone& phone) {
    return phone.e164.empty() ? phone.digits : phone.e164;
}

std::string nationalDigits(const Phone& phone, std::string_view homeCountry) {
    std::string national;
    if (phone.e164.empty()) {
        const bool written = !phone.digits.starts_with('0') &&
                             phone.original.find('+') == std::string::npos &&
                             !fold(withoutExtension(phone.original)).letters;
        national = written ? phone.digits : std::string();
    } else if (std::string_view(phone.e164).substr(1).starts_with(homeCountry)) {
        national = phone.e164.substr(1 + homeCountry.size());
    }
    const bool sure = national.size() >= kSurelyWithArea && national.size() <= kLongestNational;
    return sure ? national : std::string();
}

}  // namespace vorfahrt::domain
