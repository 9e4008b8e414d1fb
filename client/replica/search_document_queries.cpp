// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/reader_parts.h"
#include "client/replica/search_document.h"
#include "common/base/bytes.h"
#include "common/domain/search_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace vorfahrt::client::replica {
namespace {

using schema::Facet;
using schema::RecordInfo;
using sql::Statement;
using sql::StoredRow;

// "SELECT a,b FROM t" -> "SELECT a,b,rowid FROM t"; returns the position of the number.
int withNumber(std::string& text) {
    const std::size_t from = text.find(" FROM ");
    const auto columns = std::count(text.begin(), text.begin() + static_cast<long>(from), ',') + 1;
    text.insert(from, ",rowid");
    return static_cast<int>(columns);
}

using IncomingByRecord = std::map<std::uint32_t, std::vector<SearchDocuments::Incoming>>;

IncomingByRecord incoming(bool schema::SearchLink::* wanted) {
    IncomingByRecord out;
    for (const RecordInfo& info : schema::records()) {
        out[info.number];
        for (const schema::SearchLink& link : info.searchLinks) {
            if (link.*wanted) {
                out[schema::recordByTable(link.target)->number].push_back({&info, &link});
            }
        }
    }
    return out;
}

}  // namespace

bool isShown(const StoredRow& stored) {
    if (stored.row.isDeleted() ||
        schema::isHidden(stored.row.info(), stored.row.facet(Facet::MAIN))) {
        return false;
    }
    return !stored.row.info().has(Facet::PRIVATE) || stored.masks[Facet::MAIN] != 0 ||
           stored.masks[Facet::PRIVATE] == 0;
}

RowId targetOf(const schema::SearchLink& link, const schema::Row& row) {
    const auto value = schema::columnValue(row.facet(link.column->facet), *link.column);
    return RowId::fromBytes(value.text).value_or(RowId());
}

const std::string& searchFingerprint() {
    static const std::string kFingerprint = [] {
        std::string all = std::to_string(domain::kSearchTermsVersion);
        for (const RecordInfo& info : schema::records()) {
            all += fmt::format("\n{} {}", info.number, info.searched);
            for (const schema::SearchField& field : info.searchFields) {
                all += fmt::format(" f{}.{}:{}", field.field->number(),
                                   field.part == nullptr ? 0 : field.part->number(),
                                   static_cast<int>(field.kind));
            }
            for (const schema::SearchLink& link : info.searchLinks) {
                all += fmt::format(" l{}>{}:{}{}", link.column->name, link.target, link.takesNames,
                                   link.givesTerms);
            }
        }
        return digest32(all);
    }();
    return kFingerprint;
}

SearchDocuments::SearchDocuments(sql::Database& database, TableOf tableOf)
    : db_(database),
      tableOf_(std::move(tableOf)) {}

const std::vector<SearchDocuments::Incoming>& SearchDocuments::givers(const RecordInfo& info) {
    static const IncomingByRecord kGivers = incoming(&schema::SearchLink::givesTerms);
    return kGivers.at(info.number);
}

const std::vector<SearchDocuments::Incoming>& SearchDocuments::takers(const RecordInfo& info) {
    static const IncomingByRecord kTakers = incoming(&schema::SearchLink::takesNames);
    return kTakers.at(info.number);
}

void SearchDocuments::ownTexts(const StoredRow& row, bool namesOnly, const Visitor& visit) {
    const RecordInfo& info = row.row.info();
    for (const schema::SearchField& field : info.searchFields) {
        if (namesOnly && field.kind != schema::SEARCH_NAME) {
            continue;
        }
        const std::string_view text =
            schema::searchText(row.row.facet(field.facet), field, scratch_);
        if (!text.empty()) {
            visit({.record = &info, .row = row.row.id(), .field = &field, .text = text});
        }
    }
}

