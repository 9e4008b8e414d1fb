// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/keys/tries.h"

#include <algorithm>
#include <array>

namespace vorfahrt::client::keys {

using namespace std::chrono_literals;

Millis waitAfter(int wrong) {
    constexpr std::array<Millis, kMaxTries> kWaits{0s, 0s, 0s, 5s, 15s, 30s, 60s, 120s, 300s, 800s};
    return kWaits.at(static_cast<std::size_t>(std::clamp(wrong, 0, kMaxTries - 1)));
}

Millis remainingWait(Tries& tries, const Clock& clock) {
    const Millis wait = waitAfter(tries.wrong);
    if (wait == 0ms) {
        return 0ms;
    }
    const std::int64_t now = toUnixMs(clock.now());
    if (now < tries.lastMs) {
        tries.lastMs = now;
        tries.steady = clock.steady();
    }
    Millis passed(now - tries.lastMs);
    if (tries.steady) {
        passed = std::min(passed, clock.steady() - *tries.steady);
    }
    return std::max(wait - passed, Millis(0));
}

void countTry(Tries& tries, const Clock& clock) {
    tries.wrong = std::min(tries.wrong + 1, kMaxTries);
    tries.lastMs = toUnixMs(clock.now());
    tries.steady = clock.steady();
}

}  // namespace vorfahrt::client::keys
