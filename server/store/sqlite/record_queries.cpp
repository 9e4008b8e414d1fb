// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/record_queries.h"

#include "common/base/assert.h"
#include "common/schema/org.pb.h"
#include "server/store/sqlite/bind.h"

#include <fmt/format.h>

namespace vorfahrt::server::store {

using sql::Statement;

RecordTables::RecordTables(sql::Database& database)
    : database_(database) {
    for (const schema::RecordInfo& info : schema::records()) {
        tables_.emplace(info.number,
                        std::make_unique<sql::RecordTable>(database, info, sql::Side::Server));
    }
}

Status RecordTables::ensure() {
    for (auto& [number, table] : tables_) {
        VF_CHECK(table->ensure());
    }
    // Asked across tenants: timers, mail addresses, logins.
    return database_.execute(
        "CREATE INDEX IF NOT EXISTS lead_due ON lead (c_deadline_ms) WHERE c_deadline_ms>0;"
        "CREATE INDEX IF NOT EXISTS source_by_address ON source (c_intake_address);"
        "CREATE INDEX IF NOT EXISTS user_by_account ON user (c_account_id)");
}

sql::RecordTable& RecordTables::of(const schema::RecordInfo& info) {
    const auto it = tables_.find(info.number);
    VF_ASSERT(it != tables_.end());
    return *it->second;
}

Result<std::vector<RowId>> RecordTables::find(TenantId tenant, const schema::RecordInfo& info,
                                              std::string_view field,
                                              const schema::ColumnValue& value, int limit) {
    const schema::Column* column = info.column(field);
    if (column == nullptr) {
        return fail(ErrorCode::Internal, "no column for this field of " + info.table);
    }
    return of(info).find(tenant, *column, value, limit);
}

Result<std::vector<WriteStore::DueLead>> RecordTables::dueLeads(TimePoint now, int limit) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT tenant,id FROM lead WHERE c_deadline_ms>0 AND c_deadline_ms<=? "
                            "AND deleted=0 ORDER BY c_deadline_ms LIMIT ?"));
    statement->bindInt(1, toUnixMs(now)).bindInt(2, limit);
    std::vector<WriteStore::DueLead> out;
    VF_CHECK(eachRow(*statement, [&](const Statement& row) {
        out.push_back({.tenant = idAt<TenantId>(row, 0), .lead = idAt<LeadId>(row, 1)});
    }));
    return out;
}

Result<std::optional<TimePoint>> RecordTables::nextDeadline() {
    VF_TRY(Statement * statement,
           database_.cached("SELECT c_deadline_ms FROM lead WHERE c_deadline_ms>0 AND deleted=0 "
                            "ORDER BY c_deadline_ms LIMIT 1"));
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    const TimePoint at = timeAt(*statement, 0);
    statement->reset();
    return at;
}

Result<std::vector<AccountUser>> RecordTables::usersOfAccount(AccountId account) {
    VF_TRY(Statement * statement,
           database_.cached("SELECT tenant,id FROM user WHERE c_account_id=? AND deleted=0 "
                            "ORDER BY tenant,id"));
    statement->bindBlobView(1, account.view());
    std::vector<AccountUser> out;
    VF_CHECK(eachRow(*statement, [&](const Statement& row) {
        out.push_back({.tenant = idAt<TenantId>(row, 0), .user = idAt<UserId>(row, 1)});
    }));
    return out;
}

Result<std::optional<WriteStore::SourceAddress>> RecordTables::findSource(
    std::string_view intakeAddress) {
    if (intakeAddress.empty()) {
        return std::nullopt;
    }
    VF_TRY(Statement * statement,
           database_.cached("SELECT tenant,id FROM source WHERE c_intake_address=? AND deleted=0 "
                            "ORDER BY id LIMIT 1"));
    statement->bindTextView(1, intakeAddress);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    WriteStore::SourceAddress out{.tenant = idAt<TenantId>(*statement, 0),
                                  .source = idAt<RowId>(*statement, 1)};
    statement->reset();
    return out;
}

Result<std::optional<ReadStore::FacetBody>> RecordTables::facetBody(TenantId tenant,
                                                                    const schema::RecordInfo& info,
                                                                    RowId id, schema::Facet facet) {
    Statement*& statement = bodies_[{info.number, facet}];
    if (statement == nullptr) {
        // Both names come from the schema.
        VF_TRY(statement,
               database_.cached(fmt::format("SELECT deleted,{} FROM {} WHERE tenant=? AND id=?",
                                            sql::facetName(facet), info.table)));
    }
    statement->reset();
    statement->bindBlobView(1, tenant.view()).bindBlobView(2, id.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    ReadStore::FacetBody out{.deleted = statement->integer(0) != 0,
                             .body = std::string(statement->blob(1))};
    statement->reset();
    return out;
}

Result<std::vector<StoredRow>> RecordTables::grantsOf(TenantId tenant, UserId user) {
    sql::RecordTable& table = of(schema::recordOf<record::Grant>());
    VF_TRY(Statement * statement,
           database_.cached(table.selectText() +
                            " WHERE tenant=? AND c_user_id=? AND deleted=0 ORDER BY id"));
    statement->bindBlobView(1, tenant.view()).bindBlobView(2, user.view());
    std::vector<StoredRow> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        auto row = table.fromStatement(*statement);
        if (!row) {
            statement->reset();
            return fail(std::move(row).error());
        }
        out.push_back(std::move(*row));
    }
}

}  // namespace vorfahrt::server::store
