// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vorfahrt::domain {

// Kölner Phonetik (H. J. Postel, 1969) of one word as folded by WordScanner: names that sound alike
// in German have the same digits (G-14: Meier, Maier, Mayr). Empty where no letter is left.
[[nodiscard]] std::string phonetic(std::string_view foldedWord);

// "Herr", "Firma", "GmbH": said with a name, no part of it. Folded.
[[nodiscard]] bool isNoiseWord(std::string_view foldedWord);

}  // namespace vorfahrt::domain