Status SearchDocuments::textsOfGivers(TenantId tenant, const StoredRow& document,
                                      const Visitor& visit) {
    for (const Incoming& giver : givers(document.row.info())) {
        sql::RecordTable& table = tableOf_(giver.record->number);
        const schema::Column& column = *giver.link->column;
        VF_TRY(Statement * statement, db_.cached(table.selectText() + " WHERE tenant=? AND " +
                                                 column.name + "=?" + shown(*giver.record)));
        statement->bindBlob(1, tenant.view()).bindBlob(2, document.row.id().view());
        for (;;) {
            VF_TRY(const bool more, statement->step());
            if (!more) {
                break;
            }
            VF_TRY(const StoredRow row, table.fromStatement(*statement));
            if (isShown(row)) {
                ownTexts(row, false, visit);
            }
        }
    }
    return {};
}

Status SearchDocuments::texts(TenantId tenant, const StoredRow& document, const Visitor& visit) {
    if (!isShown(document)) {
        return {};
    }
    ownTexts(document, false, visit);
    VF_CHECK(textsOfGivers(tenant, document, visit));
    for (const schema::SearchLink& link : document.row.info().searchLinks) {
        const RowId target = targetOf(link, document.row);
        if (!link.takesNames || target.isNone()) {
            continue;
        }
        const RecordInfo* info = schema::recordByTable(link.target);
        VF_TRY(const auto row, tableOf_(info->number).read(tenant, target));
        if (row && isShown(*row)) {
            ownTexts(*row, true, visit);
        }
    }
    return {};
}

Result<std::optional<std::int64_t>> SearchDocuments::numberOf(TenantId tenant,
                                                              const RecordInfo& info, RowId id) {
    VF_TRY(Statement * statement,
           db_.cached("SELECT rowid FROM " + info.table + " WHERE tenant=? AND id=?"));
    statement->bindBlob(1, tenant.view()).bindBlob(2, id.view());
    VF_TRY(const bool found, statement->step());
    std::optional<std::int64_t> out;
    if (found) {
        out = statement->integer(0);
        statement->reset();
    }
    return out;
}

Result<std::int64_t> SearchDocuments::lastNumber(const RecordInfo& info) {
    VF_TRY(Statement * statement, db_.cached("SELECT max(rowid) FROM " + info.table));
    VF_CHECK(statement->step());
    const std::int64_t number = statement->integer(0);
    statement->reset();
    return number;
}

Result<std::optional<StoredRow>> SearchDocuments::byNumber(TenantId tenant, const RecordInfo& info,
                                                           std::int64_t number) {
    sql::RecordTable& table = tableOf_(info.number);
    VF_TRY(Statement * statement,
           db_.cached(table.selectText() + " WHERE rowid=? AND tenant=?" + shown(info)));
    statement->bindInt(1, number).bindBlob(2, tenant.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    auto row = table.fromStatement(*statement);
    statement->reset();
    VF_TRY(StoredRow stored, std::move(row));
    return std::optional(std::move(stored));
}

Status SearchDocuments::range(const RecordInfo& info, std::int64_t first, std::int64_t last,
                              const RowVisitor& visit) {
    sql::RecordTable& table = tableOf_(info.number);
    std::string text = table.selectText();
    const int number = withNumber(text);
    VF_TRY(Statement * statement, db_.cached(text + " WHERE rowid>=? AND rowid<=? ORDER BY rowid"));
    statement->bindInt(1, first).bindInt(2, last);
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return {};
        }
        const auto tenant = TenantId::fromBytes(statement->blob(0));
        auto row = table.fromStatement(*statement);
        Status status = !row || !tenant ? Status(fail(ErrorCode::Corrupt, "row of " + info.table))
                                        : visit(statement->integer(number), *tenant, *row);
        if (!status) {
            statement->reset();
            return status;
        }
    }
}

Result<std::vector<RowId>> SearchDocuments::pointingTo(TenantId tenant, const RecordInfo& info,
                                                       const schema::SearchLink& link,
                                                       RowId target) {
    VF_TRY(Statement * statement, db_.cached("SELECT id FROM " + info.table +
                                             " WHERE tenant=? AND " + link.column->name + "=?"));
    statement->bindBlob(1, tenant.view()).bindBlob(2, target.view());
    std::vector<RowId> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        out.push_back(RowId::fromBytes(statement->blob(0)).value_or(RowId()));
    }
}

}  // namespace vorfahrt::client::replica
