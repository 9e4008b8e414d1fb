// SPDX-License-Identifier: GPL-3.0-or-later
// PROTOCOL.md section 3: mutations exactly once, refusals, merge, rights; on the real store.
#include "common/schema/customer.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/stored.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/mutator.h"
#include "server/feed/scopes.h"
#include "tests/support/faulty_store.h"
#include "tests/support/service_world.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <numeric>

namespace vorfahrt::tests {

using namespace server::service;
using record::Customer;
using schema::recordOf;

namespace {

Customer customerAt(RowId site, const std::string& name) {
    Customer customer;
    customer.set_last_name(name);
    customer.set_site_id(site.bytes());
    return customer;
}

wire::EditArgs rename(RowId id, const std::string& name) {
    Customer customer;
    customer.set_last_name(name);
    return sync::editArgs(id, customer, {Customer::kLastNameFieldNumber});
}

// One of several concurrent edits of the same row.
struct Edit {
    wire::EditArgs args;
    std::int64_t timeMs = 0;
    Person desk;
};

bool isSent(ServiceWorld& world, const Person& person, std::string_view text) {
    return world.everythingSentTo(person).find(text) != std::string::npos;
}

}  // namespace

class PushTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // One desk loses all of it, the other gains all of it.
    void whatBelongsToACustomerMovesWithHim() {
        ServiceWorld world;
        Person both = world.addPerson("both", record::SALES, world.siteA);
        static_cast<void>(
            world.run(AddGrant{.tenant = world.tenant,
                               .user = both.user,
                               .role = {.role = record::SALES, .site = world.siteB}}));
        const RowId customer = world.create(both, customerAt(world.siteA, "Kanarienvogel"));
        record::ContactPoint point;
        point.set_customer_id(customer.bytes());
        point.set_kind(record::PHONE);
        point.set_value("040 5544331");
        point.set_site_id(world.siteA.bytes());
        const RowId pointId = world.create(both, point);
        record::Vehicle vehicle;
        vehicle.set_customer_id(customer.bytes());
        vehicle.set_plate("HH-AB 123");
        vehicle.set_site_id(world.siteA.bytes());
        const RowId vehicleId = world.create(both, vehicle);
        record::Task task;
        task.set_customer_id(customer.bytes());
        task.set_text("anrufen");
        task.set_site_id(world.siteA.bytes());
        const RowId taskId = world.create(both, task);
        record::Activity note;
        note.set_customer_id(customer.bytes());
        note.set_kind(record::NOTE);
        note.set_text("spricht leise");
        note.set_site_id(world.siteA.bytes());
        const RowId noteId = world.create(both, note);

        Seq head = world.head();
        QCOMPARE(world.act(both, sync::kEdit,
                           sync::editArgs(customer, customerAt(world.siteB, {}),
                                          {Customer::kSiteIdFieldNumber})),
                 ErrorCode::Ok);
        QCOMPARE(value(world.head()), value(head) + 1);  // one change
        const std::string lost = server::feed::siteScope(world.siteA.view());
        const std::string gained = server::feed::siteScope(world.siteB.view());
        const auto moved = [&](const schema::RecordInfo& info, RowId id) {
            return world.scopes(info, id, schema::Facet::MAIN) == std::set<std::string>{gained};
        };
        QVERIFY(moved(recordOf<Customer>(), customer));
        QVERIFY(moved(recordOf<record::ContactPoint>(), pointId));
        QVERIFY(moved(recordOf<record::Vehicle>(), vehicleId));
        QVERIFY(moved(recordOf<record::Task>(), taskId));
        QVERIFY(moved(recordOf<record::Activity>(), noteId));
        const auto removed = world.entries(lost, head);
        QCOMPARE(removed.size(), 5U);
        QVERIFY(std::ranges::all_of(removed, [](const auto& entry) { return entry.remove; }));
        QCOMPARE(world.entries(gained, head).size(), 5U);
        QVERIFY(!isSent(world, world.anna, "5544331"));
        QVERIFY(isSent(world, world.carl, "5544331"));
        QVERIFY(isSent(world, world.carl, "spricht leise"));

        // A desk that has not heard of it yet adds to the old site: it lands where the customer is.
        point.set_value("040 5544332");
        const RowId late = world.create(both, point);
        QVERIFY(moved(recordOf<record::ContactPoint>(), late));
        // And nothing leaves him alone.
        record::Vehicle away;
        away.set_site_id(world.siteA.bytes());
        QCOMPARE(world.act(both, sync::kEdit,
                           sync::editArgs(vehicleId, away, {record::Vehicle::kSiteIdFieldNumber})),
                 ErrorCode::Ok);
        QVERIFY(moved(recordOf<record::Vehicle>(), vehicleId));
        // Who lost him can change nothing of it.
        QCOMPARE(
            world.act(world.anna, sync::kEdit,
                      sync::editArgs(vehicleId, vehicle, {record::Vehicle::kPlateFieldNumber})),
            ErrorCode::NotFound);
    }

