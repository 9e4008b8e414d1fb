// SPDX-License-Identifier: GPL-3.0-or-later
// PROTOCOL.md section 4, DD-92, DD-93: claim, release and return on the real store.
#include "common/schema/customer.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/mutator.h"
#include "server/feed/scopes.h"
#include "tests/support/service_world.h"

#include <QTest>

#include <algorithm>

namespace vorfahrt::tests {

using namespace server::service;
using schema::Facet;
using schema::recordOf;

namespace {

using Scopes = std::set<std::string>;

wire::LeadMoveArgs moveTo(RowId lead, std::uint64_t token, record::LeadStatus to,
                          ServiceWorld& world) {
    wire::LeadMoveArgs args;
    args.set_lead_id(lead.bytes());
    args.set_claim_token(token);
    args.set_to(to);
    args.set_activity_id(Uuid::v7(world.now, world.random).bytes());
    return args;
}

wire::LeadReleaseArgs releaseOf(RowId lead, std::uint64_t token) {
    wire::LeadReleaseArgs args;
    args.set_lead_id(lead.bytes());
    args.set_claim_token(token);
    return args;
}

int countEvents(const record::Lead& lead, record::LeadEventKind kind) {
    return static_cast<int>(std::ranges::count(lead.events(), kind, &record::LeadEvent::kind));
}

}  // namespace

class ClaimTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstClaimWinsAndBringsThePrivateFacet() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        const auto before = world.load<record::Lead>(lead);
        QCOMPARE(before.deadline_ms(), toUnixMs(world.now) + 900'000);
        const auto won = world.claim(world.anna, lead);
        QCOMPARE(won.outcome(), wire::CLAIM_WON);
        QCOMPARE(won.token(), before.claim_token() + 1);
        QVERIFY(won.owner_id() == world.anna.user.view());
        QVERIFY(won.owner_name() == "Person anna");
        record::Lead facet;
        QVERIFY(facet.ParseFromString(won.private_facet()));
        QVERIFY(facet.message() == "Ist der Wagen noch da?");
        const auto after = world.load<record::Lead>(lead);
        QCOMPARE(after.claimed_ms(), toUnixMs(world.now));
        QCOMPARE(after.deadline_ms(), toUnixMs(world.now) + 900'000);
        QCOMPARE(countEvents(after, record::CLAIMED), 1);
        QCOMPARE(countEvents(after, record::PRIVATE_SENT), 1);

        const auto lost = world.claim(world.ben, lead);
        QCOMPARE(lost.outcome(), wire::CLAIM_TAKEN);
        QVERIFY(lost.owner_id() == world.anna.user.view());
        QVERIFY(lost.owner_name() == "Person anna");
        QVERIFY(lost.private_facet().empty());
        QCOMPARE(lost.token(), 0U);
    }

    void theSameClaimIdGetsTheSameAnswer() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        const auto claimA = world.claimOf(world.anna, lead);
        const auto claimB = world.claimOf(world.ben, lead);
        const auto first = world.run({claimA, claimA, claimB, claimB});
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(first[i].replies.size(), 1U);
            QCOMPARE(first[i].replies[0].claim_result().outcome(),
                     i < 2 ? wire::CLAIM_WON : wire::CLAIM_TAKEN);
        }
        const Seq head = world.head();
        const auto again = world.run({claimB, claimA});
        QVERIFY(again[1].replies[0].SerializeAsString() == first[0].replies[0].SerializeAsString());
        QVERIFY(again[0].replies[0].SerializeAsString() == first[2].replies[0].SerializeAsString());
        QCOMPARE(value(world.head()), value(head));
        QVERIFY(again[1].committed.empty());
        QCOMPARE(world.load<record::Lead>(lead).lost_claims(), 1U);

