// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/search_terms.h"

#include "common/base/fold.h"
#include "common/domain/phone.h"
#include "common/domain/phonetic.h"
#include "common/domain/plate.h"
#include "common/domain/vin.h"

#include <algorithm>
#include <array>

namespace vorfahrt::domain {
namespace {

using schema::SearchKind;

constexpr int kExactName = 100;
constexpr int kNameBeginning = 80;
constexpr int kPartOfNumber = 70;
constexpr int kExactWord = 50;
constexpr int kWordBeginning = 40;
constexpr int kSoundsAlike = 20;

constexpr std::size_t kGram = 3;
constexpr std::size_t kShortestPart = 2;  // of a number that is asked for by any part
constexpr std::size_t kShortestVinPart = 5;
constexpr std::size_t kLongestVin = 17;
constexpr std::size_t kLongestPlate = 10;
constexpr std::string_view kHome = "49";

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, digit);
}

// So many letters of each word are terms of their own: one look-up instead of all words that begin
// so.
constexpr std::array<std::size_t, 4> kBeginnings = {1, 2, 3, 5};

char beginningByte(bool isName, std::size_t letters) {
    return static_cast<char>((isName ? '0' : 'a' - 1) + static_cast<int>(letters));
}

std::string term(char what, std::string_view text) {
    std::string out(1, what);
    out += text;
    return out;
}

char gramByte(SearchKind kind) {
    switch (kind) {
        case schema::SEARCH_PHONE: return 'G';
        case schema::SEARCH_PLATE: return 'K';
        case schema::SEARCH_VIN: return 'V';
        default: return 'Z';
    }
}

// What is stored of a number of any kind, with its marks.
std::string canonicalPhone(std::string_view text) {
    const Phone phone = parsePhone(text);
    return phone.e164.empty() ? phone.digits : phone.e164.substr(1);
}

std::string marked(SearchKind kind, std::string_view text) {
    switch (kind) {
        case schema::SEARCH_PHONE: return canonicalPhone(text) + "$";
        case schema::SEARCH_PLATE: return "^" + parsePlate(text).key + "$";
        case schema::SEARCH_VIN: return parseVin(text).key + "$";
        default: return "^" + std::string(text) + "$";
    }
}

void addWordTerms(bool isName, std::string_view text, std::vector<std::string>& out) {
    WordScanner words(text.substr(0, kMaxTextBytes));
    for (std::size_t count = 0; count < kMaxWords && words.next(); ++count) {
        const std::string& word = words.word();
        out.push_back(term(isName ? 'N' : 'T', word));
        for (const std::size_t letters : kBeginnings) {
            if (letters == 1 && !isName) {
                continue;
            }
            const std::size_t bytes = prefixBytes(word, letters);
            out.push_back(
                term(beginningByte(isName, letters), std::string_view(word).substr(0, bytes)));
            if (bytes == word.size()) {
                break;
            }
        }
        if (isName && !isNoiseWord(word)) {
            if (const std::string sound = phonetic(word); !sound.empty()) {
                out.push_back(term('P', sound));
            }
        }
    }
}

// Terms that hold every part of that text.
std::vector<std::vector<TermRange>> gramParts(char what, std::string_view part) {
    std::vector<std::vector<TermRange>> parts;
    if (part.size() < kGram) {
        return {{{.prefix = term(what, part), .exact = false}}};
    }
    for (std::size_t i = 0; i + kGram <= part.size(); ++i) {
        parts.push_back({{.prefix = term(what, part.substr(i, kGram)), .exact = true}});
    }
    return parts;
}

// Where the words of that kind begin so; nothing where one letter of a text is too little.
std::optional<TermRange> beginning(bool isName, const std::string& word) {
    for (const std::size_t letters : kBeginnings) {
        const bool exact = prefixBytes(word, letters) == word.size();
        const bool longer = prefixBytes(word, letters - 1) == word.size();
        if (letters == 1 && exact && !isName) {
            return std::nullopt;
        }
        if (exact || longer) {
            // Four letters: all beginnings of five that begin so.
            return TermRange{term(beginningByte(isName, letters), word), exact && !longer};
        }
    }
    return TermRange{term(isName ? 'N' : 'T', word), false};
}

