// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/search_hits.h"

#include "common/domain/plate.h"

#include <algorithm>

namespace vorfahrt::client::replica {
namespace {

using schema::SearchKind;

void addFact(SearchHit& hit, FactKind kind, MarkedText text) {
    const bool there = std::ranges::any_of(hit.facts, [&](const SearchFact& fact) {
        return fact.kind == kind && fact.text.text == text.text;
    });
    if (!text.text.empty() && !there) {
        hit.facts.push_back({kind, std::move(text)});
    }
}

template <class Record>
bool isOf(const SearchMatcher::Found& found) {
    return found.record == &schema::recordOf<Record>();
}

std::string place(const record::Address& address) {
    return address.postcode() + (address.postcode().empty() || address.city().empty() ? "" : " ") +
           address.city();
}

std::string vehicleName(const record::Vehicle& vehicle) {
    return vehicle.make() + (vehicle.make().empty() || vehicle.model().empty() ? "" : " ") +
           vehicle.model();
}

bool isMail(std::string_view value) {
    return value.find('@') != std::string_view::npos;
}

// Every text with a match that is not told yet says why the row was found.
void addReasons(SearchHit& hit, const SearchMatcher& matcher) {
    for (const SearchMatcher::Found& found : matcher.found()) {
        const SearchKind kind = found.field->kind;
        switch (kind) {
            case schema::SEARCH_PHONE:
                addFact(hit, isMail(found.text) ? FactKind::Email : FactKind::Phone,
                        matcher.mark(kind, found.text));
                break;
            case schema::SEARCH_PLATE:
                addFact(hit, FactKind::Plate, matcher.mark(kind, domain::displayPlate(found.text)));
                break;
            case schema::SEARCH_VIN:
                addFact(hit, FactKind::Vin, matcher.mark(kind, found.text));
                break;
            case schema::SEARCH_TEXT:
                // Told already, as a title or another fact of the row.
                if (isOf<record::Customer>(found) && found.field->field->name() == "address") {
                    if (found.field->part->name() == "street") {
                        addFact(hit, FactKind::Street, matcher.mark(kind, found.text));
                    }
                } else if (isOf<record::Vehicle>(found) && found.field->field->name() != "note") {
                    // make and model: below, together
                } else if (!(isOf<record::Lead>(found) && found.field->field->name() == "wish")) {
                    addFact(hit, FactKind::Excerpt, matcher.excerpt(kind, found.text));
                }
                break;
            default: break;  // names and numbers are always told
        }
    }
}

Result<std::optional<Item<record::Customer>>> holder(Reader::Parts& parts, TenantId tenant,
                                                     const std::string& id) {
    const auto row = RowId::fromBytes(id);
    if (!row || row->isNone()) {
        return std::nullopt;
    }
    return parts.one<record::Customer>(tenant, *row);
}

Status addHolder(Reader::Parts& parts, TenantId tenant, const std::string& id,
                 const SearchMatcher& matcher, SearchHit& hit) {
    VF_TRY(const auto customer, holder(parts, tenant, id));
    if (customer) {
        hit.customer = CustomerId(customer->id.uuid());
        hit.customerKind = customer->value.kind();
        addFact(hit, FactKind::Customer,
                matcher.mark(schema::SEARCH_NAME, displayName(customer->value)));
    }
    return {};
}

Status tellCustomer(Reader::Parts& parts, TenantId tenant, const sql::StoredRow& row,
                    const SearchMatcher& matcher, SearchHit& hit) {
    const auto customer = row.row.as<record::Customer>();
    hit.customer = CustomerId(row.row.id().uuid());
    hit.customerKind = customer.kind();
    hit.title = matcher.mark(schema::SEARCH_NAME, displayName(customer));
    addFact(hit, FactKind::Place, matcher.mark(schema::SEARCH_TEXT, place(customer.address())));
    const bool phoneFound = std::ranges::any_of(matcher.found(), [](const auto& found) {
        return found.field->kind == schema::SEARCH_PHONE && !isMail(found.text);
    });
    if (!phoneFound) {
        VF_TRY(const auto points,
               parts.where<record::ContactPoint>(tenant, "customer_id", row.row.id()));
        std::string phone;
        for (const auto& point : points) {
            if (!isMail(point.value.value()) && (phone.empty() || point.value.preferred())) {
                phone = point.value.value();
            }
        }
        addFact(hit, FactKind::Phone, {std::move(phone), {}});
    }
    for (const SearchMatcher::Found& found : matcher.found()) {
        if (isOf<record::Vehicle>(found)) {
            VF_TRY(const auto vehicle, parts.one<record::Vehicle>(tenant, found.row));
            if (vehicle) {
                addFact(hit, FactKind::Vehicle,
                        matcher.mark(schema::SEARCH_TEXT, vehicleName(vehicle->value)));
            }
        }
    }
    return {};
}

Status tellVehicle(Reader::Parts& parts, TenantId tenant, const sql::StoredRow& row,
                   const SearchMatcher& matcher, SearchHit& hit) {
    const auto vehicle = row.row.as<record::Vehicle>();
    hit.title = matcher.mark(schema::SEARCH_TEXT, vehicleName(vehicle));
    addFact(hit, FactKind::Plate,
            matcher.mark(schema::SEARCH_PLATE, domain::displayPlate(vehicle.plate())));
    return addHolder(parts, tenant, vehicle.customer_id(), matcher, hit);
}

Status tellLead(Reader::Parts& parts, const Viewer& viewer, const sql::StoredRow& row,
                const SearchMatcher& matcher, SearchHit& hit) {
    const auto lead = row.row.as<record::Lead>();
    hit.lead = LeadId(row.row.id().uuid());
    hit.title = matcher.mark(schema::SEARCH_TEXT, displayWish(lead.wish()));
    hit.status = lead.status();
    hit.atMs = lead.received_ms();
    hit.mine = lead.owner_id() == viewer.user.view();
    if (lead.number() != 0) {
        addFact(hit, FactKind::Number,
                matcher.mark(schema::SEARCH_NUMBER, std::to_string(lead.number())));
    }
    return addHolder(parts, viewer.tenant, lead.customer_id(), matcher, hit);
}

Status tellActivity(Reader::Parts& parts, TenantId tenant, const sql::StoredRow& row,
                    const SearchMatcher& matcher, SearchHit& hit) {
    const auto activity = row.row.as<record::Activity>();
    hit.activity = activity.kind();
    hit.atMs = activity.at_ms();
    hit.lead = LeadId::fromBytes(activity.lead_id()).value_or(LeadId());
    VF_CHECK(addHolder(parts, tenant, activity.customer_id(), matcher, hit));
    const bool textFound = std::ranges::any_of(matcher.found(), [](const auto& found) {
        return found.field->kind == schema::SEARCH_TEXT;
    });
    if (!textFound) {
        addFact(hit, FactKind::Excerpt, matcher.excerpt(schema::SEARCH_TEXT, activity.text()));
    }
    return {};
}

}  // namespace

Result<SearchHit> makeHit(Reader::Parts& parts, const Viewer& viewer, SearchGroup group,
                          const sql::StoredRow& row, const SearchMatcher& matcher) {
    SearchHit hit;
    hit.group = group;
    hit.id = row.row.id();
    hit.score = matcher.score();
    hit.soundsAlike = matcher.soundsAlike();
    const auto tell = [&]() -> Status {
        switch (group) {
            case SearchGroup::Customers:
                return tellCustomer(parts, viewer.tenant, row, matcher, hit);
            case SearchGroup::Vehicles: return tellVehicle(parts, viewer.tenant, row, matcher, hit);
            case SearchGroup::Leads: return tellLead(parts, viewer, row, matcher, hit);
            case SearchGroup::Activities: break;
        }
        return tellActivity(parts, viewer.tenant, row, matcher, hit);
    };
    VF_CHECK(tell());
    addReasons(hit, matcher);
    return hit;
}

}  // namespace vorfahrt::client::replica
