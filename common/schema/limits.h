// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace vorfahrt::schema {

// The bounds of PROTOCOL.md, section 7, once for both sides.
inline constexpr std::uint32_t kProtocol = 1;
inline constexpr std::size_t kMaxFrameBytes = 256 * 1024;
inline constexpr int kMaxPushMutations = 500;
inline constexpr std::size_t kMaxPushArgs = 200 * 1024;
inline constexpr int kMaxDeps = 64;
inline constexpr std::size_t kMaxTenants = 16;     // of a Hello
inline constexpr std::size_t kMaxHeldScopes = 64;  // of Cursors
inline constexpr std::size_t kMaxScopes = 60;      // of a person
inline constexpr std::size_t kMaxLoginBytes = 254;
inline constexpr std::size_t kMaxPasswordBytes = 1024;
// Of a password that is chosen now; see common/domain/password.h.
inline constexpr std::size_t kMinNewPassword = 10;
inline constexpr std::size_t kMaxNewPassword = 256;
// Of one Setup.
inline constexpr int kMaxSetupSites = 19;  // so many fit into the scopes of one person
inline constexpr int kMaxSetupUsers = 200;
// Rows of Grant of one person; far more than kMaxScopes allows sites.
inline constexpr int kMaxGrants = 200;
// Of Lead.events, as lead.proto says; a test compares them.
inline constexpr int kMaxLeadEvents = 200;

}  // namespace vorfahrt::schema
