// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <cstdint>
#include <optional>

namespace vorfahrt::client::keys {

inline constexpr int kMaxTries = 10;

// Wrong passwords in a row, without a network. Kept in a file, but for the steady time.
struct Tries {
    int wrong = 0;
    std::int64_t lastMs = 0;         // wall time of the last one
    std::optional<Millis> steady{};  // of the same, in this run of the program

    // The server alone decides from here on.
    [[nodiscard]] bool isOver() const { return wrong >= kMaxTries; }
};

// How long the next try has to wait after so many wrong ones: nothing for the first two, then
// longer and longer, 22 minutes for all of them together.
[[nodiscard]] Millis waitAfter(int wrong);
// What is left of it. A clock that was set back makes the wait begin anew: then `tries` is changed
// and has to be stored.
[[nodiscard]] Millis remainingWait(Tries& tries, const Clock& clock);
// Before the password is looked at, so that ending the program does not save the try.
void countTry(Tries& tries, const Clock& clock);

}  // namespace vorfahrt::client::keys
