// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/rights.h"

#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "server/feed/scopes.h"
#include "server/service/change_set.h"

#include <algorithm>

namespace vorfahrt::server::service {
namespace {

bool contains(const std::set<SiteId>& sites, std::string_view bytes) {
    const auto id = SiteId::fromBytes(bytes);
    return id && sites.contains(*id);
}

Result<std::vector<store::StoredRow>> grantsOf(store::WriteStore& store, TenantId tenant,
                                               UserId user) {
    const auto& info = schema::recordOf<record::Grant>();
    const schema::ColumnValue key{
        .type = schema::ColumnType::Blob, .integer = 0, .text = user.bytes()};
    VF_TRY(const auto ids, store.findRows(tenant, info, "user_id", key, schema::kMaxGrants));
    std::vector<store::StoredRow> grants;
    for (const RowId id : ids) {
        VF_TRY(auto row, store.readRow(tenant, info, id));
        if (row && !row->row.isDeleted()) {
            grants.push_back(std::move(*row));
        }
    }
    return grants;
}

}  // namespace

bool Rights::worksAt(std::string_view siteId) const {
    return contains(sites, siteId);
}

bool Rights::manages(std::string_view siteId) const {
    return contains(managedSites, siteId);
}

bool Rights::sees(const std::vector<std::string>& rowScopes) const {
    return std::ranges::any_of(rowScopes,
                               [&](const std::string& scope) { return scopes.contains(scope); });
}

Status keepTokenUse(store::WriteStore& store, const store::TokenInfo& token, TimePoint now) {
    const bool ended = token.revoked || isIdle(token, now);
    return ended || !isUseDue(token, now) ? Status() : store.tokenUsed(token.hash, now);
}

Status checkToken(store::WriteStore& store, const Principal& who, TimePoint now) {
    VF_TRY(const auto token, store.readToken(who.tokenHash));
    if (!token || token->revoked || isIdle(*token, now) || token->account != who.account) {
        return fail(ErrorCode::Unauthenticated, "token");
    }
    VF_TRY(const auto account, store.readAccount(who.account));
    if (!account || account->disabled) {
        return fail(ErrorCode::Unauthenticated, "account");
    }
    return keepTokenUse(store, *token, now);
}

Result<Rights> rightsOf(store::WriteStore& store, const Principal& who, TenantId tenant,
                        TimePoint now) {
    VF_CHECK(checkToken(store, who, now));
    VF_TRY(const auto users, store.usersOfAccount(who.account));
    const auto user = std::ranges::find(users, tenant, &store::AccountUser::tenant);
    if (user == users.end()) {
        return fail(ErrorCode::Forbidden, "tenant");
    }
    VF_TRY(const auto row,
           store.readRow(tenant, schema::recordOf<record::User>(), RowId(user->user.uuid())));
    if (!row || row->row.isDeleted() || row->row.as<record::User>().disabled()) {
        return fail(ErrorCode::Forbidden, "user");
    }
    VF_TRY(const auto grants, grantsOf(store, tenant, user->user));
    Rights rights{
        .user = user->user, .sites = {}, .managedSites = {}, .scopes = {}, .administers = false};
    for (const auto& grant : grants) {
        const auto record = grant.row.as<record::Grant>();
        const auto site = SiteId::fromBytes(record.site_id());
        if (!site || record.role() == record::ROLE_UNSPECIFIED) {
            continue;
        }
        rights.sites.insert(*site);
        if (record.role() == record::MANAGER || record.role() == record::ADMIN) {
            rights.managedSites.insert(*site);
        }
        rights.administers = rights.administers || record.role() == record::ADMIN;
    }
    for (std::string& scope : feed::scopesOfPerson(user->user, grants)) {
        rights.scopes.insert(std::move(scope));
    }
    return rights;
}

}  // namespace vorfahrt::server::service
