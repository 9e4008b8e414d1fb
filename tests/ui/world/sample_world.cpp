// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/world/sample_world.h"

namespace vorfahrt::test {
namespace {

using schema::recordOf;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

struct Person {
    const char* first;
    const char* last;
    const char* company;
    record::Salutation salutation;
};

struct Work {
    Person who;
    const char* make;
    const char* model;
    record::SourceKind source;
    record::LeadStatus status;
    std::int64_t ageMs;
    std::int64_t dueMs;  // from now; next step
    const char* step;
};

constexpr auto kNone = record::SALUTATION_NONE;
const Work kWork[] = {
    {{"", "Öztürk", "", record::FAMILIE},
     "VW",
     "T-Roc 1.5 TSI Move",
     record::HOMEPAGE,
     record::CONTACTED,
     kDay,
     -27 * kMinute,
     "Rückruf zur Lieferzeit"},
    {{"Sabine", "Krüger", "", record::FRAU},
     "VW",
     "Passat Variant 2.0 TDI Elegance",
     record::AUTOSCOUT24,
     record::OFFER,
     2 * kDay,
     18 * kMinute,
     "Rückruf zur Inzahlungnahme"},
    {{"Dr. Thomas", "Reimann", "", record::HERR},
     "Cupra",
     "Born e-Boost 58 kWh",
     record::MOBILE_DE,
     record::TEST_DRIVE,
     3 * kDay,
     228 * kMinute,
     "Probefahrt bestätigen"},
    {{"", "", "Petersen Haustechnik GmbH", record::FIRMA},
     "VW",
     "Caddy Cargo 2.0 TDI (2 Stück)",
     record::CALL_CENTRE,
     record::NEGOTIATION,
     6 * kDay,
     318 * kMinute,
     "Leasingangebot nachfassen"},
    {{"Jana", "Weiß", "", record::FRAU},
     "VW",
     "Polo 1.0 TSI Life",
     record::WALK_IN,
     record::CONTACTED,
     2 * kDay,
     408 * kMinute,
     "Bilder schicken"},
    {{"Oliver", "Sandmann", "", record::HERR},
     "Škoda",
     "Enyaq 85 Sportline",
     record::MOBILE_DE,
     record::OFFER,
     4 * kDay,
     46 * kHour + 18 * kMinute,
     "Angebot besprechen"},
    {{"Birgit", "Claussen", "", record::FRAU},
     "VW",
     "Tiguan 2.0 TDI R-Line",
     record::CALL_CENTRE,
     record::TEST_DRIVE,
     5 * kDay,
     52 * kHour + 48 * kMinute,
     "Probefahrt"},
    {{"Mehmet", "Yıldırım", "", record::HERR},
     "VW",
     "Golf 8 Variant 1.5 eTSI",
     record::EMAIL_SOURCE,
     record::CONTACTED,
     3 * kDay,
     71 * kHour + 18 * kMinute,
     "Anrufen"},
    {{"Katharina", "von Rahden", "", record::FRAU},
     "Audi",
     "Q4 e-tron 45",
     record::AUTOSCOUT24,
     record::OFFER,
     8 * kDay,
     75 * kHour + 18 * kMinute,
     "Finanzierung klären"},
    {{"Ralf", "Dittmer", "", record::HERR},
     "VW",
     "Multivan 1.4 eHybrid",
     record::HOMEPAGE,
     record::CONTACTED,
     2 * kDay,
     96 * kHour + 48 * kMinute,
     "Anrufen"},
    {{"", "", "Pflegedienst Alsterblick", record::FIRMA},
     "VW",
     "up! gebraucht (3 Stück)",
     record::EMAIL_SOURCE,
     record::NEGOTIATION,
     11 * kDay,
     98 * kHour + 18 * kMinute,
     "Vertrag"},
    {{"Nele", "Johannsen", "", record::FRAU},
     "Seat",
     "Leon Sportstourer FR",
     record::MOBILE_DE,
     record::TEST_DRIVE,
     6 * kDay,
     119 * kHour + 48 * kMinute,
     "Probefahrt"},
    {{"Uwe", "Brockmann", "", record::HERR},
     "VW",
     "Touran 2.0 TDI Highline",
     record::WALK_IN,
     record::OFFER,
     9 * kDay,
     166 * kHour + 48 * kMinute,
     "Rückruf"},
    {{"Ineke", "de Vries", "", kNone},
     "VW",
     "ID.7 Tourer Pro",
     record::HOMEPAGE,
     record::CONTACTED,
     10 * kDay,
     0,
     ""},
};

struct Teaser {
    const char* region;
    const char* make;
    const char* model;
    record::SourceKind source;
    std::int64_t ageMs;
    std::int64_t leftMs;
};
const Teaser kTeasers[] = {
    {"Raum Hamburg", "VW", "Caddy Cargo Maxi · Gewerbe", record::CALL_CENTRE, 264'000, 36'000},
    {"Raum Lüneburg", "Škoda", "Octavia Combi 2.0 TDI Style", record::HOMEPAGE, 192'000, 108'000},
    {"Raum Hamburg", "VW", "ID.4 Pro Performance", record::MOBILE_DE, 108'000, 192'000},
    {"Raum Stade", "Audi", "A4 Avant 40 TDI S line", record::AUTOSCOUT24, 9'000, 291'000},
};

class Filler {
public:
    explicit Filler(DeskWorld& world)
        : world_(world),
          now_(toUnixMs(world.clock().now())) {
        for (const auto& [name, kind] :
             std::initializer_list<std::pair<const char*, record::SourceKind>>{
                 {"Homepage", record::HOMEPAGE},
                 {"mobile.de", record::MOBILE_DE},
                 {"AutoScout24", record::AUTOSCOUT24},
                 {"E-Mail", record::EMAIL_SOURCE},
                 {"Callcenter", record::CALL_CENTRE},
                 {"Laufkundschaft", record::WALK_IN}}) {
            sources_[kind] = world.addSource(name, kind);
        }
        murat_ = UserId(world.addUser("Murat Aydın").uuid());
        martina_ = UserId(world.addUser("Martina Albers").uuid());
    }

