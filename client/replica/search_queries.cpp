// SPDX-License-Identifier: GPL-3.0-or-later
// The universal search: terms to row sets, sets to candidates, candidates to checked hits.
#include "client/replica/postings.h"
#include "client/replica/reader_parts.h"
#include "client/replica/search_hits.h"
#include "client/replica/search_index.h"
#include "client/replica/search_matcher.h"

#include <algorithm>
#include <array>
#include <set>

namespace vorfahrt::client::replica {
namespace {

using domain::SearchTerm;
using domain::TermQuery;
using schema::RecordInfo;
using schema::SearchKind;

// Row numbers that are ranked before any row is read, and rows that are read to get the hits.
constexpr std::size_t kRanked = 400;
constexpr std::size_t kReadAtLeast = 24;
constexpr int kOwn = 15;  // more, for a lead of the person who asks
// Scores (search_terms.cpp) down to which all terms must reach, in turns: names and numbers before
// words, words before sounds.
constexpr std::array kTiers = {100, 70, 40, 0};

const RecordInfo& recordOf(SearchGroup group) {
    switch (group) {
        case SearchGroup::Customers: return schema::recordOf<record::Customer>();
        case SearchGroup::Vehicles: return schema::recordOf<record::Vehicle>();
        case SearchGroup::Leads: return schema::recordOf<record::Lead>();
        case SearchGroup::Activities: break;
    }
    return schema::recordOf<record::Activity>();
}

// Kinds of the texts that rows of that record can be found by.
std::set<SearchKind> kindsOf(const RecordInfo& info) {
    std::set<SearchKind> kinds;
    const auto add = [&](const RecordInfo& from) {
        for (const schema::SearchField& field : from.searchFields) {
            kinds.insert(field.kind);
        }
    };
    add(info);
    for (const auto& giver : SearchDocuments::givers(info)) {
        add(*giver.record);
    }
    for (const schema::SearchLink& link : info.searchLinks) {
        if (link.takesNames) {
            kinds.insert(schema::SEARCH_NAME);
        }
    }
    if (kinds.contains(schema::SEARCH_PHONE)) {
        kinds.insert(schema::SEARCH_TEXT);  // words of e-mail addresses
    }
    return kinds;
}

struct ScoredRows {
    int score = 0;
    RowSet rows;
};
using TermRows = std::vector<ScoredRows>;  // of one term, best first

RowSet reaching(const TermRows& term, int score) {
    RowSet out;
    for (const ScoredRows& scored : term) {
        if (scored.score >= score) {
            out.unite(scored.rows);
        }
    }
    return out;
}

RowSet reaching(const std::vector<TermRows>& terms, int score) {
    RowSet out;
    bool first = true;
    for (const TermRows& term : terms) {
        if (first) {
            out = reaching(term, score);
        } else {
            out.intersect(reaching(term, score));
        }
        first = false;
    }
    return out;
}

struct Candidate {
    std::int64_t number = 0;
    int score = 0;
    std::size_t reading = 0;
};

int scoreOf(const std::vector<TermRows>& terms, std::int64_t number) {
    int sum = 0;
    for (const TermRows& term : terms) {
        const auto it = std::ranges::find_if(
            term, [&](const ScoredRows& scored) { return scored.rows.contains(number); });
        sum += it == term.end() ? 0 : it->score;
    }
    return sum;
}

// One question to one group.
class GroupSearch {
public:
    GroupSearch(Reader::Parts& parts, const Viewer& viewer, SearchGroup group, std::string prefix,
                std::size_t wanted)
        : parts_(parts),
          viewer_(viewer),
          group_(group),
          info_(recordOf(group)),
          kinds_(kindsOf(info_)),
          prefix_(std::move(prefix)),
          wanted_(wanted) {}

