// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/region.h"

#include <array>

namespace vorfahrt::domain {
namespace {

// By the first two digits, 00 to 99; empty where no such postcodes exist.
constexpr std::array<std::string_view, 100> kRegions = {"",
                                                        "Dresden",
                                                        "Bautzen",
                                                        "Cottbus",
                                                        "Leipzig",
                                                        "",
                                                        "Halle",
                                                        "Jena",
                                                        "Zwickau",
                                                        "Chemnitz",
                                                        "Berlin",
                                                        "",
                                                        "Berlin",
                                                        "Berlin",
                                                        "Potsdam",
                                                        "Frankfurt (Oder)",
                                                        "Oranienburg",
                                                        "Neubrandenburg",
                                                        "Rostock",
                                                        "Schwerin",
                                                        "Hamburg",
                                                        "Lüneburg",
                                                        "Hamburg",
                                                        "Lübeck",
                                                        "Kiel",
                                                        "Itzehoe",
                                                        "Oldenburg",
                                                        "Bremerhaven",
                                                        "Bremen",
                                                        "Celle",
                                                        "Hannover",
                                                        "Hildesheim",
                                                        "Herford",
                                                        "Bielefeld",
                                                        "Kassel",
                                                        "Gießen",
                                                        "Fulda",
                                                        "Göttingen",
                                                        "Braunschweig",
                                                        "Magdeburg",
                                                        "Düsseldorf",
                                                        "Mönchengladbach",
                                                        "Wuppertal",
                                                        "",
                                                        "Dortmund",
                                                        "Essen",
                                                        "Oberhausen",
                                                        "Duisburg",
                                                        "Münster",
                                                        "Osnabrück",
                                                        "Köln",
                                                        "Köln",
                                                        "Aachen",
                                                        "Bonn",
                                                        "Trier",
                                                        "Mainz",
                                                        "Koblenz",
                                                        "Siegen",
                                                        "Hagen",
                                                        "Hamm",
                                                        "Frankfurt",
                                                        "Bad Homburg",
                                                        "",
                                                        "Offenbach",
                                                        "Darmstadt",
                                                        "Wiesbaden",
                                                        "Saarbrücken",
                                                        "Ludwigshafen",
                                                        "Mannheim",
                                                        "Heidelberg",
                                                        "Stuttgart",
                                                        "Ludwigsburg",
                                                        "Tübingen",
                                                        "Göppingen",
                                                        "Heilbronn",
                                                        "Pforzheim",
                                                        "Karlsruhe",
                                                        "Offenburg",
                                                        "Villingen-Schwenningen",
                                                        "Freiburg",
                                                        "München",
                                                        "München",
                                                        "Starnberg",
                                                        "Rosenheim",
                                                        "Landshut",
                                                        "Ingolstadt",
                                                        "Augsburg",
                                                        "Kempten",
                                                        "Ravensburg",
                                                        "Ulm",
                                                        "Nürnberg",
                                                        "Erlangen",
                                                        "Amberg",
                                                        "Regensburg",
                                                        "Passau",
                                                        "Bayreuth",
                                                        "Bamberg",
                                                        "Würzburg",
                                                        "Suhl",
                                                        "Erfurt"};

bool digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::string_view regionOfPostcode(std::string_view text) {
    const auto skipBlanks = [&] {
        while (text.starts_with(' ')) {
            text.remove_prefix(1);
        }
    };
    skipBlanks();
    for (const std::string_view prefix : {"DE-", "D-", "DE ", "D "}) {
        if (text.starts_with(prefix)) {
            text.remove_prefix(prefix.size());
            break;
        }
    }
    skipBlanks();
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    if (text.size() != 5) {
        return {};
    }
    for (const char c : text) {
        if (!digit(c)) {
            return {};
        }
    }
    return kRegions[static_cast<std::size_t>((text[0] - '0') * 10 + (text[1] - '0'))];
}

}  // namespace vorfahrt::domain
