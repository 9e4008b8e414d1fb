// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/password.h"

#include "common/schema/limits.h"

#include <algorithm>

namespace vorfahrt::domain {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

PasswordFault checkNewPassword(std::string_view password, std::string_view login) {
    if (password.size() < schema::kMinNewPassword) {
        return PasswordFault::TooShort;
    }
    if (password.size() > schema::kMaxNewPassword) {
        return PasswordFault::TooLong;
    }
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    return std::ranges::equal(trimmed(password), trimmed(login), same) ? PasswordFault::IsLogin
                                                                       : PasswordFault::None;
}

}  // namespace vorfahrt::domain
