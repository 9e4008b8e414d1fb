// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <utility>

namespace vorfahrt::server::intake {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

// windows-1252, 0x80 to 0x9F; the five undefined bytes stay undefined.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::uint32_t fromWindows1252(unsigned char byte) {
    return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte;
}

// Length of the well-formed UTF-8 sequence at the start (RFC 3629), 0 if there is none.
std::size_t sequenceLength(std::string_view s) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto tail = [&](std::size_t i) { return i < s.size() && (at(i) & 0xC0U) == 0x80U; };
    const unsigned char c = at(0);
    if (c < 0x80) {
        return 1;
    }
    if (c >= 0xC2 && c <= 0xDF) {
        return tail(1) ? 2 : 0;
    }
    if (c >= 0xE0 && c <= 0xEF) {
        if (!tail(1) || !tail(2) || (c == 0xE0 && at(1) < 0xA0) || (c == 0xED && at(1) > 0x9F)) {
            return 0;
        }
        return 3;
    }
    if (c >= 0xF0 && c <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3) || (c == 0xF0 && at(1) < 0x90) ||
            (c == 0xF4 && at(1) > 0x8F)) {
            return 0;
        }
        return 4;
    }
    return 0;
}

bool dropped(unsigned char c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F;
}

enum class Repair { Mend, Mark };

// Mend: bytes that are not UTF-8 are read as windows-1252 and control characters are dropped.
// Mark: such bytes become U+FFFD.
std::string validUtf8(std::string_view bytes, Repair repair) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    while (!bytes.empty()) {
        const auto c = static_cast<unsigned char>(bytes.front());
        const std::size_t n = sequenceLength(bytes);
        if (n == 0) {
            appendUtf8(out, repair == Repair::Mend ? fromWindows1252(c) : kReplacement);
            bytes.remove_prefix(1);
            continue;
        }
        if (n > 1 || repair == Repair::Mark || !dropped(c)) {
            out.append(bytes.substr(0, n));
        }
        bytes.remove_prefix(n);
    }
    return out;
}

class Iconv {
public:
    explicit Iconv(const std::string& from)
        : handle_(iconv_open("UTF-8", from.c_str())) {}
    ~Iconv() {
        if (ok()) {
            iconv_close(handle_);
        }
    }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;
    [[nodiscard]] bool ok() const { return handle_ != kBad; }

    [[nodiscard]] std::string convert(std::string_view bytes) const {
        std::string out;
        std::array<char, 4096> buffer{};
        std::string input(bytes);  // iconv takes a char**
        char* in = input.data();
        std::size_t left = input.size();
        while (left > 0) {
            char* to = buffer.data();
            std::size_t room = buffer.size();
            const std::size_t rc = iconv(handle_, &in, &left, &to, &room);
            out.append(buffer.data(), buffer.size() - room);
            if (rc != static_cast<std::size_t>(-1)) {
                break;
            }
            if (errno != E2BIG) {  // a bad or cut sequence: one mark for one byte, then go on
                appendUtf8(out, kReplacement);
                ++in;
                --left;
            }
        }
        char* to = buffer.data();
        std::size_t room = buffer.size();
        iconv(handle_, nullptr, nullptr, &to, &room);
        out.append(buffer.data(), buffer.size() - room);
        return out;
    }

private:
    static inline const iconv_t kBad = reinterpret_cast<iconv_t>(-1);
    iconv_t handle_;
};

std::string cleanCharset(std::string_view name) {
    std::string out;
    for (const char c : lowerAscii(trim(name)).substr(0, 40)) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '_' || c == '.' || c == ':';
        if (good) {
            out.push_back(c);
        }
    }
    // Names that mailers write and iconv does not know, and latin1, which in mail is windows-1252.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kAlias = {{
        {"iso-8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"x-mac-roman", "macintosh"},
        {"mac", "macintosh"},
        {"cp-850", "cp850"},
        {"x-user-defined", ""},
        {"x-unknown", ""},
        {"unknown-8bit", ""},
        {"us-ascii", ""},
        {"ascii", ""},
        {"utf8", ""},
    }};
    for (const auto& [from, to] : kAlias) {
        if (out == from) {
            return std::string(to);
        }
    }
    return out == "utf-8" ? std::string{} : out;
}

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

