// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vorfahrt::domain {

// A vehicle identification number (FIN; G-16). The German register also holds short old ones: those
// are odd, never refused; there is no check digit in Europe.
struct Vin {
    std::string text;    // upper case, without blanks
    bool usual = false;  // 17 characters, no I, O, Q (ISO 3779)
    std::string key;     // for comparing: lower case, i and o as 1 and 0
    friend bool operator==(const Vin&, const Vin&) = default;
};

[[nodiscard]] Vin parseVin(std::string_view text);

}  // namespace vorfahrt::domain
