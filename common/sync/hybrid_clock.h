// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <cstdint>

namespace vorfahrt::sync {

// Edit times of a desk (sync.md 2.4): the server's time at the last contact plus what has passed
// since, and always later than the edit that the user saw and changed. Pure; the owner passes the
// clocks in.
class HybridClock {
public:
    // offsetMs: server time minus wall time as last measured and stored; 0 before the first
    // contact.
    explicit HybridClock(std::int64_t offsetMs)
        : offsetMs_(offsetMs) {}

    void serverTime(std::int64_t serverMs, TimePoint wall, Millis steady);
    // seenMs: the newest edit time of what the user looked at; 0 where unknown.
    [[nodiscard]] std::int64_t stamp(TimePoint wall, Millis steady, std::int64_t seenMs);
    // To be stored, for a start without a connection.
    [[nodiscard]] std::int64_t offsetMs() const { return offsetMs_; }

private:
    std::int64_t offsetMs_;
    bool anchored_ = false;
    std::int64_t anchorServerMs_ = 0;
    Millis anchorSteady_{0};
    std::int64_t last_ = 0;
};

// The server's side: never later than its own receive time.
[[nodiscard]] std::int64_t clampEditTime(std::int64_t editMs, TimePoint received);

}  // namespace vorfahrt::sync