char lowerChar(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

}  // namespace

void appendUtf8(std::string& out, std::uint32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = kReplacement;
    }
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | c >> 6U);
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | c >> 12U);
        put(0x80U | (c >> 6U & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | c >> 18U);
        put(0x80U | (c >> 12U & 0x3FU));
        put(0x80U | (c >> 6U & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

namespace {

std::optional<std::string> converted(std::string_view bytes, const std::string& charset) {
    const Iconv converter(charset);
    return converter.ok() ? std::optional(converter.convert(bytes)) : std::nullopt;
}

}  // namespace

std::string toUtf8(std::string_view bytes, std::string_view charset) {
    const std::string name = cleanCharset(charset);
    const auto known = name.empty() ? std::nullopt : converted(bytes, name);
    return validUtf8(known ? std::string_view(*known) : bytes, Repair::Mend);
}

std::string asDeclared(std::string_view bytes, std::string_view charset) {
    const std::string name = cleanCharset(charset);
    if (const auto known = name.empty() ? std::nullopt : converted(bytes, name)) {
        return validUtf8(*known, Repair::Mark);
    }
    return validUtf8(bytes, Repair::Mark);
}

std::string_view trim(std::string_view text) {
    for (;;) {
        if (!text.empty() && blank(text.front())) {
            text.remove_prefix(1);
        } else if (text.starts_with(kNoBreakSpace)) {
            text.remove_prefix(2);
        } else if (!text.empty() && blank(text.back())) {
            text.remove_suffix(1);
        } else if (text.ends_with(kNoBreakSpace)) {
            text.remove_suffix(2);
        } else {
            return text;
        }
    }
}

std::string squeeze(std::string_view text) {
    text = trim(text);
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (blank(text[i])) {
            gap = true;
        } else if (text.substr(i).starts_with(kNoBreakSpace)) {
            gap = true;
            ++i;
        } else {
            if (gap) {
                out.push_back(' ');
                gap = false;
            }
            out.push_back(text[i]);
        }
    }
    return out;
}

std::string lowerAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return out;
}

std::string foldGerman(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kUmlauts = {{
        {"ä", "ae"},
        {"ö", "oe"},
        {"ü", "ue"},
        {"Ä", "ae"},
        {"Ö", "oe"},
        {"Ü", "ue"},
        {"ß", "ss"},
    }};
    const std::string lower = lowerAscii(squeeze(text));
    std::string out;
    out.reserve(lower.size());
    for (std::size_t i = 0; i < lower.size(); ++i) {
        bool done = false;
        for (const auto& [from, to] : kUmlauts) {
            if (std::string_view(lower).substr(i).starts_with(from)) {
                out += to;
                i += from.size() - 1;
                done = true;
                break;
            }
        }
        if (!done) {
            out.push_back(lower[i]);
        }
    }
    return out;
}

std::vector<std::string_view> splitLines(std::string_view text, std::size_t most) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < most) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

bool equalsNoCase(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lowerChar(x) == lowerChar(y);
           });
}

std::size_t findNoCase(std::string_view haystack, std::string_view lowerNeedle, std::size_t from) {
    for (std::size_t i = from; i + lowerNeedle.size() <= haystack.size(); ++i) {
        std::size_t k = 0;
        while (k < lowerNeedle.size() && lowerChar(haystack[i + k]) == lowerNeedle[k]) {
            ++k;
        }
        if (k == lowerNeedle.size()) {
            return i;
        }
    }
    return std::string_view::npos;
}

std::string clip(std::string_view text, std::size_t most) {
    if (text.size() <= most) {
        return std::string(text);
    }
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) {
        --most;
    }
    return std::string(text.substr(0, most));
}