    Result<SearchGroupAnswer> run(const domain::SearchReadings& question) {
        SearchGroupAnswer answer{.group = group_, .total = 0, .hits = {}};
        if (group_ == SearchGroup::Leads) {
            VF_TRY(own_, ownLeads());
        }
        for (std::size_t i = 0; i < question.readings.size(); ++i) {
            VF_CHECK(collect(question.readings[i], i));
        }
        answer.total = all_.count();
        std::ranges::stable_sort(candidates_, std::ranges::greater(),
                                 [](const Candidate& c) { return std::pair(c.score, c.number); });
        const std::size_t readings = std::max(kReadAtLeast, wanted_ * 2);
        std::set<std::int64_t> seen;
        std::size_t read = 0;
        for (const Candidate& candidate : candidates_) {
            if (read >= readings || answer.hits.size() >= wanted_) {
                break;
            }
            if (!seen.insert(candidate.number).second) {
                continue;
            }
            ++read;
            VF_TRY(auto hit, check(question.readings[candidate.reading], candidate));
            if (hit) {
                answer.hits.push_back(std::move(*hit));
            }
        }
        if (read < readings && answer.hits.size() < wanted_) {
            // All candidates were read: the index promised this many.
            answer.total = static_cast<std::int64_t>(answer.hits.size());
        }
        std::ranges::stable_sort(answer.hits, std::ranges::greater(), [](const SearchHit& hit) {
            return std::pair(hit.score, hit.atMs);
        });
        return answer;
    }

private:
    Result<RowSet> rowsOf(const TermQuery& query) {
        sql::PostingTable& postings = *parts_.postings.at(info_.number);
        RowSet out;
        bool first = true;
        for (const auto& part : query.parts) {
            RowSet rows;
            for (const domain::TermRange& range : part) {
                VF_CHECK(postings.each(prefix_ + range.prefix, range.exact,
                                       [&](std::int64_t block, std::string_view bytes) -> Status {
                                           return rows.addStored(block, bytes)
                                                      ? Status{}
                                                      : fail(ErrorCode::Corrupt, "search block");
                                       }));
            }
            if (first) {
                out = std::move(rows);
            } else {
                out.intersect(rows);
            }
            first = false;
            if (out.empty()) {
                break;
            }
        }
        return out;
    }

    Status collect(const std::vector<SearchTerm>& reading, std::size_t index) {
        std::vector<TermRows> terms;
        for (const SearchTerm& term : reading) {
            TermRows& rows = terms.emplace_back();
            for (const TermQuery& query : term.queries()) {
                if (kinds_.contains(query.kind)) {
                    VF_TRY(RowSet set, rowsOf(query));
                    if (!set.empty()) {
                        rows.push_back({query.score, std::move(set)});
                    }
                }
            }
            if (rows.empty()) {
                return {};
            }
        }
        const RowSet all = reaching(terms, 0);
        all_.unite(all);
        RowSet own = own_;
        own.intersect(all);
        add(terms, own, index, kOwn);
        for (const int tier : kTiers) {
            const std::size_t before = candidates_.size();
            add(terms, tier == 0 ? all : reaching(terms, tier), index, 0);
            if (candidates_.size() - before >= kRanked / 4) {
                break;
            }
        }
        return {};
    }

    void add(const std::vector<TermRows>& terms, const RowSet& rows, std::size_t reading,
             int bonus) {
        for (const std::int64_t number : rows.newest(kRanked)) {
            candidates_.push_back({number, scoreOf(terms, number) + bonus, reading});
        }
    }

    Result<RowSet> ownLeads() {
        VF_TRY(sql::Statement * statement,
               parts_.db.cached("SELECT rowid FROM lead WHERE tenant=? AND c_owner_id=?"));
        statement->bindBlob(1, viewer_.tenant.view()).bindBlob(2, viewer_.user.view());
        RowSet own;
        for (;;) {
            VF_TRY(const bool more, statement->step());
            if (!more) {
                return own;
            }
            own.add(statement->integer(0));
        }
    }

