// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::test {

// How a secret may show itself in a frame, a file or a log without standing there as it is.
enum class CanaryForm {
    Utf8,        // any case
    Utf16,       // either byte order
    Folded,      // lower case, umlauts as "ae" or "a", sharp s as "ss"
    Phonetic,    // Cologne phonetics
    DigitsOnly,  // of a number, without its country code or leading zero
};

// A random value that occurs nowhere else, and the byte strings that would betray it. Immutable.
class Canary {
public:
    enum class Kind { Name, Word, Number };
    Canary(std::string label, Kind kind, std::string value);

    // Random ones: two umlauts and enough consonants for ten digits of Cologne phonetics; eleven
    // digits for a mobile number.
    [[nodiscard]] static Canary name(std::string label, Random& random);
    [[nodiscard]] static Canary word(std::string label, Random& random);
    [[nodiscard]] static Canary phone(std::string label, Random& random);

    [[nodiscard]] const std::string& label() const { return label_; }
    [[nodiscard]] const std::string& value() const { return value_; }

    // The first form in which the bytes hold it.
    [[nodiscard]] std::optional<CanaryForm> findIn(std::string_view bytes) const;
    [[nodiscard]] bool isIn(std::string_view bytes, CanaryForm form) const;
    // In these very bytes; searching many values in one text, lowered once, is quick.
    [[nodiscard]] std::optional<CanaryForm> findInLowered(std::string_view lowered) const;

private:
    struct Form {
        CanaryForm form;
        std::string needle;  // lower case
    };
    void add(CanaryForm form, std::string needle);

    std::string label_;
    std::string value_;
    std::vector<Form> forms_;
};

// ASCII letters and the German umlauts in UTF-8 and UTF-16, lowered bytewise; all else as it is.
[[nodiscard]] std::string loweredBytes(std::string_view bytes);
// "Jörg Groß" -> "joerg gross" or, without the e, "jorg gross".
[[nodiscard]] std::string foldedText(std::string_view utf8, bool umlautWithE);
// Cologne phonetics (Postel 1969) of one word, as digits.
[[nodiscard]] std::string colognePhonetic(std::string_view utf8);
[[nodiscard]] std::string utf16(std::string_view utf8, bool bigEndian);
[[nodiscard]] std::string_view nameOf(CanaryForm form);

}  // namespace vorfahrt::test