    CustomerId customer(const Person& who) {
        const RowId id = world_.newId();
        record::Customer customer;
        customer.set_salutation(who.salutation);
        customer.set_first_name(who.first);
        customer.set_last_name(who.last);
        customer.set_company(who.company);
        customer.set_kind(*who.company == '\0' ? record::PERSON : record::COMPANY);
        customer.set_site_id(world_.site().bytes());
        customer.mutable_address()->set_street("Tannenstieg 14");
        customer.mutable_address()->set_postcode("22043");
        customer.mutable_address()->set_city("Hamburg");
        customer.set_customer_since_year(2018);
        world_.put(id, customer);
        contact(id, record::MOBILE, "+49 171 3920045", true);
        contact(id, record::PHONE, "+49 40 66969-214", false);
        contact(id, record::EMAIL_ADDRESS, "anfrage@example.org", false);
        return CustomerId(id.uuid());
    }

    void contact(RowId customer, record::ContactKind kind, const char* value, bool preferred) {
        record::ContactPoint point;
        point.set_customer_id(customer.bytes());
        point.set_kind(kind);
        point.set_value(value);
        point.set_preferred(preferred);
        point.set_site_id(world_.site().bytes());
        world_.put(world_.newId(), point);
    }

    RowId vehicle(CustomerId customer, const char* make, const char* model, const char* plate,
                  const char* registered, std::uint32_t km, const char* inspection) {
        const RowId id = world_.newId();
        record::Vehicle vehicle;
        vehicle.set_customer_id(customer.bytes());
        vehicle.set_make(make);
        vehicle.set_model(model);
        vehicle.set_plate(plate);
        vehicle.set_first_registration(registered);
        vehicle.set_mileage_km(km);
        vehicle.set_next_inspection(inspection);
        vehicle.set_site_id(world_.site().bytes());
        world_.put(id, vehicle);
        return id;
    }

