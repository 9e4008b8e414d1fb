// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"

#include <chrono>
#include <string>
#include <string_view>

namespace vorfahrt::server::service {

inline constexpr Millis kStartCodeValid = std::chrono::hours(7 * 24);
inline constexpr Millis kResetCodeValid = std::chrono::hours(24);
inline constexpr int kMaxSetupTries = 10;

// A code of 60 bits that a person types in, and the digest that is stored. `owner` is whom it is
// for (an account's id, or kSetupOwner): equal codes of two owners have different digests.
struct NewCode {
    std::string code;  // "7QX4-0M2K-TB9R"
    std::string hash;
};
inline constexpr std::string_view kSetupOwner = "set-up";
[[nodiscard]] NewCode makeCode(Random& random, std::string_view owner);

// Of a code as it was typed: blanks, dashes and case do not matter, O is 0, I and L are 1.
[[nodiscard]] std::string codeHash(std::string_view typed, std::string_view owner);

}  // namespace vorfahrt::server::service
