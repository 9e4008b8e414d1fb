// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/row.h"
#include "common/sql/database.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::sql {

// Which of the two tables is derived from a record: the server's holds all facets and the edit
// stamps; a replica's has no server facet, and one mask per facet with a bit for each scope that
// the row is in.
enum class Side { Server, Replica };

// A row with what is stored beside it.
struct StoredRow {
    schema::Row row;
    std::string stamps;                        // Side::Server: stored.FieldStamps
    std::array<std::uint64_t, 2> masks{0, 0};  // Side::Replica: MAIN, PRIVATE
};

// One facet as a replica receives it: its bytes and the same decoded.
struct FacetImage {
    RowId id;
    schema::Facet facet = schema::Facet::MAIN;
    Seq rev{0};
    bool deleted = false;
    std::uint64_t mask = 0;
    std::string_view body;
    const google::protobuf::Message* decoded = nullptr;
};

// The table of one record kind on one connection: DDL, additive migration, writing and reading, all
// derived from the schema. The only code that writes record tables (tests/checks finds any other).
// One thread.
//
// Columns: tenant, id, deleted, then per facet `rev_<facet>` and `<facet>` (the blob, which is the
// truth), `stamps` or `mask_<facet>`, and one `c_<field>` for each declared column.
class RecordTable {
public:
    RecordTable(Database& database, const schema::RecordInfo& info, Side side);

    // Creates the table, adds columns that are new in the schema (filled from the blobs), creates
    // indexes.
    [[nodiscard]] Status ensure();
    [[nodiscard]] Status createIndexes();
    // Before a first big load; createIndexes follows.
    [[nodiscard]] Status dropIndexes();

    [[nodiscard]] Result<std::optional<StoredRow>> read(TenantId tenant, RowId id);
    // Inserts or replaces everything of the row.
    [[nodiscard]] Status write(TenantId tenant, const StoredRow& row);
    // The same for a row that stands in the table with these columns: each column that an UPDATE
    // names costs its index two pages, so only those with another value are named.
    using Columns = std::vector<schema::ColumnValue>;
    [[nodiscard]] Columns columnsOf(const schema::Row& row) const;
    [[nodiscard]] Status update(TenantId tenant, const StoredRow& row, const Columns& before);
    [[nodiscard]] Status erase(TenantId tenant, RowId id);
    // Side::Replica, the fast path of a first sync: inserts a row that has only this facet, with no
    // read before. false: the row exists already, nothing was done.
    [[nodiscard]] Result<bool> insertFacet(TenantId tenant, const FacetImage& image);
    // Side::Replica: ids of the rows that have one of these bits in a mask, by id.
    [[nodiscard]] Result<std::vector<RowId>> withMask(TenantId tenant, std::uint64_t bits);
    // Side::Replica: in all masks of the tenant, bit `from` becomes bit `to`.
    [[nodiscard]] Status moveMaskBit(TenantId tenant, std::uint64_t from, std::uint64_t to);
    [[nodiscard]] Result<bool> isEmpty();

    // Ids of rows whose column has this value, ordered by id, not deleted.
    [[nodiscard]] Result<std::vector<RowId>> find(TenantId tenant, const schema::Column& column,
                                                  const schema::ColumnValue& value, int limit);

    // "SELECT <columns in the order that fromStatement reads> FROM <table>", for callers that add a
    // WHERE of their own (kept in *_queries.cpp).
    [[nodiscard]] const std::string& selectText() const { return select_; }
    // Reads the row from a statement made from selectText().
    [[nodiscard]] Result<StoredRow> fromStatement(const Statement& statement) const;
    [[nodiscard]] const schema::RecordInfo& info() const { return info_; }

private:
    [[nodiscard]] Status addMissingColumns();
    [[nodiscard]] Status refill();
    [[nodiscard]] std::string insertFacetText(schema::Facet facet) const;
    [[nodiscard]] std::array<std::string, 3> bodiesOf(const schema::Row& row) const;
    // Everything but the columns; returns the index of the next parameter.
    [[nodiscard]] int bindFixed(Statement& statement, TenantId tenant, const StoredRow& stored,
                                const std::array<std::string, 3>& bodies) const;
    void bindRow(Statement& statement, TenantId tenant, const StoredRow& stored,
                 const std::array<std::string, 3>& bodies) const;
    [[nodiscard]] Result<Statement*> updateOf(std::uint64_t columns);
    void bindColumns(Statement& statement, int first, const schema::Row& row) const;

    Database& database_;
    const schema::RecordInfo& info_;
    Side side_;
    std::vector<schema::Facet> facets_;
    std::vector<const schema::Column*> columns_;
    std::string select_;
    std::string upsert_;
    std::string update_;    // of everything but the columns, where these are as they were
    std::string setFixed_;  // "UPDATE <table> SET <everything but the columns>"
    int fixed_ = 0;         // parameters of setFixed_
    std::map<std::uint64_t, Statement*> updates_;  // by the changed columns, a bit each
    std::array<std::string, 2> insertFacet_;       // Side::Replica
};

// "main", "private", "server": the names of facets in SQL.
[[nodiscard]] std::string_view facetName(schema::Facet facet);

}  // namespace vorfahrt::sql
