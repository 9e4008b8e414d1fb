// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/database.h"
#include "tests/bench/sync/roles.h"

namespace vorfahrt::bench {

Result<std::size_t> countOffline(const std::filesystem::path& replica) {
    VF_TRY(auto database, sql::Database::open(replica, sql::OpenMode::ReadOnly));
    VF_TRY(auto count,
           database.prepare("SELECT count(*) FROM customer WHERE tenant=(SELECT tenant FROM "
                            "tenant_state) AND c_last_name>=?1 AND c_last_name<?1||'~'"));
    count.bindText(1, kOfflinePrefix);
    VF_TRY(const bool found, count.step());
    return found ? static_cast<std::size_t>(count.integer(0)) : 0;
}

}  // namespace vorfahrt::bench
