// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/intake/enquiry.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::server::intake {

// Where a labelled value goes. The names in rules are those of fieldName().
enum class MailField {
    Salutation,
    FirstName,
    LastName,
    FullName,
    Company,
    Email,
    Phone,
    Street,
    Postcode,
    City,
    Address,  // "Musterweg 1, 20095 Hamburg"
    Country,
    Vehicle,  // a whole vehicle in one line
    Make,
    Model,
    Variant,
    FirstRegistration,
    Mileage,
    Price,
    Vin,
    StockNumber,
    Condition,
    Message,  // runs over several lines
    RequestedAt,
    EventId,
    Dealer,
    Ignore,  // a known label whose value is of no use; ends a message
};

enum class MailSection { Wish, TradeIn, Person };

// How the label mails of one provider look: data, held per lead source as JSON, never code
// (providers.md section 1). A plain value; labels, headings and end markers are folded.
struct MailRule {
    std::string name;
    int version = 1;
    std::string source;                 // provider's name for the lead; empty: the sender's name
    std::vector<std::string> senders;   // "*@portal.example"; * stands for any text
    std::vector<std::string> subjects;  // "Anfrage zu {vehicle}*"; {field} takes that text
    std::vector<std::pair<std::string, MailField>> labels;
    std::vector<std::pair<std::string, MailSection>> sections;  // headings
    std::vector<std::string> endMarkers;                        // a line that begins so ends it all
    std::size_t leastLabels = 3;
    EnquiryKind kind = EnquiryKind::Buy;
};

[[nodiscard]] std::string_view fieldName(MailField field);

// A JSON array of rules. Bounded; an unknown field name, key or type is an error value that names
// the place.
[[nodiscard]] Result<std::vector<MailRule>> parseMailRules(std::string_view json);

// The rule set that comes with the program: labels as German portals and dealer websites use them.
[[nodiscard]] std::string_view builtInMailRulesJson();

}  // namespace vorfahrt::server::intake
