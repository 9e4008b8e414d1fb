// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vorfahrt::domain {

// A telephone number as it came and as it is compared (G-11). Never refuses anything: what cannot
// be read keeps its original text and has an empty e164.
struct Phone {
    std::string original;
    std::string e164;    // "+4940123450" or empty: short numbers, "anonym", numbers without area
    std::string digits;  // folded for search and for comparing where e164 is empty
    friend bool operator==(const Phone&, const Phone&) = default;
};

// A guess by rules, without a numbering plan: good for matching and display on a desk; the server's
// canonical form may be better. homeCountry is the calling code of numbers that begin with one 0.
[[nodiscard]] Phone parsePhone(std::string_view text, std::string_view homeCountry = "49");

// What two numbers must share to be the same number; empty if the text holds no digits.
[[nodiscard]] std::string phoneKey(const Phone& phone);

// The number as dialled inside homeCountry, without the trunk 0, where it is one of that country or
// was written without any prefix; otherwise empty. A number without a prefix counts only from ten
// digits on: a shorter one may be a subscriber's number that lacks its area code. Two numbers that
// share it are probably one, written with and without the 0; not proof by itself.
[[nodiscard]] std::string nationalDigits(const Phone& phone, std::string_view homeCountry = "49");

}  // namespace vorfahrt::domain
