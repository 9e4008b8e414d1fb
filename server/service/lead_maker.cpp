// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/lead_maker.h"

#include "common/domain/region.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/validate.h"
#include "common/schema/work.pb.h"
#include "server/intake/text.h"
#include "server/service/canonical.h"
#include "server/service/lead_service.h"

#include <algorithm>
#include <limits>

namespace vorfahrt::server::service {
namespace {

using intake::Enquiry;
using intake::EnquiryIdentity;
using record::ContactPoint;
using record::Lead;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kMaxContacts = 10;
constexpr int kMaxMatches = 50;
constexpr int kMaxLines = 10'000;
constexpr std::size_t kMaxMessage = 65'536;

schema::ColumnValue blob(std::string bytes) {
    return {.type = schema::ColumnType::Blob, .integer = 0, .text = std::move(bytes)};
}

std::string joined(const std::vector<std::string>& keys) {
    std::string out;
    for (const std::string& key : keys) {
        out += key;
    }
    return out;
}

// What a stored lead is compared by (Lead.enquiry_digest: its sorted keys, joined).
EnquiryIdentity identityOfLead(const Lead& lead) {
    EnquiryIdentity identity;
    identity.at = fromUnixMs(lead.requested_ms());
    const std::string& all = lead.enquiry_digest();
    for (std::size_t i = 0; i + kKeyBytes <= all.size(); i += kKeyBytes) {
        identity.keys.push_back(all.substr(i, kKeyBytes));
    }
    return identity;
}

std::uint32_t wholeNumber(const std::optional<std::int64_t>& number) {
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(number.value_or(0), 0, std::numeric_limits<std::int32_t>::max()));
}

std::string firstRegistration(const intake::EnquiryVehicle& vehicle) {
    if (!vehicle.firstRegistration.empty() || !vehicle.year) {
        return cleanLine(vehicle.firstRegistration, 10);
    }
    return std::to_string(*vehicle.year);
}

std::string modelOf(const intake::EnquiryVehicle& vehicle) {
    std::string model = vehicle.model;
    if (!vehicle.variant.empty()) {
        model += model.empty() ? vehicle.variant : " " + vehicle.variant;
    }
    return cleanLine(model, 120);
}

void fillWish(const intake::EnquiryVehicle& vehicle, record::VehicleWish& wish) {
    wish.set_make(cleanLine(vehicle.make, 60));
    wish.set_model(modelOf(vehicle));
    wish.set_text(cleanLine(vehicle.text, 250));
    wish.set_first_registration(firstRegistration(vehicle));
    wish.set_mileage_km(wholeNumber(vehicle.mileageKm));
    wish.set_price_cents(std::max<std::int64_t>(0, vehicle.priceCents.value_or(0)));
    wish.set_offer_number(cleanLine(vehicle.stockNumber, 80));
}

record::Salutation salutationOf(std::string_view text) {
    const std::string folded = intake::foldGerman(text);
    if (folded.starts_with("herr") || folded == "mr" || folded == "mr.") {
        return record::HERR;
    }
    if (folded.starts_with("frau") || folded == "mrs" || folded == "ms" || folded == "mrs." ||
        folded == "ms.") {
        return record::FRAU;
    }
    if (folded.starts_with("familie")) {
        return record::FAMILIE;
    }
    return folded.starts_with("firma") ? record::FIRMA : record::SALUTATION_NONE;
}

bool isMobile(std::string_view e164) {
    return e164.starts_with("+4915") || e164.starts_with("+4916") || e164.starts_with("+4917");
}

std::string clean(std::string_view text, std::size_t most, bool lineBreaks) {
    std::string out;
    const bool valid = schema::isValidUtf8(text);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20U && !(lineBreaks && (c == '\n' || c == '\t'))) {
            if (!lineBreaks) {
                out.push_back(' ');
            }
        } else {
            out.push_back(!valid && byte >= 0x80U ? '?' : c);
        }
    }
    return std::string(intake::trim(intake::clip(intake::trim(out), most)));
}

}  // namespace

std::string cleanLine(std::string_view text, std::size_t most) {
    return clean(text, most, false);
}

std::string cleanText(std::string_view text, std::size_t most) {
    return clean(text, most, true);
}

