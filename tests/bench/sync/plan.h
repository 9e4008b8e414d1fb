// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vorfahrt::bench {

// How much of everything: as the floor's (tests/bench/floor/roles.h).
struct Plan {
    std::size_t customers = 100'000;
    std::size_t leads = 60;
    std::size_t warmEdits = 20;
    std::size_t edits = 1'000;
    std::size_t offlineEdits = 10'000;

    [[nodiscard]] std::size_t onlineEdits() const { return warmEdits + edits; }
    [[nodiscard]] std::size_t allEdits() const { return onlineEdits() + offlineEdits; }
};

inline constexpr std::string_view kPassword = "bench password";
inline constexpr std::array<std::string_view, 3> kLogins = {"warm", "a", "b"};
// Names that the offline edits give; no other name begins so.
inline constexpr std::string_view kOfflinePrefix = "zzoffline";

// The same clock in every process.
[[nodiscard]] inline std::int64_t nowNs() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

[[nodiscard]] inline std::uint64_t mix(std::uint64_t x) {  // splitmix64
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

// As UUIDv7: ascending at the front, random behind. Both sides know the ids of the customers.
[[nodiscard]] inline RowId customerId(std::uint64_t n) {
    std::string bytes;
    for (const std::uint64_t half : {std::uint64_t{0x0190000000000000} + (n << 8U), mix(n)}) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes += static_cast<char>((half >> static_cast<unsigned>(shift)) & 0xFFU);
        }
    }
    return RowId::fromBytes(bytes).value_or(RowId());
}

// Spread over the table, no customer twice (7919 is prime to the number of customers).
[[nodiscard]] inline RowId editedCustomer(std::size_t edit, const Plan& plan) {
    return customerId(edit * 7'919ULL % plan.customers);
}

// 18 letters, as the seeded ones.
[[nodiscard]] inline std::string editedName(std::size_t edit, const Plan& plan) {
    const std::string number = std::to_string(edit);
    const bool offline = edit >= plan.onlineEdits();
    std::string name(offline ? kOfflinePrefix : "zzlive");
    name.append(18 - name.size() - number.size(), '0');
    return name + number;
}

}  // namespace vorfahrt::bench
