// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/org.h"

#include "common/schema/lead.pb.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "common/schema/validate.h"
#include "server/feed/scopes.h"
#include "server/intake/mail_rule.h"
#include "server/intake/text.h"
#include "server/service/auth.h"
#include "server/service/change_set.h"
#include "server/service/codes.h"

#include <algorithm>
#include <optional>

namespace vorfahrt::server::service {
namespace {

constexpr std::size_t kMaxImport = 2'000;
constexpr std::size_t kEpochBytes = 16;

// One command on its way; its overloads are the commands. Lives for one runAdmin.
class AdminRun {
public:
    AdminRun(Batch& batch, Outcome& outcome)
        : batch_(batch),
          outcome_(outcome) {}

    [[nodiscard]] Status operator()(const AddTenant& command) {
        record::Tenant record;
        record.set_name(command.name);
        record.set_dealer_colour(command.dealerColour);
        VF_CHECK(schema::validate(record));
        const RowId id = batch_.newId();
        const TenantId tenant(id.uuid());
        VF_CHECK(batch_.store.createTenant(tenant, batch_.random.bytes(kEpochBytes)));
        ChangeSet changes(batch_.store, tenant);
        return add(changes, record, id);
    }

    [[nodiscard]] Status operator()(const SaveSite& command) {
        return save(command.tenant, command.site, command.record);
    }

    [[nodiscard]] Status operator()(const AddDepartment& command) {
        return save(command.tenant, RowId(), command.record);
    }

    [[nodiscard]] Status operator()(const AddTeam& command) {
        return save(command.tenant, RowId(), command.record);
    }

    [[nodiscard]] Status operator()(const SaveSource& command) {
        record::Source record = command.record;
        record.set_intake_address(intake::lowerAscii(intake::trim(record.intake_address())));
        if (!record.mail_rules().empty()) {
            VF_TRY(const auto rules, intake::parseMailRules(record.mail_rules()));
            static_cast<void>(rules);
        }
        if (!record.intake_address().empty()) {
            VF_TRY(const auto taken, batch_.store.findSource(record.intake_address()));
            if (taken && (taken->tenant != command.tenant || taken->source != command.source)) {
                return fail(ErrorCode::Duplicate, "intake address");
            }
        }
        return save(command.tenant, command.source, record);
    }

    [[nodiscard]] Status operator()(const AddUser& command) {
        VF_TRY(const auto account, openAccount(command));
        VF_TRY(const auto users, batch_.store.usersOfAccount(account));
        if (std::ranges::any_of(users,
                                [&](const auto& user) { return user.tenant == command.tenant; })) {
            return fail(ErrorCode::Duplicate, "user of this tenant");
        }
        ChangeSet changes(batch_.store, command.tenant);
        record::User record = command.record;
        record.set_account_id(account.bytes());
        const RowId user = batch_.newId();
        VF_CHECK(check(changes, record));
        VF_CHECK(changes.save(record, user));
        outcome_.created.push_back(user);
        for (const RoleAtSite& role : command.roles) {
            VF_CHECK(grant(changes, user, role));
        }
        VF_CHECK(checkScopes(changes, user));
        return finish(changes);
    }

    [[nodiscard]] Status operator()(const SetPassword& command) {
        VF_TRY(auto account, findAccount(command.login));
        if (command.passwordHash.empty()) {
            return fail(ErrorCode::Invalid, "password hash");
        }
        account.passwordHash = command.passwordHash;
        VF_CHECK(batch_.store.writeAccount(account));
        VF_CHECK(batch_.store.eraseCode(account.id));
        return signOut(account.id);
    }

    [[nodiscard]] Status operator()(const DisableUser& command) {
        VF_TRY(auto account, findAccount(command.login));
        VF_TRY(const auto users, batch_.store.usersOfAccount(account.id));
        for (const auto& user : users) {
            VF_CHECK(disableUser(user));
        }
        return disableAccount(std::move(account));
    }

    [[nodiscard]] Status operator()(const DisableUserOf& command) {
        ChangeSet changes(batch_.store, command.tenant);
        VF_TRY(const auto record, changes.load<record::User>(command.user));
        if (!record) {
            return fail(ErrorCode::NotFound, "user");
        }
        VF_CHECK(disableUser({.tenant = command.tenant, .user = UserId(command.user.uuid())}));
        const auto id = AccountId::fromBytes(record->account_id());
        VF_TRY(auto account, batch_.store.readAccount(id.value_or(AccountId())));
        VF_TRY(const auto users, batch_.store.usersOfAccount(id.value_or(AccountId())));
        const bool elsewhere = std::ranges::any_of(
            users, [&](const auto& user) { return user.tenant != command.tenant; });
        return account && !elsewhere ? disableAccount(std::move(*account)) : Status();
    }

