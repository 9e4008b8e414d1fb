// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sync/recording.h"

#include <vector>

namespace vorfahrt::tests {

// A connection "T1" with the kinds of frame that ./dev demo does not cause: Cursors, Poke,
// DropScope, Throttle, Refused, Logout. Made by the session machine and the feed on a small store.
[[nodiscard]] std::vector<RecordedLine> speakTheRest();

}  // namespace vorfahrt::tests
