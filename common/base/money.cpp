// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/money.h"

namespace vorfahrt {

std::optional<Money> Money::plus(Money other) const {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(cents_, other.cents_, &sum)) {
        return std::nullopt;
    }
    return Money(sum);
}

}  // namespace vorfahrt