    void aMutationIsAppliedOnce() {
        ServiceWorld world;
        const RowId id(Uuid::v7(world.now, world.random));
        const auto create = world.mutation(world.anna, sync::kCreate,
                                           world.createArgs(id, customerAt(world.siteA, "Alt")));
        const auto edit = world.mutation(world.anna, sync::kEdit, rename(id, "Neu"));
        const auto first = world.push(world.anna, {create, edit});
        QCOMPARE(first.results_size(), 2);
        QCOMPARE(codeOf(first.results(0)), ErrorCode::Ok);
        QCOMPARE(first.results(1).seq(), first.results(0).seq() + 1);
        QCOMPARE(first.last_mid(), 2U);
        const Seq head = world.head();
        // Again, in other cuts: the stored results, nothing written.
        for (const auto& again :
             {std::vector{create, edit}, std::vector{create}, std::vector{edit}}) {
            const auto outcome = world.run(world.pushOf(world.anna, again));
            const auto& results = outcome.replies.at(0).results();
            QCOMPARE(results.results_size(), static_cast<int>(again.size()));
            for (const auto& line : results.results()) {
                QCOMPARE(line.code(), 0U);
                QCOMPARE(line.seq(), first.results(static_cast<int>(line.mid()) - 1).seq());
            }
            QVERIFY(outcome.committed.empty());
        }
        QCOMPARE(value(world.head()), value(head));
        QVERIFY(world.load<Customer>(id).last_name() == "Neu");
    }

    // Frames cut, repeated and reordered at random, some in one commit, some after a failed one.
    void everyMutationHasOneEffectUnderReplaysAndReorders() {
        const std::uint64_t seed = 1'903;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        ServiceWorld world(seed);
        SeededRandom dice(seed);
        const RowId customer = world.create(world.anna, customerAt(world.siteA, "Kunde"));
        std::vector<wire::Mutation> all;
        std::vector<RowId> ids;
        for (int i = 0; i < 80; ++i) {
            record::Activity note;
            note.set_customer_id(customer.bytes());
            // Every seventh is refused: no such site of this person.
            note.set_site_id((i % 7 == 6 ? world.siteB : world.siteA).bytes());
            note.set_kind(record::NOTE);
            note.set_text(std::to_string(i));
            ids.emplace_back(Uuid::v7(world.now, world.random));
            all.push_back(
                world.mutation(world.anna, sync::kCreate, world.createArgs(ids.back(), note)));
        }
        std::map<std::uint64_t, std::string> answers;
        const Seq before = world.head();
        std::uint64_t lastMid = 1;
        for (int round = 0; lastMid < value(world.anna.lastMid) || round < 60; ++round) {
            QVERIFY2(round < 2'000, "does not come to an end");
            std::vector<Request> batch;
            for (std::uint64_t i = 0; i <= dice.below(3); ++i) {
                const std::size_t from = dice.below(std::min<std::size_t>(lastMid + 8, all.size()));
                const std::size_t count = 1 + dice.below(all.size() - from);
                batch.emplace_back(world.pushOf(
                    world.anna, {all.begin() + static_cast<std::ptrdiff_t>(from),
                                 all.begin() + static_cast<std::ptrdiff_t>(
                                                   from + std::min<std::size_t>(count, 9))}));
            }
            FaultyStore store(world.store());
            if (dice.below(6) == 0) {
                store.failNextCommit();
            }
            for (const auto& outcome : world.runOn(store, batch)) {
                if (outcome.reopen) {
                    world.reopen();
                    break;
                }
                const auto& results = outcome.replies.at(0).results();
                QVERIFY(results.last_mid() >= lastMid);
                lastMid = results.last_mid();
                for (const auto& line : results.results()) {
                    if (codeOf(line) != ErrorCode::GapInSequence) {
                        const auto [it, isNew] =
                            answers.emplace(line.mid(), line.SerializeAsString());
                        QVERIFY(isNew || it->second == line.SerializeAsString());
                    }
                }
            }
        }
        std::uint64_t made = 0;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const bool exists = world.exists(recordOf<record::Activity>(), ids[i]);
            QCOMPARE(exists, i % 7 != 6);
            made += exists ? 1U : 0U;
        }
        QCOMPARE(value(world.head()), value(before) + made);
        QCOMPARE(answers.size(), all.size());
    }

