// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/replica_queries.h"

#include "server/store/sqlite/bind.h"

#include <limits>

namespace vorfahrt::server::store {
namespace {

using sql::Statement;

constexpr std::size_t kFieldBytes = 4;

// Little-endian, four bytes each.
std::string packFields(const std::vector<std::uint32_t>& fields) {
    std::string out;
    out.reserve(fields.size() * kFieldBytes);
    for (const std::uint32_t field : fields) {
        for (std::size_t i = 0; i < kFieldBytes; ++i) {
            out.push_back(static_cast<char>(field >> (8 * i) & 0xff));
        }
    }
    return out;
}

std::vector<std::uint32_t> unpackFields(std::string_view packed) {
    std::vector<std::uint32_t> out;
    for (std::size_t at = 0; at + kFieldBytes <= packed.size(); at += kFieldBytes) {
        std::uint32_t field = 0;
        for (std::size_t i = 0; i < kFieldBytes; ++i) {
            field |= static_cast<std::uint32_t>(static_cast<unsigned char>(packed[at + i]))
                     << (8 * i);
        }
        out.push_back(field);
    }
    return out;
}

StoredResult resultAt(const Statement& row) {
    return {.mid = midAt(row, 0),
            .argsHash = std::string(row.blob(1)),
            .code = static_cast<std::uint16_t>(row.integer(2)),
            .seq = seqAt(row, 3),
            .lostFields = unpackFields(row.blob(4))};
}

}  // namespace

Result<std::optional<ReplicaState>> ReplicaTables::read(TenantId tenant, ReplicaId replica) {
    if (const ReplicaState* known = states_.find({tenant, replica})) {
        return *known;
    }
    VF_TRY(Statement * statement,
           database_.cached(
               "SELECT replica,user_id,device,last_mid FROM replica WHERE tenant=? AND replica=?"));
    statement->bindBlobView(1, tenant.view()).bindBlobView(2, replica.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    ReplicaState out{.replica = idAt<ReplicaId>(*statement, 0),
                     .user = idAt<UserId>(*statement, 1),
                     .device = idAt<DeviceId>(*statement, 2),
                     .lastMid = midAt(*statement, 3)};
    statement->reset();
    return out;
}

Status ReplicaTables::write(TenantId tenant, const ReplicaState& state) {
    states_.set({tenant, state.replica}, state);
    return {};
}

Status ReplicaTables::flush() {
    return states_.flush(
        [&](const std::pair<TenantId, ReplicaId>& key, const ReplicaState& state) -> Status {
            VF_TRY(Statement * statement,
                   database_.cached("INSERT INTO replica (tenant,replica,user_id,device,last_mid) "
                                    "VALUES (?,?,?,?,?) ON CONFLICT (tenant,replica) DO UPDATE SET "
                                    "user_id=excluded.user_id,device=excluded.device,"
                                    "last_mid=excluded.last_mid"));
            statement->bindBlobView(1, key.first.view())
                .bindBlobView(2, key.second.view())
                .bindBlobView(3, state.user.view())
                .bindBlobView(4, state.device.view())
                .bindInt(5, toSql(state.lastMid));
            return statement->run();
        });
}

Result<std::optional<StoredResult>> ReplicaTables::readResult(TenantId tenant, ReplicaId replica,
                                                              Mid mid) {
    VF_TRY(std::vector<StoredResult> found, resultsFrom(tenant, replica, mid, 1));
    if (found.empty() || found.front().mid != mid) {
        return std::nullopt;
    }
    return std::move(found.front());
}

Result<std::vector<StoredResult>> ReplicaTables::resultsFrom(TenantId tenant, ReplicaId replica,
                                                             Mid from, int limit) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT mid,args_hash,code,seq,lost_fields FROM mutation_result "
                            "WHERE tenant=? AND replica=? AND mid>=? ORDER BY mid LIMIT ?"));
    statement->bindBlobView(1, tenant.view())
        .bindBlobView(2, replica.view())
        .bindInt(3, value(from) > std::numeric_limits<std::int64_t>::max()
                        ? std::numeric_limits<std::int64_t>::max()
                        : toSql(from))
        .bindInt(4, limit);
    std::vector<StoredResult> out;
    VF_CHECK(eachRow(*statement, [&](const Statement& row) { out.push_back(resultAt(row)); }));
    return out;
}

Status ReplicaTables::writeResult(TenantId tenant, ReplicaId replica, const StoredResult& result) {
    VF_TRY(Statement * statement,
           database_.cached(
               "INSERT INTO mutation_result (tenant,replica,mid,args_hash,code,seq,lost_fields) "
               "VALUES (?,?,?,?,?,?,?)"));
    const std::string fields = packFields(result.lostFields);
    statement->bindBlobView(1, tenant.view())
        .bindBlobView(2, replica.view())
        .bindInt(3, toSql(result.mid))
        .bindBlobView(4, result.argsHash)
        .bindInt(5, result.code)
        .bindInt(6, toSql(result.seq))
        .bindBlobView(7, fields);
    return statement->run();
}

Result<std::optional<ClaimAnswer>> ReplicaTables::readClaim(TenantId tenant, ClaimId claim) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT lead,user_id,outcome,token,owner FROM claim_answer "
                            "WHERE tenant=? AND claim=?"));
    statement->bindBlobView(1, tenant.view()).bindBlobView(2, claim.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    ClaimAnswer out{.claim = claim,
                    .lead = idAt<LeadId>(*statement, 0),
                    .user = idAt<UserId>(*statement, 1),
                    .outcome = static_cast<int>(statement->integer(2)),
                    .token = static_cast<std::uint64_t>(statement->integer(3)),
                    .owner = idAt<UserId>(*statement, 4)};
    statement->reset();
    return out;
}

Status ReplicaTables::writeClaim(TenantId tenant, const ClaimAnswer& answer) {
    VF_TRY(
        Statement * statement,
        database_.cached("INSERT INTO claim_answer (tenant,claim,lead,user_id,outcome,token,owner) "
                         "VALUES (?,?,?,?,?,?,?)"));
    statement->bindBlobView(1, tenant.view())
        .bindBlobView(2, answer.claim.view())
        .bindBlobView(3, answer.lead.view())
        .bindBlobView(4, answer.user.view())
        .bindInt(5, answer.outcome)
        .bindInt(6, static_cast<std::int64_t>(answer.token))
        .bindBlobView(7, answer.owner.view());
    return statement->run();
}

Status ReplicaTables::addConflict(TenantId tenant, const Conflict& conflict) {
    VF_TRY(Statement * statement,
           database_.cached(
               "INSERT INTO conflict (tenant,tbl,id,field,loser,seq,replica,mid,edit_time_ms) "
               "VALUES (?,?,?,?,?,?,?,?,?)"));
    statement->bindBlobView(1, tenant.view())
        .bindInt(2, conflict.table)
        .bindBlobView(3, conflict.id.view())
        .bindInt(4, conflict.field)
        .bindBlobView(5, conflict.loser)
        .bindInt(6, toSql(conflict.seq))
        .bindBlobView(7, conflict.replica.view())
        .bindInt(8, toSql(conflict.mid))
        .bindInt(9, conflict.editTimeMs);
    return statement->run();
}

}  // namespace vorfahrt::server::store
