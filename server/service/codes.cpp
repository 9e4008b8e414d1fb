// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/codes.h"

#include "common/base/bytes.h"

namespace vorfahrt::server::service {
namespace {

// Crockford's base 32: no I, L, O, U.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeLetters = 12;
constexpr std::size_t kGroup = 4;
constexpr std::size_t kMaxTyped = 64;

// Only what can be in a code; empty when it is far too long to be one.
std::string folded(std::string_view typed) {
    std::string out;
    if (typed.size() > kMaxTyped) {
        return out;
    }
    for (char c : typed) {
        if (c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        }
        if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') {
            continue;
        }
        out += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    return out;
}

}  // namespace

std::string codeHash(std::string_view typed, std::string_view owner) {
    std::string text("vorfahrt code\0", 14);
    text += owner;
    text += '\0';
    return digest32(text + folded(typed));
}

NewCode makeCode(Random& random, std::string_view owner) {
    NewCode out;
    const std::string bytes = random.bytes(kCodeLetters);
    for (std::size_t i = 0; i < kCodeLetters; ++i) {
        if (i > 0 && i % kGroup == 0) {
            out.code += '-';
        }
        out.code += kLetters[static_cast<unsigned char>(bytes[i]) % kLetters.size()];
    }
    out.hash = codeHash(out.code, owner);
    return out;
}

}  // namespace vorfahrt::server::service