    void twoBatchesOfOneDeskInOneCommit() {
        ServiceWorld world;
        const RowId id(Uuid::v7(world.now, world.random));
        const auto create = world.mutation(world.anna, sync::kCreate,
                                           world.createArgs(id, customerAt(world.siteA, "Alt")));
        const auto edit = world.mutation(world.anna, sync::kEdit, rename(id, "Neu"));
        const auto outcomes = world.run(
            {world.pushOf(world.anna, {create}), world.pushOf(world.anna, {create, edit})});
        QCOMPARE(outcomes[1].replies.at(0).results().last_mid(), 2U);
        QCOMPARE(outcomes[0].replies.at(0).results().results(0).seq(),
                 outcomes[1].replies.at(0).results().results(0).seq());
        QVERIFY(world.load<Customer>(id).last_name() == "Neu");
    }

    void aGapStopsTheFrame() {
        ServiceWorld world;
        const RowId id(Uuid::v7(world.now, world.random));
        const auto create = world.mutation(world.anna, sync::kCreate,
                                           world.createArgs(id, customerAt(world.siteA, "Alt")));
        const auto edit = world.mutation(world.anna, sync::kEdit, rename(id, "Neu"));
        const Seq before = world.head();
        const auto early = world.push(world.anna, {edit});
        QCOMPARE(early.results_size(), 1);
        QCOMPARE(codeOf(early.results(0)), ErrorCode::GapInSequence);
        QCOMPARE(early.last_mid(), 0U);
        QCOMPARE(value(world.head()), value(before));
        QCOMPARE(world.push(world.anna, {create, edit}).last_mid(), 2U);
        QVERIFY(world.load<Customer>(id).last_name() == "Neu");
    }