namespace {

record::Customer newCustomer(const intake::EnquiryPerson& person) {
    record::Customer customer;
    customer.set_salutation(salutationOf(person.salutation));
    customer.set_first_name(cleanLine(person.first, 80));
    customer.set_last_name(cleanLine(person.last, 80));
    if (customer.last_name().empty() && customer.first_name().empty()) {
        customer.set_last_name(cleanLine(person.full, 80));
    }
    customer.set_company(cleanLine(person.company, 120));
    customer.set_kind(!customer.company().empty() && customer.last_name().empty() ? record::COMPANY
                                                                                  : record::PERSON);
    if (!person.street.empty() || !person.postcode.empty() || !person.city.empty()) {
        auto* address = customer.mutable_address();
        address->set_street(cleanLine(person.street, 120));
        address->set_postcode(cleanLine(person.postcode, 10));
        address->set_city(cleanLine(person.city, 80));
        if (person.country.size() == 2) {
            address->set_country(cleanLine(person.country, 2));
        }
    }
    return customer;
}

// What two records of one person share; empty where there is no name.
std::string nameKey(const record::Customer& customer) {
    const std::string first = intake::foldGerman(customer.first_name());
    const std::string last = intake::foldGerman(customer.last_name());
    const std::string company = intake::foldGerman(customer.company());
    return last.empty() && company.empty() ? std::string() : first + '\n' + last + '\n' + company;
}

}  // namespace

std::vector<LeadMaker::Contact> LeadMaker::contactsOf(const intake::EnquiryPerson& person) {
    std::vector<Contact> out;
    const auto add = [&](record::ContactKind kind, std::string_view text) {
        Contact contact{.kind = kind, .value = cleanLine(text, 254), .canonical = {}, .alike = {}};
        contact.canonical = canonicalContact(kind, contact.value);
        contact.alike = alikeContacts(kind, contact.value);
        if (kind == record::PHONE && isMobile(contact.canonical)) {
            contact.kind = record::MOBILE;
        }
        const bool known = std::ranges::any_of(out, [&](const Contact& other) {
            return other.canonical.empty() ? other.value == contact.value
                                           : other.canonical == contact.canonical;
        });
        if (!contact.value.empty() && !known && out.size() < kMaxContacts) {
            out.push_back(std::move(contact));
        }
    };
    for (const std::string& email : person.emails) {
        add(record::EMAIL_ADDRESS, email);
    }
    for (const std::string& phone : person.phones) {
        add(record::PHONE, phone);
    }
    return out;
}

Result<std::vector<ContactPoint>> LeadMaker::sameContacts(const std::string& canonical) {
    std::vector<ContactPoint> out;
    if (canonical.empty()) {
        return out;
    }
    const schema::ColumnValue key{
        .type = schema::ColumnType::Text, .integer = 0, .text = canonical};
    VF_TRY(const auto ids,
           batch_.store.findRows(changes_.tenant(), schema::recordOf<ContactPoint>(), "canonical",
                                 key, kMaxMatches));
    for (const RowId id : ids) {
        VF_TRY(auto contact, changes_.load<ContactPoint>(id));
        if (contact && !contact->removed()) {
            out.push_back(std::move(*contact));
        }
    }
    return out;
}

Result<RowId> LeadMaker::knownCustomer(const std::vector<Contact>& contacts,
                                       const intake::EnquiryPerson& person) {
    for (const Contact& contact : contacts) {
        if (!isSureContact(contact.kind, contact.canonical)) {
            continue;
        }
        VF_TRY(const auto same, sameContacts(contact.canonical));
        for (const ContactPoint& point : same) {
            const RowId id = rowId(point.customer_id());
            VF_TRY(const auto customer, changes_.load<record::Customer>(id));
            if (customer && customer->site_id() == origin_.site.view()) {
                return id;
            }
        }
    }
    return alikeCustomer(contacts, person);
}

Result<RowId> LeadMaker::alikeCustomer(const std::vector<Contact>& contacts,
                                       const intake::EnquiryPerson& person) {
    const std::string name = nameKey(newCustomer(person));
    RowId found;
    for (const Contact& contact : contacts) {
        for (const std::string& canonical : contact.alike) {
            VF_TRY(const auto same, sameContacts(canonical));
            for (const ContactPoint& point : same) {
                const RowId id = rowId(point.customer_id());
                VF_TRY(const auto customer, changes_.load<record::Customer>(id));
                const bool fits = customer && customer->site_id() == origin_.site.view() &&
                                  !name.empty() && nameKey(*customer) == name;
                if (fits && !found.isNone() && found != id) {
                    return RowId();  // father and son: nobody is guessed
                }
                if (fits) {
                    found = id;
                }
            }
        }
    }
    return found;
}

