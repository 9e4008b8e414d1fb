// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/clock.h"

namespace vorfahrt {

TimePoint SystemClock::now() const {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

Millis SystemClock::steady() const {
    return std::chrono::floor<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace vorfahrt
