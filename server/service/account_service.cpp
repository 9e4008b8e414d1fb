// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/account_service.h"

#include "common/base/bytes.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "server/intake/text.h"
#include "server/service/auth.h"
#include "server/service/codes.h"
#include "server/service/org.h"
#include "server/service/rights.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace vorfahrt::server::service {
namespace {

constexpr Millis kRepeatSetup = std::chrono::hours(1);
constexpr Millis kRepeat = std::chrono::hours(24);

// One request on its way to its answer. Lives for one call.
class AccountRun {
public:
    AccountRun(Batch& batch, Outcome& outcome, std::string id)
        : batch_(batch),
          outcome_(outcome),
          id_(std::move(id)) {}

    [[nodiscard]] Status setUp(const wire::Setup& setup, const std::string& passwordHash);
    [[nodiscard]] Status repeatSetup(const wire::Setup& setup, const store::DoneRequest& done);
    [[nodiscard]] Status redeem(const RedeemRequest& request);
    [[nodiscard]] Status change(const ChangePasswordRequest& request);
    [[nodiscard]] Status signOut(const Principal& who, const wire::SignOutEverywhere& request);
    [[nodiscard]] Status addSite(const Principal& who, const wire::AddSite& request);
    [[nodiscard]] Status addUser(const Principal& who, const wire::AddUser& request);
    [[nodiscard]] Status issueCode(const Principal& who, const wire::IssueCode& request);
    [[nodiscard]] Status disableUser(const Principal& who, const wire::DisableUser& request);

    // Done before, by this asker. Duplicate: by somebody else.
    [[nodiscard]] Result<std::optional<store::DoneRequest>> doneBy(AccountId asker);
    // Refused requests leave no trace in the outcome.
    void answer(const Status& status);

private:
    [[nodiscard]] Result<std::vector<RowId>> run(const AdminCommand& command);
    [[nodiscard]] Result<TenantId> administered(const Principal& who, const std::string& tenant);
    [[nodiscard]] Result<RowId> addPerson(TenantId tenant, const wire::UserForm& form,
                                          const std::vector<RowId>& sites,
                                          const std::string& field);
    [[nodiscard]] Status giveCode(TenantId tenant, RowId user, bool onlyWithoutPassword);
    [[nodiscard]] Status remember(AccountId asker, std::vector<RowId> created);
    [[nodiscard]] Status refuse(ErrorCode code, std::string field) {
        result_.set_field(std::move(field));
        return fail(code, result_.field());
    }
    // Names the field that a record's rule refused, within the form.
    template <class T>
    [[nodiscard]] Result<T> named(Result<T> result, const std::string& form) {
        if (!result && result.error().code == ErrorCode::Invalid && result_.field().empty()) {
            const std::string& detail = result.error().detail;
            const auto dot = detail.rfind('.');
            const std::string leaf = dot == std::string::npos ? "" : detail.substr(dot + 1);
            result_.set_field(leaf.empty() ? form : form + "." + leaf);
        }
        return result;
    }

