// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/id.h"
#include "common/schema/org.pb.h"
#include "common/schema/sync.pb.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vorfahrt::client::sync {

// What a desk asks about accounts (PROTOCOL.md, section 9), as values. Online only: nothing of it
// is ever queued or stored. Those with a password or a code are kept no longer than until the
// answer.

struct NewSite {
    std::string name;
    std::string street;
    std::string postcode;
    std::string city;
    std::uint32_t returnSeconds = 0;
};

struct NewPerson {
    std::string login;
    std::string displayName;
    record::Role role = record::SALES;
};

// Nobody is signed in: a server without a tenant gets its first one. The users get start codes.
struct SetUp {
    struct User {
        NewPerson person;
        std::vector<std::uint32_t> sites;  // places in `sites`
    };
    std::string code;
    std::string tenantName;
    std::vector<NewSite> sites;
    std::string login;
    std::string displayName;
    std::string password;
    std::vector<User> users;
};

// Nobody is signed in: a start or reset code, and the password that its person chooses.
struct RedeemCode {
    std::string login;
    std::string code;
    std::string password;
};

// Ends the account's sessions on all other desks.
struct ChangePassword {
    std::string oldPassword;
    std::string newPassword;
};

struct SignOutEverywhere {
    bool thisDesk = false;
};

// An administrator's.
struct AddSite {
    TenantId tenant;
    NewSite site;
};

struct AddUser {
    TenantId tenant;
    NewPerson person;
    std::vector<SiteId> sites;
};

struct IssueCode {
    TenantId tenant;
    UserId user;
};

struct DisableUser {
    TenantId tenant;
    UserId user;
};

using AccountRequest = std::variant<SetUp, RedeemCode, ChangePassword, SignOutEverywhere, AddSite,
                                    AddUser, IssueCode, DisableUser>;

// The person types it in; shown once.
struct StartCode {
    UserId user;
    std::string login;
    std::string code;
    std::int64_t expiresMs = 0;
};

// Ok, or why not:
//   Unavailable      no connection, or it was lost: whether it was done is not known. The same
//                    request asked again bears the same id and is done once.
//   Unauthenticated  the code or the old password is wrong, or there is no such login
//   Forbidden        no right to it; SetUp: the server has a tenant already
//   RateLimited      too many tries, or another request is under way: retryAfterMs
//   Invalid          field breaks a rule        Duplicate  field (a login) is taken
//   RejectedState    SetUp and RedeemCode while somebody is signed in
//   Unsupported      the server is older than this request
struct AccountAnswer {
    ErrorCode code = ErrorCode::Ok;
    std::uint32_t retryAfterMs = 0;
    std::string field;  // "tenant_name", "sites.0.name", "users.2.login", "password", "code", ...
    std::vector<StartCode> codes;
    std::vector<RowId>
        created;  // AddSite: the site; AddUser: the user; SetUp: tenant, sites, users
};

// Without a request_id.
[[nodiscard]] wire::AccountRequest toWire(const AccountRequest& request);
// Asked by somebody who is signed in.
[[nodiscard]] bool needsSession(const AccountRequest& request);
[[nodiscard]] AccountAnswer answerOf(const wire::AccountResult& result);

}  // namespace vorfahrt::client::sync
