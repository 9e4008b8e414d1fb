// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "server/service/requests.h"
#include "server/store/store.h"

#include <set>
#include <string>
#include <vector>

namespace vorfahrt::server::service {

// What a person may do in a tenant now: read from the database for each request, never kept, so
// that a right that ended has no effect later. A plain value.
struct Rights {
    UserId user;
    std::set<SiteId> sites;         // any role
    std::set<SiteId> managedSites;  // MANAGER or ADMIN
    std::set<std::string> scopes;
    bool administers = false;  // ADMIN at any site: people and sites of the tenant

    [[nodiscard]] bool worksAt(std::string_view siteId) const;
    [[nodiscard]] bool manages(std::string_view siteId) const;
    [[nodiscard]] bool sees(const std::vector<std::string>& rowScopes) const;
};

// Unauthenticated: the token or the account is not valid any more. Forbidden: nothing to do with
// this tenant, or disabled there. Also keeps when the token was used last.
[[nodiscard]] Result<Rights> rightsOf(store::WriteStore& store, const Principal& who,
                                      TenantId tenant, TimePoint now);

// The token and its account are valid now.
[[nodiscard]] Status checkToken(store::WriteStore& store, const Principal& who, TimePoint now);

// At most one write in store::kTokenUseStep, for a token that is still valid.
[[nodiscard]] Status keepTokenUse(store::WriteStore& store, const store::TokenInfo& token,
                                  TimePoint now);

}  // namespace vorfahrt::server::service
