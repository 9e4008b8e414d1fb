// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/options.pb.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vorfahrt::sync {

// What one row of a scope adds to the scope's sum (PROTOCOL.md, "Sums"). Desk and server add and
// subtract the same numbers modulo 2^64; equal sums mean equal copies.
[[nodiscard]] std::uint64_t rowHash(TenantId tenant, std::uint32_t table, RowId id,
                                    schema::Facet facet, Seq rev);

// Name of a set of scopes (PROTOCOL.md, "Positions").
[[nodiscard]] std::string scopesDigest(std::vector<std::string> names);

}  // namespace vorfahrt::sync
