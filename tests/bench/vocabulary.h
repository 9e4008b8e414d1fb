// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::bench {

// Made-up words and names: the first ones are frequent, as in a language (Zipf).
class Vocabulary {
public:
    Vocabulary(int size, int least, Random& random)
        : random_(random) {
        static constexpr std::array<std::string_view, 24> kSyllables = {
            "ba", "ber", "da",  "der", "en",  "fahr", "ge",  "gel", "hau",   "in",  "kel", "kö",
            "la", "ler", "mei", "mül", "ner", "rei",  "sch", "ser", "stein", "tag", "ung", "wag"};
        words_.reserve(static_cast<std::size_t>(size));
        for (int i = 0; i < size; ++i) {
            std::string word;
            for (std::uint64_t k = random.below(3) + static_cast<std::uint64_t>(least); k > 0;
                 --k) {
                word += kSyllables[random.below(kSyllables.size())];
            }
            words_.push_back(std::move(word));
        }
    }
    const std::string& any() {
        // Rank by 1/x: the integral is a logarithm.
        const double u = static_cast<double>(random_.below(1'000'000)) / 1e6;
        const auto rank =
            static_cast<std::size_t>(std::pow(static_cast<double>(words_.size()), u)) - 1;
        return words_[std::min(rank, words_.size() - 1)];
    }

private:
    Random& random_;
    std::vector<std::string> words_;
};

inline constexpr std::array<std::string_view, 12> kModels = {
    "Golf",   "Passat Variant", "Polo", "Tiguan", "T-Roc", "Caddy Cargo",
    "Superb", "Octavia Combi",  "A4",   "A6",     "Arona", "ID.4"};
inline constexpr std::array<std::string_view, 8> kCities = {
    "Hamburg", "Stade", "Lüneburg", "Kiel", "Bremen", "Lübeck", "Pinneberg", "Elmshorn"};

}  // namespace vorfahrt::bench