Result<bool> LeadMaker::hasContact(RowId customer, const Contact& contact) {
    std::vector<std::string> forms = contact.alike;
    forms.push_back(contact.canonical);
    for (const std::string& canonical : forms) {
        VF_TRY(const auto same, sameContacts(canonical));
        if (std::ranges::find(same, customer.view(), &ContactPoint::customer_id) != same.end()) {
            return true;
        }
    }
    return false;
}

Result<std::optional<RowId>> LeadMaker::findSame(const Enquiry& enquiry,
                                                 const EnquiryIdentity& identity) {
    for (const auto& [id, other] : made_) {
        if (intake::sameEnquiry({.messageId = {}, .keys = identity.keys, .at = identity.at},
                                {.messageId = {}, .keys = other.keys, .at = other.at})) {
            return id;
        }
    }
    std::vector<RowId> candidates;
    const auto& info = schema::recordOf<Lead>();
    const auto addFrom = [&](std::string_view field, std::string bytes) -> Status {
        VF_TRY(const auto ids, batch_.store.findRows(changes_.tenant(), info, field,
                                                     blob(std::move(bytes)), kMaxMatches));
        candidates.insert(candidates.end(), ids.begin(), ids.end());
        return {};
    };
    if (!identity.keys.empty()) {
        VF_CHECK(addFrom("enquiry_digest", joined(identity.keys)));
    }
    for (const Contact& contact : contactsOf(enquiry.person)) {
        VF_TRY(const auto same, sameContacts(contact.canonical));
        for (const ContactPoint& point : same) {
            VF_CHECK(addFrom("customer_id", point.customer_id()));
        }
    }
    for (const RowId id : candidates) {
        VF_TRY(const auto lead, changes_.load<Lead>(id));
        if (lead && intake::sameEnquiry({.messageId = {}, .keys = identity.keys, .at = identity.at},
                                        identityOfLead(*lead))) {
            return id;
        }
    }
    return std::nullopt;
}

Result<RowId> LeadMaker::makeCustomer(RowId lead, const intake::EnquiryPerson& person) {
    record::Customer customer = newCustomer(person);
    customer.set_site_id(origin_.site.bytes());
    customer.set_held_by_lead(lead.bytes());
    const RowId id = batch_.newId();
    VF_CHECK(schema::validate(customer));
    VF_CHECK(changes_.save(customer, id));
    return id;
}

Status LeadMaker::makeContacts(RowId lead, RowId customer, const std::vector<Contact>& contacts) {
    bool first = true;
    for (const Contact& contact : contacts) {
        VF_TRY(const bool known, hasContact(customer, contact));
        if (known) {
            continue;
        }
        ContactPoint point;
        point.set_customer_id(customer.bytes());
        point.set_kind(contact.kind);
        point.set_value(contact.value);
        point.set_canonical(contact.canonical);
        point.set_preferred(first);
        point.set_site_id(origin_.site.bytes());
        point.set_held_by_lead(lead.bytes());
        VF_CHECK(schema::validate(point));
        VF_CHECK(changes_.save(point, batch_.newId()));
        first = false;
    }
    return {};
}

Result<RowId> LeadMaker::makeTradeIn(RowId lead, RowId customer,
                                     const intake::EnquiryVehicle& from) {
    record::Vehicle vehicle;
    vehicle.set_customer_id(customer.bytes());
    vehicle.set_make(cleanLine(from.make, 60));
    vehicle.set_model(modelOf(from));
    if (vehicle.make().empty() && vehicle.model().empty()) {
        vehicle.set_model(cleanLine(from.text, 120));
    }
    vehicle.set_vin(cleanLine(from.vin, 17));
    vehicle.set_first_registration(firstRegistration(from));
    vehicle.set_mileage_km(wholeNumber(from.mileageKm));
    vehicle.set_site_id(origin_.site.bytes());
    vehicle.set_held_by_lead(lead.bytes());
    const RowId id = batch_.newId();
    VF_CHECK(schema::validate(vehicle));
    VF_CHECK(changes_.save(vehicle, id));
    return id;
}

