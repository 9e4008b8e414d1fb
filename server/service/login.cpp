// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/login.h"

#include "common/schema/org.pb.h"
#include "server/service/auth.h"
#include "server/service/rights.h"

namespace vorfahrt::server::service {
namespace {

Status addTenants(Batch& batch, AccountId account, wire::LoginResult& result) {
    VF_TRY(const auto users, batch.store.usersOfAccount(account));
    for (const auto& [tenant, user] : users) {
        VF_TRY(const auto person,
               batch.store.readRow(tenant, schema::recordOf<record::User>(), RowId(user.uuid())));
        VF_TRY(const auto dealer, batch.store.readRow(tenant, schema::recordOf<record::Tenant>(),
                                                      RowId(tenant.uuid())));
        if (!person || person->row.isDeleted()) {
            continue;
        }
        const auto record = person->row.as<record::User>();
        if (record.disabled()) {
            continue;
        }
        auto* entry = result.add_tenants();
        entry->set_tenant(tenant.bytes());
        entry->set_user_id(user.bytes());
        entry->set_user_name(record.display_name());
        if (dealer) {
            entry->set_name(dealer->row.as<record::Tenant>().name());
        }
    }
    return {};
}

Result<IssuedToken> issue(Batch& batch, const IssueTokenRequest& request) {
    VF_TRY(auto account, batch.store.readAccount(request.account));
    if (!account || account->disabled || account->passwordHash != request.checkedHash) {
        return fail(ErrorCode::Unauthenticated, "account");
    }
    if (!request.newHash.empty()) {
        account->passwordHash = request.newHash;
        VF_CHECK(batch.store.writeAccount(*account));
    }
    NewToken token = makeToken(batch.random);
    VF_CHECK(batch.store.writeToken({.hash = token.hash,
                                     .account = account->id,
                                     .device = request.device,
                                     .created = batch.now,
                                     .lastUsed = batch.now,
                                     .revoked = false}));
    IssuedToken issued;
    issued.result.set_token(token.token);
    issued.result.set_account_id(account->id.bytes());
    VF_CHECK(addTenants(batch, account->id, issued.result));
    issued.token = std::move(token.token);
    return issued;
}

}  // namespace

void findLogin(Batch& batch, const FindLoginRequest& request, Outcome& outcome) {
    const auto login = foldLogin(request.login);
    if (!login) {
        return;
    }
    auto account = batch.store.findAccount(*login);
    if (!account) {
        outcome.code = account.error().code;
        return;
    }
    // Asked for unknown names, too: the same work.
    const auto known =
        batch.store.knowsDevice(*account ? (*account)->id : AccountId(), request.device);
    if (!known) {
        outcome.code = known.error().code;
        return;
    }
    // Without a password yet: nothing to compare with.
    if (*account && !(*account)->disabled && !(*account)->passwordHash.empty()) {
        outcome.account = std::move(**account);
        outcome.knownDevice = *known;
    }
}

void useToken(Batch& batch, const TokenUsedRequest& request, Outcome& outcome) {
    const auto token = batch.store.readToken(request.tokenHash);
    if (!token) {
        outcome.code = token.error().code;
        return;
    }
    const Status kept = *token ? keepTokenUse(batch.store, **token, batch.now) : Status();
    if (!kept) {
        outcome.code = kept.error().code;
    }
}

void issueToken(Batch& batch, const IssueTokenRequest& request, Outcome& outcome) {
    auto issued = inSavepoint(batch.store, [&] { return issue(batch, request); });
    if (issued) {
        outcome.token = std::move(*issued);
    } else {
        outcome.code = issued.error().code;
    }
}

void logout(Batch& batch, const LogoutRequest& request, Outcome& outcome) {
    const auto status = batch.store.revokeTokens(request.who.account, request.who.tokenHash);
    if (status) {
        outcome.tokensRevoked.push_back(request.who.tokenHash);
    } else {
        outcome.code = status.error().code;
    }
}

}  // namespace vorfahrt::server::service
