// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::server::intake {

enum class EnquiryKind { Buy, Lease, Sell, TradeIn, TestDrive, Other };

struct EnquiryVehicle {
    std::string make;
    std::string model;
    std::string variant;      // trim level, body, engine: as the source says it
    std::optional<int> year;  // model year or year of first registration
    std::string firstRegistration;
    std::optional<std::int64_t> mileageKm;
    std::optional<std::int64_t> priceCents;
    std::string currency;  // ISO 4217 as given; empty means EUR
    std::string vin;
    std::string stockNumber;  // the number of the advert or of the stock list
    std::string condition;    // "new", "used" or as given
    std::string text;         // one line as a human would say it, or what the source had
    friend bool operator==(const EnquiryVehicle&, const EnquiryVehicle&) = default;
};

struct EnquiryPerson {
    std::string salutation;
    std::string first;
    std::string last;
    std::string full;
    std::string company;
    std::vector<std::string> emails;
    std::vector<std::string> phones;  // original text; normalised by common/domain/phone
    std::string street;
    std::string postcode;
    std::string city;
    std::string country;
    friend bool operator==(const EnquiryPerson&, const EnquiryPerson&) = default;
};

// What a mail, form or portal event says, before anything is looked up or stored. A plain value.
struct Enquiry {
    std::string providerEventId;
    std::optional<TimePoint> requestedAt;  // by the source's own clock
    std::string source;                    // provider's name as the enquiry gives it
    EnquiryKind kind = EnquiryKind::Buy;
    std::optional<EnquiryVehicle> wish;
    std::optional<EnquiryVehicle> tradeIn;
    std::vector<EnquiryVehicle> further;  // more vehicles of one enquiry
    EnquiryPerson person;
    std::string message;
    std::string dealer;  // the receiver's name or number at the provider
    friend bool operator==(const Enquiry&, const Enquiry&) = default;
};

}  // namespace vorfahrt::server::intake
