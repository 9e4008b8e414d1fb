// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/contact_link.h"

#include "common/domain/phone.h"
#include "common/schema/validate.h"

#include <algorithm>

namespace vorfahrt::domain {
namespace {

bool unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void encode(std::string_view text, std::string& out) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved(c)) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

std::string mailtoUri(std::string_view address) {
    const std::string_view text = trimmed(address);
    const bool control =
        std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20U; });
    if (control || !schema::looksLikeEmail(text) || !schema::isValidUtf8(text)) {
        return {};
    }
    const std::size_t at = text.find('@');
    std::string out = "mailto:";
    encode(text.substr(0, at), out);
    out += '@';
    encode(text.substr(at + 1), out);
    return out;
}

std::string telUri(std::string_view number) {
    const Phone phone = parsePhone(number);
    if (!phone.e164.empty()) {
        return "tel:" + phone.e164;
    }
    const bool letters = std::ranges::any_of(
        number, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    return phone.digits.size() < 2 || letters ? std::string() : "tel:" + phone.digits;
}

}  // namespace vorfahrt::domain
