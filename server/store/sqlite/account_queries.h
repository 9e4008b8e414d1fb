// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "server/store/store.h"

#include <vector>

namespace vorfahrt::server::store {

// Logins and their tokens, and the raw messages: what stands outside the log.
class AccountTables {
public:
    explicit AccountTables(sql::Database& database)
        : database_(database) {}

    [[nodiscard]] Result<std::optional<Account>> find(std::string_view login);
    [[nodiscard]] Result<std::optional<Account>> read(AccountId id);
    [[nodiscard]] Result<std::vector<Account>> all();
    [[nodiscard]] Status write(const Account& account);
    [[nodiscard]] Status writeToken(const TokenInfo& token);
    [[nodiscard]] Result<std::optional<TokenInfo>> readToken(std::string_view hash);
    [[nodiscard]] Status tokenUsed(std::string_view hash, TimePoint at);
    [[nodiscard]] Result<bool> knowsDevice(AccountId account, DeviceId device);
    [[nodiscard]] Status revokeTokens(AccountId account, std::string_view tokenHash);
    [[nodiscard]] Status revokeOtherTokens(AccountId account, std::string_view keep);

    [[nodiscard]] Status writeRaw(TenantId tenant, const RawMessage& message);
    [[nodiscard]] Result<std::optional<RawMessage>> readRaw(TenantId tenant, RowId intake);

private:
    sql::Database& database_;
};

}  // namespace vorfahrt::server::store