bool isPhoneText(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return digit(c) || std::string_view("+()/.-").find(c) != std::string_view::npos;
    });
}

std::size_t countDigits(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, digit));
}

// The digits as typed, without what is never dialled.
std::string typedDigits(std::string_view typed) {
    std::string out;
    const std::size_t trunk = typed.find("(0)");
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (digit(typed[i]) && !(trunk != std::string_view::npos && i == trunk + 1 && i > 1)) {
            out += typed[i];
        }
    }
    return out;
}

// Letters, then at most four digits, then E or H.
struct PlateShape {
    std::size_t letters = 0;
    std::size_t digits = 0;
    bool fits = false;
};
PlateShape plateShape(std::string_view key) {
    PlateShape shape;
    std::size_t i = 0;
    while (i < key.size() && !digit(key[i])) {
        ++i;
    }
    shape.letters = i;
    while (i < key.size() && digit(key[i])) {
        ++i;
    }
    shape.digits = i - shape.letters;
    const std::string_view rest = key.substr(i);
    shape.fits = shape.letters <= 5 && shape.digits <= 4 &&
                 (rest.empty() || rest == "e" || rest == "h") && (shape.digits > 0 || rest.empty());
    return shape;
}

std::vector<std::string_view> pieces(std::string_view typed) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    const auto blankAt = [&](std::size_t i) -> std::size_t {
        if (typed[i] == ' ' || typed[i] == '\t' || typed[i] == '\n' || typed[i] == '\r') {
            return 1;
        }
        return typed.substr(i, 2) == "\xC2\xA0" ? 2 : 0;  // no-break space
    };
    for (std::size_t i = 0; i <= typed.size();) {
        const std::size_t blank = i == typed.size() ? 1 : blankAt(i);
        if (blank == 0) {
            ++i;
            continue;
        }
        if (i > begin && out.size() < SearchReadings::kMaxTerms) {
            out.push_back(typed.substr(begin, i - begin));
        }
        i += blank;
        begin = i;
    }
    return out;
}

struct Run {
    std::size_t first = 0;
    std::size_t count = 0;
};

std::string joined(const std::vector<std::string_view>& parts, const Run& run) {
    std::string out;
    for (std::size_t i = run.first; i < run.first + run.count; ++i) {
        out += parts[i];
    }
    return out;
}

// "0171 23 45", "+49 171": neighbours that are one telephone number.
std::optional<Run> phoneRun(const std::vector<std::string_view>& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Run run{i, 0};
        while (i + run.count < parts.size() && isPhoneText(parts[i + run.count])) {
            ++run.count;
        }
        if (run.count >= 2) {
            const std::string text = joined(parts, run);
            const bool begins = text[0] == '+' || text[0] == '0' || text[0] == '(';
            if (begins || countDigits(text) >= 6) {
                return run;
            }
        }
        i += run.count;
    }
    return std::nullopt;
}

