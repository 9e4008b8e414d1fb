// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/adf.h"

#include "server/intake/lenient_xml.h"
#include "server/intake/person_name.h"
#include "server/intake/text.h"

namespace vorfahrt::server::intake {
namespace {

constexpr std::size_t kMostProspects = 20;
constexpr std::size_t kMostContacts = 10;  // e-mail addresses, phone numbers
constexpr std::size_t kMostFurther = 10;
constexpr std::size_t kShort = 200;
constexpr std::size_t kLong = 60000;

std::string line(std::string_view text) {
    return clip(squeeze(text), kShort);
}

void append(std::string& to, std::string_view piece, std::string_view separator) {
    if (piece.empty()) {
        return;
    }
    if (!to.empty()) {
        to += separator;
    }
    to += piece;
}

EnquiryKind kindOf(std::string_view interest) {
    const std::string word = lowerAscii(trim(interest));
    if (word == "lease") {
        return EnquiryKind::Lease;
    }
    if (word == "sell") {
        return EnquiryKind::Sell;
    }
    if (word == "trade-in" || word == "tradein" || word == "trade") {
        return EnquiryKind::TradeIn;
    }
    if (word == "test-drive" || word == "testdrive") {
        return EnquiryKind::TestDrive;
    }
    return word.empty() || word == "buy" ? EnquiryKind::Buy : EnquiryKind::Other;
}

void readOdometer(const XmlNode& node, EnquiryVehicle& out) {
    const XmlNode* odometer = node.child("odometer");
    const auto value = odometer ? parseWhole(odometer->text) : std::nullopt;
    if (!value) {
        return;
    }
    const std::string units = lowerAscii(odometer->attribute("units"));
    const bool miles = units == "mi" || units == "miles";
    out.mileageKm = miles ? *value * 1609344 / 1000000 : *value;
}

EnquiryVehicle readVehicle(const XmlNode& node) {
    EnquiryVehicle out;
    out.make = line(node.childText("make"));
    out.model = line(node.childText("model"));
    out.variant = line(node.childText("trim"));
    out.year = parseYear(node.childText("year"));
    out.vin = line(node.childText("vin"));
    out.stockNumber = line(node.childText("stock"));
    out.condition = line(node.attribute("status"));
    readOdometer(node, out);
    if (const XmlNode* price = node.child("price")) {
        out.priceCents = parseCents(price->text);
        out.currency = line(price->attribute("currency"));
    }
    append(out.text, out.year ? std::to_string(*out.year) : std::string{}, " ");
    append(out.text, out.make, " ");
    append(out.text, out.model, " ");
    append(out.text, out.variant, " ");
    return out;
}

void readName(const XmlNode& node, EnquiryPerson& out) {
    const std::string part = lowerAscii(trim(node.attribute("part")));
    const std::string type = lowerAscii(trim(node.attribute("type")));
    const std::string value = line(node.text);
    if (value.empty()) {
        return;
    }
    if (type == "business") {
        append(out.company, value, " ");
    } else if (part == "first") {
        append(out.first, value, " ");
    } else if (part == "middle") {
        append(out.first, value, " ");
    } else if (part == "last" || part == "surname") {
        append(out.last, value, " ");
    } else if (part == "salutation" || part == "prefix" || part == "title") {
        out.salutation = value;
    } else if (out.full.empty()) {
        out.full = value;
    }
}

void readAddress(const XmlNode& node, EnquiryPerson& out) {
    for (const auto& child : node.children) {
        const std::string value = line(child->text);
        if (child->name == "street" || child->name == "apartment") {
            append(out.street, value, ", ");
        } else if (child->name == "city") {
            out.city = value;
        } else if (child->name == "postalcode" || child->name == "postcode" ||
                   child->name == "zip") {
            out.postcode = value;
        } else if (child->name == "country") {
            out.country = value;
        }
    }
    out.street = clip(out.street, kShort);
}

void readContact(const XmlNode& node, EnquiryPerson& out) {
    for (const auto& child : node.children) {
        const std::string value = line(child->text);
        if (child->name == "name") {
            readName(*child, out);
        } else if (child->name == "email" && !value.empty() && out.emails.size() < kMostContacts) {
            out.emails.push_back(value);
        } else if (child->name == "phone" && !value.empty() && out.phones.size() < kMostContacts &&
                   !equalsNoCase(trim(child->attribute("type")), "fax")) {
            out.phones.push_back(value);
        } else if (child->name == "address") {
            readAddress(*child, out);
        }
    }
    completeName(out);
}

// The first vehicle for part exchange and the first of any other interest have a place of their
// own; more of either kind are kept in order.
void readVehicles(const XmlNode& prospect, Enquiry& out) {
    std::optional<EnquiryKind> partExchangeKind;
    std::optional<EnquiryKind> wishKind;
    for (const auto& child : prospect.children) {
        if (child->name != "vehicle") {
            continue;
        }
        const EnquiryKind kind = kindOf(child->attribute("interest"));
        const bool partExchange = kind == EnquiryKind::TradeIn || kind == EnquiryKind::Sell;
        auto& place = partExchange ? out.tradeIn : out.wish;
        append(out.message, clip(trim(child->childText("comments")), kLong), "\n");
        if (!place) {
            place = readVehicle(*child);
            (partExchange ? partExchangeKind : wishKind) = kind;
        } else if (out.further.size() < kMostFurther) {
            out.further.push_back(readVehicle(*child));
        }
    }
    out.kind = wishKind.value_or(partExchangeKind.value_or(EnquiryKind::Other));
}

Enquiry readProspect(const XmlNode& prospect) {
    Enquiry out;
    for (const auto& child : prospect.children) {
        if (child->name == "id" && out.providerEventId.empty() && !child->text.empty()) {
            const std::string_view source = child->attribute("source");
            out.providerEventId = line(source.empty() ? std::string(child->text)
                                                      : std::string(source) + ":" + child->text);
        }
    }
    out.requestedAt = parseRequestDate(prospect.childText("requestdate"));
    readVehicles(prospect, out);
    if (const XmlNode* customer = prospect.child("customer")) {
        const XmlNode* contact = customer->child("contact");
        readContact(contact ? *contact : *customer, out.person);
        append(out.message, clip(trim(customer->childText("comments")), kLong), "\n");
    }
    append(out.message, clip(trim(prospect.childText("comments")), kLong), "\n");
    if (const XmlNode* provider = prospect.child("provider")) {
        out.source = line(provider->childText("name"));
        if (out.source.empty()) {
            out.source = line(provider->childText("service"));
        }
    }
    if (const XmlNode* vendor = prospect.child("vendor")) {
        out.dealer = line(vendor->childText("vendorname"));
        const XmlNode* contact = vendor->child("contact");
        if (out.dealer.empty() && contact != nullptr) {
            out.dealer = line(contact->childText("name"));
        }
    }
    return out;
}

bool saysAnything(const Enquiry& e) {
    const auto named = [](const std::optional<EnquiryVehicle>& v) {
        return v &&
               !(v->make.empty() && v->model.empty() && v->vin.empty() && v->stockNumber.empty());
    };
    return !e.person.emails.empty() || !e.person.phones.empty() || named(e.wish) ||
           named(e.tradeIn) || !e.message.empty();
}

}  // namespace

bool looksLikeAdf(std::string_view text) {
    std::size_t from = 0;
    while ((from = findNoCase(text, "<adf", from)) != std::string_view::npos) {
        from += 4;
        if (from < text.size() && (text[from] == '>' || text[from] == ' ' || text[from] == '\t' ||
                                   text[from] == '\r' || text[from] == '\n')) {
            return true;
        }
    }
    return false;
}

Result<std::vector<Enquiry>> parseAdf(std::string_view text) {
    if (!looksLikeAdf(text)) {
        const std::string once = decodeEntities(text.substr(0, XmlBounds{}.bytes));
        if (once.size() == text.size() || !looksLikeAdf(once)) {
            return fail(ErrorCode::NotFound, "no adf element");
        }
        return parseAdf(once);
    }
    std::size_t from = 0;
    const auto adf = readLenientXml(text, "adf", from);
    if (!adf) {
        return fail(ErrorCode::Invalid, "adf element not readable");
    }
    std::vector<Enquiry> out;
    for (const auto& child : adf->children) {
        if (child->name != "prospect" || out.size() >= kMostProspects) {
            continue;
        }
        Enquiry enquiry = readProspect(*child);
        if (saysAnything(enquiry)) {
            out.push_back(std::move(enquiry));
        }
    }
    if (out.empty()) {
        return fail(ErrorCode::Invalid, "adf without a prospect that says anything");
    }
    return out;
}

}  // namespace vorfahrt::server::intake
