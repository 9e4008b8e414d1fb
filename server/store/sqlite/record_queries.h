// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/database.h"
#include "common/sql/record_table.h"
#include "server/store/store.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace vorfahrt::server::store {

// The record tables of one connection and the few questions that cross them.
class RecordTables {
public:
    explicit RecordTables(sql::Database& database);

    // Creates and widens the tables; indexes that no single record declares. Writer only.
    [[nodiscard]] Status ensure();

    [[nodiscard]] sql::RecordTable& of(const schema::RecordInfo& info);
    [[nodiscard]] Result<std::vector<RowId>> find(TenantId tenant, const schema::RecordInfo& info,
                                                  std::string_view field,
                                                  const schema::ColumnValue& value, int limit);
    [[nodiscard]] Result<std::vector<WriteStore::DueLead>> dueLeads(TimePoint now, int limit);
    [[nodiscard]] Result<std::optional<TimePoint>> nextDeadline();
    [[nodiscard]] Result<std::vector<AccountUser>> usersOfAccount(AccountId account);
    [[nodiscard]] Result<std::optional<WriteStore::SourceAddress>> findSource(
        std::string_view intakeAddress);
    [[nodiscard]] Result<std::optional<ReadStore::FacetBody>> facetBody(
        TenantId tenant, const schema::RecordInfo& info, RowId id, schema::Facet facet);
    [[nodiscard]] Result<std::vector<StoredRow>> grantsOf(TenantId tenant, UserId user);

private:
    sql::Database& database_;
    std::map<std::uint32_t, std::unique_ptr<sql::RecordTable>> tables_;
    std::map<std::pair<std::uint32_t, schema::Facet>, sql::Statement*> bodies_;
};

}  // namespace vorfahrt::server::store
