// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace vorfahrt::domain {

enum class PasswordFault { None, TooShort, TooLong, IsLogin };

// The rule for a password that is chosen now, once for both sides: its length in bytes, and not the
// login itself. Length is what helps; classes of characters are not asked for (NIST SP 800-63B).
[[nodiscard]] PasswordFault checkNewPassword(std::string_view password, std::string_view login);

}  // namespace vorfahrt::domain
