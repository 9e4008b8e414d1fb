// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/search.h"
#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"
#include "common/sql/database.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::client::replica {

// Who looks, and into which tenant.
struct Viewer {
    TenantId tenant;
    UserId user;
};

enum class LeadTab { Mine, Unclaimed, AllOpen, Closed };

// One line of the list of leads. Text is empty where this person may not know it yet.
struct LeadRow {
    LeadId id;
    std::uint64_t number = 0;
    SiteId site;
    RowId source;
    std::string sourceName;
    record::SourceKind sourceKind = record::SOURCE_OTHER;
    UserId owner;  // none: unclaimed
    std::string ownerName;
    CustomerId customer;  // none: not known here
    std::string customerName;
    std::string wish;
    std::string region;
    record::LeadStatus status = record::NEW;
    std::int64_t receivedMs = 0;
    std::int64_t deadlineMs = 0;  // 0: no timer
    std::string nextStep;
    std::int64_t nextStepMs = 0;
    std::int64_t closedMs = 0;
    bool testDriveWanted = false;
    bool mine = false;
    bool pending = false;      // has edits the server has not confirmed
    bool provisional = false;  // made here, the server does not know it yet
    friend bool operator==(const LeadRow&, const LeadRow&) = default;
};

// Position after a row of the list: the nearest deadline first (0 last), then the newest.
struct LeadKey {
    std::int64_t deadlineMs = 0;
    std::int64_t receivedMs = 0;
    LeadId id;
};
struct LeadPage {
    std::vector<LeadRow> rows;
    std::optional<LeadKey> next;  // empty: no more
};

struct LeadDetail {
    LeadRow row;
    record::Lead lead;  // main facet, and the private one where it is here
    Seq rev{0};         // of the main facet: base of an edit
    bool hasPrivate = false;
};

enum class TimelineKind {
    Note,
    MessageIn,
    MessageOut,
    Call,
    StatusChange,
    OwnerChange,
    Received,  // the enquiry itself
    Claimed,
    ClaimLost,
    Released,
    Returned,
    PrivateSent,
    MailOpened,  // in the mail program of the system
    Dialled,     // by the telephone program of the system
};

struct TimelineItem {
    RowId activity;  // none: an event of the lead itself
    TimelineKind kind = TimelineKind::Note;
    std::int64_t atMs = 0;
    UserId author;
    std::string authorName;
    std::string text;
    std::string message;  // of the customer; the owner's and his managers' alone
    record::LeadStatus from = record::NEW;
    record::LeadStatus to = record::NEW;
    std::string sourceName;
    LeadId lead;       // in the timeline of a customer: which of his leads; none: himself
    std::string wish;  // of that lead
    bool pending = false;
    friend bool operator==(const TimelineItem&, const TimelineItem&) = default;
};

enum class CustomerOrder { Name, LastContact };

struct CustomerRow {
    CustomerId id;
    std::string name;
    record::CustomerKind kind = record::PERSON;
    std::string city;
    std::string phone;
    std::string email;
    SiteId site;
    std::string sortName;
    std::int64_t lastContactMs = 0;  // newest entry of the timeline; 0: none
    bool pending = false;
    friend bool operator==(const CustomerRow&, const CustomerRow&) = default;
};
// Position after a row of the list.
struct CustomerKey {
    std::string name;  // as sorted
    CustomerId id;
    // By last contact: the newest entry of the row. Without one the rows without contact follow,
    // by name.
    std::int64_t atMs = 0;
    RowId activity;
};
struct CustomerPage {
    std::vector<CustomerRow> rows;
    std::optional<CustomerKey> next;
};

template <class Record>
struct Item {
    RowId id;
    Record value;
    Seq rev{0};
    bool pending = false;
};

struct CustomerDetail {
    CustomerId id;
    record::Customer customer;
    Seq rev{0};
    bool pending = false;
    std::vector<Item<record::ContactPoint>> contactPoints;
    std::vector<Item<record::Vehicle>> vehicles;
    std::vector<LeadRow> leads;  // newest first; only those whose private facet is here
};

// Position before which older entries of a customer's timeline stand.
struct TimelineKey {
    std::int64_t atMs = 0;
    RowId activity;
    // Named by retractions that were read; the entries themselves are older.
    std::vector<std::pair<RowId, UserId>> retracted;
};
struct TimelinePage {
    std::vector<TimelineItem> items;   // oldest first
    std::optional<TimelineKey> older;  // empty: no more
};

// What is typed into a form of a new customer, or of one who is edited.
struct DuplicateQuestion {
    std::string firstName;
    std::string lastName;
    std::string company;
    std::vector<std::string> contacts;  // numbers in any form, addresses
    std::vector<std::string> plates;
    CustomerId except;  // himself
    static constexpr int kMaxHits = 6;
};
struct DuplicateMatch {
    CustomerRow row;
    bool sameContact = false;  // the same number or address
    bool samePlate = false;
    bool sameName = false;
    bool soundsAlike = false;  // of the name; only where it is not the same
    std::string shared;        // the number, address or plate, as it is stored
    friend bool operator==(const DuplicateMatch&, const DuplicateMatch&) = default;
};

struct IntakeRow {
    RowId id;
    SiteId site;
    std::int64_t receivedMs = 0;
    std::string sender;
    std::string subject;
    std::string reason;
    std::uint64_t rawSize = 0;
    bool pending = false;  // converted or dismissed here, not confirmed yet
    friend bool operator==(const IntakeRow&, const IntakeRow&) = default;
};
struct IntakeDetail {
    IntakeRow row;
    std::string text;
};

