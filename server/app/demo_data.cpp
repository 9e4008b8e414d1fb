// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/demo_data.h"

#include "common/domain/region.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"
#include "server/app/demo_names.h"
#include "server/service/auth.h"
#include "server/service/canonical.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace vorfahrt::server::app {
namespace {

constexpr std::uint64_t kSeed = 20'261'122;
constexpr int kCustomers = 500;
constexpr int kLeads = 60;
constexpr int kUnclaimed = 14;
constexpr std::size_t kRowsPerChange = 500;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::array<std::uint32_t, 2> kReturnSeconds{1'800, 2'700};

struct Someone {
    RowId id;
    RowId site;
    record::Customer record;
    std::string postcode;
};

// Makes the rows of the demo group. Lives for one seedDemoData.
class Seeder {
public:
    Seeder(AdminStore& store, std::string passwordHash)
        : store_(store),
          passwordHash_(std::move(passwordHash)),
          random_(kSeed),
          now_(store.clock().now()) {}

    [[nodiscard]] Result<std::string> run() {
        VF_CHECK(makeGroup());
        VF_CHECK(makeCustomers());
        VF_CHECK(makeLeads());
        VF_CHECK(flush());
        return fmt::format(
            "{{\"tenant\":\"{}\",\"sites\":[\"{}\",\"{}\"],\"users\":[{}],\"sources\":[{}],"
            "\"customers\":{},\"leads\":{}}}",
            tenant_.text(), sites_[0].text(), sites_[1].text(), userLines_, sourceLines_,
            kCustomers, kLeads);
    }

private:
    template <class Items>
    [[nodiscard]] const auto& any(const Items& items) {
        return items[random_.below(items.size())];
    }
    [[nodiscard]] RowId newId() { return RowId(Uuid::v7(now_, random_)); }
    [[nodiscard]] std::int64_t ago(std::int64_t most) {
        return toUnixMs(now_) -
               static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most)));
    }

    template <class Record>
    [[nodiscard]] Status add(RowId id, const Record& record) {
        schema::Row row(schema::recordOf<Record>(), id);
        row.assign(record);
        rows_.push_back(std::move(row));
        return rows_.size() >= kRowsPerChange ? flush() : Status{};
    }

    [[nodiscard]] Status flush() {
        if (!rows_.empty()) {
            VF_CHECK(store_.run(
                service::ImportRows{.tenant = tenant_, .rows = std::exchange(rows_, {})}));
        }
        return {};
    }

    [[nodiscard]] Status makeGroup() {
        VF_TRY(const auto tenant, store_.run(service::AddTenant{.name = "Autohaus Brandt & Söhne",
                                                                .dealerColour = 1}));
        tenant_ = TenantId(tenant.front().uuid());
        VF_CHECK(makeSite(0, "Hamburg-Wandsbek", "Ahrensburger Damm 118", "22041"));
        VF_CHECK(makeSite(1, "Hamburg-Harburg", "Am Reetdamm 7", "21073"));
        for (const demo::Person& person : demo::staff()) {
            VF_CHECK(makeUser(person));
        }
        return {};
    }

    [[nodiscard]] Status makeSite(std::size_t index, const char* name, const char* street,
                                  const char* postcode) {
        service::SaveSite site{.tenant = tenant_, .site = {}, .record = {}};
        site.record.set_name(name);
        site.record.set_street(street);
        site.record.set_postcode(postcode);
        site.record.set_city("Hamburg");
        site.record.set_return_seconds(kReturnSeconds[index]);
        VF_TRY(const auto created, store_.run(std::move(site)));
        sites_[index] = created.front();
        const std::string tail = index == 0 ? "wandsbek" : "harburg";
        VF_CHECK(makeSource(index, "mobile.de", record::MOBILE_DE, "mobile." + tail));
        VF_CHECK(makeSource(index, "AutoScout24", record::AUTOSCOUT24, "autoscout." + tail));
        return makeSource(index, "Homepage", record::HOMEPAGE, "homepage." + tail);
    }

    [[nodiscard]] Status makeSource(std::size_t site, const char* name, record::SourceKind kind,
                                    const std::string& local) {
        service::SaveSource source{.tenant = tenant_, .source = {}, .record = {}};
        source.record.set_name(name);
        source.record.set_kind(kind);
        source.record.set_site_id(sites_[site].bytes());
        source.record.set_intake_address(local + "@brandt.example");
        VF_TRY(const auto created, store_.run(source));
        sources_[site].push_back(created.front());
        sourceLines_ += fmt::format("{}\"{}\"", sourceLines_.empty() ? "" : ",",
                                    source.record.intake_address());
        return {};
    }

    [[nodiscard]] Status makeUser(const demo::Person& person) {
        service::AddUser user{.tenant = tenant_,
                              .login = std::string(person.login),
                              .passwordHash = passwordHash_,
                              .record = {},
                              .roles = {}};
        const record::Role role = person.admin     ? record::ADMIN
                                  : person.manager ? record::MANAGER
                                                   : record::SALES;
        for (int site = 0; site < 2; ++site) {
            if (person.site == site || person.site == 2) {
                user.roles.push_back(
                    {.role = role, .site = sites_[static_cast<std::size_t>(site)]});
            }
        }
        user.record.set_display_name(std::string(person.name));
        user.record.set_site_id(user.roles.front().site.bytes());
        user.record.set_email(std::string(person.login) + "@brandt.example");
        VF_TRY(const auto created, store_.run(std::move(user)));
        if (role == record::SALES) {
            sellers_[static_cast<std::size_t>(person.site)].push_back(created.front());
        }
        userLines_ += fmt::format("{}\"{}\"", userLines_.empty() ? "" : ",", person.login);
        return {};
    }

    [[nodiscard]] Status makeCustomers() {
        for (int i = 0; i < kCustomers; ++i) {
            // The last ones are new: an unclaimed lead brought them in.
            const bool held = i >= kCustomers - kUnclaimed;
            const RowId lead = held ? newId() : RowId();
            VF_CHECK(makeCustomer(i, lead));
            if (held) {
                heldLeads_.push_back(lead);
            }
        }
        return {};
    }

    [[nodiscard]] Status makeCustomer(int index, RowId lead) {
        Someone someone{.id = newId(), .site = any(sites_), .record = {}, .postcode = {}};
        record::Customer& customer = someone.record;
        const bool company = index % 12 == 5;
        const bool woman = random_.below(2) == 0;
        customer.set_kind(company ? record::COMPANY : record::PERSON);
        customer.set_salutation(woman ? record::FRAU : record::HERR);
        customer.set_first_name(std::string(woman ? any(demo::women()) : any(demo::men())));
        customer.set_last_name(std::string(any(demo::families())));
        if (company) {
            customer.set_company(std::string(any(demo::companies())));
        }
        const std::string_view place = any(demo::places());
        someone.postcode = std::string(place.substr(0, 5));
        customer.mutable_address()->set_street(
            fmt::format("{} {}", any(demo::streets()), 1 + random_.below(120)));
        customer.mutable_address()->set_postcode(someone.postcode);
        customer.mutable_address()->set_city(std::string(place.substr(6)));
        customer.set_site_id(someone.site.bytes());
        customer.set_customer_since_year(static_cast<std::uint32_t>(2008 + random_.below(18)));
        customer.set_held_by_lead(lead.isNone() ? std::string() : lead.bytes());
        VF_CHECK(add(someone.id, customer));
        VF_CHECK(makeContact(someone, lead, record::MOBILE,
                             fmt::format("+4917604069{:03}", index % 1000)));
        if (random_.below(4) != 0) {
            VF_CHECK(makeContact(
                someone, lead, record::EMAIL_ADDRESS,
                fmt::format("kunde{:03}@{}.example", index, woman ? "elbpost" : "alstermail")));
        }
        VF_CHECK(makeVehicle(someone, lead));
        customers_.push_back(std::move(someone));
        return {};
    }

    [[nodiscard]] Status makeContact(const Someone& someone, RowId lead, record::ContactKind kind,
                                     std::string text) {
        record::ContactPoint point;
        point.set_customer_id(someone.id.bytes());
        point.set_kind(kind);
        point.set_canonical(service::canonicalContact(kind, text));
        point.set_value(std::move(text));
        point.set_preferred(kind == record::MOBILE);
        point.set_site_id(someone.site.bytes());
        point.set_held_by_lead(lead.isNone() ? std::string() : lead.bytes());
        return add(newId(), point);
    }

    [[nodiscard]] Status makeVehicle(const Someone& someone, RowId lead) {
        const demo::Car& car = any(demo::cars());
        record::Vehicle vehicle;
        vehicle.set_customer_id(someone.id.bytes());
        vehicle.set_make(std::string(car.make));
        vehicle.set_model(std::string(car.model));
        vehicle.set_plate(fmt::format("HH-{}{} {}", static_cast<char>('A' + random_.below(26)),
                                      static_cast<char>('A' + random_.below(26)),
                                      100 + random_.below(9'900)));
        vehicle.set_first_registration(
            fmt::format("{:02}/{}", 1 + random_.below(12), 2012 + random_.below(13)));
        vehicle.set_mileage_km(static_cast<std::uint32_t>(5'000 + random_.below(160'000)));
        vehicle.set_next_inspection(
            fmt::format("{:02}/{}", 1 + random_.below(12), 2027 + random_.below(2)));
        vehicle.set_site_id(someone.site.bytes());
        vehicle.set_held_by_lead(lead.isNone() ? std::string() : lead.bytes());
        return add(newId(), vehicle);
    }

    [[nodiscard]] Status makeLeads() {
        VF_CHECK(flush());
        VF_TRY(number_, store_.takeNumbers(tenant_, "lead", kLeads));
        for (int i = 0; i < kLeads; ++i) {
            if (i < kLeads - kUnclaimed) {
                VF_CHECK(makeClaimed(i));
            } else {
                VF_CHECK(makeUnclaimed(static_cast<std::size_t>(i - (kLeads - kUnclaimed))));
            }
        }
        return {};
    }

    // What every lead has; the customer is named in the private facet alone.
    [[nodiscard]] record::Lead startLead(const Someone& someone, std::int64_t received) {
        const demo::Car& car = any(demo::cars());
        const std::size_t site = someone.site == sites_[0] ? 0 : 1;
        record::Lead lead;
        lead.set_number(number_++);
        lead.set_site_id(someone.site.bytes());
        lead.set_source_id(any(sources_[site]).bytes());
        record::VehicleWish& wish = *lead.mutable_wish();
        wish.set_make(std::string(car.make));
        wish.set_model(std::string(car.model));
        wish.set_first_registration(
            fmt::format("{:02}/{}", 1 + random_.below(12), 2020 + random_.below(6)));
        wish.set_mileage_km(static_cast<std::uint32_t>(4'000 + random_.below(70'000)));
        wish.set_price_cents(std::int64_t{car.priceEuro} * 100);
        wish.set_offer_number(fmt::format("BR-{:05}", random_.below(100'000)));
        lead.set_region(std::string(domain::regionOfPostcode(someone.postcode)));
        lead.set_received_ms(received);
        lead.set_customer_id(someone.id.bytes());
        lead.set_message(std::string(any(demo::enquiries())));
        lead.set_test_drive_wanted(random_.below(3) == 0);
        return lead;
    }

    [[nodiscard]] Status makeUnclaimed(std::size_t index) {
        const Someone& someone = customers_[customers_.size() - kUnclaimed + index];
        const std::size_t site = someone.site == sites_[0] ? 0 : 1;
        record::Lead lead = startLead(someone, ago(10 * kMinuteMs));
        lead.set_deadline_ms(lead.received_ms() + std::int64_t{kReturnSeconds[site]} * 1000);
        const RowId id = heldLeads_[index];
        VF_CHECK(add(id, lead));
        return addMessage(id, lead, true);
    }

    [[nodiscard]] Status makeClaimed(int index) {
        const Someone& someone =
            customers_[random_.below(static_cast<std::uint64_t>(kCustomers - kUnclaimed))];
        const std::size_t site = someone.site == sites_[0] ? 0 : 1;
        record::Lead lead = startLead(someone, ago(30 * kDayMs) - kDayMs);
        const RowId owner = any(sellers_[site]);
        lead.set_owner_id(owner.bytes());
        lead.set_claim_token(1);
        lead.set_claimed_ms(lead.received_ms() +
                            static_cast<std::int64_t>(2 + random_.below(20)) * kMinuteMs);
        lead.set_status(static_cast<record::LeadStatus>(1 + index % 7));
        for (const auto kind : {record::CLAIMED, record::PRIVATE_SENT}) {
            record::LeadEvent& event = *lead.add_events();
            event.set_kind(kind);
            event.set_user_id(owner.bytes());
            event.set_at_ms(lead.claimed_ms());
        }
        if (lead.status() >= record::WON) {
            lead.set_closed_ms(lead.claimed_ms() + kDayMs / 2);
            lead.set_close_reason(lead.status() == record::WON ? "Kaufvertrag unterschrieben"
                                                               : "Anderweitig gekauft");
        } else {
            lead.mutable_next_step()->set_text(std::string(any(demo::steps())));
            lead.mutable_next_step()->set_due_ms(
                toUnixMs(now_) + static_cast<std::int64_t>(random_.below(5 * kDayMs)) - kDayMs);
        }
        const RowId id = newId();
        VF_CHECK(add(id, lead));
        VF_CHECK(addMessage(id, lead, false));
        record::Activity note;
        note.set_lead_id(id.bytes());
        note.set_customer_id(lead.customer_id());
        note.set_site_id(lead.site_id());
        note.set_kind(record::NOTE);
        note.set_at_ms(lead.claimed_ms() + 30 * kMinuteMs);
        note.set_author_id(owner.bytes());
        note.set_text(std::string(any(demo::notes())));
        return add(newId(), note);
    }

    [[nodiscard]] Status addMessage(RowId id, const record::Lead& lead, bool held) {
        record::Activity message;
        message.set_lead_id(id.bytes());
        message.set_customer_id(lead.customer_id());
        message.set_site_id(lead.site_id());
        message.set_kind(record::MESSAGE_IN);
        message.set_at_ms(lead.received_ms());
        message.set_source_id(lead.source_id());
        message.set_message(lead.message());
        message.set_held_by_lead(held ? id.bytes() : std::string());
        return add(newId(), message);
    }

    AdminStore& store_;
    std::string passwordHash_;
    SeededRandom random_;
    TimePoint now_;
    TenantId tenant_;
    std::array<RowId, 2> sites_;
    std::array<std::vector<RowId>, 2> sources_;
    std::array<std::vector<RowId>, 2> sellers_;
    std::vector<Someone> customers_;
    std::vector<RowId> heldLeads_;
    std::vector<schema::Row> rows_;
    std::uint64_t number_ = 0;
    std::string userLines_;
    std::string sourceLines_;
};

}  // namespace

Result<std::string> seedDemoData(AdminStore& store, const std::string& password) {
    VF_TRY(const auto accounts, store.accounts());
    const std::string first(demo::staff().front().login);
    if (std::ranges::find(accounts, first, &store::Account::login) != accounts.end()) {
        return fail(ErrorCode::Duplicate, "the demo data is already there");
    }
    // The same password for all: hashing is slow on purpose.
    VF_TRY(std::string hash, service::hashPassword(password));
    Seeder seeder(store, std::move(hash));
    return seeder.run();
}

}  // namespace vorfahrt::server::app
