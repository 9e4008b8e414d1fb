// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "server/store/sqlite/batch_cache.h"
#include "server/store/store.h"

#include <utility>
#include <vector>

namespace vorfahrt::server::store {

// What is known of each desk's copy: last mid, results, answers to claims, lost values.
class ReplicaTables {
public:
    explicit ReplicaTables(sql::Database& database)
        : database_(database) {}

    [[nodiscard]] Result<std::optional<ReplicaState>> read(TenantId tenant, ReplicaId replica);
    [[nodiscard]] Status write(TenantId tenant, const ReplicaState& state);
    [[nodiscard]] Result<std::optional<StoredResult>> readResult(TenantId tenant, ReplicaId replica,
                                                                 Mid mid);
    [[nodiscard]] Result<std::vector<StoredResult>> resultsFrom(TenantId tenant, ReplicaId replica,
                                                                Mid from, int limit);
    [[nodiscard]] Status writeResult(TenantId tenant, ReplicaId replica,
                                     const StoredResult& result);
    [[nodiscard]] Result<std::optional<ClaimAnswer>> readClaim(TenantId tenant, ClaimId claim);
    [[nodiscard]] Status writeClaim(TenantId tenant, const ClaimAnswer& answer);
    [[nodiscard]] Status addConflict(TenantId tenant, const Conflict& conflict);

    void mark() { states_.mark(); }
    void keep() { states_.keep(); }
    void undo() { states_.undo(); }
    void clear() { states_.clear(); }
    [[nodiscard]] Status flush();

private:
    sql::Database& database_;
    BatchCache<std::pair<TenantId, ReplicaId>, ReplicaState> states_;
};

}  // namespace vorfahrt::server::store
