// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/search_index.h"

#include "client/replica/postings.h"
#include "common/base/assert.h"
#include "common/base/bytes.h"
#include "common/domain/search_terms.h"

#include <algorithm>

namespace vorfahrt::client::replica {
namespace {

using schema::RecordInfo;
using sql::StoredRow;

// Announced rows are held with their terms; more than these are settled on the way.
constexpr std::size_t kMaxRemembered = 2'000;
// New rows that a transaction takes in at once; more are left for slices.
constexpr std::int64_t kTakeAtOnce = 256;
// A slice: some tens of ms. Whole blocks, so that each posting block is written once.
constexpr std::int64_t kSliceBlocks = 1;

bool sameTexts(const StoredRow& a, const StoredRow& b, bool namesOnly) {
    std::string scratchA;
    std::string scratchB;
    return std::ranges::all_of(a.row.info().searchFields, [&](const schema::SearchField& field) {
        return (namesOnly && field.kind != schema::SEARCH_NAME) ||
               schema::searchText(a.row.facet(field.facet), field, scratchA) ==
                   schema::searchText(b.row.facet(field.facet), field, scratchB);
    });
}

bool sameLinks(const StoredRow& a, const StoredRow& b) {
    return std::ranges::all_of(a.row.info().searchLinks, [&](const schema::SearchLink& link) {
        return targetOf(link, a.row) == targetOf(link, b.row);
    });
}

bool hasNames(const RecordInfo& info) {
    return std::ranges::any_of(info.searchFields, [](const schema::SearchField& field) {
        return field.kind == schema::SEARCH_NAME;
    });
}

}  // namespace

SearchIndex::SearchIndex(sql::Database& database, SearchDocuments::TableOf tableOf)
    : db_(database),
      tableOf_(tableOf),
      documents_(database, std::move(tableOf)) {
    for (const RecordInfo& info : schema::records()) {
        if (info.searched) {
            Kind& kind = kinds_[info.number];
            kind.info = &info;
            kind.postings = std::make_unique<sql::PostingTable>(db_, info.table);
        }
    }
}

Status SearchIndex::ensure() {
    VF_CHECK(createTables());
    VF_TRY(const bool current, isCurrent());
    for (auto& [number, kind] : kinds_) {
        VF_CHECK(current ? kind.postings->ensure() : kind.postings->clear());
    }
    VF_CHECK(readState());
    if (!current) {
        for (auto& [number, kind] : kinds_) {
            VF_CHECK(setDone(kind, 0));
        }
    }
    return {};
}

Status SearchIndex::reload() {
    before_.clear();
    prefixes_.clear();
    return readState();
}

Status SearchIndex::startOver() {
    before_.clear();
    for (auto& [number, kind] : kinds_) {
        VF_CHECK(kind.postings->clear());
        VF_CHECK(setDone(kind, 0));
    }
    return {};
}

SearchIndex::Kind* SearchIndex::indexed(const RecordInfo& info) {
    const auto it = kinds_.find(info.number);
    return it == kinds_.end() || it->second.done == 0 ? nullptr : &it->second;
}

bool SearchIndex::needs(const RecordInfo& info) const {
    return std::ranges::any_of(info.searchLinks, [&](const schema::SearchLink& link) {
        const auto it = kinds_.find(schema::recordByTable(link.target)->number);
        return link.givesTerms && it != kinds_.end() && it->second.done > 0;
    });
}

// ----------------------------------------------------------------------------------------
// announcing

Result<std::vector<std::string>> SearchIndex::termsOf(TenantId tenant, const StoredRow& row) {
    std::vector<std::string> terms;
    VF_CHECK(documents_.texts(tenant, row, [&](const SearchDocuments::Text& text) {
        domain::addTerms(text.field->kind, text.text, terms);
    }));
    std::ranges::sort(terms);
    terms.erase(std::ranges::unique(terms).begin(), terms.end());
    return terms;
}

Status SearchIndex::remember(TenantId tenant, const RecordInfo& info, RowId id,
                             const StoredRow* known) {
    const Kind* kind = indexed(info);
    const Key key{info.number, tenant, id};
    if (kind == nullptr || id.isNone() || before_.contains(key)) {
        return {};
    }
    Before before;
    VF_TRY(const auto number, documents_.numberOf(tenant, info, id));
    if (number && *number <= kind->done) {
        before.number = *number;
        std::optional<StoredRow> read;
        if (known == nullptr) {
            VF_TRY(read, tableOf_(info.number).read(tenant, id));
            known = read ? &*read : nullptr;
        }
        if (known != nullptr) {
            VF_TRY(before.terms, termsOf(tenant, *known));
        }
    }
    before_.emplace(key, std::move(before));
    return {};
}

Status SearchIndex::rememberTakers(TenantId tenant, const RecordInfo& info, RowId id) {
    for (const auto& taker : SearchDocuments::takers(info)) {
        if (indexed(*taker.record) == nullptr) {
            continue;
        }
        VF_TRY(const auto ids, documents_.pointingTo(tenant, *taker.record, *taker.link, id));
        for (const RowId one : ids) {
            VF_CHECK(remember(tenant, *taker.record, one, nullptr));
        }
    }
    return {};
}

// Everything whose terms can change with this row.
Status SearchIndex::rememberAround(TenantId tenant, const StoredRow& old) {
    const RecordInfo& info = old.row.info();
    VF_CHECK(remember(tenant, info, old.row.id(), &old));
    for (const schema::SearchLink& link : info.searchLinks) {
        if (link.givesTerms) {
            VF_CHECK(remember(tenant, *schema::recordByTable(link.target), targetOf(link, old.row),
                              nullptr));
        }
    }
    return {};
}

// A great change is settled in parts: all announced rows but the next one are written by now.
Status SearchIndex::bound() {
    return before_.size() < kMaxRemembered ? Status{} : settle(false);
}

Status SearchIndex::writing(TenantId tenant, const StoredRow& next) {
    const RecordInfo& info = next.row.info();
    if (info.searchFields.empty() && info.searchLinks.empty()) {
        return {};
    }
    VF_CHECK(bound());
    VF_TRY(const auto old, tableOf_(info.number).read(tenant, next.row.id()));
    if (!old) {
        // A number that a deleted row had may be given again.
        VF_CHECK(remember(tenant, info, next.row.id(), nullptr));
        for (const schema::SearchLink& link : info.searchLinks) {
            if (link.givesTerms) {
                VF_CHECK(remember(tenant, *schema::recordByTable(link.target),
                                  targetOf(link, next.row), nullptr));
            }
        }
        return hasNames(info) ? rememberTakers(tenant, info, next.row.id()) : Status{};
    }
    const bool wasShown = isShown(*old);
    const bool willBeShown = isShown(next);
    if (wasShown == willBeShown &&
        (!wasShown || (sameTexts(*old, next, false) && sameLinks(*old, next)))) {
        return {};
    }
    VF_CHECK(rememberAround(tenant, *old));
    for (const schema::SearchLink& link : info.searchLinks) {
        if (link.givesTerms) {
            VF_CHECK(remember(tenant, *schema::recordByTable(link.target), targetOf(link, next.row),
                              nullptr));
        }
    }
    const bool sameNames = wasShown == willBeShown && sameTexts(*old, next, true);
    return sameNames ? Status{} : rememberTakers(tenant, info, next.row.id());
}

Status SearchIndex::erasing(TenantId tenant, const RecordInfo& info, RowId id) {
    if (info.searchFields.empty() && info.searchLinks.empty()) {
        return {};
    }
    VF_CHECK(bound());
    VF_TRY(const auto old, tableOf_(info.number).read(tenant, id));
    if (!old) {
        return {};
    }
    VF_CHECK(rememberAround(tenant, *old));
    return hasNames(info) ? rememberTakers(tenant, info, id) : Status{};
}

Status SearchIndex::inserting(TenantId tenant, const RecordInfo& info,
                              const sql::FacetImage& image) {
    if (info.searchFields.empty() && info.searchLinks.empty()) {
        return {};
    }
    VF_CHECK(bound());
    for (const schema::SearchLink& link : info.searchLinks) {
        const RecordInfo& target = *schema::recordByTable(link.target);
        if (link.givesTerms && link.column->facet == image.facet && indexed(target) != nullptr) {
            const auto value = schema::columnValue(*image.decoded, *link.column);
            VF_CHECK(
                remember(tenant, target, RowId::fromBytes(value.text).value_or(RowId()), nullptr));
        }
    }
    return hasNames(info) ? rememberTakers(tenant, info, image.id) : Status{};
}

void SearchIndex::inserted(TenantId tenant, const RecordInfo& info, RowId id, std::int64_t number) {
    const Kind* kind = indexed(info);
    if (kind != nullptr && number <= kind->done) {
        before_.try_emplace(Key{info.number, tenant, id});
    }
}

// ---------------------------------------------------------------------------------------- settling

Status SearchIndex::settle(bool takeNew) {
    const std::map<Key, Before> before = std::exchange(before_, {});
    for (const auto& [key, was] : before) {
        VF_CHECK(compare(key, was));
    }
    for (auto& [number, kind] : kinds_) {
        VF_CHECK(apply(kind));
        if (takeNew) {
            VF_TRY(const std::int64_t last, documents_.lastNumber(*kind.info));
            if (last > kind.done && last - kind.done <= kTakeAtOnce) {
                VF_CHECK(take(kind, last));
            }
        }
    }
    return {};
}

Status SearchIndex::compare(const Key& key, const Before& before) {
    const auto& [record, tenant, id] = key;
    Kind& kind = kinds_.at(record);
    VF_TRY(const std::string prefix, prefixOf(tenant));
    std::int64_t number = 0;
    std::vector<std::string> terms;
    VF_TRY(const auto now, documents_.numberOf(tenant, *kind.info, id));
    if (now && *now <= kind.done) {
        number = *now;
        VF_TRY(const auto row, tableOf_(record).read(tenant, id));
        VF_TRY(terms, termsOf(tenant, *row));
    }
    const auto note = [&](const std::string& term, std::int64_t of, bool add) {
        kind.changes.push_back({prefix + term, of, add});
    };
    const bool same = number == before.number;
    for (const std::string& term : before.terms) {
        if (!same || !std::ranges::binary_search(terms, term)) {
            note(term, before.number, false);
        }
    }
    for (const std::string& term : terms) {
        if (!same || !std::ranges::binary_search(before.terms, term)) {
            note(term, number, true);
        }
    }
    return {};
}

Status SearchIndex::apply(Kind& kind) {
    std::vector<Change> changes = std::exchange(kind.changes, {});
    // Taken out before put in: a number may have gone to another row.
    std::ranges::sort(changes, {}, [](const Change& change) {
        return std::tuple(std::string_view(change.key), blockOf(change.number), change.add);
    });
    for (std::size_t i = 0; i < changes.size();) {
        std::size_t end = i + 1;
        while (end < changes.size() && changes[end].key == changes[i].key &&
               blockOf(changes[end].number) == blockOf(changes[i].number)) {
            ++end;
        }
        VF_CHECK(change(kind, changes[i].key, blockOf(changes[i].number), &changes[i],
                        changes.data() + end));
        i = end;
    }
    return {};
}

Status SearchIndex::change(Kind& kind, const std::string& key, std::int64_t block,
                           const Change* first, const Change* last) {
    VF_TRY(const std::string stored, kind.postings->read(key, block));
    PostingBlock rows;
    if (!rows.decode(stored)) {
        return fail(ErrorCode::Corrupt, "search block");
    }
    for (const Change* change = first; change != last; ++change) {
        change->add ? rows.add(change->number) : rows.remove(change->number);
    }
    const std::string now = rows.encode();
    if (now == stored) {
        return {};
    }
    if (now.empty()) {
        return kind.postings->erase(key, block);
    }
    if (stored.empty()) {
        VF_TRY(const bool inserted, kind.postings->insert(key, block, now));
        return inserted ? Status{} : fail(ErrorCode::Corrupt, "search block");
    }
    return kind.postings->update(key, block, now);
}

// ---------------------------------------------------------------------------------------- building

Result<bool> SearchIndex::isComplete() {
    for (const auto& [number, kind] : kinds_) {
        VF_TRY(const std::int64_t last, documents_.lastNumber(*kind.info));
        if (last > kind.done) {
            return false;
        }
    }
    return true;
}

Result<bool> SearchIndex::more() {
    for (auto& [number, kind] : kinds_) {
        VF_TRY(const std::int64_t last, documents_.lastNumber(*kind.info));
        if (last > kind.done) {
            const std::int64_t end = (blockOf(kind.done + 1) + kSliceBlocks) * kBlockRows - 1;
            VF_CHECK(take(kind, std::min(last, end)));
            return true;
        }
    }
    return false;
}

Status SearchIndex::take(Kind& kind, std::int64_t last) {
    std::unordered_map<std::string, std::vector<std::int64_t>> rowsOf;
    std::vector<std::string> terms;
    std::string key;
    VF_CHECK(documents_.range(
        *kind.info, kind.done + 1, last,
        [&](std::int64_t number, TenantId tenant, const StoredRow& row) -> Status {
            terms.clear();
            VF_CHECK(documents_.texts(tenant, row, [&](const SearchDocuments::Text& text) {
                domain::addTerms(text.field->kind, text.text, terms);
            }));
            VF_TRY(key, prefixOf(tenant));
            const std::size_t prefix = key.size();
            for (const std::string& term : terms) {
                key.resize(prefix);
                key += term;
                std::vector<std::int64_t>& rows = rowsOf[key];
                if (rows.empty() || rows.back() != number) {
                    rows.push_back(number);
                }
            }
            return {};
        }));
    std::vector<const std::pair<const std::string, std::vector<std::int64_t>>*> sorted;
    sorted.reserve(rowsOf.size());
    for (const auto& entry : rowsOf) {
        sorted.push_back(&entry);
    }
    std::ranges::sort(sorted, {}, [](const auto* entry) { return std::string_view(entry->first); });
    for (const auto* entry : sorted) {
        const auto& rows = entry->second;
        for (std::size_t i = 0; i < rows.size();) {
            const std::int64_t block = blockOf(rows[i]);
            PostingBlock part;
            std::vector<Change> added;
            std::size_t end = i;
            for (; end < rows.size() && blockOf(rows[end]) == block; ++end) {
                part.add(rows[end]);
            }
            VF_TRY(const bool inserted, kind.postings->insert(entry->first, block, part.encode()));
            if (!inserted) {
                for (; i < end; ++i) {
                    added.push_back({{}, rows[i], true});
                }
                VF_CHECK(
                    change(kind, entry->first, block, added.data(), added.data() + added.size()));
            }
            i = end;
        }
    }
    return setDone(kind, last);
}

Result<std::vector<std::string>> SearchIndex::dump() {
    std::vector<std::string> lines;
    for (auto& [number, kind] : kinds_) {
        Status damaged;
        VF_CHECK(kind.postings->all(
            [&](std::string_view key, std::int64_t block, std::string_view bytes) {
                RowSet rows;
                if (!rows.addStored(block, bytes) || rows.empty()) {
                    damaged = fail(ErrorCode::Corrupt, "search block");
                }
                for (const std::int64_t row : rows.newest(static_cast<std::size_t>(kBlockRows))) {
                    lines.push_back(kind.info->table + " " + std::string(key.substr(2)) + " " +
                                    std::to_string(row));
                }
            }));
        VF_CHECK(damaged);
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace vorfahrt::client::replica
