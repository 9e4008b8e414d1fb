// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "client/replica/search_document.h"
#include "common/schema/record.h"
#include "common/sql/posting_table.h"
#include "common/sql/record_table.h"
#include "common/sync/mutator.h"

#include <map>
#include <memory>

namespace vorfahrt::client::replica {

// Insides of Reader, shared by its *_queries.cpp files.
struct Reader::Parts {
    explicit Parts(sql::Database database);

    template <class Record>
    [[nodiscard]] sql::RecordTable& table() {
        return *tables.at(schema::recordOf<Record>().number);
    }
    // All rows of a small table, by id.
    template <class Record>
    [[nodiscard]] Result<std::vector<Item<Record>>> all(TenantId tenant);
    template <class Record>
    [[nodiscard]] Result<std::optional<Item<Record>>> one(TenantId tenant, RowId id);
    // Rows whose indexed column `field` is `id`.
    template <class Record>
    [[nodiscard]] Result<std::vector<Item<Record>>> where(TenantId tenant, std::string_view field,
                                                          RowId id);

    template <class Record>
    [[nodiscard]] Result<std::vector<Item<Record>>> collect(sql::Statement& statement);

    // Names by id, for one call.
    struct Names {
        std::map<std::string, record::User, std::less<>> users;
        std::map<std::string, record::Source, std::less<>> sources;
    };
    [[nodiscard]] Result<Names> names(TenantId tenant);
    [[nodiscard]] Result<LeadRow> leadRow(const Viewer& viewer, const Names& names,
                                          const sql::StoredRow& stored);
    struct Edited {
        bool pending = false;
        bool provisional = false;
    };
    [[nodiscard]] Result<Edited> edited(TenantId tenant, std::uint32_t table, RowId id);
    // Activities as lines of a timeline, without what was taken back. `retracted`: what retractions
    // name that was not met yet.
    using Retracted = std::vector<std::pair<RowId, UserId>>;
    [[nodiscard]] Result<std::vector<TimelineItem>> entries(
        TenantId tenant, const Names& names, const std::vector<Item<record::Activity>>& newestFirst,
        Retracted& retracted);
    [[nodiscard]] Result<CustomerRow> customerRow(TenantId tenant,
                                                  const Item<record::Customer>& item);
    [[nodiscard]] Result<std::string> titleOf(TenantId tenant, const vorfahrt::sync::RowKey& key);
    [[nodiscard]] Result<std::string> titleOfItem(const TrayItem& item);

    sql::Database db;
    std::map<std::uint32_t, std::unique_ptr<sql::RecordTable>> tables;
    SearchDocuments documents;
    std::map<std::uint32_t, std::unique_ptr<sql::PostingTable>> postings;
};

// Which rows are shown: a row whose main facet has not come yet is not; one made here is in no
// scope.
[[nodiscard]] inline std::string shown(const schema::RecordInfo& info) {
    return info.has(schema::Facet::PRIVATE) ? " AND deleted=0 AND (mask_main<>0 OR mask_private=0)"
                                            : " AND deleted=0";
}

template <class Record>
Item<Record> itemOf(const sql::StoredRow& stored) {
    return {.id = stored.row.id(),
            .value = stored.row.as<Record>(),
            .rev = stored.row.rev(schema::Facet::MAIN),
            .pending = false};
}

template <class Record>
Result<std::vector<Item<Record>>> Reader::Parts::all(TenantId tenant) {
    VF_TRY(sql::Statement * statement,
           db.cached(table<Record>().selectText() + " WHERE tenant=?" +
                     shown(schema::recordOf<Record>()) + " ORDER BY id"));
    statement->bindBlob(1, tenant.view());
    return collect<Record>(*statement);
}

template <class Record>
Result<std::vector<Item<Record>>> Reader::Parts::where(TenantId tenant, std::string_view field,
                                                       RowId id) {
    const schema::RecordInfo& info = schema::recordOf<Record>();
    // "+": else SQLite walks all rows of the tenant by id to save the sorting of a few.
    VF_TRY(sql::Statement * statement,
           db.cached(table<Record>().selectText() + " WHERE tenant=? AND " +
                     info.column(field)->name + "=?" + shown(info) + " ORDER BY +id"));
    statement->bindBlob(1, tenant.view()).bindBlob(2, id.view());
    return collect<Record>(*statement);
}

template <class Record>
Result<std::vector<Item<Record>>> Reader::Parts::collect(sql::Statement& statement) {
    std::vector<Item<Record>> out;
    for (;;) {
        VF_TRY(const bool more, statement.step());
        if (!more) {
            return out;
        }
        VF_TRY(const auto stored, table<Record>().fromStatement(statement));
        if (!schema::isHidden(stored.row.info(), stored.row.facet(schema::Facet::MAIN))) {
            out.push_back(itemOf<Record>(stored));
        }
    }
}

template <class Record>
Result<std::optional<Item<Record>>> Reader::Parts::one(TenantId tenant, RowId id) {
    VF_TRY(const auto stored, table<Record>().read(tenant, id));
    if (!stored || stored->row.isDeleted()) {
        return std::nullopt;
    }
    return std::optional(itemOf<Record>(*stored));
}

}  // namespace vorfahrt::client::replica
