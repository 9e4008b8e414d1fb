// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service/batch.h"

namespace vorfahrt::server::service {

// Applies the mutations of one Push exactly once (PROTOCOL.md section 3): mid = last + 1 is
// applied, an older one gets its stored result, a gap or a fork ends the frame. Each is in a
// savepoint; results and last_mid are outside of it, so a refused one is durable, too.
void runPush(Batch& batch, const PushRequest& request, Outcome& outcome);

}  // namespace vorfahrt::server::service
