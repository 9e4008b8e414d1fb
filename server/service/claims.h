// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service/batch.h"

#include <span>
#include <vector>

namespace vorfahrt::server::service {

// The lane of claims (PROTOCOL.md section 4): compare-and-swap on "no owner", one winner, a token
// that grows. The claims of one lead in one batch are one change: the first who may have it wins,
// the others are counted and named on the lead (the first 20) in the same write of the row. The
// answer to a claim id is stored with it and never changes.
struct ClaimItem {
    const ClaimRequest* request = nullptr;
    Outcome* outcome = nullptr;
};

// Answers go into the outcomes; a store fault is set as the outcome's code.
void runClaims(Batch& batch, std::span<const ClaimItem> claims);

}  // namespace vorfahrt::server::service