    Result<std::optional<SearchHit>> check(const std::vector<SearchTerm>& reading,
                                           const Candidate& candidate) {
        VF_TRY(const auto row, parts_.documents.byNumber(viewer_.tenant, info_, candidate.number));
        if (!row) {
            return std::nullopt;
        }
        SearchMatcher matcher(reading);
        VF_CHECK(parts_.documents.texts(
            viewer_.tenant, *row, [&](const SearchDocuments::Text& text) { matcher.take(text); }));
        if (!matcher.matches()) {
            return std::nullopt;
        }
        VF_TRY(SearchHit hit, makeHit(parts_, viewer_, group_, *row, matcher));
        hit.score += hit.mine ? kOwn : 0;
        return std::optional(std::move(hit));
    }

    Reader::Parts& parts_;
    const Viewer& viewer_;
    SearchGroup group_;
    const RecordInfo& info_;
    std::set<SearchKind> kinds_;
    std::string prefix_;
    std::size_t wanted_;
    RowSet own_;
    RowSet all_;
    std::vector<Candidate> candidates_;
};

Result<bool> isIndexed(Reader::Parts& parts) {
    for (const auto& [number, postings] : parts.postings) {
        VF_TRY(const std::int64_t last,
               parts.documents.lastNumber(*schema::recordByNumber(number)));
        VF_TRY(sql::Statement * statement,
               parts.db.cached("SELECT 1 FROM search_state WHERE record=? AND done>=?"));
        statement->bindInt(1, number).bindInt(2, last);
        VF_TRY(const bool done, statement->step());
        statement->reset();
        if (!done && last > 0) {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<bool> Reader::isSearchComplete() {
    return isIndexed(*parts_);
}

Result<SearchAnswer> Reader::search(const Viewer& viewer, const SearchQuestion& question) {
    SearchAnswer answer;
    const domain::SearchReadings readings = domain::readSearch(question.text);
    if (readings.readings.empty()) {
        return answer;
    }
    VF_TRY(auto transaction, sql::Transaction::begin(parts_->db, sql::Transaction::Kind::Read));
    VF_TRY(answer.complete, isIndexed(*parts_));
    VF_TRY(const std::string prefix, searchPrefix(parts_->db, viewer.tenant));
    if (prefix.empty()) {
        return answer;
    }
    const auto wanted =
        static_cast<std::size_t>(std::clamp(question.perGroup, 1, SearchQuestion::kMaxHits));
    for (const SearchGroup group : {SearchGroup::Customers, SearchGroup::Vehicles,
                                    SearchGroup::Leads, SearchGroup::Activities}) {
        if (question.only && *question.only != group) {
            continue;
        }
        VF_TRY(auto found, GroupSearch(*parts_, viewer, group, prefix, wanted).run(readings));
        answer.total += found.total;
        if (!found.hits.empty()) {
            answer.groups.push_back(std::move(found));
        }
    }
    return answer;
}

Result<std::vector<SearchHit>> Reader::recall(const Viewer& viewer,
                                              const std::vector<SearchRef>& refs) {
    VF_TRY(auto transaction, sql::Transaction::begin(parts_->db, sql::Transaction::Kind::Read));
    const std::vector<SearchTerm> none;
    std::vector<SearchHit> hits;
    for (const SearchRef& ref : refs) {
        if (hits.size() >= static_cast<std::size_t>(SearchQuestion::kMaxHits)) {
            break;
        }
        VF_TRY(const auto row,
               parts_->tables.at(recordOf(ref.group).number)->read(viewer.tenant, ref.id));
        if (!row || !isShown(*row)) {
            continue;
        }
        VF_TRY(SearchHit hit, makeHit(*parts_, viewer, ref.group, *row, SearchMatcher(none)));
        hits.push_back(std::move(hit));
    }
    return hits;
}

}  // namespace vorfahrt::client::replica