Status LeadMaker::makeTimeline(RowId lead, RowId customer, const Lead& record) {
    record::Activity activity;
    activity.set_lead_id(lead.bytes());
    activity.set_customer_id(customer.bytes());
    activity.set_site_id(record.site_id());
    activity.set_kind(record::MESSAGE_IN);
    activity.set_at_ms(record.received_ms());
    activity.set_source_id(record.source_id());
    activity.set_message(record.message());
    activity.set_held_by_lead(lead.bytes());
    VF_CHECK(schema::validate(activity));
    return changes_.save(activity, batch_.newId());
}

Status LeadMaker::noteRepeat(RowId lead) {
    VF_TRY(const auto record, changes_.load<Lead>(lead));
    if (!record || record->source_id() == origin_.source.view()) {
        return {};
    }
    VF_TRY(const auto lines,
           batch_.store.findRows(changes_.tenant(), schema::recordOf<record::Activity>(), "lead_id",
                                 blob(lead.bytes()), kMaxLines));
    for (const RowId id : lines) {
        VF_TRY(const auto line, changes_.load<record::Activity>(id));
        if (line && line->kind() == record::MESSAGE_IN &&
            line->source_id() == origin_.source.view()) {
            return {};
        }
    }
    VF_TRY(const auto source, changes_.load<record::Source>(origin_.source));
    VF_TRY(const auto site, changes_.load<record::Site>(origin_.site));
    record::Activity activity;
    activity.set_lead_id(lead.bytes());
    activity.set_customer_id(record->customer_id());
    activity.set_site_id(record->site_id());
    activity.set_kind(record::MESSAGE_IN);
    activity.set_at_ms(toUnixMs(origin_.received));
    activity.set_source_id(origin_.source.bytes());
    // Names, not prose: the message itself stands in the first line already.
    activity.set_text((source ? source->name() : std::string()) + " · " +
                      (site ? site->name() : std::string()));
    if (record->first_claim_ms() == 0) {
        activity.set_held_by_lead(lead.bytes());
    }
    VF_CHECK(schema::validate(activity));
    return changes_.save(activity, batch_.newId());
}

Status LeadMaker::make(RowId id, const Enquiry& enquiry, const EnquiryIdentity& identity) {
    const auto contacts = contactsOf(enquiry.person);
    VF_TRY(RowId customer, knownCustomer(contacts, enquiry.person));
    if (customer.isNone()) {
        VF_TRY(customer, makeCustomer(id, enquiry.person));
    }
    VF_CHECK(makeContacts(id, customer, contacts));

    Lead lead;
    VF_TRY(const auto number, batch_.store.nextNumber(changes_.tenant(), "lead"));
    lead.set_number(number);
    lead.set_site_id(origin_.site.bytes());
    lead.set_source_id(origin_.source.bytes());
    if (enquiry.wish) {
        fillWish(*enquiry.wish, *lead.mutable_wish());
    }
    lead.set_region(cleanLine(domain::regionOfPostcode(enquiry.person.postcode), 40));
    lead.set_received_ms(toUnixMs(origin_.received));
    lead.set_status(record::NEW);
    lead.set_test_drive_wanted(enquiry.kind == intake::EnquiryKind::TestDrive);
    lead.set_customer_id(customer.bytes());
    if (enquiry.tradeIn) {
        VF_TRY(const RowId vehicle, makeTradeIn(id, customer, *enquiry.tradeIn));
        lead.set_trade_in_id(vehicle.bytes());
    }
    lead.set_intake_id(origin_.intake.bytes());
    lead.set_message(cleanText(enquiry.message, kMaxMessage));
    lead.set_enquiry_digest(joined(identity.keys));
    lead.set_requested_ms(toUnixMs(identity.at));
    VF_TRY(const std::uint32_t seconds, returnSeconds(changes_, lead));
    lead.set_deadline_ms(seconds > 0 ? batch_.nowMs() + std::int64_t{seconds} * 1000 : 0);
    VF_CHECK(schema::validate(lead));
    VF_CHECK(changes_.save(lead, id));
    VF_CHECK(makeTimeline(id, customer, lead));
    made_.emplace_back(id, identity);
    return {};
}

}  // namespace vorfahrt::server::service