    [[nodiscard]] Status operator()(const NewSetupCode&) {
        VF_TRY(const auto tenants, batch_.store.tenants());
        if (!tenants.empty()) {
            return fail(ErrorCode::RejectedState, "there is a tenant");
        }
        NewCode code = makeCode(batch_.random, kSetupOwner);
        VF_CHECK(batch_.store.writeSetupCode({.hash = code.hash, .wrongTries = 0, .usedBy = {}}));
        outcome_.setupCode = std::move(code.code);
        return {};
    }

    // The account opens again; rights are given anew.
    [[nodiscard]] Status operator()(const EnableUser& command) {
        VF_TRY(auto account, findAccount(command.login));
        account.disabled = false;
        VF_CHECK(batch_.store.writeAccount(account));
        VF_TRY(const auto users, batch_.store.usersOfAccount(account.id));
        for (const auto& [tenant, user] : users) {
            ChangeSet changes(batch_.store, tenant);
            const RowId id(user.uuid());
            VF_TRY(auto record, changes.load<record::User>(id));
            if (record && record->disabled()) {
                record->set_disabled(false);
                VF_CHECK(changes.save(*record, id));
                VF_CHECK(finish(changes));
            }
        }
        return {};
    }

    [[nodiscard]] Status operator()(const AddGrant& command) {
        ChangeSet changes(batch_.store, command.tenant);
        VF_CHECK(grant(changes, command.user, command.role));
        VF_CHECK(checkScopes(changes, command.user));
        VF_CHECK(finish(changes));
        noteRights(command.tenant, command.user);
        return {};
    }

    [[nodiscard]] Status operator()(const RemoveGrant& command) {
        ChangeSet changes(batch_.store, command.tenant);
        VF_TRY(const auto record, changes.load<record::Grant>(command.grant));
        if (!record) {
            return fail(ErrorCode::NotFound, "grant");
        }
        VF_CHECK(changes.erase(schema::recordOf<record::Grant>(), command.grant));
        VF_CHECK(finish(changes));
        noteRights(command.tenant, rowId(record->user_id()));
        return {};
    }

    [[nodiscard]] Status operator()(const ImportRows& command) {
        if (command.rows.size() > kMaxImport) {
            return fail(ErrorCode::Invalid, "too many rows in one import");
        }
        ChangeSet changes(batch_.store, command.tenant);
        for (const schema::Row& row : command.rows) {
            auto whole = row.info().make();
            for (const schema::Facet facet : schema::kFacets) {
                whole->MergeFrom(row.facet(facet));
            }
            VF_CHECK(schema::validate(*whole));
            VF_CHECK(changes.save(*whole, row.id()));
        }
        return finish(changes);
    }

private:
    [[nodiscard]] Status finish(ChangeSet& changes) {
        VF_TRY(const Seq seq, changes.apply());
        outcome_.committed.push_back({.tenant = changes.tenant(), .head = seq});
        return {};
    }

    [[nodiscard]] Status add(ChangeSet& changes, const google::protobuf::Message& record,
                             RowId id) {
        VF_CHECK(changes.save(record, id));
        outcome_.created.push_back(id);
        return finish(changes);
    }

    // The schema's rules, and every reference exists.
    [[nodiscard]] Status check(ChangeSet& changes, const google::protobuf::Message& record) {
        VF_CHECK(schema::validate(record));
        const auto* descriptor = record.GetDescriptor();
        for (int i = 0; i < descriptor->field_count(); ++i) {
            const auto* field = descriptor->field(i);
            const std::string& target = schema::ruleOf(field).references();
            if (target.empty()) {
                continue;
            }
            const RowId id = rowId(record.GetReflection()->GetString(record, field));
            if (id.isNone()) {
                continue;
            }
            VF_TRY(const auto* row, changes.find(*schema::recordByTable(target), id));
            if (row == nullptr || row->row.isDeleted()) {
                return fail(ErrorCode::NotFound, field->full_name());
            }
        }
        return {};
    }

    [[nodiscard]] Status save(TenantId tenant, RowId id, const google::protobuf::Message& record) {
        ChangeSet changes(batch_.store, tenant);
        VF_CHECK(check(changes, record));
        if (id.isNone()) {
            return add(changes, record, batch_.newId());
        }
        VF_TRY(const auto* row, changes.find(schema::recordOf(record.GetDescriptor()), id));
        if (row == nullptr || row->row.isDeleted()) {
            return fail(ErrorCode::NotFound, "row");
        }
        VF_CHECK(changes.save(record, id));
        return finish(changes);
    }

