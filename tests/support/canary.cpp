// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/canary.h"

#include "common/base/assert.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <utility>

namespace vorfahrt::test {

namespace {

constexpr std::size_t kPhoneticDigits = 10;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isWordByte(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// Code points of valid UTF-8 (canaries are ours).
std::vector<char32_t> decode(std::string_view utf8) {
    std::vector<char32_t> out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t size = lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
        char32_t point = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        VF_ASSERT(i + size <= utf8.size());
        for (std::size_t k = 1; k < size; ++k) {
            point = (point << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
        }
        out.push_back(point);
        i += size;
    }
    return out;
}

template <std::size_t Size>
std::string_view pick(const std::array<std::string_view, Size>& from, Random& random) {
    return from[random.below(Size)];
}

char capital(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

// The digit of a letter between its neighbours; 0 for a vowel, '-' for none.
char cologneDigit(char before, char c, char after, bool first) {
    const auto isOneOf = [](char x, std::string_view letters) {
        return x != '\0' && letters.find(x) != std::string_view::npos;
    };
    if (isOneOf(c, "aeijouy")) {
        return '0';
    }
    if (c == 'h') {
        return '-';
    }
    if (c == 'b' || (c == 'p' && after != 'h')) {
        return '1';
    }
    if (c == 'd' || c == 't') {
        return isOneOf(after, "csz") ? '8' : '2';
    }
    if (isOneOf(c, "fvwp")) {
        return '3';
    }
    if (isOneOf(c, "gkq")) {
        return '4';
    }
    if (c == 'c') {
        const bool hard = first ? isOneOf(after, "ahkloqrux")
                                : isOneOf(after, "ahkoqux") && !isOneOf(before, "sz");
        return hard ? '4' : '8';
    }
    if (c == 'x') {
        return isOneOf(before, "ckq") ? '8' : 'X';  // X: "48"
    }
    if (c == 'l') {
        return '5';
    }
    if (c == 'm' || c == 'n') {
        return '6';
    }
    if (c == 'r') {
        return '7';
    }
    return isOneOf(c, "sz") ? '8' : '-';
}

}  // namespace

std::string loweredBytes(std::string_view bytes) {
    std::string out(bytes);
    unsigned char before = 0;
    for (char& c : out) {
        auto byte = static_cast<unsigned char>(c);
        const bool ascii = byte >= 'A' && byte <= 'Z';
        const bool latin = before == 0xC3U && byte >= 0x80U && byte <= 0x9EU;
        if (ascii || latin) {
            c = static_cast<char>(byte + 0x20U);
        }
        before = byte;
    }
    return out;
}

std::string foldedText(std::string_view utf8, bool umlautWithE) {
    const std::string_view e = umlautWithE ? "e" : "";
    std::string out;
    for (const char32_t point : decode(loweredBytes(utf8))) {
        switch (point) {
            case U'ä': out.append("a").append(e); break;
            case U'ö': out.append("o").append(e); break;
            case U'ü': out.append("u").append(e); break;
            case U'ß': out += "ss"; break;
            default:
                if (point < 0x80) {
                    out += static_cast<char>(point);
                }
        }
    }
    return out;
}

std::string colognePhonetic(std::string_view utf8) {
    std::string letters;
    for (const char c : foldedText(utf8, false)) {
        if (c >= 'a' && c <= 'z') {
            letters += c;
        }
    }
    std::string codes;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char before = i == 0 ? '\0' : letters[i - 1];
        const char after = i + 1 == letters.size() ? '\0' : letters[i + 1];
        const char digit = cologneDigit(before, letters[i], after, i == 0);
        codes += digit == 'X' ? "48" : std::string(1, digit);
    }
    // One of equal neighbours (an h between them does not part them), then no zero but the first.
    codes.erase(std::remove(codes.begin(), codes.end(), '-'), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    std::string out;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (i == 0 || codes[i] != '0') {
            out += codes[i];
        }
    }
    return out;
}

std::string utf16(std::string_view utf8, bool bigEndian) {
    std::string out;
    for (const char32_t point : decode(utf8)) {
        VF_ASSERT(point < 0x10000);
        const char high = static_cast<char>(point >> 8U);
        const char low = static_cast<char>(point & 0xFFU);
        out += bigEndian ? high : low;
        out += bigEndian ? low : high;
    }
    return out;
}

std::string_view nameOf(CanaryForm form) {
    switch (form) {
        case CanaryForm::Utf8: return "UTF-8";
        case CanaryForm::Utf16: return "UTF-16";
        case CanaryForm::Folded: return "folded";
        case CanaryForm::Phonetic: return "phonetic";
        case CanaryForm::DigitsOnly: return "digits only";
    }
    return "?";
}

Canary::Canary(std::string label, Kind kind, std::string value)
    : label_(std::move(label)),
      value_(std::move(value)) {
    add(CanaryForm::Utf8, loweredBytes(value_));
    add(CanaryForm::Utf16, loweredBytes(utf16(value_, false)));
    add(CanaryForm::Utf16, loweredBytes(utf16(value_, true)));
    for (const bool withE : {true, false}) {
        const std::string folded = foldedText(value_, withE);
        add(CanaryForm::Folded, folded);
        std::string squeezed;
        std::ranges::copy_if(folded, std::back_inserter(squeezed), isWordByte);
        if (kind != Kind::Number) {
            add(CanaryForm::Folded, squeezed);
        }
    }
    if (kind == Kind::Name) {
        const std::string code = colognePhonetic(value_);
        VF_ASSERT(code.size() >= kPhoneticDigits);
        add(CanaryForm::Phonetic, code);
    }
    if (kind == Kind::Number) {
        std::string digits;
        std::ranges::copy_if(value_, std::back_inserter(digits), isDigit);
        add(CanaryForm::DigitsOnly, digits.substr(digits.find_first_not_of('0')));
    }
}

void Canary::add(CanaryForm form, std::string needle) {
    VF_ASSERT(needle.size() >= 8);  // shorter ones stand anywhere by chance
    const bool known =
        std::ranges::any_of(forms_, [&](const Form& other) { return other.needle == needle; });
    if (!known) {
        forms_.push_back({.form = form, .needle = std::move(needle)});
    }
}

std::optional<CanaryForm> Canary::findInLowered(std::string_view lowered) const {
    for (const Form& form : forms_) {
        // As fast as the C library: the files of a desk have megabytes, and this is no optimised
        // build.
        if (::memmem(lowered.data(), lowered.size(), form.needle.data(), form.needle.size()) !=
            nullptr) {
            return form.form;
        }
    }
    return std::nullopt;
}

std::optional<CanaryForm> Canary::findIn(std::string_view bytes) const {
    return findInLowered(loweredBytes(bytes));
}

bool Canary::isIn(std::string_view bytes, CanaryForm form) const {
    const std::string lowered = loweredBytes(bytes);
    return std::ranges::any_of(forms_, [&](const Form& own) {
        return own.form == form && lowered.find(own.needle) != std::string::npos;
    });
}

Canary Canary::name(std::string label, Random& random) {
    static constexpr std::array<std::string_view, 12> kHeads = {"b", "d", "f", "g", "k", "l",
                                                                "m", "n", "r", "s", "t", "w"};
    static constexpr std::array<std::string_view, 5> kVowels = {"a", "e", "i", "o", "u"};
    for (;;) {
        std::string text;
        for (int i = 0; i < 12; ++i) {
            text += pick(kHeads, random);
            text += i == 3 ? "ö" : i == 7 ? "ü" : pick(kVowels, random);
        }
        text += "ß";
        text.front() = capital(text.front());
        if (colognePhonetic(text).size() >= kPhoneticDigits) {
            return {std::move(label), Kind::Name, std::move(text)};
        }
    }
}

Canary Canary::word(std::string label, Random& random) {
    std::string text;
    for (int i = 0; i < 14; ++i) {
        text += static_cast<char>('a' + random.below(26));
    }
    return {std::move(label), Kind::Word, std::move(text)};
}

Canary Canary::phone(std::string label, Random& random) {
    std::string text = "0171 ";
    for (int i = 0; i < 8; ++i) {
        text += static_cast<char>('0' + random.below(10));
        text += i % 3 == 2 ? " " : "";
    }
    return {std::move(label), Kind::Number, std::move(text)};
}

}  // namespace vorfahrt::test
