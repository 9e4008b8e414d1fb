// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/fold.h"

#include "common/base/fold_table.h"

#include <array>
#include <cstdint>

namespace vorfahrt {
namespace {

struct Point {
    char32_t value = 0;
    std::size_t bytes = 1;  // value 0: not UTF-8
};

Point decode(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80U) {
        return {lead, 1};
    }
    const std::size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC2U ? 2 : 0;
    if (size == 0 || at + size > text.size()) {
        return {};
    }
    char32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const auto next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xC0U) != 0x80U) {
            return {};
        }
        value = (value << 6U) | (next & 0x3FU);
    }
    return {value, size};
}

constexpr char kSeparator = 0;

constexpr std::array<char, 128> kAscii = [] {
    std::array<char, 128> table{};
    for (char c = '0'; c <= '9'; ++c) {
        table[static_cast<std::size_t>(c)] = c;
    }
    for (char c = 'a'; c <= 'z'; ++c) {
        table[static_cast<std::size_t>(c)] = c;
        table[static_cast<std::size_t>(c - 'a' + 'A')] = c;
    }
    return table;
}();

// Empty: not in the tables.
std::string_view latin(char32_t point) {
    std::string_view pair;
    if (point >= 0xC0 && point <= 0x24F) {
        pair = kFoldLatin.substr((point - 0xC0) * 2, 2);
    } else if (point >= 0x1E00 && point <= 0x1EFF) {
        pair = kFoldLatinMore.substr((point - 0x1E00) * 2, 2);
    }
    if (pair.empty() || pair[0] == ' ') {
        return {};
    }
    return pair[1] == ' ' ? pair.substr(0, 1) : pair;
}

bool isMark(char32_t point) {  // combining diacritics, soft hyphen
    return (point >= 0x300 && point <= 0x36F) || point == 0xAD;
}

bool isSign(char32_t point) {
    return (point < 0xC0 && point != 0xAA && point != 0xB5 && point != 0xBA) || point == 0xD7 ||
           point == 0xF7 || (point >= 0x2000 && point <= 0x2BFF) ||
           (point >= 0x3000 && point <= 0x303F) || (point >= 0xFF00 && point <= 0xFF0F) ||
           point >= 0x1F000;
}

// Simple case of Greek and Cyrillic; all else has none or is kept.
char32_t lower(char32_t point) {
    if ((point >= 0x391 && point <= 0x3A9) || (point >= 0x410 && point <= 0x42F)) {
        return point + 0x20;
    }
    return point >= 0x400 && point <= 0x40F ? point + 0x50 : point;
}

void appendUtf8(char32_t point, std::string& out) {
    const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
    if (point < 0x800) {
        byte(0xC0U | (point >> 6U));
    } else if (point < 0x10000) {
        byte(0xE0U | (point >> 12U));
        byte(0x80U | ((point >> 6U) & 0x3FU));
    } else {
        byte(0xF0U | (point >> 18U));
        byte(0x80U | ((point >> 12U) & 0x3FU));
        byte(0x80U | ((point >> 6U) & 0x3FU));
    }
    byte(0x80U | (point & 0x3FU));
}

}  // namespace

void WordScanner::append(char c) {
    const char before = word_.empty() ? '\0' : word_.back();
    const bool digraph = c == 'e' && (before == 'a' || before == 'o' || before == 'u');
    if (!digraph) {
        word_ += c;
    }
}

bool WordScanner::next() {
    word_.clear();
    while (at_ < text_.size()) {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        std::size_t size = 1;
        if (byte < 0x80U) {
            const char folded = kAscii[byte];
            if (folded == kSeparator) {
                ++at_;
                if (!word_.empty()) {
                    return true;
                }
                continue;
            }
            begin_ = word_.empty() ? at_ : begin_;
            if (word_.size() < kMaxWord) {
                append(folded);
            }
        } else {
            const Point point = decode(text_, at_);
            size = point.bytes;
            if (!isMark(point.value) && isSign(point.value)) {
                at_ += size;
                if (!word_.empty()) {
                    return true;
                }
                continue;
            }
            if (!isMark(point.value)) {
                begin_ = word_.empty() ? at_ : begin_;
                const std::string_view letters = latin(point.value);
                if (word_.size() >= kMaxWord) {
                    // cut
                } else if (letters.empty()) {
                    appendUtf8(lower(point.value), word_);
                } else {
                    for (const char c : letters) {
                        append(c);
                    }
                }
            }
        }
        at_ += size;
        end_ = at_;
    }
    return !word_.empty();
}

std::size_t WordScanner::endOf(std::size_t foldedBytes) const {
    // Folding code point by code point finds where the beginning ends; words are short.
    std::size_t at = begin_;
    while (at < end_) {
        const std::size_t size = decode(text_, at).bytes;
        WordScanner part(text_.substr(begin_, at + size - begin_));
        const bool found = part.next();
        at += size;
        if (found && part.word().size() >= foldedBytes) {
            // "ae" is one letter: the e belongs to it.
            while (at < end_) {
                WordScanner longer(text_.substr(begin_, at + decode(text_, at).bytes - begin_));
                if (!longer.next() || longer.word().size() > foldedBytes) {
                    break;
                }
                at += decode(text_, at).bytes;
            }
            return at;
        }
    }
    return end_;
}

std::string foldText(std::string_view utf8) {
    std::string out;
    WordScanner words(utf8);
    while (words.next()) {
        out += out.empty() ? "" : " ";
        out += words.word();
    }
    return out;
}

std::size_t prefixBytes(std::string_view utf8, std::size_t count) {
    std::size_t at = 0;
    for (; count > 0 && at < utf8.size(); --count) {
        at += decode(utf8, at).bytes;
    }
    return at;
}

}  // namespace vorfahrt
