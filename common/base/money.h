// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace vorfahrt {

// Euro cents. Never a floating-point number (requirements.md G-22).
class Money {
public:
    constexpr Money() = default;
    explicit constexpr Money(std::int64_t cents)
        : cents_(cents) {}
    [[nodiscard]] constexpr std::int64_t cents() const { return cents_; }
    // nullopt on overflow.
    [[nodiscard]] std::optional<Money> plus(Money other) const;
    friend auto operator<=>(const Money&, const Money&) = default;

private:
    std::int64_t cents_ = 0;
};

}  // namespace vorfahrt
