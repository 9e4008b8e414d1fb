// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/lead_status.h"

#include <algorithm>
#include <array>

namespace vorfahrt::domain {
namespace {

using record::LeadStatus;

constexpr std::array kOpen{LeadStatus::NEW, LeadStatus::CONTACTED, LeadStatus::TEST_DRIVE,
                           LeadStatus::OFFER, LeadStatus::NEGOTIATION};
constexpr std::array kClosed{LeadStatus::WON, LeadStatus::LOST, LeadStatus::INVALID};

bool isOpen(LeadStatus status) {
    return std::ranges::find(kOpen, status) != kOpen.end();
}

}  // namespace

bool isClosed(LeadStatus status) {
    return std::ranges::find(kClosed, status) != kClosed.end();
}

bool mayMove(LeadStatus from, LeadStatus to) {
    return from != to && isOpen(from) && (isOpen(to) || isClosed(to));
}

bool needsReason(LeadStatus to) {
    return to == LeadStatus::LOST || to == LeadStatus::INVALID;
}

std::span<const LeadStatus> openStages() {
    return kOpen;
}

}  // namespace vorfahrt::domain
