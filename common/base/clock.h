// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace vorfahrt {

// Wall time is UTC in milliseconds everywhere; local time exists only in the user interface and in
// common/domain's calendar.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

[[nodiscard]] constexpr TimePoint fromUnixMs(std::int64_t ms) {
    return TimePoint(Millis(ms));
}
[[nodiscard]] constexpr std::int64_t toUnixMs(TimePoint t) {
    return t.time_since_epoch().count();
}

// Injected wherever time matters, so that tests and the simulator own it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
    // Never goes back, also when the wall clock is set. Only differences mean something.
    [[nodiscard]] virtual Millis steady() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] Millis steady() const override;
};

// A clock that moves only when told to. Not thread-safe: one test thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(TimePoint start)
        : now_(start) {}
    [[nodiscard]] TimePoint now() const override { return now_; }
    [[nodiscard]] Millis steady() const override { return steady_; }
    void advance(Millis by) {
        now_ += by;
        steady_ += by;
    }
    // The user sets the wall clock; steady time does not move.
    void jumpWall(Millis by) { now_ += by; }

private:
    TimePoint now_;
    Millis steady_{0};
};

}  // namespace vorfahrt
