// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/lead.pb.h"
#include "common/sync/mutator.h"

namespace vorfahrt::sync {

// Rules of leads inside mutations. Internal to common/sync, but for the server's own claim and
// return.

[[nodiscard]] Result<std::vector<RowChange>> moveLead(const wire::LeadMoveArgs& args,
                                                      const MutationContext& context,
                                                      RowReader& rows);
[[nodiscard]] Result<std::vector<RowChange>> releaseLead(const wire::LeadReleaseArgs& args,
                                                         const MutationContext& context,
                                                         RowReader& rows);

// What claim, release and return do to the lead itself: owner, token, times and the event. Pure.
// returnSeconds: of the lead's site; 0: no timer.
[[nodiscard]] RowChange giveLead(RowId id, const record::Lead& lead, UserId newOwner,
                                 std::int64_t nowMs, std::uint32_t returnSeconds);
[[nodiscard]] RowChange takeLeadBack(RowId id, const record::Lead& lead, record::LeadEventKind why,
                                     std::int64_t nowMs, std::uint32_t returnSeconds);

// The first work on a claimed lead stops its return timer (DD-92); nothing where none runs.
[[nodiscard]] std::optional<RowChange> stopReturnTimer(RowId id, const record::Lead& lead,
                                                       UserId worker);

}  // namespace vorfahrt::sync
