// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/feed/scopes.h"

#include "common/base/bytes.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"

#include <algorithm>
#include <map>

namespace vorfahrt::server::feed {
namespace {

using schema::Facet;
using Scopes = std::vector<std::string>;

constexpr std::size_t kIdBytes = 16;

bool isId(std::string_view bytes) {
    return bytes.size() == kIdBytes;
}

template <class Record>
bool is(const schema::Row& row) {
    return row.info().descriptor == Record::descriptor();
}

// A facet as its generated class: no copy, because a row keeps each facet in the record's type.
template <class Record>
const Record& facetOf(const schema::Row& row, Facet facet) {
    return static_cast<const Record&>(row.facet(facet));
}

template <class Record>
bool isHeld(const schema::Row& row) {
    return !facetOf<Record>(row, Facet::SERVER).held_by_lead().empty();
}

template <class Record>
Scopes siteScopes(const schema::Row& row) {
    const std::string& site = facetOf<Record>(row, Facet::MAIN).site_id();
    return isId(site) ? Scopes{siteScope(site)} : Scopes{};
}

// DD-93: the owner and the managers of the site, while there is an owner.
Scopes closedCircle(const schema::Row& lead) {
    if (lead.isDeleted()) {
        return {};
    }
    const auto& main = facetOf<record::Lead>(lead, Facet::MAIN);
    if (!isId(main.owner_id()) || !isId(main.site_id())) {
        return {};
    }
    return {managerScope(main.site_id()), userScope(main.owner_id())};
}

Scopes leadScopes(const schema::Row& row, Facet facet) {
    if (facet == Facet::PRIVATE) {
        return closedCircle(row);
    }
    const auto& main = facetOf<record::Lead>(row, Facet::MAIN);
    if (!isId(main.site_id())) {
        return {};
    }
    return {main.owner_id().empty() ? leadsScope(main.site_id()) : siteScope(main.site_id())};
}

Scopes activityScopes(const schema::Row& row, Facet facet, const schema::Row* lead) {
    if (isHeld<record::Activity>(row)) {
        return {};
    }
    if (facet == Facet::MAIN) {
        return siteScopes<record::Activity>(row);
    }
    if (lead != nullptr) {
        return closedCircle(*lead);
    }
    const auto& main = facetOf<record::Activity>(row, Facet::MAIN);
    return main.lead_id().empty() && isId(main.site_id()) ? Scopes{managerScope(main.site_id())}
                                                          : Scopes{};
}

// Both facets go together: neither says anything without the other.
Scopes messageScopes(const schema::Row& row, const schema::Row* lead) {
    if (!facetOf<record::IntakeMessage>(row, Facet::PRIVATE).lead_id().empty()) {
        return lead != nullptr ? closedCircle(*lead) : Scopes{};
    }
    const auto& main = facetOf<record::IntakeMessage>(row, Facet::MAIN);
    const bool forManagers =
        main.state() == record::NOT_RECOGNISED || main.state() == record::DISMISSED;
    return forManagers && isId(main.site_id()) ? Scopes{managerScope(main.site_id())} : Scopes{};
}

Scopes mainScopes(const schema::Row& row) {
    if (is<record::Customer>(row)) {
        return isHeld<record::Customer>(row) ? Scopes{} : siteScopes<record::Customer>(row);
    }
    if (is<record::ContactPoint>(row)) {
        return isHeld<record::ContactPoint>(row) ? Scopes{} : siteScopes<record::ContactPoint>(row);
    }
    if (is<record::Vehicle>(row)) {
        return isHeld<record::Vehicle>(row) ? Scopes{} : siteScopes<record::Vehicle>(row);
    }
    if (is<record::Task>(row)) {
        return siteScopes<record::Task>(row);
    }
    const bool ofTheGroup = is<record::Tenant>(row) || is<record::Site>(row) ||
                            is<record::Department>(row) || is<record::Team>(row) ||
                            is<record::User>(row) || is<record::Grant>(row) ||
                            is<record::Source>(row);
    // A record that is not named here is seen by nobody.
    return ofTheGroup ? Scopes{std::string(kBaseScope)} : Scopes{};
}

std::string named(std::string_view kind, std::string_view id) {
    return std::string(kind) + toHex(id);
}

}  // namespace

std::string siteScope(std::string_view id) {
    return named("site:", id);
}

std::string leadsScope(std::string_view id) {
    return named("leads:", id);
}

std::string managerScope(std::string_view id) {
    return named("manager:", id);
}

std::string userScope(std::string_view id) {
    return named("user:", id);
}

Scopes scopesOf(const schema::Row& row, Facet facet, const schema::Row* lead) {
    if (row.isDeleted() || facet == Facet::SERVER || !row.info().has(facet)) {
        return {};
    }
    if (facet == Facet::PRIVATE && row.facet(facet).ByteSizeLong() == 0) {
        return {};  // an empty private facet is no row on the wire
    }
    if (is<record::Lead>(row)) {
        return leadScopes(row, facet);
    }
    if (is<record::Activity>(row)) {
        return activityScopes(row, facet, lead);
    }
    if (is<record::IntakeMessage>(row)) {
        return messageScopes(row, lead);
    }
    return facet == Facet::MAIN ? mainScopes(row) : Scopes{};
}

namespace {

// The sites of a person with what is seen there, by id.
std::map<std::string, Scopes> sitesOf(UserId user, const std::vector<sql::StoredRow>& grants) {
    std::map<std::string, Scopes> sites;
    for (const sql::StoredRow& stored : grants) {
        const auto& grant = facetOf<record::Grant>(stored.row, Facet::MAIN);
        const bool valid = !stored.row.isDeleted() && grant.user_id() == user.view() &&
                           isId(grant.site_id()) && grant.role() != record::ROLE_UNSPECIFIED;
        if (!valid) {
            continue;
        }
        Scopes& site = sites[grant.site_id()];
        if (site.empty()) {
            site = {siteScope(grant.site_id()), leadsScope(grant.site_id())};
        }
        const bool manages = grant.role() == record::MANAGER || grant.role() == record::ADMIN;
        if (manages && site.size() == 2) {
            site.push_back(managerScope(grant.site_id()));
        }
    }
    return sites;
}

constexpr std::size_t kOwnScopes = 2;  // base and the person's own

}  // namespace

Scopes scopesOfPerson(UserId user, const std::vector<sql::StoredRow>& grants) {
    Scopes out{std::string(kBaseScope), userScope(user.view())};
    for (const auto& [site, scopes] : sitesOf(user, grants)) {
        // A site whole or not at all: half of it would look like all there is.
        if (out.size() + scopes.size() <= schema::kMaxScopes) {
            out.insert(out.end(), scopes.begin(), scopes.end());
        }
    }
    std::ranges::sort(out);
    return out;
}

bool fitsIntoScopes(UserId user, const std::vector<sql::StoredRow>& grants) {
    std::size_t count = kOwnScopes;
    for (const auto& [site, scopes] : sitesOf(user, grants)) {
        count += scopes.size();
    }
    return count <= schema::kMaxScopes;
}

}  // namespace vorfahrt::server::feed