        // Somebody else's claim id is no key to the answer.
        auto foreign = world.claimOf(world.ben, lead);
        foreign.claim.set_claim_id(claimA.claim.claim_id());
        const auto refused = world.run(foreign).replies.at(0).claim_result();
        QCOMPARE(refused.outcome(), wire::CLAIM_REFUSED);
        QCOMPARE(refused.code(), static_cast<std::uint32_t>(ErrorCode::Duplicate));
        QVERIFY(refused.private_facet().empty());
    }

    void fiveHundredClaimsHaveOneWinner_data() {
        QTest::addColumn<int>("batch");
        QTest::newRow("one batch") << 500;
        QTest::newRow("batches of 7") << 7;
        QTest::newRow("one by one") << 1;
    }
    void fiveHundredClaimsHaveOneWinner() {
        QFETCH(int, batch);
        const std::uint64_t seed = 4711;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        ServiceWorld world(seed);
        std::vector<Person> people;
        for (int i = 0; i < 25; ++i) {
            people.push_back(
                world.addPerson("person" + std::to_string(i), record::SALES, world.siteA));
        }
        const RowId lead = world.newLead();
        std::vector<Request> requests;
        for (int i = 0; i < 500; ++i) {
            requests.emplace_back(world.claimOf(people[world.random.below(people.size())], lead));
        }
        std::set<std::string> winners;
        std::set<std::string> owners;
        std::uint32_t taken = 0;
        for (std::size_t i = 0; i < requests.size(); i += static_cast<std::size_t>(batch)) {
            const auto end = std::min(requests.size(), i + static_cast<std::size_t>(batch));
            const auto outcomes = world.run(
                std::vector<Request>(requests.begin() + static_cast<std::ptrdiff_t>(i),
                                     requests.begin() + static_cast<std::ptrdiff_t>(end)));
            for (std::size_t k = 0; k < outcomes.size(); ++k) {
                const auto& result = outcomes[k].replies.at(0).claim_result();
                owners.insert(result.owner_id());
                if (result.outcome() == wire::CLAIM_WON) {
                    winners.insert(result.owner_id());
                    QVERIFY(!result.private_facet().empty());
                    QCOMPARE(result.token(), 1U);
                } else {
                    QCOMPARE(result.outcome(), wire::CLAIM_TAKEN);
                    QVERIFY(result.private_facet().empty());
                    ++taken;
                }
            }
        }
        QCOMPARE(winners.size(), 1U);
        QVERIFY(owners == winners);
        const auto record = world.load<record::Lead>(lead);
        QCOMPARE(record.claim_token(), 1U);
        QCOMPARE(record.lost_claims(), taken);
        QCOMPARE(countEvents(record, record::CLAIM_LOST), 20);
        QCOMPARE(countEvents(record, record::CLAIMED), 1);
    }

    void nothingOfAnUnclaimedLeadIsInAnyScope() {
        ServiceWorld world;
        server::intake::Enquiry enquiry;
        enquiry.person.first = "KANARIEVOR";
        enquiry.person.last = "KANARIENACH";
        enquiry.person.emails = {"kanarie@example.org"};
        enquiry.person.phones = {"+49 40 1234567"};
        enquiry.person.postcode = "20095";
        enquiry.message = "KANARIETEXT";
        enquiry.tradeIn.emplace().make = "KANARIEMARKE";
        enquiry.wish.emplace().make = "Volvo";
        const RowId lead = world.arrive(enquiry).lead;
        const Scopes none;
        const auto record = world.load<record::Lead>(lead);
        const auto customer = *RowId::fromBytes(record.customer_id());
        const auto points = world.find(recordOf<record::ContactPoint>(), "customer_id", customer);
        const auto lines = world.find(recordOf<record::Activity>(), "lead_id", lead);
        const auto vehicle = *RowId::fromBytes(record.trade_in_id());
        QCOMPARE(points.size(), 2U);
        QCOMPARE(lines.size(), 1U);
        QVERIFY(world.scopes(recordOf<record::Lead>(), lead, Facet::MAIN) ==
                Scopes{server::feed::leadsScope(world.siteA.view())});
        QVERIFY(world.scopes(recordOf<record::Lead>(), lead, Facet::PRIVATE) == none);
        QVERIFY(world.scopes(recordOf<record::Customer>(), customer, Facet::MAIN) == none);
        QVERIFY(world.scopes(recordOf<record::ContactPoint>(), points[0], Facet::MAIN) == none);
        QVERIFY(world.scopes(recordOf<record::Vehicle>(), vehicle, Facet::MAIN) == none);
        QVERIFY(world.scopes(recordOf<record::Activity>(), lines[0], Facet::MAIN) == none);
        QVERIFY(world.scopes(recordOf<record::Activity>(), lines[0], Facet::PRIVATE) == none);
        for (const Person* person : {&world.anna, &world.maria, &world.carl}) {
            const std::string sent = world.everythingSentTo(*person);
            QVERIFY(sent.find("KANARIE") == std::string::npos);
            QVERIFY(sent.find("kanarie") == std::string::npos);
            QVERIFY(sent.find("1234567") == std::string::npos);
            QVERIFY(sent.find(customer.view()) == std::string::npos);
        }

        QCOMPARE(world.claim(world.anna, lead).outcome(), wire::CLAIM_WON);
        const std::string owner = world.everythingSentTo(world.anna);
        for (const char* text : {"KANARIEVOR", "KANARIENACH", "KANARIETEXT", "KANARIEMARKE",
                                 "kanarie@example.org", "+49401234567"}) {
            QVERIFY2(owner.find(text) != std::string::npos, text);
        }
        const std::string colleague = world.everythingSentTo(world.ben);
        QVERIFY(colleague.find("KANARIENACH") != std::string::npos);
        QVERIFY(colleague.find("KANARIETEXT") == std::string::npos);
        QVERIFY(world.everythingSentTo(world.maria).find("KANARIETEXT") != std::string::npos);
        QVERIFY(world.everythingSentTo(world.carl).find("KANARIE") == std::string::npos);
    }

    void releaseTakesThePrivateFacetBack() {
        ServiceWorld world;
        const RowId lead = world.newLead("Zurueck");
        const auto won = world.claim(world.anna, lead);
        const std::string own = server::feed::userScope(world.anna.user.view());
        const Seq before = world.head();
        QCOMPARE(world.act(world.anna, sync::kLeadRelease, releaseOf(lead, won.token())),
                 ErrorCode::Ok);
        const auto entries = world.entries(own, before);
        std::set<std::uint32_t> removed;
        for (const auto& entry : entries) {
            QVERIFY(entry.remove);
            // Of a message both facets go: neither says anything without the other.
            QVERIFY(entry.facet == Facet::PRIVATE ||
                    entry.table == recordOf<record::IntakeMessage>().number);
            removed.insert(entry.table);
        }
        QVERIFY(removed.contains(recordOf<record::Lead>().number));
        QVERIFY(removed.contains(recordOf<record::Activity>().number));
        QVERIFY(removed.contains(recordOf<record::IntakeMessage>().number));
        for (const Person* person : {&world.anna, &world.ben, &world.maria}) {
            QVERIFY(world.everythingSentTo(*person).find("Ist der Wagen") == std::string::npos);
            // Who he is stays with the site after the first claim.
            QVERIFY(world.everythingSentTo(*person).find("Zurueck") != std::string::npos);
        }
        const auto record = world.load<record::Lead>(lead);
        QVERIFY(record.owner_id().empty());
        QCOMPARE(record.claim_token(), won.token() + 1);
        QCOMPARE(record.deadline_ms(), toUnixMs(world.now) + 900'000);
        QCOMPARE(countEvents(record, record::RELEASED), 1);

        // The next one gets it; the former owner's token is dead.
        const auto next = world.claim(world.ben, lead);
        QCOMPARE(next.token(), won.token() + 2);
        QVERIFY(!next.private_facet().empty());
        QCOMPARE(world.act(world.anna, sync::kLeadMove,
                           moveTo(lead, won.token(), record::CONTACTED, world)),
                 ErrorCode::StaleToken);
        // With the token of the new owner he is simply not the owner.
        QCOMPARE(world.act(world.anna, sync::kLeadMove,
                           moveTo(lead, next.token(), record::CONTACTED, world)),
                 ErrorCode::Forbidden);
        QCOMPARE(world.act(world.maria, sync::kLeadMove,
                           moveTo(lead, next.token(), record::CONTACTED, world)),
                 ErrorCode::Ok);
    }

    void aLateAnswerToAnOldClaimShowsNothingPrivate() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        const auto claim = world.claimOf(world.anna, lead);
        const auto won = world.run(claim).replies.at(0).claim_result();
        QCOMPARE(world.act(world.anna, sync::kLeadRelease, releaseOf(lead, won.token())),
                 ErrorCode::Ok);
        const auto again = world.run(claim).replies.at(0).claim_result();
        QCOMPARE(again.outcome(), wire::CLAIM_WON);
        QCOMPARE(again.token(), won.token());
        QVERIFY(again.private_facet().empty());
    }

    void theTimerReturnsWhatNobodyWorkedOn() {
        ServiceWorld world;
        const RowId idle = world.newLead("Liegt");
        const RowId worked = world.newLead("Bearbeitet");
        const RowId waiting = world.newLead("Wartet");
        const auto token = world.claim(world.anna, idle).token();
        const auto other = world.claim(world.anna, worked).token();
        QCOMPARE(
            world.act(world.anna, sync::kLeadMove, moveTo(worked, other, record::CONTACTED, world)),
            ErrorCode::Ok);
        QCOMPARE(world.load<record::Lead>(worked).deadline_ms(), 0);

        world.now += std::chrono::seconds(899);
        QVERIFY(world.run(TimerRequest{}).committed.empty());
        world.now += std::chrono::seconds(2);
        const auto outcome = world.run(TimerRequest{});
        QCOMPARE(outcome.code, ErrorCode::Ok);
        QCOMPARE(outcome.committed.size(), 2U);

        const auto returned = world.load<record::Lead>(idle);
        QVERIFY(returned.owner_id().empty());
        QCOMPARE(returned.claim_token(), token + 1);
        QCOMPARE(countEvents(returned, record::RETURNED), 1);
        QCOMPARE(returned.deadline_ms(), toUnixMs(world.now) + 900'000);
        QVERIFY(world.scopes(recordOf<record::Lead>(), idle, Facet::PRIVATE).empty());
        QCOMPARE(
            world.act(world.anna, sync::kLeadMove, moveTo(idle, token, record::CONTACTED, world)),
            ErrorCode::StaleToken);
        QVERIFY(world.load<record::Lead>(worked).owner_id() == world.anna.user.view());
        const auto still = world.load<record::Lead>(waiting);
        QVERIFY(still.owner_id().empty());
        QCOMPARE(still.deadline_ms(), 0);
        QCOMPARE(world.claim(world.ben, waiting).outcome(), wire::CLAIM_WON);
    }

    void aNoteOfTheOwnerIsFirstWork() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        const auto won = world.claim(world.anna, lead);
        QCOMPARE(won.outcome(), wire::CLAIM_WON);
        record::Activity note;
        note.set_lead_id(lead.bytes());
        note.set_site_id(world.siteA.bytes());
        note.set_kind(record::NOTE);
        note.set_text("angerufen");
        static_cast<void>(world.create(world.ben, note));
        QVERIFY(world.load<record::Lead>(lead).deadline_ms() != 0);
        static_cast<void>(world.create(world.anna, note));
        QCOMPARE(world.load<record::Lead>(lead).deadline_ms(), 0);
    }

    void whoMayNotSeeALeadFindsNone() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        QCOMPARE(world.claim(world.carl, lead).outcome(), wire::CLAIM_GONE);
        QCOMPARE(world.claim(world.carl, RowId(Uuid::v7(world.now, world.random))).outcome(),
                 wire::CLAIM_GONE);
        QCOMPARE(world.act(world.carl, sync::kLeadMove, moveTo(lead, 0, record::CONTACTED, world)),
                 ErrorCode::NotFound);
        const auto token = world.claim(world.anna, lead).token();
        auto close = moveTo(lead, token, record::LOST, world);
        QCOMPARE(world.act(world.anna, sync::kLeadMove, close), ErrorCode::Invalid);
        close.set_close_reason("woanders gekauft");
        QCOMPARE(world.act(world.anna, sync::kLeadMove, close), ErrorCode::Ok);
        QCOMPARE(world.claim(world.ben, lead).outcome(), wire::CLAIM_GONE);
        QCOMPARE(world.act(world.anna, sync::kLeadMove, moveTo(lead, token, record::OFFER, world)),
                 ErrorCode::RejectedState);
    }

    void aDisabledPersonClaimsNothing() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        const auto outcome = world.run(DisableUser{.login = "Anna "});
        QCOMPARE(outcome.code, ErrorCode::Ok);
        QVERIFY(outcome.signedOut == std::vector{world.anna.account});
        QCOMPARE(outcome.rightsChanged.size(), 1U);
        const auto refused = world.claim(world.anna, lead);
        QCOMPARE(refused.outcome(), wire::CLAIM_REFUSED);
        QCOMPARE(refused.code(), static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
        const auto push = world.run(world.pushOf(world.anna, {}));
        QCOMPARE(push.replies.at(0).refused().code(),
                 static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
        QVERIFY(push.replies.at(0).refused().closing());
        QVERIFY(!world.run(FindLoginRequest{.login = "anna"}).account);
        QCOMPARE(world
                     .run(IssueTokenRequest{.account = world.anna.account,
                                            .checkedHash = "no password",
                                            .device = world.anna.who.device,
                                            .newHash = {}})
                     .code,
                 ErrorCode::Unauthenticated);
    }

    void aLeadOfAKnownCustomerDoesNotShowHim() {
        ServiceWorld world;
        record::Customer customer;
        customer.set_last_name("Bekannt");
        customer.set_site_id(world.siteA.bytes());
        const RowId id = world.create(world.anna, customer);
        record::ContactPoint point;
        point.set_customer_id(id.bytes());
        point.set_kind(record::EMAIL_ADDRESS);
        point.set_value("Bekannt@Example.org");
        point.set_site_id(world.siteA.bytes());
        const RowId pointId = world.create(world.anna, point);
        QVERIFY(world.load<record::ContactPoint>(pointId).canonical() == "bekannt@example.org");

        server::intake::Enquiry enquiry;
        enquiry.person.last = "Bekannt";
        enquiry.person.emails = {"bekannt@example.org"};
        enquiry.person.phones = {"0171 9876543"};
        enquiry.message = "Noch eine Frage";
        const Seq before = world.head();
        const RowId lead = world.arrive(enquiry).lead;
        const auto record = world.load<record::Lead>(lead);
        QVERIFY(record.customer_id() == id.view());
        for (const Person* person : {&world.anna, &world.ben, &world.maria}) {
            // The customer was there before; the lead brings no byte that names him.
            std::string fresh;
            for (const auto& scope :
                 {std::string("base"), server::feed::siteScope(world.siteA.view()),
                  server::feed::leadsScope(world.siteA.view()),
                  server::feed::managerScope(world.siteA.view()),
                  server::feed::userScope(person->user.view())}) {
                for (const auto& entry : world.entries(scope, before)) {
                    QVERIFY(!entry.remove);
                    fresh += entry.id.view();
                    fresh += world.row(*schema::recordByNumber(entry.table), entry.id)
                                 .row.body(entry.facet);
                }
            }
            QVERIFY(fresh.find(lead.view()) != std::string::npos);
            QVERIFY(fresh.find(id.view()) == std::string::npos);
            QVERIFY(fresh.find("Noch eine Frage") == std::string::npos);
            QVERIFY(fresh.find("9876543") == std::string::npos);
        }
        QCOMPARE(world.claim(world.anna, lead).outcome(), wire::CLAIM_WON);
        const auto points = world.find(recordOf<record::ContactPoint>(), "customer_id", id);
        QCOMPARE(points.size(), 2U);
        QVERIFY(world.everythingSentTo(world.anna).find("9876543") != std::string::npos);
    }

    void aCustomerSharedByTwoLeadsComesWithTheFirstClaimOfEither() {
        ServiceWorld world;
        server::intake::Enquiry enquiry;
        enquiry.person.last = "Doppelt";
        enquiry.person.emails = {"doppelt@example.org"};
        enquiry.message = "erste";
        const RowId first = world.arrive(enquiry).lead;
        enquiry.message = "zweite";
        const RowId second = world.arrive(enquiry).lead;
        QVERIFY(first != second);
        QVERIFY(world.load<record::Lead>(first).customer_id() ==
                world.load<record::Lead>(second).customer_id());
        QCOMPARE(world.claim(world.anna, second).outcome(), wire::CLAIM_WON);
        const std::string sent = world.everythingSentTo(world.anna);
        QVERIFY(sent.find("doppelt@example.org") != std::string::npos);
        QVERIFY(sent.find("zweite") != std::string::npos);
        QVERIFY(sent.find("erste") == std::string::npos);
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::ClaimTest)
#include "claim_test.moc"
