// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/work.pb.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vorfahrt::client::replica {

// The universal search over a replica (Reader::search): answers while somebody types, from the
// index that the replica keeps (SearchIndex). Values only.

enum class SearchGroup { Customers, Vehicles, Leads, Activities };

// A row that was opened before; what is shown of it is read anew.
struct SearchRef {
    SearchGroup group = SearchGroup::Customers;
    RowId id;
    friend bool operator==(const SearchRef&, const SearchRef&) = default;
};

struct SearchQuestion {
    // As typed: names and words by their beginning ("mül gol"), sound-alikes of names, telephone
    // numbers in any writing, plates, VINs and their ends, numbers; "#1184" numbers alone. All
    // words must be found in one row and what belongs to it: a customer, his numbers and cars; a
    // car and its owner.
    std::string text;
    std::optional<SearchGroup> only;
    int perGroup = 5;  // at most kMaxHits
    static constexpr int kMaxHits = 100;
};

// A text with the parts that explain the match: begin and end in bytes of UTF-8, ascending.
struct MarkedText {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> marks;
    friend bool operator==(const MarkedText&, const MarkedText&) = default;
};

enum class FactKind {
    Place,  // "22043 Hamburg"
    Street,
    Phone,
    Email,
    Plate,  // "HH-SK 4817"
    Vin,
    Vehicle,   // "VW Golf", of a customer
    Customer,  // whose car, lead or entry this is
    Number,    // of a lead
    Excerpt,   // of a longer text, around the match
};
struct SearchFact {
    FactKind kind = FactKind::Excerpt;
    MarkedText text;
    friend bool operator==(const SearchFact&, const SearchFact&) = default;
};

struct SearchHit {
    SearchGroup group = SearchGroup::Customers;
    RowId id;
    MarkedText
        title;  // customer: the name; vehicle: make and model; lead: the wish; activity: none
    std::vector<SearchFact> facts;  // what is always told of a hit of its group, then why it is one
    bool soundsAlike = false;       // found by the sound of a name only: nothing is marked for it
    int score = 0;
    CustomerId customer;    // itself, or whose it is; none: not known here
    LeadId lead;            // itself, or the lead of an activity
    std::int64_t atMs = 0;  // lead: received; activity: when
    bool mine = false;      // a lead of the person who asks
    record::CustomerKind customerKind = record::PERSON;
    record::LeadStatus status = record::NEW;
    record::ActivityKind activity = record::ACTIVITY_UNSPECIFIED;
    friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

struct SearchGroupAnswer {
    SearchGroup group = SearchGroup::Customers;
    std::int64_t total = 0;       // as far as the index knows; numbers by parts may be a few less
    std::vector<SearchHit> hits;  // best first
};

struct SearchAnswer {
    std::vector<SearchGroupAnswer> groups;  // only those with hits, in the order of SearchGroup
    std::int64_t total = 0;
    bool complete = true;  // false: the index is still being built, ask again after searchChanged
};

}  // namespace vorfahrt::client::replica
