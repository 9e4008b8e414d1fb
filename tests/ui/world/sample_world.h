// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/world/desk_world.h"

namespace vorfahrt::test {

// Monday, 23 November 2026, 10:42 UTC.
inline constexpr std::int64_t kSampleNowMs = 1'795'430'520'000;

// An invented car dealership on a busy morning: four leads to claim, five that are next, nine in
// work, two with colleagues, two messages that were not recognised. Ids of what tests touch.
struct SampleWorld {
    LeadId toClaim;       // VW Caddy Cargo, about to run out
    LeadId mine;          // Sabine Krüger, offer, call back at 11:00
    CustomerId customer;  // Sabine Krüger
    RowId intake;
    UserId colleague;  // Murat Aydın

    // What a claim brings: for the lead `toClaim`, in me's name or in the colleague's.
    record::Lead claimed(DeskWorld& world, UserId owner) const;
    void winClaim(DeskWorld& world);
    void loseClaim(DeskWorld& world);

    record::Lead teaser;
    CustomerId hidden;
};

SampleWorld fillSample(DeskWorld& world);

}  // namespace vorfahrt::test
