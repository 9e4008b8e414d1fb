// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of a customer, and who may be the same customer.
#include "client/replica/reader_parts.h"
#include "common/domain/phone.h"
#include "common/domain/plate.h"
#include "common/domain/search_terms.h"

#include <algorithm>
#include <limits>

namespace vorfahrt::client::replica {

using sql::Statement;
using sql::Transaction;

namespace {

constexpr int kMaxPage = 1000;
constexpr std::size_t kMaxParts = 16;      // contacts and plates of a question
constexpr std::size_t kFewestDigits = 6;   // a shorter number is everybody's
constexpr std::size_t kFewestLetters = 2;  // of a name
constexpr int kCandidates = 12;

// Wishes by lead, of those leads of the customer that this person knows to be his.
Result<std::map<LeadId, std::string>> wishesOf(Reader::Parts& parts, TenantId tenant, RowId id) {
    VF_TRY(const auto leads, parts.where<record::Lead>(tenant, "customer_id", id));
    std::map<LeadId, std::string> out;
    for (const auto& lead : leads) {
        out.emplace(LeadId(lead.id.uuid()), displayWish(lead.value.wish()));
    }
    return out;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool sameContact(std::string_view typed, const record::ContactPoint& point) {
    if (point.kind() == record::EMAIL_ADDRESS) {
        return lowered(typed) == lowered(point.value());
    }
    const domain::Phone a = domain::parsePhone(typed);
    const domain::Phone b = domain::parsePhone(point.value());
    if (a.digits.size() < kFewestDigits) {
        return false;
    }
    const std::string national = domain::nationalDigits(a);
    return domain::phoneKey(a) == domain::phoneKey(b) ||
           (!national.empty() && national == domain::nationalDigits(b));
}

// Collects candidates by id and what speaks for each.
class Suspects {
public:
    Suspects(Reader& reader, const Viewer& viewer, const DuplicateQuestion& question)
        : reader_(reader),
          viewer_(viewer),
          question_(question) {}

    Status byContact(const std::string& typed) {
        const bool mail = typed.find('@') != std::string::npos;
        const domain::Phone phone = domain::parsePhone(typed);
        if (!mail && phone.digits.size() < kFewestDigits) {
            return {};
        }
        // However it is stored, the number without country and trunk 0 is a part of it.
        const std::string national = domain::nationalDigits(phone);
        const std::string& digits = national.empty() ? phone.digits : national;
        VF_TRY(const auto hits, ask(mail ? typed : digits, SearchGroup::Customers));
        for (const SearchHit& hit : hits) {
            VF_TRY(const auto detail, reader_.customer(viewer_, hit.customer));
            if (!detail) {
                continue;
            }
            for (const auto& point : detail->contactPoints) {
                if (sameContact(typed, point.value)) {
                    DuplicateMatch& match = of(hit.customer);
                    match.sameContact = true;
                    match.shared = point.value.value();
                }
            }
        }
        return {};
    }

    Status byPlate(const std::string& typed) {
        const std::string key = domain::plateKey(typed);
        if (key.size() < 3) {
            return {};
        }
        VF_TRY(const auto hits, ask(typed, SearchGroup::Vehicles));
        for (const SearchHit& hit : hits) {
            for (const SearchFact& fact : hit.facts) {
                if (fact.kind == FactKind::Plate && domain::plateKey(fact.text.text) == key &&
                    !hit.customer.isNone()) {
                    DuplicateMatch& match = of(hit.customer);
                    match.samePlate = true;
                    match.shared = match.shared.empty() ? fact.text.text : match.shared;
                }
            }
        }
        return {};
    }

    Status byName(const std::string& name) {
        if (name.size() < kFewestLetters) {
            return {};
        }
        VF_TRY(const auto hits, ask(name, SearchGroup::Customers));
        for (const SearchHit& hit : hits) {
            DuplicateMatch& match = of(hit.customer);
            match.sameName = match.sameName || !hit.soundsAlike;
            match.soundsAlike = hit.soundsAlike && !match.sameName;
        }
        return {};
    }

    Result<std::vector<DuplicateMatch>> take() {
        std::vector<CustomerId> ids;
        for (const auto& [id, match] : matches_) {
            if (id != question_.except && !id.isNone()) {
                ids.push_back(id);
            }
        }
        VF_TRY(const auto rows, reader_.customerRows(viewer_, ids));
        std::vector<DuplicateMatch> out;
        for (const CustomerRow& row : rows) {
            out.push_back(matches_.at(row.id));
            out.back().row = row;
        }
        std::ranges::stable_sort(out, std::greater(), [](const DuplicateMatch& match) {
            return (match.sameContact ? 8 : 0) + (match.samePlate ? 4 : 0) +
                   (match.sameName ? 2 : 0) + (match.soundsAlike ? 1 : 0);
        });
        if (out.size() > DuplicateQuestion::kMaxHits) {
            out.resize(DuplicateQuestion::kMaxHits);
        }
        return out;
    }

private:
    Result<std::vector<SearchHit>> ask(const std::string& text, SearchGroup group) {
        VF_TRY(auto answer,
               reader_.search(viewer_, {.text = text, .only = group, .perGroup = kCandidates}));
        std::vector<SearchHit> hits;
        for (SearchGroupAnswer& found : answer.groups) {
            std::ranges::move(found.hits, std::back_inserter(hits));
        }
        return hits;
    }
    DuplicateMatch& of(CustomerId id) { return matches_[id]; }

    Reader& reader_;
    const Viewer& viewer_;
    const DuplicateQuestion& question_;
    std::map<CustomerId, DuplicateMatch> matches_;
};

}  // namespace

Result<TimelinePage> Reader::customerTimeline(const Viewer& viewer, CustomerId id,
                                              const std::optional<TimelineKey>& before, int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    const RowId rowId(id.uuid());
    VF_TRY(const auto wishes, wishesOf(*parts_, viewer.tenant, rowId));
    auto& table = parts_->table<record::Activity>();
    // "+": by the two indexes of whose it is, never by time through everybody's.
    VF_TRY(Statement * statement,
           parts_->db.cached(table.selectText() +
                             " WHERE tenant=?1 AND (c_customer_id=?2 OR c_lead_id IN (SELECT id "
                             "FROM lead WHERE tenant=?1 AND c_customer_id=?2 AND deleted=0))" +
                             shown(table.info()) +
                             " AND (+c_at_ms,id)<(?3,?4) ORDER BY +c_at_ms DESC,id DESC LIMIT ?5"));
    const std::string last(16, '\xff');
    const int count = std::clamp(limit, 1, kMaxPage);
    statement->bindBlob(1, viewer.tenant.view())
        .bindBlob(2, rowId.view())
        .bindInt(3, before ? before->atMs : std::numeric_limits<std::int64_t>::max())
        .bindBlob(4, before ? before->activity.view() : std::string_view(last))
        .bindInt(5, count);
    VF_TRY(const auto activities, parts_->collect<record::Activity>(*statement));
    VF_TRY(const auto names, parts_->names(viewer.tenant));
    Parts::Retracted retracted = before ? before->retracted : Parts::Retracted();
    TimelinePage page;
    VF_TRY(page.items, parts_->entries(viewer.tenant, names, activities, retracted));
    for (TimelineItem& item : page.items) {
        const auto wish = wishes.find(item.lead);
        item.wish = wish == wishes.end() ? std::string() : wish->second;
    }
    std::ranges::reverse(page.items);
    if (activities.size() == static_cast<std::size_t>(count)) {
        const auto& oldest = activities.back();
        page.older = TimelineKey{
            .atMs = oldest.value.at_ms(), .activity = oldest.id, .retracted = std::move(retracted)};
    }
    return page;
}

Result<std::vector<DuplicateMatch>> Reader::duplicates(const Viewer& viewer,
                                                       const DuplicateQuestion& question) {
    Suspects suspects(*this, viewer, question);
    for (std::size_t i = 0; i < std::min(question.contacts.size(), kMaxParts); ++i) {
        VF_CHECK(suspects.byContact(question.contacts[i]));
    }
    for (std::size_t i = 0; i < std::min(question.plates.size(), kMaxParts); ++i) {
        VF_CHECK(suspects.byPlate(question.plates[i]));
    }
    if (!question.lastName.empty()) {
        VF_CHECK(suspects.byName(question.firstName.empty()
                                     ? question.lastName
                                     : question.firstName + " " + question.lastName));
    }
    if (!question.company.empty()) {
        VF_CHECK(suspects.byName(question.company));
    }
    return suspects.take();
}

}  // namespace vorfahrt::client::replica
