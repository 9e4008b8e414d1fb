// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <cstddef>
#include <cstdint>

namespace vorfahrt::server::session {

// How fast one connection pushes: so many mutations a second, ten seconds' worth at once. A push
// counts as some mutations more, so that many small ones are no way around. It refuses nothing:
// what goes beyond is a debt, and its owner asks the desk to wait until it is paid. Pure; the
// steady clock's time is given.
class PushMeter {
public:
    explicit PushMeter(std::uint32_t perSecond);

    // Counts a push. Zero: go on; otherwise so long no further one.
    [[nodiscard]] Millis pushed(std::size_t mutations, Millis steadyNow);

private:
    std::int64_t perSecond_;
    std::int64_t left_;  // thousandths of a mutation; below zero: owed
    Millis at_{0};
};

}  // namespace vorfahrt::server::session
