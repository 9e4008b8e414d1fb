// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/row.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vorfahrt::server::service {

// Administration of tenants and people as values: the command line sends them, later the desk's
// settings. Each is one change of the tenant's log, so that desks get it live. Passwords come as
// hashes (auth.h): hashing has no place on the store thread.

struct AddTenant {
    std::string name;
    std::uint32_t dealerColour = 1;
};

struct SaveSite {
    TenantId tenant;
    RowId site;  // none: a new one
    record::Site record;
};

struct AddDepartment {
    TenantId tenant;
    record::Department record;
};

struct AddTeam {
    TenantId tenant;
    record::Team record;
};

struct SaveSource {
    TenantId tenant;
    RowId source;  // none: a new one
    record::Source record;
};

struct RoleAtSite {
    record::Role role = record::SALES;
    RowId site;
};

// An account that exists already joins this tenant with its own password.
struct AddUser {
    TenantId tenant;
    std::string login;
    std::string passwordHash;
    record::User record;  // without account
    std::vector<RoleAtSite> roles;
    bool withoutPassword = false;  // a start code will give him one; the login must be new
};

// Ends every session of the account.
struct SetPassword {
    std::string login;
    std::string passwordHash;
};

// Nobody signs in with this login any more: account and tokens, and in each tenant his grants.
// What he owns stays; his managers see it.
struct DisableUser {
    std::string login;
};

struct EnableUser {
    std::string login;
};

// The same in one tenant; the account itself where no other tenant has it.
struct DisableUserOf {
    TenantId tenant;
    RowId user;
};

// A new set-up code instead of the one before, while there is no tenant; RejectedState otherwise.
struct NewSetupCode {};

struct AddGrant {
    TenantId tenant;
    RowId user;
    RoleAtSite role;
};

struct RemoveGrant {
    TenantId tenant;
    RowId grant;
};

// Rows as they are, one change: demo data, benchmarks, a later import. Validated; at most 2,000.
struct ImportRows {
    TenantId tenant;
    std::vector<schema::Row> rows;
};

using AdminCommand = std::variant<AddTenant, SaveSite, AddDepartment, AddTeam, SaveSource, AddUser,
                                  SetPassword, DisableUser, DisableUserOf, EnableUser, NewSetupCode,
                                  AddGrant, RemoveGrant, ImportRows>;

}  // namespace vorfahrt::server::service
