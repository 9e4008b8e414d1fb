// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/code_queries.h"

#include "server/store/sqlite/bind.h"

namespace vorfahrt::server::store {
namespace {

using sql::Statement;

constexpr std::size_t kIdBytes = 16;

}  // namespace

Result<std::optional<AccountCode>> CodeTables::read(AccountId account) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT account,hash,expires_ms FROM account_code WHERE account=?"));
    statement->bindBlobView(1, account.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    AccountCode out{.account = idAt<AccountId>(*statement, 0),
                    .hash = std::string(statement->blob(1)),
                    .expires = timeAt(*statement, 2)};
    statement->reset();
    return out;
}

Status CodeTables::write(const AccountCode& code) {
    VF_TRY(Statement * statement,
           database_.cached("INSERT INTO account_code (account,hash,expires_ms) VALUES (?,?,?) "
                            "ON CONFLICT (account) DO UPDATE SET hash=excluded.hash,"
                            "expires_ms=excluded.expires_ms"));
    statement->bindBlobView(1, code.account.view())
        .bindBlobView(2, code.hash)
        .bindInt(3, toUnixMs(code.expires));
    return statement->run();
}

Status CodeTables::erase(AccountId account) {
    VF_TRY(Statement * statement, database_.cached("DELETE FROM account_code WHERE account=?"));
    statement->bindBlobView(1, account.view());
    return statement->run();
}

Result<std::optional<SetupCode>> CodeTables::readSetup() {
    VF_TRY(Statement * statement,
           database_.cached("SELECT hash,wrong_tries,used_by FROM setup_code WHERE no=1"));
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    SetupCode out{.hash = std::string(statement->blob(0)),
                  .wrongTries = static_cast<int>(statement->integer(1)),
                  .usedBy = std::string(statement->blob(2))};
    statement->reset();
    return out;
}

Status CodeTables::writeSetup(const SetupCode& code) {
    VF_TRY(Statement * statement,
           database_.cached("INSERT INTO setup_code (no,hash,wrong_tries,used_by) VALUES (1,?,?,?) "
                            "ON CONFLICT (no) DO UPDATE SET hash=excluded.hash,"
                            "wrong_tries=excluded.wrong_tries,used_by=excluded.used_by"));
    statement->bindBlobView(1, code.hash).bindInt(2, code.wrongTries).bindBlobView(3, code.usedBy);
    return statement->run();
}

Result<std::optional<DoneRequest>> CodeTables::readDone(std::string_view id) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT asker,at_ms,created FROM done_request WHERE id=?"));
    statement->bindBlobView(1, id);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    DoneRequest out{.id = std::string(id),
                    .asker = idAt<AccountId>(*statement, 0),
                    .at = timeAt(*statement, 1),
                    .created = {}};
    const std::string_view created = statement->blob(2);
    for (std::size_t at = 0; at + kIdBytes <= created.size(); at += kIdBytes) {
        out.created.push_back(RowId::fromBytes(created.substr(at, kIdBytes)).value_or(RowId()));
    }
    statement->reset();
    return out;
}

Status CodeTables::writeDone(const DoneRequest& request, TimePoint forget) {
    VF_TRY(Statement * old, database_.cached("DELETE FROM done_request WHERE at_ms<?"));
    old->bindInt(1, toUnixMs(forget));
    VF_CHECK(old->run());
    std::string created;
    for (const RowId id : request.created) {
        created += id.bytes();
    }
    VF_TRY(Statement * statement,
           database_.cached("INSERT INTO done_request (id,asker,at_ms,created) VALUES (?,?,?,?)"));
    statement->bindBlobView(1, request.id)
        .bindBlobView(2, request.asker.view())
        .bindInt(3, toUnixMs(request.at))
        .bindBlobView(4, created);
    return statement->run();
}

}  // namespace vorfahrt::server::store
