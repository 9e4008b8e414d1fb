// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vorfahrt::domain {

enum class PlateKind {
    Ordinary,   // "B-MW 1234", with E or H behind, with a season
    Dealer,     // red, 06
    ShortTerm,  // 03, 04
    Authority,  // digits only
    Unusual,    // foreign, or a slip: kept with a warning, never refused
};

// A number plate as it is stored and compared (G-15, FZV Anlage 2).
struct Plate {
    std::string district;  // "B", "TÜ", "HH"; upper case
    std::string letters;   // "MW"
    std::string digits;    // "1234"
    char suffix = '\0';    // 'E' or 'H'
    int seasonFrom = 0;    // months 1 to 12; 0: all year
    int seasonTo = 0;
    PlateKind kind = PlateKind::Unusual;
    std::string key;  // lower case, no marks or blanks: "bmw1234", "tuab12e"; what is compared
    friend bool operator==(const Plate&, const Plate&) = default;
};

// Any way to write it: "B-MW 1234", "b mw1234", "HH AB 12 H 04-10". Without a separator the
// district cannot be told from the letters: then both stand in `district`.
[[nodiscard]] Plate parsePlate(std::string_view text);

// "HH-SK 4817E", as on the plate; the text itself where it is unusual.
[[nodiscard]] std::string displayPlate(std::string_view text);

// Letters and digits joined in lower case, umlauts without their dots; of any part of a plate.
[[nodiscard]] std::string plateKey(std::string_view text);

}  // namespace vorfahrt::domain