    record::Lead lead(const char* make, const char* model, record::SourceKind source,
                      std::int64_t ageMs) {
        record::Lead lead;
        lead.set_number(++number_);
        lead.set_site_id(world_.site().bytes());
        lead.set_source_id(sources_.at(source).bytes());
        lead.mutable_wish()->set_make(make);
        lead.mutable_wish()->set_model(model);
        lead.set_region("Raum Hamburg");
        lead.set_received_ms(now_ - ageMs);
        return lead;
    }

    void claimedBy(record::Lead& lead, UserId owner, std::int64_t atMs) {
        lead.set_owner_id(owner.bytes());
        lead.set_claim_token(1);
        lead.set_claimed_ms(atMs);
        auto* event = lead.add_events();
        event->set_kind(record::CLAIMED);
        event->set_user_id(owner.bytes());
        event->set_at_ms(atMs);
    }

    void activity(RowId lead, CustomerId customer, record::ActivityKind kind, std::int64_t ageMs,
                  UserId author, const char* text, record::LeadStatus from = record::NEW,
                  record::LeadStatus to = record::NEW) {
        record::Activity activity;
        activity.set_lead_id(lead.bytes());
        activity.set_customer_id(customer.bytes());
        activity.set_site_id(world_.site().bytes());
        activity.set_kind(kind);
        activity.set_at_ms(now_ - ageMs);
        activity.set_author_id(author.bytes());
        activity.set_text(text);
        activity.set_from_status(from);
        activity.set_to_status(to);
        world_.put(world_.newId(), activity);
    }

