// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/session_file.h"

#include "common/base/bytes.h"
#include "common/schema/row.h"
#include "common/schema/sync.pb.h"

#include <QSaveFile>
#include <QString>

#include <fstream>

namespace vorfahrt::client::sync {
namespace {

constexpr std::string_view kFile = "session";
constexpr std::size_t kMaxRevoke = 8;

// The file is one Login (device, login name) and one LoginResult, each in hex on a line of its own:
// no format of its own that could be read wrongly. Each line after them is a token to be revoked.
Result<std::string> lineOf(std::istream& in) {
    std::string line;
    if (!std::getline(in, line)) {
        return fail(ErrorCode::NotFound, "session file");
    }
    const auto bytes = fromHex(line);
    if (!bytes) {
        return fail(ErrorCode::Corrupt, "session file");
    }
    return *bytes;
}

Result<SessionState> parse(std::istream& in) {
    VF_TRY(const std::string first, lineOf(in));
    VF_TRY(const std::string second, lineOf(in));
    wire::Login login;
    wire::LoginResult result;
    VF_CHECK(schema::parseBounded(login, first));
    VF_CHECK(schema::parseBounded(result, second));
    SessionState state;
    state.deviceId = login.device_id();
    state.token = result.token();
    state.account.login = login.account();
    state.account.id = AccountId::fromBytes(result.account_id()).value_or(AccountId());
    for (const wire::AccountTenant& tenant : result.tenants()) {
        state.account.tenants.push_back(
            {.tenant = TenantId::fromBytes(tenant.tenant()).value_or(TenantId()),
             .user = UserId::fromBytes(tenant.user_id()).value_or(UserId()),
             .name = tenant.name(),
             .userName = tenant.user_name()});
    }
    for (std::string line; state.revoke.size() < kMaxRevoke && std::getline(in, line);) {
        if (const auto token = fromHex(line); token && !token->empty()) {
            state.revoke.push_back(*token);
        }
    }
    return state;
}

}  // namespace

Result<SessionState> readSession(const std::filesystem::path& folder, Random& random) {
    std::ifstream in(folder / kFile);
    if (in) {
        if (auto state = parse(in); state && state->deviceId.size() == 16) {
            return state;
        }
    }
    SessionState state;
    state.deviceId = random.bytes(16);
    VF_CHECK(writeSession(folder, state));
    return state;
}

Status writeSession(const std::filesystem::path& folder, const SessionState& state) {
    wire::Login login;
    login.set_account(state.account.login);
    login.set_device_id(state.deviceId);
    wire::LoginResult result;
    result.set_token(state.token);
    result.set_account_id(state.account.id.bytes());
    for (const Account::Tenant& tenant : state.account.tenants) {
        wire::AccountTenant& item = *result.add_tenants();
        item.set_tenant(tenant.tenant.bytes());
        item.set_user_id(tenant.user.bytes());
        item.set_name(tenant.name);
        item.set_user_name(tenant.userName);
    }
    std::string text =
        toHex(login.SerializeAsString()) + "\n" + toHex(result.SerializeAsString()) + "\n";
    for (const std::string& token : state.revoke) {
        text += toHex(token) + "\n";
    }
    QSaveFile file(QString::fromStdString((folder / kFile).string()));
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(text.data(), static_cast<qint64>(text.size())) ==
                             static_cast<qint64>(text.size()) &&
                         file.commit();
    return written ? Status{} : fail(ErrorCode::Unavailable, "session file");
}

std::filesystem::path replicaFile(const std::filesystem::path& folder, const std::string& server,
                                  AccountId account) {
    const std::string of = digest32(server + "\n" + account.bytes());
    return folder / ("replica-" + toHex(of.substr(0, 12)) + ".db");
}

}  // namespace vorfahrt::client::sync