    void aForkIsToldAndChangesNothing() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Alt"));
        const auto edit = world.mutation(world.anna, sync::kEdit, rename(id, "Neu"));
        QCOMPARE(codeOf(world.push(world.anna, {edit}).results(0)), ErrorCode::Ok);
        auto other = edit;
        other.set_args(schema::encode(rename(id, "Klon")));
        auto later = world.mutation(world.anna, sync::kEdit, rename(id, "Klon 2"));
        const auto forked = world.push(world.anna, {other, later});
        QCOMPARE(forked.results_size(), 1);
        QCOMPARE(codeOf(forked.results(0)), ErrorCode::ReplicaForked);
        QVERIFY(world.load<Customer>(id).last_name() == "Neu");
    }

    void aRefusalInTheMiddleLosesNothingElse() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Alt"));
        Person& anna = world.anna;
        auto first = world.mutation(anna, sync::kEdit, rename(id, "Eins"));
        auto tooLong = world.mutation(anna, sync::kEdit, rename(id, std::string(5'000, 'x')));
        auto dependent = world.mutation(anna, sync::kEdit, rename(id, "Haengt daran"));
        dependent.add_deps(tooLong.mid());
        auto badName = world.mutation(anna, "record.destroy", rename(id, "x"));
        auto badVersion = world.mutation(anna, sync::kEdit, rename(id, "x"));
        badVersion.set_name_version(2);
        auto garbage = world.mutation(anna, sync::kEdit, rename(id, "x"));
        garbage.set_args(std::string("\xff\xff\xff\xff", 4));
        auto invalidUtf8 = world.mutation(anna, sync::kEdit, rename(id, "x"));
        auto last = world.mutation(anna, sync::kEdit, rename(id, "Letzte"));
        const auto results = world.push(
            anna, {first, tooLong, dependent, badName, badVersion, garbage, invalidUtf8, last});
        std::vector<ErrorCode> codes;
        for (const auto& line : results.results()) {
            codes.push_back(codeOf(line));
            QCOMPARE(line.seq() != 0, line.code() == 0);
        }
        QVERIFY((codes == std::vector{ErrorCode::Ok, ErrorCode::Invalid, ErrorCode::Cascade,
                                      ErrorCode::Unsupported, ErrorCode::Unsupported,
                                      ErrorCode::Invalid, ErrorCode::Ok, ErrorCode::Ok}));
        QCOMPARE(results.last_mid(), value(anna.lastMid));
        QVERIFY(world.load<Customer>(id).last_name() == "Letzte");
        // A refusal is durable and answered the same way again.
        QCOMPARE(codeOf(world.push(anna, {tooLong}).results(0)), ErrorCode::Invalid);
    }

    void concurrentEditsEndTheSameInEveryOrder() {
        const std::uint64_t seed = 20'261'122;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom dice(seed);
        for (int round = 0; round < 6; ++round) {
            ServiceWorld world(seed + static_cast<std::uint64_t>(round));
            // Two equal times in most rounds: the replica id decides then.
            std::vector<Person> desks;
            for (int i = 0; i < 4; ++i) {
                desks.push_back(world.anotherDesk(i % 2 == 0 ? world.anna : world.ben));
            }
            std::vector<std::int64_t> times;
            for (std::size_t i = 0; i < desks.size(); ++i) {
                times.push_back(toUnixMs(world.now) - static_cast<std::int64_t>(dice.below(3)));
            }
            std::vector<std::size_t> order(desks.size());
            std::iota(order.begin(), order.end(), 0U);
            std::string expected;
            do {
                const RowId id = world.create(world.maria, customerAt(world.siteA, "Anfang"));
                const auto base = value(world.head());
                for (const std::size_t i : order) {
                    auto mutation = world.mutation(desks[i], sync::kEdit,
                                                   rename(id, "Wert " + std::to_string(i)), base);
                    mutation.set_edit_time_ms(times[i]);
                    QCOMPARE(codeOf(world.push(desks[i], {mutation}).results(0)), ErrorCode::Ok);
                }
                const std::string name = world.load<Customer>(id).last_name();
                if (expected.empty()) {
                    expected = name;
                }
                QCOMPARE(QByteArray::fromStdString(name), QByteArray::fromStdString(expected));
            } while (std::next_permutation(order.begin(), order.end()));
        }
    }

    void theLoserOfAMergeIsToldAndKeptApart() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Anfang"));
        const auto base = value(world.head());
        auto later = world.mutation(world.anna, sync::kEdit, rename(id, "Spaeter"), base);
        QCOMPARE(world.push(world.anna, {later}).results(0).lost_fields_size(), 0);
        auto earlier = world.mutation(world.ben, sync::kEdit, rename(id, "Frueher"), base);
        earlier.set_edit_time_ms(toUnixMs(world.now) - 60'000);
        const auto lost = world.push(world.ben, {earlier}).results(0);
        QCOMPARE(codeOf(lost), ErrorCode::Ok);
        QCOMPARE(lost.lost_fields_size(), 1);
        QCOMPARE(lost.lost_fields(0), static_cast<std::uint32_t>(Customer::kLastNameFieldNumber));
        QVERIFY(world.load<Customer>(id).last_name() == "Spaeter");
        // Another field of the same row is no conflict.
        Customer note;
        note.set_note("hat angerufen");
        auto beside = world.mutation(world.ben, sync::kEdit,
                                     sync::editArgs(id, note, {Customer::kNoteFieldNumber}), base);
        QCOMPARE(world.push(world.ben, {beside}).results(0).lost_fields_size(), 0);
        QVERIFY(world.load<Customer>(id).note() == "hat angerufen");
    }

    // It follows from the value that won, whoever came first: it is no value of its own.
    void theCanonicalContactBelongsToTheMergedValue() {
        for (const bool laterFirst : {true, false}) {
            ServiceWorld world;
            record::ContactPoint point;
            point.set_kind(record::EMAIL_ADDRESS);
            point.set_value("anfang@firma.example");
            point.set_customer_id(
                world.create(world.anna, customerAt(world.siteA, "Kunde")).bytes());
            point.set_site_id(world.siteA.bytes());
            const RowId id = world.create(world.anna, point);
            QVERIFY(world.load<record::ContactPoint>(id).canonical() == "anfang@firma.example");
            const auto base = value(world.head());
            const auto send = [&](Person& person, const std::string& text, std::int64_t agoMs) {
                record::ContactPoint values;
                values.set_value(text);
                auto edit = world.mutation(
                    person, sync::kEdit,
                    sync::editArgs(id, values, {record::ContactPoint::kValueFieldNumber}), base);
                edit.set_edit_time_ms(toUnixMs(world.now) - agoMs);
                return world.push(person, {edit}).results(0);
            };
            const auto later = [&] { return send(world.ben, "Ben@Firma.example", 1'000); };
            const auto earlier = [&] { return send(world.anna, "anna@firma.example", 60'000); };
            const auto first = laterFirst ? later() : earlier();
            QCOMPARE(first.lost_fields_size(), 0);
            const auto second = laterFirst ? earlier() : later();
            QCOMPARE(second.lost_fields_size(), laterFirst ? 1 : 0);
            const auto after = world.row(recordOf<record::ContactPoint>(), id);
            const auto held = after.row.as<record::ContactPoint>();
            QCOMPARE(held.value(), "Ben@Firma.example");
            QCOMPARE(held.canonical(), "ben@firma.example");
            stored::FieldStamps stamps;
            QVERIFY(stamps.ParseFromString(after.stamps));
            QCOMPARE(stamps.stamps_size(), 1);
        }
    }

    void aClockTwoDaysAheadWinsNothing() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Anfang"));
        const auto base = value(world.head());
        auto ahead = world.mutation(world.anna, sync::kEdit, rename(id, "Aus der Zukunft"), base);
        ahead.set_edit_time_ms(toUnixMs(world.now) + 172'800'000);
        QCOMPARE(codeOf(world.push(world.anna, {ahead}).results(0)), ErrorCode::Ok);
        world.now += std::chrono::seconds(1);
        auto honest = world.mutation(world.ben, sync::kEdit, rename(id, "Ehrlich"), base);
        QCOMPARE(world.push(world.ben, {honest}).results(0).lost_fields_size(), 0);
        QVERIFY(world.load<Customer>(id).last_name() == "Ehrlich");
    }

    void whatIsNotVisibleDoesNotExist() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Nord"));
        const RowId nowhere(Uuid::v7(world.now, world.random));
        QCOMPARE(world.act(world.carl, sync::kEdit, rename(id, "x")), ErrorCode::NotFound);
        QCOMPARE(world.act(world.carl, sync::kEdit, rename(nowhere, "x")), ErrorCode::NotFound);
        record::ContactPoint point;
        point.set_kind(record::PHONE);
        point.set_value("040 123456");
        point.set_site_id(world.siteB.bytes());
        for (const RowId customer : {id, nowhere}) {
            point.set_customer_id(customer.bytes());
            const RowId fresh(Uuid::v7(world.now, world.random));
            QCOMPARE(world.act(world.carl, sync::kCreate, world.createArgs(fresh, point)),
                     ErrorCode::NotFound);
            QVERIFY(!world.exists(recordOf<record::ContactPoint>(), fresh));
        }
        QCOMPARE(world.act(world.carl, sync::kCreate,
                           world.createArgs(nowhere, customerAt(world.siteA, "fremd"))),
                 ErrorCode::Forbidden);
        // A held customer is nobody's yet.
        const RowId lead = world.newLead("Gehalten");
        const auto held = *RowId::fromBytes(world.load<record::Lead>(lead).customer_id());
        QCOMPARE(world.act(world.maria, sync::kEdit, rename(held, "x")), ErrorCode::NotFound);
    }

    void peopleAndRightsAreNotADesksBusiness() {
        ServiceWorld world;
        record::User user;
        user.set_display_name("Chef");
        QCOMPARE(world.act(world.maria, sync::kEdit,
                           sync::editArgs(world.anna.user, user,
                                          {record::User::kDisplayNameFieldNumber})),
                 ErrorCode::Forbidden);
        record::Grant grant;
        grant.set_user_id(world.carl.user.bytes());
        grant.set_role(record::ADMIN);
        grant.set_site_id(world.siteA.bytes());
        QCOMPARE(world.act(world.carl, sync::kCreate,
                           world.createArgs(RowId(Uuid::v7(world.now, world.random)), grant)),
                 ErrorCode::Invalid);
        // What only the server may set.
        Customer held = customerAt(world.siteA, "x");
        held.set_held_by_lead(world.siteA.bytes());
        QCOMPARE(world.act(world.anna, sync::kCreate,
                           world.createArgs(RowId(Uuid::v7(world.now, world.random)), held)),
                 ErrorCode::Invalid);
        const RowId lead = world.newLead();
        record::Lead owner;
        owner.set_owner_id(world.anna.user.bytes());
        QCOMPARE(world.act(world.anna, sync::kEdit,
                           sync::editArgs(lead, owner, {record::Lead::kOwnerIdFieldNumber})),
                 ErrorCode::Invalid);
    }

    void aRightThatEndedHasNoEffectLater() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Nord"));
        const auto grants = world.find(recordOf<record::Grant>(), "user_id", world.anna.user);
        const auto outcomes = world.run(
            {AdminCommand(RemoveGrant{.tenant = world.tenant, .grant = grants.at(0)}),
             world.pushOf(world.anna,
                          {world.mutation(world.anna, sync::kEdit, rename(id, "danach"))})});
        QCOMPARE(outcomes[0].rightsChanged.size(), 1U);
        QCOMPARE(codeOf(outcomes[1].replies.at(0).results().results(0)), ErrorCode::NotFound);
        QVERIFY(world.entries("base").back().remove);
    }

    void aReplicaHasOnePerson() {
        ServiceWorld world;
        static_cast<void>(world.create(world.anna, customerAt(world.siteA, "x")));
        Person thief = world.ben;
        thief.who.replica = world.anna.who.replica;
        const auto outcome = world.run(world.pushOf(thief, {}));
        QCOMPARE(outcome.replies.at(0).refused().code(),
                 static_cast<std::uint32_t>(ErrorCode::Forbidden));
    }

    void wrongFramesAreRefused() {
        ServiceWorld world;
        const auto codeOfPush = [&](const PushRequest& request) {
            return static_cast<ErrorCode>(world.run(request).replies.at(0).refused().code());
        };
        const auto edit = world.mutation(world.anna, sync::kEdit, rename(world.siteA, "x"));
        QCOMPARE(codeOfPush(world.pushOf(world.anna, {edit, edit})), ErrorCode::BadFrame);
        QCOMPARE(codeOfPush(world.pushOf(world.anna, std::vector<wire::Mutation>(501, edit))),
                 ErrorCode::BadFrame);
        auto foreign = world.pushOf(world.anna, {edit});
        foreign.push.set_tenant(Uuid::v7(world.now, world.random).bytes());
        QCOMPARE(codeOfPush(foreign), ErrorCode::Forbidden);
        foreign.push.set_tenant("kurz");
        QCOMPARE(codeOfPush(foreign), ErrorCode::BadFrame);
        auto stolen = world.pushOf(world.anna, {edit});
        stolen.who.tokenHash = world.ben.who.tokenHash;
        QCOMPARE(codeOfPush(stolen), ErrorCode::Unauthenticated);
        QVERIFY(world.run(LogoutRequest{.who = world.anna.who}).tokensRevoked.size() == 1);
        QCOMPARE(codeOfPush(world.pushOf(world.anna, {edit})), ErrorCode::Unauthenticated);
    }

    void revStandsPerFacet() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        const auto before = world.row(recordOf<record::Lead>(), lead).row;
        QVERIFY(before.rev(schema::Facet::MAIN) == before.rev(schema::Facet::PRIVATE));
        static_cast<void>(world.claim(world.anna, lead));
        const auto after = world.row(recordOf<record::Lead>(), lead).row;
        QCOMPARE(value(after.rev(schema::Facet::MAIN)), value(world.head()));
        QVERIFY(after.rev(schema::Facet::PRIVATE) == before.rev(schema::Facet::PRIVATE));
        const auto own = world.entries(server::feed::userScope(world.anna.user.view()));
        const auto entry = std::ranges::find(own, lead, &server::store::LogEntry::id);
        QVERIFY(entry != own.end());
        QVERIFY(entry->rev == before.rev(schema::Facet::PRIVATE));
        QVERIFY(entry->seq == world.head());
    }

    void seqIsDense() {
        ServiceWorld world;
        const Seq before = world.head();
        const RowId lead = world.newLead();                                         // raw, lead
        static_cast<void>(world.claim(world.anna, lead));                           // claim
        static_cast<void>(world.create(world.anna, customerAt(world.siteA, "x")));  // create
        QCOMPARE(world.act(world.anna, sync::kEdit, rename(lead, "x")), ErrorCode::NotFound);
        QCOMPARE(value(world.head()), value(before) + 4);
    }

    void afterAFailedCommitNothingWasAnswered() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Alt"));
        const RowId lead = world.newLead();
        const auto edit = world.mutation(world.anna, sync::kEdit, rename(id, "Neu"));
        const std::vector<Request> batch{world.pushOf(world.anna, {edit}),
                                         world.claimOf(world.ben, lead)};
        FaultyStore faulty(world.store());
        faulty.failNextCommit();
        for (const auto& outcome : world.runOn(faulty, batch)) {
            QCOMPARE(outcome.code, ErrorCode::Unavailable);
            QVERIFY(outcome.reopen);
            QVERIFY(outcome.committed.empty());
            QCOMPARE(outcome.replies.size(), 1U);
            QVERIFY(outcome.replies[0].refused().closing());
        }
        world.reopen();
        QVERIFY(world.load<Customer>(id).last_name() == "Alt");
        const auto again = world.run(batch);
        QCOMPARE(codeOf(again[0].replies.at(0).results().results(0)), ErrorCode::Ok);
        QCOMPARE(again[1].replies.at(0).claim_result().outcome(), wire::CLAIM_WON);
    }

    // Refused after it had written something: the others of its batch stand.
    void aLateRefusalTakesBackItsOwnChangeAlone() {
        ServiceWorld world;
        const RowId a = world.create(world.anna, customerAt(world.siteA, "A"));
        const RowId b = world.create(world.anna, customerAt(world.siteA, "B"));
        const auto one = world.mutation(world.anna, sync::kEdit, rename(a, "Eins"));
        const auto two = world.mutation(world.anna, sync::kEdit, rename(b, "Zwei"));
        const auto three = world.mutation(world.anna, sync::kEdit, rename(a, "Drei"));
        FaultyStore faulty(world.store());
        faulty.refuseEntriesOf(b);
        const auto outcomes = world.runOn(faulty, {world.pushOf(world.anna, {one, two, three})});
        const auto& results = outcomes[0].replies.at(0).results();
        QCOMPARE(results.results_size(), 3);
        QCOMPARE(codeOf(results.results(0)), ErrorCode::Ok);
        QCOMPARE(codeOf(results.results(1)), ErrorCode::Internal);
        QCOMPARE(codeOf(results.results(2)), ErrorCode::Ok);
        QVERIFY(world.load<Customer>(a).last_name() == "Drei");
        QVERIFY(world.load<Customer>(b).last_name() == "B");
    }

    void aFullDiskInTheMiddleGivesTheWholeBatchUp() {
        ServiceWorld world;
        const RowId id = world.create(world.anna, customerAt(world.siteA, "Alt"));
        const auto one = world.mutation(world.anna, sync::kEdit, rename(id, "Eins"));
        const auto two = world.mutation(world.anna, sync::kEdit, rename(id, "Zwei"));
        FaultyStore faulty(world.store());
        faulty.failWriteRow(2);
        const auto outcomes = world.runOn(faulty, {world.pushOf(world.anna, {one, two})});
        QVERIFY(outcomes[0].reopen);
        world.reopen();
        QVERIFY(world.load<Customer>(id).last_name() == "Alt");
        QCOMPARE(world.push(world.anna, {one, two}).last_mid(), 3U);
        QVERIFY(world.load<Customer>(id).last_name() == "Zwei");
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::PushTest)
#include "push_test.moc"
