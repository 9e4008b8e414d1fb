// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/account_request.h"

namespace vorfahrt::client::sync {
namespace {

void fill(wire::SiteForm& form, const NewSite& site) {
    form.set_name(site.name);
    form.set_street(site.street);
    form.set_postcode(site.postcode);
    form.set_city(site.city);
    form.set_return_seconds(site.returnSeconds);
}

void fill(wire::UserForm& form, const NewPerson& person) {
    form.set_login(person.login);
    form.set_display_name(person.displayName);
    form.set_role(static_cast<std::uint32_t>(person.role));
}

struct ToWire {
    wire::AccountRequest& out;

    void operator()(const SetUp& request) const {
        wire::Setup& setup = *out.mutable_setup();
        setup.set_code(request.code);
        setup.set_tenant_name(request.tenantName);
        setup.set_password(request.password);
        fill(*setup.mutable_administrator(),
             {.login = request.login, .displayName = request.displayName, .role = record::ADMIN});
        for (const NewSite& site : request.sites) {
            fill(*setup.add_sites(), site);
        }
        for (const SetUp::User& user : request.users) {
            wire::UserForm& form = *setup.add_users();
            fill(form, user.person);
            form.mutable_site_nos()->Add(user.sites.begin(), user.sites.end());
        }
    }
    void operator()(const RedeemCode& request) const {
        out.mutable_redeem()->set_login(request.login);
        out.mutable_redeem()->set_code(request.code);
        out.mutable_redeem()->set_password(request.password);
    }
    void operator()(const ChangePassword& request) const {
        out.mutable_change_password()->set_old_password(request.oldPassword);
        out.mutable_change_password()->set_new_password(request.newPassword);
    }
    void operator()(const SignOutEverywhere& request) const {
        out.mutable_sign_out()->set_this_desk(request.thisDesk);
    }
    void operator()(const AddSite& request) const {
        out.mutable_add_site()->set_tenant(request.tenant.bytes());
        fill(*out.mutable_add_site()->mutable_site(), request.site);
    }
    void operator()(const AddUser& request) const {
        out.mutable_add_user()->set_tenant(request.tenant.bytes());
        wire::UserForm& form = *out.mutable_add_user()->mutable_user();
        fill(form, request.person);
        for (const SiteId site : request.sites) {
            form.add_site_ids(site.bytes());
        }
    }
    void operator()(const IssueCode& request) const {
        out.mutable_issue_code()->set_tenant(request.tenant.bytes());
        out.mutable_issue_code()->set_user_id(request.user.bytes());
    }
    void operator()(const DisableUser& request) const {
        out.mutable_disable_user()->set_tenant(request.tenant.bytes());
        out.mutable_disable_user()->set_user_id(request.user.bytes());
    }
};

}  // namespace

wire::AccountRequest toWire(const AccountRequest& request) {
    wire::AccountRequest out;
    std::visit(ToWire{out}, request);
    return out;
}

bool needsSession(const AccountRequest& request) {
    return !std::holds_alternative<SetUp>(request) && !std::holds_alternative<RedeemCode>(request);
}

AccountAnswer answerOf(const wire::AccountResult& result) {
    AccountAnswer answer{.code = static_cast<ErrorCode>(result.code()),
                         .retryAfterMs = result.retry_after_ms(),
                         .field = result.field(),
                         .codes = {},
                         .created = {}};
    for (const wire::StartCode& code : result.codes()) {
        answer.codes.push_back({.user = UserId::fromBytes(code.user_id()).value_or(UserId()),
                                .login = code.login(),
                                .code = code.code(),
                                .expiresMs = code.expires_ms()});
    }
    for (const std::string& id : result.created()) {
        answer.created.push_back(RowId::fromBytes(id).value_or(RowId()));
    }
    return answer;
}

}  // namespace vorfahrt::client::sync
