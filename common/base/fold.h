// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vorfahrt {

// Walks over the words of a text, folded for search (G-14): lower case, without accents, "ß" as
// "ss", and "ä", "ae" and "a" as one. Digraphs are folded in all words ("Bauer" is "baur"): what is
// compared was folded the same way, and the fold of a beginning is a beginning of the fold. A word
// is a run of letters and digits; hyphens, apostrophes and signs end it. Bytes that are no UTF-8
// are passed over. A value; the text must outlive it.
class WordScanner {
public:
    // Longer words are cut to this many bytes: nobody types more.
    static constexpr std::size_t kMaxWord = 48;

    explicit WordScanner(std::string_view utf8)
        : text_(utf8) {}

    // false: no more words.
    [[nodiscard]] bool next();
    [[nodiscard]] const std::string& word() const { return word_; }
    // Where the word stands in the text, in bytes.
    [[nodiscard]] std::size_t begin() const { return begin_; }
    [[nodiscard]] std::size_t end() const { return end_; }
    // End in the text of the part of the word whose fold has this many bytes.
    [[nodiscard]] std::size_t endOf(std::size_t foldedBytes) const;

private:
    void append(char c);

    std::string_view text_;
    std::size_t at_ = 0;
    std::string word_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

// All words, separated by one blank.
[[nodiscard]] std::string foldText(std::string_view utf8);

// Bytes of the first `count` code points, or of all there are.
[[nodiscard]] std::size_t prefixBytes(std::string_view utf8, std::size_t count);

}  // namespace vorfahrt