// "b mw 1234", "B-MW 1234": neighbours that are one plate.
std::optional<Run> plateRun(const std::vector<std::string_view>& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (std::size_t count = 3; count >= 2; --count) {
            if (i + count > parts.size()) {
                continue;
            }
            const Run run{i, count};
            const std::string first = plateKey(parts[i]);
            const bool hyphen = parts[i].find('-') != std::string_view::npos;
            const PlateShape begin = plateShape(first);
            const PlateShape shape = plateShape(plateKey(joined(parts, run)));
            if (begin.fits && begin.digits == 0 && (begin.letters <= 3 || hyphen) && shape.fits &&
                shape.letters >= 2 && shape.digits > 0) {
                return run;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

void addTerms(SearchKind kind, std::string_view text, std::vector<std::string>& out) {
    if (text.empty()) {
        return;
    }
    const bool mail = kind == schema::SEARCH_PHONE && text.find('@') != std::string_view::npos;
    if (kind == schema::SEARCH_TEXT || kind == schema::SEARCH_NAME || mail) {
        addWordTerms(kind == schema::SEARCH_NAME, text, out);
        return;
    }
    const std::string whole = marked(kind, text);
    for (std::size_t i = 0; i + kGram <= whole.size(); ++i) {
        out.push_back(term(gramByte(kind), std::string_view(whole).substr(i, kGram)));
    }
}

// ---------------------------------------------------------------------------------------- asking

SearchTerm::SearchTerm(std::string_view typed, bool onlyNumbers)
    : typed_(typed.substr(0, kMaxTextBytes)) {
    WordScanner scanner(typed_);
    while (words_.size() < SearchReadings::kMaxTerms && scanner.next()) {
        words_.push_back(scanner.word());
    }
    noise_ = !words_.empty() && std::ranges::all_of(words_, isNoiseWord);
    addNumberQueries(onlyNumbers);
    if (!onlyNumbers) {
        addWordQueries();
    }
    std::ranges::stable_sort(queries_, std::ranges::greater(), &TermQuery::score);
}

void SearchTerm::addWordQueries() {
    if (words_.empty()) {
        return;
    }
    for (const bool isName : {true, false}) {
        const auto kind = isName ? schema::SEARCH_NAME : schema::SEARCH_TEXT;
        TermQuery exact{isName ? kExactName : kExactWord, kind, {}};
        TermQuery begins{isName ? kNameBeginning : kWordBeginning, kind, {}};
        for (const std::string& word : words_) {
            exact.parts.push_back({{term(isName ? 'N' : 'T', word), true}});
            if (auto range = beginning(isName, word)) {
                begins.parts.push_back({std::move(*range)});
            }
        }
        queries_.push_back(std::move(exact));
        // One letter beside other words is left to the check of the text.
        if (!begins.parts.empty()) {
            queries_.push_back(std::move(begins));
        }
    }
    TermQuery mixed{kWordBeginning, schema::SEARCH_TEXT, {}};
    TermQuery sounds{kSoundsAlike, schema::SEARCH_NAME, {}};
    for (const std::string& word : words_) {
        std::vector<TermRange> either;
        for (const bool isName : {true, false}) {
            if (auto range = beginning(isName, word)) {
                either.push_back(std::move(*range));
            }
        }
        if (either.size() > 1) {
            mixed.parts.push_back(std::move(either));
        }
        const std::string sound = phonetic(word);
        if (sound.size() >= 2 && prefixBytes(word, 3) < word.size()) {
            sounds.parts.push_back({{term('P', sound), true}});
        }
    }
    if (words_.size() > 1 && !mixed.parts.empty()) {
        queries_.push_back(std::move(mixed));
    }
    if (sounds.parts.size() == words_.size()) {
        queries_.push_back(std::move(sounds));
    }
}

void SearchTerm::addNumberQueries(bool onlyNumbers) {
    const auto add = [this](SearchKind kind, std::string_view part, int score) {
        queries_.push_back({score, kind, gramParts(gramByte(kind), part)});
    };
    if (allDigits(typed_) && typed_.size() <= 18) {
        number_ = typed_;
        add(schema::SEARCH_NUMBER, "^" + number_, kPartOfNumber);
        // A number that is typed whole is meant.
        add(schema::SEARCH_NUMBER, "^" + number_ + "$", kExactName);
    }
    if (onlyNumbers) {
        return;
    }
    if (isPhoneText(typed_) && countDigits(typed_) >= kShortestPart) {
        const std::string digits = typedDigits(typed_);
        phones_ = {digits};
        if (digits.starts_with("00")) {
            phones_.push_back(digits.substr(2));
        } else if (digits.starts_with('0')) {
            phones_.push_back(std::string(kHome) + digits.substr(1));
        }
        for (const std::string& part : phones_) {
            if (part.size() >= kGram) {
                add(schema::SEARCH_PHONE, part, kPartOfNumber);
            } else if (part == digits) {
                add(schema::SEARCH_PHONE, part + "$", kPartOfNumber);
            }
        }
    }
    const std::string plate = plateKey(typed_);
    const PlateShape shape = plateShape(plate);
    const bool hyphen = typed_.find('-') != std::string::npos;
    if (shape.fits && plate.size() >= kShortestPart && plate.size() <= kLongestPlate &&
        (shape.digits > 0 || hyphen || shape.letters <= 3)) {
        plate_ = shape.digits == 0 ? "^" + plate : plate;
        add(schema::SEARCH_PLATE, plate_, kPartOfNumber);
    }
    const Vin vin = parseVin(typed_);
    const bool bare = std::ranges::all_of(typed_, [](char c) {
        return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (bare && countDigits(typed_) > 0 && vin.key.size() >= kShortestVinPart &&
        vin.key.size() <= kLongestVin) {
        vin_ = vin.key;
        add(schema::SEARCH_VIN, vin_, kPartOfNumber);
    }
}

// ---------------------------------------------------------------------------------------- checking

std::optional<SearchTerm::Match> SearchTerm::matchText(SearchKind kind,
                                                       std::string_view text) const {
    switch (kind) {
        case schema::SEARCH_TEXT: return matchWords(false, text);
        case schema::SEARCH_NAME: return matchWords(true, text);
        case schema::SEARCH_PHONE:
            return text.find('@') != std::string_view::npos ? matchWords(false, text)
                                                            : matchPart(kind, text);
        default: return matchPart(kind, text);
    }
}

std::optional<SearchTerm::Match> SearchTerm::matchWords(bool isName, std::string_view text) const {
    Match match;
    std::vector<bool> found(words_.size());
    std::vector<bool> exact(words_.size());
    std::vector<std::pair<std::size_t, std::size_t>> alike;
    std::vector<bool> sounds(words_.size());
    WordScanner scanner(text.substr(0, kMaxTextBytes));
    while (scanner.next()) {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::string& word = words_[i];
            if (scanner.word().starts_with(word) &&
                (isName || word.size() > 1 || words_.size() > 1)) {
                found[i] = true;
                exact[i] = exact[i] || scanner.word() == word;
                match.ranges.emplace_back(scanner.begin(), scanner.endOf(word.size()));
                break;
            }
            if (isName && prefixBytes(word, 3) < word.size() &&
                phonetic(scanner.word()) == phonetic(word)) {
                sounds[i] = true;
                alike.emplace_back(scanner.begin(), scanner.end());
            }
        }
    }
    const auto every = [](const std::vector<bool>& all) {
        return !all.empty() && std::ranges::all_of(all, [](bool one) { return one; });
    };
    if (every(found)) {
        const bool whole = every(exact);
        match.score =
            isName ? (whole ? kExactName : kNameBeginning) : (whole ? kExactWord : kWordBeginning);
        return match;
    }
    if (every(sounds)) {
        return Match{.score = kSoundsAlike, .soundsAlike = true, .ranges = std::move(alike)};
    }
    return std::nullopt;
}

namespace {

// Ranges in the text as it was written, from a range of its canonical form: both end alike.
std::pair<std::size_t, std::size_t> writtenRange(SearchKind kind, std::string_view text,
                                                 std::string_view canonical, std::size_t begin,
                                                 std::size_t end) {
    std::vector<std::pair<std::size_t, std::size_t>> characters;  // begin, end of what counts
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool trunk = c == '0' && i > 1 && text.substr(i - 1, 3) == "(0)";
        if ((digit(c) && !trunk) || (letter && kind != schema::SEARCH_PHONE)) {
            characters.emplace_back(i, i + 1);
        } else if (c == '\xC3' && i + 1 < text.size() && kind == schema::SEARCH_PLATE) {
            characters.emplace_back(i, i + 2);
            ++i;
        }
    }
    if (characters.empty()) {
        return {0, text.size()};
    }
    // "0171..." is "49171...": counted from behind. A plate's season stands behind it, though.
    const bool fromFront = kind == schema::SEARCH_PLATE || kind == schema::SEARCH_VIN;
    const std::size_t n = characters.size();
    const auto place = [&](std::size_t i) {
        if (fromFront) {
            return std::min(i, n - 1);
        }
        const std::size_t behind = canonical.size() - 1 - i;
        return behind >= n ? std::size_t{0} : n - 1 - behind;
    };
    std::size_t from = characters[place(begin)].first;
    if (kind == schema::SEARCH_PHONE && from > 0 &&
        (text[from - 1] == '+' || (from == 1 && text[0] == '0'))) {
        --from;
    }
    return {from, characters[place(end - 1)].second};
}

}  // namespace

std::optional<SearchTerm::Match> SearchTerm::matchPart(SearchKind kind,
                                                       std::string_view text) const {
    std::vector<std::string> wanted;
    bool atFront = false;
    bool atEnd = false;
    switch (kind) {
        case schema::SEARCH_PHONE:
            wanted = phones_;
            atEnd = !phones_.empty() && phones_.front().size() < kGram;
            break;
        case schema::SEARCH_PLATE:
            atFront = plate_.starts_with('^');
            wanted = {atFront ? plate_.substr(1) : plate_};
            break;
        case schema::SEARCH_VIN: wanted = {vin_}; break;
        default: wanted = {number_}; atFront = true;
    }
    const std::string whole = marked(kind, text);
    const bool frontMark = whole.starts_with('^');
    const std::string canonical =
        whole.substr(frontMark ? 1 : 0, whole.size() - (frontMark ? 2 : 1));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string& part = wanted[i];
        const std::size_t at = part.empty() ? std::string::npos
                               : atEnd      ? canonical.rfind(part)
                                            : canonical.find(part);
        if (at == std::string::npos || (atFront && at != 0) ||
            (atEnd && at + part.size() != canonical.size())) {
            continue;
        }
        Match match;
        const bool wholeNumber = kind == schema::SEARCH_NUMBER && part == canonical;
        match.score = wholeNumber ? kExactName : kPartOfNumber;
        // The country was not typed where a 0 stood for it.
        const bool home = kind == schema::SEARCH_PHONE && i > 0 && !wanted[0].starts_with("00");
        match.ranges.push_back(
            writtenRange(kind, text, canonical, at + (home ? kHome.size() : 0), at + part.size()));
        return match;
    }
    return std::nullopt;
}

// ---------------------------------------------------------------------------------------- reading

SearchReadings readSearch(std::string_view typed) {
    constexpr std::size_t kLongest = 256;
    SearchReadings out;
    typed = typed.substr(0, kLongest);
    const std::size_t first = typed.find_first_not_of(' ');
    const bool onlyNumbers = first != std::string_view::npos && typed[first] == '#';
    if (onlyNumbers) {
        typed = typed.substr(first + 1);
    }
    const auto parts = pieces(typed);
    const auto reading = [&](const std::optional<Run>& run) {
        std::vector<SearchTerm> terms;
        for (std::size_t i = 0; i < parts.size();) {
            if (run && i == run->first) {
                terms.emplace_back(joined(parts, *run), onlyNumbers);
                i += run->count;
            } else {
                terms.emplace_back(parts[i], onlyNumbers);
                ++i;
            }
        }
        std::erase_if(terms, [](const SearchTerm& term) { return term.isEmpty(); });
        const bool allNoise =
            std::ranges::all_of(terms, [](const SearchTerm& term) { return term.isNoise(); });
        if (!allNoise) {
            std::erase_if(terms, [](const SearchTerm& term) { return term.isNoise(); });
        }
        if (!terms.empty()) {
            out.readings.push_back(std::move(terms));
        }
    };
    reading(std::nullopt);
    auto run = phoneRun(parts);
    if (!run) {
        run = plateRun(parts);
    }
    if (run) {
        reading(run);
    }
    return out;
}

}  // namespace vorfahrt::domain
