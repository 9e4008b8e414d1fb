// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "server/store/store.h"

namespace vorfahrt::server::store {

// Start, reset and set-up codes, and the requests about accounts that were done. Writer only.
class CodeTables {
public:
    explicit CodeTables(sql::Database& database)
        : database_(database) {}

    [[nodiscard]] Result<std::optional<AccountCode>> read(AccountId account);
    [[nodiscard]] Status write(const AccountCode& code);
    [[nodiscard]] Status erase(AccountId account);
    [[nodiscard]] Result<std::optional<SetupCode>> readSetup();
    [[nodiscard]] Status writeSetup(const SetupCode& code);
    [[nodiscard]] Result<std::optional<DoneRequest>> readDone(std::string_view id);
    [[nodiscard]] Status writeDone(const DoneRequest& request, TimePoint forget);

private:
    sql::Database& database_;
};

}  // namespace vorfahrt::server::store
