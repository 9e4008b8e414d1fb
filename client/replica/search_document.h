// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/record.h"
#include "common/sql/record_table.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::client::replica {

// What a row is found by: its own texts, those of rows that give theirs to it (a customer's
// telephone numbers and cars), and the names of rows it belongs to (a car's owner). All of it
// follows from the schema. The index and the explanation of a match read the same. Statements only;
// one thread.
class SearchDocuments {
public:
    using TableOf = std::function<sql::RecordTable&(std::uint32_t)>;
    SearchDocuments(sql::Database& database, TableOf tableOf);

    struct Text {
        const schema::RecordInfo* record = nullptr;  // whose row it stands in
        RowId row;
        const schema::SearchField* field = nullptr;
        std::string_view text;  // valid in the call only
    };
    using Visitor = std::function<void(const Text&)>;
    // Nothing where the row is not shown.
    [[nodiscard]] Status texts(TenantId tenant, const sql::StoredRow& document,
                               const Visitor& visit);

    // SQLite's number of the row.
    [[nodiscard]] Result<std::optional<std::int64_t>> numberOf(TenantId tenant,
                                                               const schema::RecordInfo& info,
                                                               RowId id);
    [[nodiscard]] Result<std::int64_t> lastNumber(const schema::RecordInfo& info);
    // nullopt: not there, not of that tenant or not shown.
    [[nodiscard]] Result<std::optional<sql::StoredRow>> byNumber(TenantId tenant,
                                                                 const schema::RecordInfo& info,
                                                                 std::int64_t number);
    // Rows with first <= number <= last, in order.
    using RowVisitor = std::function<Status(std::int64_t, TenantId, const sql::StoredRow&)>;
    [[nodiscard]] Status range(const schema::RecordInfo& info, std::int64_t first,
                               std::int64_t last, const RowVisitor& visit);
    // Ids of the rows of `info` that point to `target` by that link.
    [[nodiscard]] Result<std::vector<RowId>> pointingTo(TenantId tenant,
                                                        const schema::RecordInfo& info,
                                                        const schema::SearchLink& link,
                                                        RowId target);

    // Links of other records to this one: givers give it their terms, takers take its names.
    struct Incoming {
        const schema::RecordInfo* record = nullptr;
        const schema::SearchLink* link = nullptr;
    };
    [[nodiscard]] static const std::vector<Incoming>& givers(const schema::RecordInfo& info);
    [[nodiscard]] static const std::vector<Incoming>& takers(const schema::RecordInfo& info);

private:
    [[nodiscard]] Status textsOfGivers(TenantId tenant, const sql::StoredRow& document,
                                       const Visitor& visit);
    void ownTexts(const sql::StoredRow& row, bool namesOnly, const Visitor& visit);

    sql::Database& db_;
    TableOf tableOf_;
    std::string scratch_;
};

// A row whose main facet has not come yet is not shown; one made here is in no scope.
[[nodiscard]] bool isShown(const sql::StoredRow& row);
// The row that a link points to; none where it points nowhere.
[[nodiscard]] RowId targetOf(const schema::SearchLink& link, const schema::Row& row);

// Describes all search options of the schema and the version of the terms: another index is needed
// where it differs.
[[nodiscard]] const std::string& searchFingerprint();

}  // namespace vorfahrt::client::replica
