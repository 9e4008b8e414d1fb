// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service/batch.h"

namespace vorfahrt::server::service {

// Runs one command of the administration (admin.h). Refused commands leave nothing. Store thread.
void runAdmin(Batch& batch, const AdminCommand& command, Outcome& outcome);
// As a part of a larger change: the caller has the savepoint. Adds to the outcome's lists.
[[nodiscard]] Status applyAdmin(Batch& batch, const AdminCommand& command, Outcome& outcome);

}  // namespace vorfahrt::server::service
