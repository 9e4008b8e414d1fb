// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/row.h"
#include "common/sql/record_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::server::feed {

// Who may see what, as names of scopes (PROTOCOL.md, "Scopes"). Pure functions: of the row's
// values on one side, of a person's grants on the other. Nothing else decides visibility.

// The scopes that this facet of the row belongs to, sorted; none for a deleted row, a row that an
// unclaimed lead holds, and the server's facet. `lead` is the lead that an activity, a task or a
// message hangs on; null where there is none.
[[nodiscard]] std::vector<std::string> scopesOf(const schema::Row& row, schema::Facet facet,
                                                const schema::Row* lead);

// The scopes that a person has by these rows of Grant, sorted, at most schema::kMaxScopes: `base`
// and his own always, and of the sites as many as fit, each with all that he sees there.
[[nodiscard]] std::vector<std::string> scopesOfPerson(UserId user,
                                                      const std::vector<sql::StoredRow>& grants);

// False where scopesOfPerson has to leave sites out: no such right may be given.
[[nodiscard]] bool fitsIntoScopes(UserId user, const std::vector<sql::StoredRow>& grants);

inline constexpr std::string_view kBaseScope = "base";
// `id` is the 16 bytes of a site or of a user.
[[nodiscard]] std::string siteScope(std::string_view id);
[[nodiscard]] std::string leadsScope(std::string_view id);
[[nodiscard]] std::string managerScope(std::string_view id);
[[nodiscard]] std::string userScope(std::string_view id);

}  // namespace vorfahrt::server::feed