    [[nodiscard]] Status grant(ChangeSet& changes, RowId user, const RoleAtSite& role) {
        if (role.role == record::ROLE_UNSPECIFIED || !record::Role_IsValid(role.role)) {
            return fail(ErrorCode::Invalid, "role");
        }
        record::Grant record;
        record.set_user_id(user.bytes());
        record.set_role(role.role);
        record.set_site_id(role.site.bytes());
        VF_CHECK(check(changes, record));
        const RowId id = batch_.newId();
        VF_CHECK(changes.save(record, id));
        outcome_.created.push_back(id);
        return {};
    }

    // More sites than a desk has room for would be cut without a word (PROTOCOL.md, "Scopes").
    [[nodiscard]] Status checkScopes(ChangeSet& changes, RowId user) {
        const auto& info = schema::recordOf<record::Grant>();
        const schema::ColumnValue key{
            .type = schema::ColumnType::Blob, .integer = 0, .text = user.bytes()};
        VF_TRY(auto ids,
               batch_.store.findRows(changes.tenant(), info, "user_id", key, schema::kMaxGrants));
        // Those of this command are not in the store yet.
        ids.insert(ids.end(), outcome_.created.begin(), outcome_.created.end());
        std::vector<store::StoredRow> grants;
        for (const RowId id : ids) {
            VF_TRY(const auto* row, changes.find(info, id));
            if (row != nullptr) {
                grants.push_back(*row);
            }
        }
        return feed::fitsIntoScopes(UserId(user.uuid()), grants)
                   ? Status()
                   : fail(ErrorCode::Invalid, "more sites than a person has room for");
    }

    [[nodiscard]] Result<AccountId> openAccount(const AddUser& command) {
        VF_TRY(const std::string login, foldLogin(command.login));
        VF_TRY(const auto known, batch_.store.findAccount(login));
        if (known && command.withoutPassword) {
            return fail(ErrorCode::Duplicate, "login");
        }
        if (known) {
            return known->disabled ? Result<AccountId>(fail(ErrorCode::Forbidden, "account"))
                                   : known->id;
        }
        if (command.passwordHash.empty() != command.withoutPassword) {
            return fail(ErrorCode::Invalid, "password hash");
        }
        const AccountId id(batch_.newId().uuid());
        VF_CHECK(batch_.store.writeAccount(
            {.id = id, .login = login, .passwordHash = command.passwordHash, .disabled = false}));
        return id;
    }

    [[nodiscard]] Result<store::Account> findAccount(std::string_view text) {
        VF_TRY(const std::string login, foldLogin(text));
        VF_TRY(const auto account, batch_.store.findAccount(login));
        if (!account) {
            return fail(ErrorCode::NotFound, "account");
        }
        return *account;
    }

    [[nodiscard]] Status disableAccount(store::Account account) {
        account.disabled = true;
        VF_CHECK(batch_.store.writeAccount(account));
        VF_CHECK(batch_.store.eraseCode(account.id));
        return signOut(account.id);
    }

    [[nodiscard]] Status disableUser(const store::AccountUser& user) {
        ChangeSet changes(batch_.store, user.tenant);
        const RowId id(user.user.uuid());
        VF_TRY(auto record, changes.load<record::User>(id));
        if (!record) {
            return {};
        }
        record->set_disabled(true);
        VF_CHECK(changes.save(*record, id));
        const schema::ColumnValue key{
            .type = schema::ColumnType::Blob, .integer = 0, .text = id.bytes()};
        VF_TRY(const auto grants,
               batch_.store.findRows(user.tenant, schema::recordOf<record::Grant>(), "user_id", key,
                                     schema::kMaxGrants));
        for (const RowId grantId : grants) {
            VF_CHECK(changes.erase(schema::recordOf<record::Grant>(), grantId));
        }
        VF_CHECK(finish(changes));
        noteRights(user.tenant, id);
        return {};
    }

    [[nodiscard]] Status signOut(AccountId account) {
        VF_CHECK(batch_.store.revokeTokens(account, {}));
        outcome_.signedOut.push_back(account);
        return {};
    }

    void noteRights(TenantId tenant, RowId user) {
        outcome_.rightsChanged.push_back({.tenant = tenant, .user = UserId(user.uuid())});
    }

    Batch& batch_;
    Outcome& outcome_;
};

}  // namespace

Status applyAdmin(Batch& batch, const AdminCommand& command, Outcome& outcome) {
    return std::visit(AdminRun(batch, outcome), command);
}

void runAdmin(Batch& batch, const AdminCommand& command, Outcome& outcome) {
    const auto status =
        inSavepoint(batch.store, [&] { return applyAdmin(batch, command, outcome); });
    if (!status) {
        outcome = Outcome{};
        outcome.code = status.error().code;
        outcome.detail = status.error().detail;
    }
}

}  // namespace vorfahrt::server::service
