// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/options.pb.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::domain {

// What the index holds, and what a typed word asks it for. A term is one byte that says what it is,
// and then its text:
//   N T      a word of a name, of a text, folded (common/base/fold.h)
//   1 2 3 5  the first one, two, three, five letters of a word of a name
//   b c e    the first two, three, five letters of a word of a text
//   P        how a word of a name sounds (phonetic.h)
//   G K V Z  three neighbouring characters of a phone number, plate, VIN, number; '^' stands before
//            the first one of plates and numbers, '$' behind the last one of all
// So words are found by their beginning, with few look-ups at any length; numbers of all kinds
// by any part. The three-character terms promise a little too much: who reads the row checks it
// (matchText).

// Bumped with every change of the terms: replicas then build their index anew.
inline constexpr int kSearchTermsVersion = 1;

// A row gets no more words than this out of one text, and reads no more bytes of it.
inline constexpr std::size_t kMaxWords = 1'000;
inline constexpr std::size_t kMaxTextBytes = 16'384;

// Adds the terms of a text, in any order and with repeats.
void addTerms(schema::SearchKind kind, std::string_view text, std::vector<std::string>& out);

// Terms to look for: the exact ones, and one whose beginning they share.
struct TermRange {
    std::string prefix;
    bool exact = false;
};
// A way to find rows by a word, best first. All parts must hold; each is any of its ranges.
struct TermQuery {
    int score = 0;
    schema::SearchKind kind = schema::SEARCH_NOT;  // of the fields that hold these terms
    std::vector<std::vector<TermRange>> parts;
};

// One piece of what was typed, between blanks: "müller", "b-mw", "0171/2345", "#1184".
class SearchTerm {
public:
    // onlyNumbers: it was marked with '#'.
    explicit SearchTerm(std::string_view typed, bool onlyNumbers = false);

    // Too short to ask for, as one letter of a text: hides nothing, finds nothing.
    [[nodiscard]] bool isEmpty() const { return queries_.empty(); }
    [[nodiscard]] bool isNoise() const { return noise_; }
    [[nodiscard]] const std::vector<TermQuery>& queries() const { return queries_; }

    struct Match {
        int score = 0;
        bool soundsAlike = false;
        std::vector<std::pair<std::size_t, std::size_t>> ranges;  // begin, end in bytes of the text
    };
    // Whether and where a text of that kind holds it.
    [[nodiscard]] std::optional<Match> matchText(schema::SearchKind kind,
                                                 std::string_view text) const;

private:
    void addWordQueries();
    void addNumberQueries(bool onlyNumbers);
    [[nodiscard]] std::optional<Match> matchWords(bool isName, std::string_view text) const;
    [[nodiscard]] std::optional<Match> matchPart(schema::SearchKind kind,
                                                 std::string_view text) const;

    std::string typed_;
    std::vector<std::string> words_;
    std::vector<std::string> phones_;  // digits as they may stand in a canonical number
    std::string plate_;
    std::string vin_;
    std::string number_;
    bool noise_ = false;
    std::vector<TermQuery> queries_;
};

// What was typed, read in one way or two: "b mw 1234" as three words, and as one plate; "0171 23
// 45" as one number.
struct SearchReadings {
    static constexpr std::size_t kMaxTerms = 8;
    std::vector<std::vector<SearchTerm>> readings;
};
[[nodiscard]] SearchReadings readSearch(std::string_view typed);

}  // namespace vorfahrt::domain
