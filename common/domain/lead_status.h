// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/lead.pb.h"

#include <span>

namespace vorfahrt::domain {

// The state machine of a sales opportunity (DD-80, DD-88). Pure.
//
//   NEW -> CONTACTED -> TEST_DRIVE -> OFFER -> NEGOTIATION        any open state to any other
//     \________\___________\____________\__________\-> WON | LOST | INVALID    closed: nothing
//     follows
//
// A closed lead is never reopened in silence: an offline edit that would is refused with
// RejectedState.
[[nodiscard]] bool isClosed(record::LeadStatus status);
[[nodiscard]] bool mayMove(record::LeadStatus from, record::LeadStatus to);
// LOST and INVALID say why.
[[nodiscard]] bool needsReason(record::LeadStatus to);
// The stages in the order of the stage bar.
[[nodiscard]] std::span<const record::LeadStatus> openStages();

}  // namespace vorfahrt::domain
