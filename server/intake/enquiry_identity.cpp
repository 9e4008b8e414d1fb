// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/enquiry_identity.h"

#include "common/base/bytes.h"
#include "common/domain/phone.h"
#include "server/intake/text.h"

#include <algorithm>

namespace vorfahrt::server::intake {
namespace {

// Lengths first, so that no value can run into the next one.
void put(std::string& out, std::string_view value) {
    out += std::to_string(value.size());
    out.push_back(':');
    out += value;
}

std::string vehicleText(const std::optional<EnquiryVehicle>& vehicle) {
    std::string out;
    if (!vehicle) {
        return out;
    }
    // Condition, price and mileage may be given in one delivery and left out in the next.
    put(out, foldGerman(vehicle->make));
    put(out, foldGerman(vehicle->model));
    put(out, vehicle->year ? std::to_string(*vehicle->year) : std::string{});
    put(out, foldGerman(vehicle->vin));
    put(out, foldGerman(vehicle->stockNumber));
    if (vehicle->make.empty() && vehicle->model.empty()) {
        put(out, foldGerman(vehicle->text));
    }
    return out;
}

}  // namespace

EnquiryIdentity identityOf(const Enquiry& enquiry, std::string_view messageId,
                           TimePoint receivedAt) {
    EnquiryIdentity out;
    out.messageId = std::string(trim(messageId));
    out.at = enquiry.requestedAt.value_or(receivedAt);
    std::string common;
    put(common, vehicleText(enquiry.wish));
    put(common, foldGerman(enquiry.message));
    const auto add = [&](std::string_view kind, std::string_view contact) {
        if (!contact.empty()) {
            std::string text;
            put(text, kind);
            put(text, contact);
            out.keys.push_back(digest32(text + common));
        }
    };
    for (const std::string& email : enquiry.person.emails) {
        add("mail", lowerAscii(trim(email)));
    }
    for (const std::string& phone : enquiry.person.phones) {
        add("phone", domain::phoneKey(domain::parsePhone(phone)));
    }
    std::sort(out.keys.begin(), out.keys.end());
    out.keys.erase(std::unique(out.keys.begin(), out.keys.end()), out.keys.end());
    return out;
}

bool sameEnquiry(const EnquiryIdentity& a, const EnquiryIdentity& b) {
    if (!a.messageId.empty() && a.messageId == b.messageId) {
        return true;
    }
    const Millis apart = a.at > b.at ? a.at - b.at : b.at - a.at;
    return apart <= kSameEnquiryWindow &&
           std::any_of(a.keys.begin(), a.keys.end(), [&](const std::string& key) {
               return std::binary_search(b.keys.begin(), b.keys.end(), key);
           });
}

}  // namespace vorfahrt::server::intake
