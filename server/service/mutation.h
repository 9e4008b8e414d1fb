// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service/batch.h"
#include "server/service/rights.h"

#include <cstdint>
#include <vector>

namespace vorfahrt::server::service {

struct Applied {
    Seq seq{0};
    std::vector<std::uint32_t> lostFields;  // of this edit
};

// Applies one mutation to the current state: rights, the shared mutator, merge field by field,
// references, conflicts, then one change (PROTOCOL.md section 3). Call it inside a savepoint.
// Refusals: Invalid, Forbidden, NotFound (also: not visible to this person), RejectedState,
// StaleToken, Unsupported, Duplicate.
[[nodiscard]] Result<Applied> applyMutation(Batch& batch, TenantId tenant, const Rights& rights,
                                            ReplicaId replica, const wire::Mutation& mutation);

}  // namespace vorfahrt::server::service