    Batch& batch_;
    Outcome& outcome_;
    std::string id_;
    wire::AccountResult result_;
};

record::Site siteOf(const wire::SiteForm& form) {
    record::Site site;
    site.set_name(std::string(intake::trim(form.name())));
    site.set_street(form.street());
    site.set_postcode(form.postcode());
    site.set_city(form.city());
    site.set_return_seconds(form.return_seconds());
    return site;
}

std::vector<RowId> part(const std::vector<RowId>& ids, std::size_t first, std::size_t count) {
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(first);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

void AccountRun::answer(const Status& status) {
    if (!status) {
        outcome_ = Outcome{};
        const ErrorCode code = status.error().code;
        const std::string field = result_.field();
        result_.Clear();
        result_.set_code(static_cast<std::uint32_t>(code));
        if (code == ErrorCode::Invalid || code == ErrorCode::Duplicate) {
            result_.set_field(field);
        }
        if (isStoreFault(code)) {
            outcome_.code = code;
            return;
        }
    }
    result_.set_request_id(id_);
    outcome_.accountResult = std::move(result_);
}

Result<std::optional<store::DoneRequest>> AccountRun::doneBy(AccountId asker) {
    VF_TRY(auto done, batch_.store.readDone(id_));
    if (done && done->asker != asker) {
        return fail(ErrorCode::Duplicate, "request id of somebody else");
    }
    return done;
}

Status AccountRun::remember(AccountId asker, std::vector<RowId> created) {
    for (const RowId id : created) {
        result_.add_created(id.bytes());
    }
    return batch_.store.writeDone(
        {.id = id_, .asker = asker, .at = batch_.now, .created = std::move(created)},
        batch_.now - kRepeat);
}

// The commands of a change see their own `created` only.
Result<std::vector<RowId>> AccountRun::run(const AdminCommand& command) {
    Outcome part;
    VF_CHECK(applyAdmin(batch_, command, part));
    const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(outcome_.committed, part.committed);
    append(outcome_.signedOut, part.signedOut);
    append(outcome_.rightsChanged, part.rightsChanged);
    return part.created;
}

Result<RowId> AccountRun::addPerson(TenantId tenant, const wire::UserForm& form,
                                    const std::vector<RowId>& sites, const std::string& field) {
    const auto role = static_cast<record::Role>(form.role());
    const auto login = foldLogin(form.login());
    if (!login) {
        return fail(refuse(ErrorCode::Invalid, field + ".login").error());
    }
    VF_TRY(const auto known, batch_.store.findAccount(*login));
    if (known) {
        return fail(refuse(ErrorCode::Duplicate, field + ".login").error());
    }
    const bool roleIsKnown =
        record::Role_IsValid(static_cast<int>(form.role())) && role != record::ROLE_UNSPECIFIED;
    if (!roleIsKnown) {
        return fail(refuse(ErrorCode::Invalid, field + ".role").error());
    }
    AddUser command;
    command.tenant = tenant;
    command.login = *login;
    command.withoutPassword = true;
    command.record.set_display_name(std::string(intake::trim(form.display_name())));
    command.record.set_site_id(sites.front().bytes());
    for (const RowId site : sites) {
        command.roles.push_back({.role = role, .site = site});
    }
    VF_TRY(const auto created, named(run(command), field));
    VF_CHECK(giveCode(tenant, created.front(), false));
    return created.front();
}

Status AccountRun::giveCode(TenantId tenant, RowId user, bool onlyWithoutPassword) {
    VF_TRY(const auto row, batch_.store.readRow(tenant, schema::recordOf<record::User>(), user));
    if (!row || row->row.isDeleted()) {
        return fail(ErrorCode::NotFound, "user");
    }
    const auto record = row->row.as<record::User>();
    const auto id = AccountId::fromBytes(record.account_id()).value_or(AccountId());
    VF_TRY(const auto account, batch_.store.readAccount(id));
    if (!account) {
        return fail(ErrorCode::NotFound, "account");
    }
    if (account->disabled || record.disabled()) {
        return fail(ErrorCode::RejectedState, "disabled");
    }
    if (onlyWithoutPassword && !account->passwordHash.empty()) {
        return {};
    }
    const TimePoint expires =
        batch_.now + (account->passwordHash.empty() ? kStartCodeValid : kResetCodeValid);
    const NewCode code = makeCode(batch_.random, id.view());
    VF_CHECK(batch_.store.writeCode({.account = id, .hash = code.hash, .expires = expires}));
    wire::StartCode& out = *result_.add_codes();
    out.set_user_id(user.bytes());
    out.set_login(account->login);
    out.set_code(code.code);
    out.set_expires_ms(toUnixMs(expires));
    return {};
}

// ---------------------------------------------------------------------------------------- set-up

Status AccountRun::setUp(const wire::Setup& setup, const std::string& passwordHash) {
    const bool fits = setup.sites_size() > 0 && setup.sites_size() <= schema::kMaxSetupSites;
    if (!fits) {
        return refuse(ErrorCode::Invalid, "sites");
    }
    if (setup.users_size() > schema::kMaxSetupUsers) {
        return refuse(ErrorCode::Invalid, "users");
    }
    const AddTenant addTenant{.name = std::string(intake::trim(setup.tenant_name()))};
    auto made = run(addTenant);
    if (!made) {
        return refuse(made.error().code, "tenant_name");
    }
    std::vector<RowId> created = std::move(*made);
    const TenantId tenant(created.front().uuid());
    std::vector<RowId> sites;
    for (int i = 0; i < setup.sites_size(); ++i) {
        const SaveSite save{.tenant = tenant, .site = {}, .record = siteOf(setup.sites(i))};
        VF_TRY(const auto site, named(run(save), fmt::format("sites.{}", i)));
        sites.push_back(site.front());
    }
    created.insert(created.end(), sites.begin(), sites.end());

    const wire::UserForm& first = setup.administrator();
    const auto login = foldLogin(first.login());
    if (!login) {
        return refuse(ErrorCode::Invalid, "administrator.login");
    }
    VF_TRY(const auto known, batch_.store.findAccount(*login));
    if (known) {
        return refuse(ErrorCode::Duplicate, "administrator.login");
    }
    AddUser administrator;
    administrator.tenant = tenant;
    administrator.login = *login;
    administrator.passwordHash = passwordHash;
    administrator.record.set_display_name(std::string(intake::trim(first.display_name())));
    administrator.record.set_site_id(sites.front().bytes());
    for (const RowId site : sites) {
        administrator.roles.push_back({.role = record::ADMIN, .site = site});
    }
    VF_TRY(const auto head, named(run(administrator), "administrator"));
    created.push_back(head.front());

    for (int i = 0; i < setup.users_size(); ++i) {
        const std::string field = fmt::format("users.{}", i);
        std::vector<RowId> at;
        for (const std::uint32_t no : setup.users(i).site_nos()) {
            if (no >= sites.size() || std::ranges::find(at, sites[no]) != at.end()) {
                return refuse(ErrorCode::Invalid, field + ".site_nos");
            }
            at.push_back(sites[no]);
        }
        if (at.empty()) {
            return refuse(ErrorCode::Invalid, field + ".site_nos");
        }
        VF_TRY(const RowId user, addPerson(tenant, setup.users(i), at, field));
        created.push_back(user);
    }
    return remember(AccountId(), std::move(created));
}

// The answer was lost: everything stands, and codes that nobody saw are replaced.
Status AccountRun::repeatSetup(const wire::Setup& setup, const store::DoneRequest& done) {
    const auto users = static_cast<std::size_t>(setup.users_size());
    const std::size_t others = static_cast<std::size_t>(setup.sites_size()) + 2;
    if (done.created.size() != users + others) {
        return fail(ErrorCode::Duplicate, "another request of this id");
    }
    const TenantId tenant(done.created.front().uuid());
    for (const RowId user : part(done.created, others, users)) {
        const Status given = giveCode(tenant, user, true);
        if (!given && given.error().code != ErrorCode::RejectedState) {
            return given;
        }
    }
    for (const RowId id : done.created) {
        result_.add_created(id.bytes());
    }
    return {};
}

// ----------------------------------------------------------------------------------------
// passwords

Status AccountRun::redeem(const RedeemRequest& request) {
    VF_TRY(auto account, batch_.store.findAccount(request.login));
    const AccountId id = account ? account->id : AccountId();
    VF_TRY(const auto code, batch_.store.readCode(id));
    VF_TRY(const auto done, batch_.store.readDone(id_));
    // The same work for unknown logins and those without a code.
    const std::string given = codeHash(request.code, id.view());
    const std::string none(given.size(), '\0');
    const bool same = constantTimeEqual(given, code ? code->hash : none);
    if (account && done && done->asker == id) {
        return {};
    }
    if (!account || account->disabled || !code || !same || code->expires <= batch_.now || done) {
        return fail(ErrorCode::Unauthenticated, "code");
    }
    account->passwordHash = request.passwordHash;
    VF_CHECK(batch_.store.writeAccount(*account));
    VF_CHECK(batch_.store.eraseCode(id));
    VF_CHECK(batch_.store.revokeTokens(id, {}));
    outcome_.signedOut.push_back(id);
    return remember(id, {});
}

Status AccountRun::change(const ChangePasswordRequest& request) {
    VF_TRY(auto account, batch_.store.readAccount(request.who.account));
    VF_TRY(const auto done, doneBy(request.who.account));
    if (done) {
        return {};
    }
    if (!account || account->passwordHash != request.checkedHash) {
        return fail(ErrorCode::Unauthenticated, "password changed meanwhile");
    }
    account->passwordHash = request.newHash;
    VF_CHECK(batch_.store.writeAccount(*account));
    VF_CHECK(batch_.store.eraseCode(account->id));
    VF_CHECK(batch_.store.revokeOtherTokens(account->id, request.who.tokenHash));
    outcome_.signedOut.push_back(account->id);
    return remember(account->id, {});
}

Status AccountRun::signOut(const Principal& who, const wire::SignOutEverywhere& request) {
    VF_CHECK(request.this_desk() ? batch_.store.revokeTokens(who.account, {})
                                 : batch_.store.revokeOtherTokens(who.account, who.tokenHash));
    outcome_.signedOut.push_back(who.account);
    return {};
}

// ---------------------------------------------------------------------------------------- people

Result<TenantId> AccountRun::administered(const Principal& who, const std::string& tenant) {
    const auto id = TenantId::fromBytes(tenant);
    if (!id || id->isNone()) {
        return fail(ErrorCode::Forbidden, "tenant");
    }
    VF_TRY(const Rights rights, rightsOf(batch_.store, who, *id, batch_.now));
    return rights.administers ? Result<TenantId>(*id)
                              : fail(ErrorCode::Forbidden, "not an administrator");
}

Status AccountRun::addSite(const Principal& who, const wire::AddSite& request) {
    VF_TRY(const TenantId tenant, administered(who, request.tenant()));
    VF_TRY(const auto done, doneBy(who.account));
    if (done) {
        for (const RowId id : done->created) {
            result_.add_created(id.bytes());
        }
        return {};
    }
    const SaveSite save{.tenant = tenant, .site = {}, .record = siteOf(request.site())};
    VF_TRY(const auto site, named(run(save), "site"));
    VF_TRY(const Rights rights, rightsOf(batch_.store, who, tenant, batch_.now));
    const AddGrant grant{.tenant = tenant,
                         .user = RowId(rights.user.uuid()),
                         .role = {.role = record::ADMIN, .site = site.front()}};
    const auto granted = run(grant);
    // Who sees as many sites as a desk has room for gets no further one.
    if (!granted && granted.error().code != ErrorCode::Invalid) {
        return fail(granted.error());
    }
    return remember(who.account, {site.front()});
}

Status AccountRun::addUser(const Principal& who, const wire::AddUser& request) {
    VF_TRY(const TenantId tenant, administered(who, request.tenant()));
    VF_TRY(const auto done, doneBy(who.account));
    if (done) {
        if (done->created.size() != 1) {
            return fail(ErrorCode::Duplicate, "another request of this id");
        }
        result_.add_created(done->created.front().bytes());
        return giveCode(tenant, done->created.front(), true);
    }
    const wire::UserForm& form = request.user();
    std::vector<RowId> sites;
    for (const std::string& bytes : form.site_ids()) {
        const auto site = RowId::fromBytes(bytes);
        const bool fits = site && !site->isNone() &&
                          std::ranges::find(sites, *site) == sites.end() &&
                          std::ssize(sites) < schema::kMaxSetupSites;
        if (!fits) {
            return refuse(ErrorCode::Invalid, "user.site_ids");
        }
        sites.push_back(*site);
    }
    if (sites.empty()) {
        return refuse(ErrorCode::Invalid, "user.site_ids");
    }
    VF_TRY(const RowId user, addPerson(tenant, form, sites, "user"));
    return remember(who.account, {user});
}

Status AccountRun::issueCode(const Principal& who, const wire::IssueCode& request) {
    VF_TRY(const TenantId tenant, administered(who, request.tenant()));
    const RowId user = RowId::fromBytes(request.user_id()).value_or(RowId());
    VF_TRY(const auto row, batch_.store.readRow(tenant, schema::recordOf<record::User>(), user));
    if (!row || row->row.isDeleted()) {
        return fail(ErrorCode::NotFound, "user");
    }
    const auto account = AccountId::fromBytes(row->row.as<record::User>().account_id());
    VF_TRY(const auto users, batch_.store.usersOfAccount(account.value_or(AccountId())));
    const bool elsewhere =
        std::ranges::any_of(users, [&](const auto& one) { return one.tenant != tenant; });
    // His own password is changed with the old one: a session left open is not enough.
    if (elsewhere || account == who.account) {
        return fail(ErrorCode::Forbidden, "account");
    }
    return giveCode(tenant, user, false);
}

Status AccountRun::disableUser(const Principal& who, const wire::DisableUser& request) {
    VF_TRY(const TenantId tenant, administered(who, request.tenant()));
    const RowId user = RowId::fromBytes(request.user_id()).value_or(RowId());
    VF_TRY(const Rights rights, rightsOf(batch_.store, who, tenant, batch_.now));
    if (UserId(user.uuid()) == rights.user) {
        return fail(ErrorCode::Forbidden, "himself");
    }
    VF_TRY(const auto done, run(DisableUserOf{.tenant = tenant, .user = user}));
    static_cast<void>(done);
    return {};
}

// ---------------------------------------------------------------------------------------- code of
// the set-up

// Ok: go on. A wrong try is counted outside of any savepoint.
Status admitSetup(Batch& batch, const SetupRequest& request, bool& repeat) {
    VF_TRY(const auto tenants, batch.store.tenants());
    VF_TRY(auto code, batch.store.readSetupCode());
    if (!code) {
        return fail(ErrorCode::Forbidden, "no set-up code");
    }
    const bool same =
        constantTimeEqual(code->hash, codeHash(request.request.setup().code(), kSetupOwner));
    if (!code->usedBy.empty() && same && code->usedBy == request.request.request_id()) {
        repeat = true;
        return {};
    }
    if (!tenants.empty() || !code->usedBy.empty() || code->wrongTries >= kMaxSetupTries) {
        return fail(ErrorCode::Forbidden, "set up already, or too many tries");
    }
    if (!same) {
        ++code->wrongTries;
        VF_CHECK(batch.store.writeSetupCode(*code));
        return fail(ErrorCode::Unauthenticated, "set-up code");
    }
    return {};
}

Status useSetupCode(Batch& batch, const std::string& id) {
    VF_TRY(auto code, batch.store.readSetupCode());
    code->usedBy = id;
    return batch.store.writeSetupCode(*code);
}

}  // namespace

void runSetup(Batch& batch, const SetupRequest& request, Outcome& outcome) {
    const std::string& id = request.request.request_id();
    AccountRun run(batch, outcome, id);
    bool repeat = false;
    if (const Status admitted = admitSetup(batch, request, repeat); !admitted) {
        run.answer(admitted);
        return;
    }
    const wire::Setup& setup = request.request.setup();
    run.answer(inSavepoint(batch.store, [&]() -> Status {
        if (repeat) {
            VF_TRY(const auto done, batch.store.readDone(id));
            return done && batch.now - done->at <= kRepeatSetup
                       ? run.repeatSetup(setup, *done)
                       : Status(fail(ErrorCode::Forbidden, "set up already"));
        }
        VF_CHECK(run.setUp(setup, request.passwordHash));
        return useSetupCode(batch, id);
    }));
}

void redeemCode(Batch& batch, const RedeemRequest& request, Outcome& outcome) {
    AccountRun run(batch, outcome, request.id);
    run.answer(inSavepoint(batch.store, [&] { return run.redeem(request); }));
}

void findPassword(Batch& batch, const FindPasswordRequest& request, Outcome& outcome) {
    if (const Status valid = checkToken(batch.store, request.who, batch.now); !valid) {
        outcome.code = valid.error().code;
        return;
    }
    AccountRun run(batch, outcome, request.id);
    const auto done = run.doneBy(request.who.account);
    if (!done || *done) {
        run.answer(done ? Status() : Status(fail(done.error())));
        return;
    }
    auto account = batch.store.readAccount(request.who.account);
    if (!account) {
        outcome.code = account.error().code;
        return;
    }
    outcome.account = std::move(*account);
}

void changePassword(Batch& batch, const ChangePasswordRequest& request, Outcome& outcome) {
    if (const Status valid = checkToken(batch.store, request.who, batch.now); !valid) {
        outcome.code = valid.error().code;
        return;
    }
    AccountRun run(batch, outcome, request.id);
    run.answer(inSavepoint(batch.store, [&] { return run.change(request); }));
}

void administerAccounts(Batch& batch, const AccountAdminRequest& request, Outcome& outcome) {
    if (const Status valid = checkToken(batch.store, request.who, batch.now); !valid) {
        outcome.code = valid.error().code;
        return;
    }
    AccountRun run(batch, outcome, request.request.request_id());
    const wire::AccountRequest& asked = request.request;
    run.answer(inSavepoint(batch.store, [&]() -> Status {
        switch (asked.kind_case()) {
            case wire::AccountRequest::kSignOut: return run.signOut(request.who, asked.sign_out());
            case wire::AccountRequest::kAddSite: return run.addSite(request.who, asked.add_site());
            case wire::AccountRequest::kAddUser: return run.addUser(request.who, asked.add_user());
            case wire::AccountRequest::kIssueCode:
                return run.issueCode(request.who, asked.issue_code());
            case wire::AccountRequest::kDisableUser:
                return run.disableUser(request.who, asked.disable_user());
            default: return fail(ErrorCode::Unsupported, "kind");
        }
    }));
}

}  // namespace vorfahrt::server::service