struct Counts {
    int mine = 0;
    int unclaimed = 0;
    int allOpen = 0;
    int intake = 0;  // not recognised
    int customers = 0;
    int pending = 0;
    int rejected = 0;  // not looked at yet
    friend bool operator==(const Counts&, const Counts&) = default;
};

// A local edit that the server has not confirmed, or has refused.
struct TrayItem {
    std::int64_t id = 0;  // of the tray; for markRejectedSeen and discardRejected
    TenantId tenant;
    Mid mid{0};
    std::string name;         // of the mutation
    std::uint32_t table = 0;  // first row it touches
    RowId row;
    std::string title;  // the customer's name or the wish, as known here
    std::string args;
    std::int64_t editTimeMs = 0;
    std::uint16_t code = 0;  // ErrorCode; 0: pending
    bool seen = false;
    friend bool operator==(const TrayItem&, const TrayItem&) = default;
};

// A tenant that this replica holds.
struct KnownTenant {
    TenantId tenant;
    UserId user;
    std::string name;
    std::string userName;
    bool complete = false;  // every scope is here
};

// What the desk shows, read from the replica file on a connection of its own (read-only). Used by
// one thread (the reader thread); interrupt() alone may be called from another one, the running
// query then fails with Unavailable. Each call sees one consistent state.
class Reader {
public:
    [[nodiscard]] static Result<std::unique_ptr<Reader>> open(const std::filesystem::path& file);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void interrupt();

    [[nodiscard]] Result<std::vector<KnownTenant>> tenants();
    [[nodiscard]] Result<Counts> counts(const Viewer& viewer);

    [[nodiscard]] Result<LeadPage> leads(const Viewer& viewer, LeadTab tab,
                                         const std::optional<LeadKey>& after = {}, int limit = 100);
    [[nodiscard]] Result<std::optional<LeadDetail>> lead(const Viewer& viewer, LeadId id);
    // Oldest first: activities and the lead's own events, at most `limit` of the newest.
    [[nodiscard]] Result<std::vector<TimelineItem>> timeline(const Viewer& viewer, LeadId id,
                                                             int limit = 500);

    [[nodiscard]] Result<CustomerPage> customers(const Viewer& viewer,
                                                 const std::optional<CustomerKey>& after = {},
                                                 int limit = 100,
                                                 CustomerOrder order = CustomerOrder::Name);
    // These alone, in their order; who is gone is left out.
    [[nodiscard]] Result<std::vector<CustomerRow>> customerRows(const Viewer& viewer,
                                                                const std::vector<CustomerId>& ids);
    [[nodiscard]] Result<std::vector<CustomerId>> customersOf(
        const Viewer& viewer, const std::vector<RowId>& contactPoints);
    // Whom the list of customers shows for a typed text: the best hits of the search.
    [[nodiscard]] Result<std::vector<CustomerRow>> customersLike(const Viewer& viewer,
                                                                 const std::string& typed,
                                                                 int limit = 100);
    // Entries of a customer and of those of his leads that are his here; the newest `limit` before
    // the key.
    [[nodiscard]] Result<TimelinePage> customerTimeline(
        const Viewer& viewer, CustomerId id, const std::optional<TimelineKey>& before = {},
        int limit = 60);
    // Who may be the same as a customer being typed, surest first. A hint; nobody is ever refused
    // for it.
    [[nodiscard]] Result<std::vector<DuplicateMatch>> duplicates(const Viewer& viewer,
                                                                 const DuplicateQuestion& question);
    [[nodiscard]] Result<std::optional<CustomerDetail>> customer(const Viewer& viewer,
                                                                 CustomerId id);

    [[nodiscard]] Result<std::vector<Item<record::User>>> users(const Viewer& viewer);
    [[nodiscard]] Result<std::vector<Item<record::Site>>> sites(const Viewer& viewer);
    [[nodiscard]] Result<std::vector<Item<record::Source>>> sources(const Viewer& viewer);
    [[nodiscard]] Result<std::vector<Item<record::Grant>>> grants(const Viewer& viewer);

    // Messages that no rule understood, newest first.
    [[nodiscard]] Result<std::vector<IntakeRow>> notRecognised(const Viewer& viewer,
                                                               int limit = 200);
    [[nodiscard]] Result<std::optional<IntakeDetail>> intake(const Viewer& viewer, RowId id);

    [[nodiscard]] Result<std::vector<TrayItem>> pending(int limit = 500);
    [[nodiscard]] Result<std::vector<TrayItem>> rejected(int limit = 500);
    [[nodiscard]] Result<std::optional<std::string>> draft(std::string_view key);

    // false: rows of a first sync are still being taken into the index.
    [[nodiscard]] Result<bool> isSearchComplete();
    // Bounded in hits and time; a new key should interrupt() the old question.
    [[nodiscard]] Result<SearchAnswer> search(const Viewer& viewer, const SearchQuestion& question);
    // What is told of these rows without any question, in their order; those that are gone, or may
    // not be seen any more, are left out. At most SearchQuestion::kMaxHits are read.
    [[nodiscard]] Result<std::vector<SearchHit>> recall(const Viewer& viewer,
                                                        const std::vector<SearchRef>& refs);

    // Every row of every table that is visible, as one JSON line each, sorted: for comparing
    // copies.
    [[nodiscard]] Result<std::vector<std::string>> dump(TenantId tenant);

    struct Parts;  // inside

private:
    explicit Reader(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// "Familie Öztürk", "Dr. Katharina von Rahden", "Petersen Haustechnik GmbH": how a customer is
// called.
[[nodiscard]] std::string displayName(const record::Customer& customer);
// "VW Passat Variant", or the line as the source wrote it.
[[nodiscard]] std::string displayWish(const record::VehicleWish& wish);

}  // namespace vorfahrt::client::replica