namespace {

std::optional<std::uint32_t> entityValue(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 14> kNamed = {{
        {"lt", '<'},
        {"gt", '>'},
        {"amp", '&'},
        {"quot", '"'},
        {"apos", '\''},
        {"nbsp", 0xA0},
        {"auml", 0xE4},
        {"ouml", 0xF6},
        {"uuml", 0xFC},
        {"Auml", 0xC4},
        {"Ouml", 0xD6},
        {"Uuml", 0xDC},
        {"szlig", 0xDF},
        {"euro", 0x20AC},
    }};
    for (const auto& [key, codePoint] : kNamed) {
        if (key == name) {
            return codePoint;
        }
    }
    if (name.size() < 2 || name.front() != '#') {
        return std::nullopt;
    }
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const std::string digits = lowerAscii(name.substr(hex ? 2 : 1));
    std::uint32_t number = 0;
    for (const char c : digits) {
        if (digit(c)) {
            number = number * (hex ? 16 : 10) + static_cast<std::uint32_t>(c - '0');
        } else if (hex && c >= 'a' && c <= 'f') {
            number = number * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
        } else {
            return std::nullopt;
        }
        if (number > 0x10FFFF) {
            return std::nullopt;
        }
    }
    const bool control = number < 0x20 && number != '\t' && number != '\n' && number != '\r';
    return digits.empty() || control ? std::nullopt : std::optional(number);
}

}  // namespace

std::string decodeEntities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t amp = text.find('&');
        out.append(text.substr(0, amp));
        if (amp == std::string_view::npos) {
            break;
        }
        text.remove_prefix(amp);
        const std::size_t end = text.substr(0, 12).find(';');
        const auto value =
            end == std::string_view::npos ? std::nullopt : entityValue(text.substr(1, end - 1));
        if (value) {
            appendUtf8(out, *value);
            text.remove_prefix(end + 1);
        } else {
            out.push_back('&');
            text.remove_prefix(1);
        }
    }
    return out;
}

std::optional<std::int64_t> parseCents(std::string_view text) {
    // The first run of digits with . , ' or blanks between them.
    std::size_t begin = 0;
    while (begin < text.size() && !digit(text[begin])) {
        ++begin;
    }
    std::size_t end = begin;
    while (end < text.size() && end - begin < 24 &&
           (digit(text[end]) ||
            ((text[end] == '.' || text[end] == ',' || text[end] == '\'' || text[end] == ' ') &&
             end + 1 < text.size() && digit(text[end + 1])))) {
        ++end;
    }
    const std::string_view run = text.substr(begin, end - begin);
    if (run.empty()) {
        return std::nullopt;
    }
    // The last separator is a decimal sign if one or two digits follow it; three are a thousand.
    const std::size_t last = run.find_last_of(".,");
    const std::size_t fraction = last == std::string_view::npos ? 0 : run.size() - last - 1;
    const bool decimal = fraction == 1 || fraction == 2;
    std::int64_t cents = 0;
    std::size_t digits = 0;
    for (const char c : decimal ? run.substr(0, last) : run) {
        if (!digit(c)) {
            continue;
        }
        if (++digits > 12) {
            return std::nullopt;
        }
        cents = cents * 10 + (c - '0');
    }
    cents *= 100;
    if (decimal) {
        const int tens = run[last + 1] - '0';
        cents += tens * 10 + (fraction == 2 ? run[last + 2] - '0' : 0);
    }
    return cents;
}

std::optional<std::int64_t> parseWhole(std::string_view text) {
    const auto cents = parseCents(text);
    return cents ? std::optional(*cents / 100) : std::nullopt;
}

std::optional<int> parseYear(std::string_view text) {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
        const bool edges =
            (i == 0 || !digit(text[i - 1])) && (i + 4 == text.size() || !digit(text[i + 4]));
        int year = 0;
        bool all = edges;
        for (std::size_t k = i; all && k < i + 4; ++k) {
            all = digit(text[k]);
            year = year * 10 + (text[k] - '0');
        }
        if (all && year >= 1900 && year <= 2100) {
            return year;
        }
    }
    return std::nullopt;
}

}  // namespace vorfahrt::server::intake
