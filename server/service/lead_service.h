// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/lead.pb.h"
#include "server/service/batch.h"
#include "server/service/change_set.h"

#include <cstdint>
#include <string_view>

namespace vorfahrt::server::service {

// What claim, release and return have in common (DD-92, DD-93). Store thread, inside one change.

// Seconds that a lead of this site waits for its claim or its first work; 0: no timer.
[[nodiscard]] Result<std::uint32_t> returnSeconds(ChangeSet& changes, const record::Lead& lead);

// The first claim: what the lead brought in is no longer held and enters the scope of the site.
[[nodiscard]] Status releaseHeldRows(Batch& batch, ChangeSet& changes, RowId lead,
                                     const record::Lead& record);

// Writes "claimed", "released" or "returned" into the timeline: an activity OWNER_CHANGE whose text
// is that word (a code for the desk, which has the sentence).
[[nodiscard]] Status addOwnerChange(Batch& batch, ChangeSet& changes, RowId lead,
                                    const record::Lead& record, std::string_view author,
                                    std::string_view what);

// Puts one change of common/sync into the change set as it is (no merge).
[[nodiscard]] Status putChange(ChangeSet& changes, const sync::RowChange& change);

// Due leads go back to the pool. An unclaimed lead past its time stays where it is: only its timer
// is cleared (deadline_ms = 0, "no timer runs"), so that it costs one change and not one per
// period.
void runTimer(Batch& batch, Outcome& outcome);

}  // namespace vorfahrt::server::service
