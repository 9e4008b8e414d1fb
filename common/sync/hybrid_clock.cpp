// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sync/hybrid_clock.h"

#include <algorithm>

namespace vorfahrt::sync {

void HybridClock::serverTime(std::int64_t serverMs, TimePoint wall, Millis steady) {
    anchored_ = true;
    anchorServerMs_ = serverMs;
    anchorSteady_ = steady;
    offsetMs_ = serverMs - toUnixMs(wall);
}

std::int64_t HybridClock::stamp(TimePoint wall, Millis steady, std::int64_t seenMs) {
    // While the process lives, the steady clock carries on from the server's time: setting the wall
    // clock changes nothing.
    const std::int64_t now =
        anchored_ ? anchorServerMs_ + (steady - anchorSteady_).count() : toUnixMs(wall) + offsetMs_;
    last_ = std::max({now, seenMs + 1, last_ + 1});
    return last_;
}

std::int64_t clampEditTime(std::int64_t editMs, TimePoint received) {
    return std::clamp<std::int64_t>(editMs, 0, toUnixMs(received));
}

}  // namespace vorfahrt::sync