    std::int64_t now() const { return now_; }
    UserId murat() const { return murat_; }
    UserId martina() const { return martina_; }

private:
    DeskWorld& world_;
    std::int64_t now_;
    std::uint64_t number_ = 261180;
    std::map<record::SourceKind, RowId> sources_;
    UserId murat_;
    UserId martina_;
};

void addKruegerHistory(Filler& fill, RowId lead, CustomerId customer, UserId me) {
    fill.activity(lead, customer, record::STATUS_CHANGE, 26 * kHour, me, "", record::NEW,
                  record::CONTACTED);
    fill.activity(lead, customer, record::CALL, 25 * kHour + 22 * kMinute, me,
                  "4:12 min. Probefahrt vereinbart, Finanzierung über 48 Monate gewünscht");
    fill.activity(lead, customer, record::STATUS_CHANGE, 18 * kHour, me, "", record::CONTACTED,
                  record::TEST_DRIVE);
    fill.activity(lead, customer, record::STATUS_CHANGE, 17 * kHour + 30 * kMinute, me, "",
                  record::TEST_DRIVE, record::OFFER);
    fill.activity(lead, customer, record::NOTE, 107 * kMinute, fill.murat(),
                  "Golf bewertet: 11.200 €. Scheckheft lückenlos, Steinschlag Frontscheibe (mit "
                  "180 € berücksichtigt).");
}

void addWork(DeskWorld& world, Filler& fill, SampleWorld& sample) {
    for (const Work& work : kWork) {
        const CustomerId customer = fill.customer(work.who);
        const RowId id = world.newId();
        record::Lead lead = fill.lead(work.make, work.model, work.source, work.ageMs);
        fill.claimedBy(lead, world.me(), fill.now() - work.ageMs + 2 * kMinute);
        lead.set_status(work.status);
        lead.set_customer_id(customer.bytes());
        lead.set_message(
            "Guten Tag, ist das Fahrzeug noch verfügbar? Ich würde es gern in dieser "
            "Woche ansehen.");
        if (work.dueMs != 0) {
            lead.mutable_next_step()->set_text(work.step);
            lead.mutable_next_step()->set_due_ms(fill.now() + work.dueMs);
        }
        if (std::string_view(work.who.last) == "Krüger") {
            sample.mine = LeadId(id.uuid());
            sample.customer = customer;
            lead.mutable_wish()->set_price_cents(3'148'000);
            lead.mutable_wish()->set_first_registration("05/2023");
            lead.mutable_wish()->set_mileage_km(38'200);
            lead.set_message(
                "Guten Tag, ist der Passat Variant noch verfügbar? Ich würde meinen "
                "Golf Variant (2019) gern in Zahlung geben.");
            const RowId golf = fill.vehicle(customer, "VW", "Golf Variant 1.5 TSI", "HH-SK 4817",
                                            "04/2019", 86'400, "04/2027");
            fill.vehicle(customer, "VW", "up! 1.0", "HH-KR 93", "09/2016", 61'200, "12/2026");
            lead.set_trade_in_id(golf.bytes());
            addKruegerHistory(fill, id, customer, world.me());
        }
        world.put(id, lead);
    }
}

void addTeasers(DeskWorld& world, Filler& fill, SampleWorld& sample) {
    for (const Teaser& teaser : kTeasers) {
        const RowId id = world.newId();
        record::Lead lead = fill.lead(teaser.make, teaser.model, teaser.source, teaser.ageMs);
        lead.set_region(teaser.region);
        lead.set_deadline_ms(fill.now() + teaser.leftMs);
        if (sample.toClaim.isNone()) {
            sample.toClaim = LeadId(id.uuid());
            sample.teaser = lead;
        }
        world.putTeaser(id, lead);
    }
}

void addTeam(DeskWorld& world, Filler& fill) {
    for (const UserId owner : {fill.murat(), fill.martina()}) {
        record::Lead lead = fill.lead("Seat", "Ateca 2.0 TDI", record::HOMEPAGE, kDay);
        lead.set_status(record::CONTACTED);
        fill.claimedBy(lead, owner, fill.now() - kHour);
        world.put(world.newId(), lead);
    }
}

void addIntake(DeskWorld& world, Filler& fill, SampleWorld& sample) {
    record::IntakeMessage message;
    message.set_site_id(world.site().bytes());
    message.set_received_ms(fill.now() - 20 * kMinute);
    message.set_state(record::NOT_RECOGNISED);
    message.set_sender("\"Hanna Möller\" <hanna.moeller@example.org>");
    message.set_subject("Frage zum ID.3 auf Ihrer Seite");
    message.set_text(
        "Hallo,\n\nsteht der blaue ID.3 noch bei Ihnen? Sie erreichen mich unter "
        "0171 5550199.\n\nViele Grüße\nHanna Möller");
    message.set_raw_size(4'120);
    sample.intake = world.newId();
    world.putIntake(sample.intake, message);
    message.set_received_ms(fill.now() - 3 * kHour);
    message.set_sender("newsletter@example.net");
    message.set_subject("Ihre Werkstattausrüstung zum Vorteilspreis");
    message.set_text("Nur diese Woche: Hebebühnen und mehr.");
    world.putIntake(world.newId(), message);
}

}  // namespace

record::Lead SampleWorld::claimed(DeskWorld& world, UserId owner) const {
    record::Lead lead = teaser;
    const std::int64_t now = toUnixMs(world.clock().now());
    lead.set_owner_id(owner.bytes());
    lead.set_claim_token(1);
    lead.set_claimed_ms(now);
    lead.set_deadline_ms(now + 5 * kMinute);
    auto* event = lead.add_events();
    event->set_kind(record::CLAIMED);
    event->set_user_id(owner.bytes());
    event->set_at_ms(now);
    return lead;
}

void SampleWorld::winClaim(DeskWorld& world) {
    record::Lead lead = claimed(world, world.me());
    hidden = CustomerId(world.newId().uuid());
    record::Customer person;
    person.set_first_name("Friederike");
    person.set_last_name("Canaris");
    person.set_site_id(world.site().bytes());
    world.put(RowId(hidden.uuid()), person);
    lead.set_customer_id(hidden.bytes());
    lead.set_message("Bitte rufen Sie mich unter 0151 2345678 an.");
    world.moveToSite(RowId(toClaim.uuid()), lead, true);
    world.flush();
}

void SampleWorld::loseClaim(DeskWorld& world) {
    world.moveToSite(RowId(toClaim.uuid()), claimed(world, colleague), false);
    world.flush();
}

SampleWorld fillSample(DeskWorld& world) {
    SampleWorld sample;
    Filler fill(world);
    sample.colleague = fill.murat();
    addTeasers(world, fill, sample);
    addWork(world, fill, sample);
    addTeam(world, fill);
    addIntake(world, fill, sample);
    world.flush();
    return sample;
}

}  // namespace vorfahrt::test
