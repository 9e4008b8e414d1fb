// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/account_queries.h"

#include "server/store/sqlite/bind.h"

namespace vorfahrt::server::store {
namespace {

using sql::Statement;

Account accountAt(const Statement& row) {
    return {.id = idAt<AccountId>(row, 0),
            .login = std::string(row.text(1)),
            .passwordHash = std::string(row.text(2)),
            .disabled = row.integer(3) != 0};
}

Result<std::optional<Account>> one(Statement& statement) {
    VF_TRY(const bool found, statement.step());
    if (!found) {
        return std::nullopt;
    }
    Account out = accountAt(statement);
    statement.reset();
    return out;
}

}  // namespace

Result<std::optional<Account>> AccountTables::find(std::string_view login) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT id,login,password_hash,disabled FROM account WHERE login=?"));
    statement->bindTextView(1, login);
    return one(*statement);
}

Result<std::optional<Account>> AccountTables::read(AccountId id) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT id,login,password_hash,disabled FROM account WHERE id=?"));
    statement->bindBlobView(1, id.view());
    return one(*statement);
}

Result<std::vector<Account>> AccountTables::all() {
    VF_TRY(Statement * statement,
           database_.cached("SELECT id,login,password_hash,disabled FROM account ORDER BY login"));
    std::vector<Account> out;
    VF_CHECK(eachRow(*statement, [&](const Statement& row) { out.push_back(accountAt(row)); }));
    return out;
}

Status AccountTables::write(const Account& account) {
    VF_TRY(
        Statement * statement,
        database_.cached("INSERT INTO account (id,login,password_hash,disabled) VALUES (?,?,?,?) "
                         "ON CONFLICT (id) DO UPDATE SET login=excluded.login,"
                         "password_hash=excluded.password_hash,disabled=excluded.disabled"));
    statement->bindBlobView(1, account.id.view())
        .bindTextView(2, account.login)
        .bindTextView(3, account.passwordHash)
        .bindInt(4, account.disabled ? 1 : 0);
    return statement->run();
}

Status AccountTables::writeToken(const TokenInfo& token) {
    VF_TRY(
        Statement * statement,
        database_.cached("INSERT INTO token (hash,account,device,created_ms,last_used_ms,revoked) "
                         "VALUES (?,?,?,?,?,?) ON CONFLICT (hash) DO UPDATE SET "
                         "device=excluded.device,last_used_ms=excluded.last_used_ms,"
                         "revoked=excluded.revoked"));
    statement->bindBlobView(1, token.hash)
        .bindBlobView(2, token.account.view())
        .bindBlobView(3, token.device.view())
        .bindInt(4, toUnixMs(token.created))
        .bindInt(5, toUnixMs(token.lastUsed))
        .bindInt(6, token.revoked ? 1 : 0);
    return statement->run();
}

Result<std::optional<TokenInfo>> AccountTables::readToken(std::string_view hash) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT hash,account,device,created_ms,last_used_ms,revoked FROM token "
                            "WHERE hash=?"));
    statement->bindBlobView(1, hash);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    TokenInfo out{.hash = std::string(statement->blob(0)),
                  .account = idAt<AccountId>(*statement, 1),
                  .device = idAt<DeviceId>(*statement, 2),
                  .created = timeAt(*statement, 3),
                  .lastUsed = timeAt(*statement, 4),
                  .revoked = statement->integer(5) != 0};
    statement->reset();
    return out;
}

Status AccountTables::tokenUsed(std::string_view hash, TimePoint at) {
    VF_TRY(Statement * statement, database_.cached("UPDATE token SET last_used_ms=? WHERE hash=?"));
    statement->bindInt(1, toUnixMs(at)).bindBlobView(2, hash);
    return statement->run();
}

Result<bool> AccountTables::knowsDevice(AccountId account, DeviceId device) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT 1 FROM token WHERE account=? AND device=? LIMIT 1"));
    statement->bindBlobView(1, account.view()).bindBlobView(2, device.view());
    VF_TRY(const bool found, statement->step());
    statement->reset();
    return found;
}

Status AccountTables::revokeTokens(AccountId account, std::string_view tokenHash) {
    VF_TRY(Statement * statement,
           database_.cached("UPDATE token SET revoked=1 WHERE account=?1 AND revoked=0 "
                            "AND (length(?2)=0 OR hash=?2)"));
    statement->bindBlobView(1, account.view()).bindBlobView(2, tokenHash);
    return statement->run();
}

Status AccountTables::revokeOtherTokens(AccountId account, std::string_view keep) {
    VF_TRY(
        Statement * statement,
        database_.cached("UPDATE token SET revoked=1 WHERE account=? AND revoked=0 AND hash<>?"));
    statement->bindBlobView(1, account.view()).bindBlobView(2, keep);
    return statement->run();
}

Status AccountTables::writeRaw(TenantId tenant, const RawMessage& message) {
    VF_TRY(Statement * statement,
           database_.cached("INSERT INTO raw_message "
                            "(tenant,intake,received_ms,envelope_from,envelope_to,bytes) "
                            "VALUES (?,?,?,?,?,?)"));
    statement->bindBlobView(1, tenant.view())
        .bindBlobView(2, message.intake.view())
        .bindInt(3, toUnixMs(message.received))
        .bindTextView(4, message.envelopeFrom)
        .bindTextView(5, message.envelopeTo)
        .bindBlobView(6, message.bytes);
    return statement->run();
}

Result<std::optional<RawMessage>> AccountTables::readRaw(TenantId tenant, RowId intake) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT received_ms,envelope_from,envelope_to,bytes FROM raw_message "
                            "WHERE tenant=? AND intake=?"));
    statement->bindBlobView(1, tenant.view()).bindBlobView(2, intake.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    RawMessage out{.intake = intake,
                   .received = timeAt(*statement, 0),
                   .envelopeFrom = std::string(statement->text(1)),
                   .envelopeTo = std::string(statement->text(2)),
                   .bytes = std::string(statement->blob(3))};
    statement->reset();
    return out;
}

}  // namespace vorfahrt::server::store
