// SPDX-License-Identifier: GPL-3.0-or-later
// Lead mails as rows (DD-25, DD-59, DD-93, G-11): stored first, one lead an enquiry, nothing lost.
#include "server/service/intake_service.h"

#include "common/schema/customer.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/mutator.h"
#include "server/feed/scopes.h"
#include "tests/support/service_world.h"

#include <QTest>

namespace vorfahrt::tests {

using namespace server::service;
using record::IntakeMessage;
using record::Lead;
using schema::Facet;
using schema::recordOf;
using server::intake::Enquiry;

namespace {

Enquiry enquiryOf(const std::string& mail, const std::string& message) {
    Enquiry enquiry;
    enquiry.person.first = "Erika";
    enquiry.person.last = "Beispiel";
    enquiry.person.emails = {mail};
    enquiry.person.phones = {"0171 2345678"};
    enquiry.person.postcode = "20095";
    enquiry.message = message;
    enquiry.wish.emplace();
    enquiry.wish->make = "Volvo";
    enquiry.wish->model = "V60";
    enquiry.wish->variant = "B4";
    enquiry.wish->priceCents = 2'599'000;
    enquiry.wish->mileageKm = 45'000;
    return enquiry;
}

std::string adfMail(const std::string& messageId, const std::string& requestDate) {
    return "Message-ID: <" + messageId +
           ">\r\nFrom: Portal <noreply@portal.example>\r\nTo: lead@nord.example\r\n"
           "Subject: Anfrage\r\nMIME-Version: 1.0\r\nContent-Type: application/xml\r\n\r\n"
           "<?xml version=\"1.0\"?><?adf version=\"1.0\"?><adf><prospect><requestdate>" +
           requestDate +
           "</requestdate><vehicle interest=\"buy\"><year>2021</year><make>Volvo</make>"
           "<model>V60</model></vehicle><customer><contact><name part=\"first\">Erika</name>"
           "<name part=\"last\">Beispiel</name><email>erika@example.org</email></contact>"
           "<comments>Noch da?</comments></customer><vendor><contact><name "
           "part=\"full\">Nord</name></contact></vendor></prospect></adf>\r\n";
}

bool isSent(ServiceWorld& world, const Person& person, std::string_view text) {
    return world.everythingSentTo(person).find(text) != std::string::npos;
}

}  // namespace

class IntakeServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMailIsDurableBeforeItIsRead() {
        ServiceWorld world;
        const auto bytes =
            std::make_shared<const std::string>(adfMail("a@x", "2026-09-21T10:00:00+02:00"));
        const auto stored = world.run(MailRequest{
            .envelopeFrom = "a@example.org", .envelopeTo = "lead@nord.example", .bytes = bytes});
        QCOMPARE(stored.code, ErrorCode::Ok);
        QCOMPARE(stored.parse.size(), 1U);
        const RowId id = stored.parse[0].intake;
        QCOMPARE(world.load<IntakeMessage>(id).state(), record::RECEIVED);
        QVERIFY(world.scopes(recordOf<IntakeMessage>(), id, Facet::MAIN).empty());
        // The server stops here and starts again.
        world.reopen();
        const auto found = world.run(UnparsedRequest{});
        QCOMPARE(found.parse.size(), 1U);
        QVERIFY(found.parse[0].intake == id);
        QVERIFY(*found.parse[0].bytes == *bytes);
        const auto recognised = readMail(found.parse[0]);
        QCOMPARE(world.run(recognised).committed.size(), 1U);
        const auto message = world.load<IntakeMessage>(id);
        QCOMPARE(message.state(), record::RECOGNISED);
        QVERIFY(world.run(UnparsedRequest{}).parse.empty());
        // Applied twice, as after a lost answer: nothing more.
        QVERIFY(world.run(recognised).committed.empty());
        QVERIFY(world.load<Lead>(*RowId::fromBytes(message.lead_id())).wish().make() == "Volvo");
    }

    void addressesAreKnownOrNot() {
        ServiceWorld world;
        QCOMPARE(world.run(FindRecipientRequest{.address = "<LEAD@nord.example>"}).code,
                 ErrorCode::Ok);
        QCOMPARE(world.run(FindRecipientRequest{.address = "lead@sued.example"}).code,
                 ErrorCode::NotFound);
        QCOMPARE(world
                     .run(MailRequest{.envelopeFrom = {},
                                      .envelopeTo = "lead@sued.example",
                                      .bytes = std::make_shared<const std::string>("x")})
                     .code,
                 ErrorCode::NotFound);
    }

    void aLeadHasWhatTheEnquirySays() {
        ServiceWorld world;
        Enquiry enquiry = enquiryOf("Erika@Example.org", "Noch da?\nGruss");
        enquiry.kind = server::intake::EnquiryKind::TestDrive;
        enquiry.person.salutation = "Frau";
        const auto arrived = world.arrive(enquiry, "m1@x");
        const auto lead = world.load<Lead>(arrived.lead);
        QCOMPARE(lead.number(), 1U);
        QVERIFY(lead.site_id() == world.siteA.view());
        QVERIFY(lead.source_id() == world.sourceA.view());
        QVERIFY(lead.wish().model() == "V60 B4");
        QCOMPARE(lead.wish().price_cents(), 2'599'000);
        QCOMPARE(lead.wish().mileage_km(), 45'000U);
        QVERIFY(lead.region() == "Hamburg");
        QVERIFY(lead.test_drive_wanted());
        QVERIFY(lead.message() == "Noch da?\nGruss");
        QVERIFY(lead.intake_id() == arrived.intake.view());
        const RowId customerId = *RowId::fromBytes(lead.customer_id());
        const auto customer = world.load<record::Customer>(customerId);
        QVERIFY(customer.last_name() == "Beispiel");
        QCOMPARE(customer.salutation(), record::FRAU);
        std::set<std::string> canonical;
        for (const RowId id :
             world.find(recordOf<record::ContactPoint>(), "customer_id", customerId)) {
            canonical.insert(world.load<record::ContactPoint>(id).canonical());
        }
        QVERIFY((canonical == std::set<std::string>{"erika@example.org", "+491712345678"}));
        const auto lines = world.find(recordOf<record::Activity>(), "lead_id", arrived.lead);
        QCOMPARE(lines.size(), 1U);
        const auto line = world.load<record::Activity>(lines[0]);
        QCOMPARE(line.kind(), record::MESSAGE_IN);
        QVERIFY(line.message() == lead.message());
        QCOMPARE(world.load<Lead>(world.newLead("Zweiter")).number(), 2U);
    }

    void theSameEnquiryIsOneLead_data() {
        QTest::addColumn<QString>("messageId");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("mail");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<bool>("same");
        QTest::newRow("same message") << "m1@x" << "anderer Text" << "b@example.org" << 600 << true;
        QTest::newRow("same content soon")
            << "m2@x" << "Noch da?" << "erika@example.org" << 9 << true;
        QTest::newRow("same content later")
            << "m2@x" << "Noch da?" << "erika@example.org" << 11 << false;
        QTest::newRow("other text") << "m2@x" << "Andere" << "erika@example.org" << 1 << false;
        QTest::newRow("same phone") << "m2@x" << "Noch da?" << "neu@example.org" << 1 << true;
    }
    void theSameEnquiryIsOneLead() {
        QFETCH(QString, messageId);
        QFETCH(QString, text);
        QFETCH(QString, mail);
        QFETCH(int, minutes);
        QFETCH(bool, same);
        ServiceWorld world;
        const auto first = world.arrive(enquiryOf("erika@example.org", "Noch da?"), "m1@x");
        world.now += std::chrono::minutes(minutes);
        const auto second = world.arrive(enquiryOf(mail.toStdString(), text.toStdString()),
                                         messageId.toStdString());
        const auto message = world.load<IntakeMessage>(second.intake);
        QCOMPARE(second.lead == first.lead, same);
        QCOMPARE(message.state(), same ? record::DUPLICATE_ENQUIRY : record::RECOGNISED);
    }

    void theRequestDateCountsWhereThereIsOne() {
        ServiceWorld world;
        const auto first = world.mail(adfMail("1@x", "2026-09-21T10:00:00+02:00"));
        world.now += std::chrono::hours(5);
        const auto repeated = world.mail(adfMail("2@x", "2026-09-21T10:00:00+02:00"));
        const auto later = world.mail(adfMail("3@x", "2026-09-21T10:30:00+02:00"));
        QVERIFY(!first.lead.isNone());
        QVERIFY(repeated.lead == first.lead);
        QVERIFY(later.lead != first.lead && !later.lead.isNone());
    }

    void whatIsNotUnderstoodIsShownToManagers() {
        ServiceWorld world;
        const auto arrived = world.mail(
            "Message-ID: <n@x>\r\nFrom: Max <max@example.org>\r\nSubject: Hallo\r\n\r\nWann "
            "haben Sie GEHEIMWORT offen?\r\n");
        const auto message = world.load<IntakeMessage>(arrived.intake);
        QCOMPARE(message.state(), record::NOT_RECOGNISED);
        QVERIFY(arrived.lead.isNone());
        QVERIFY(message.subject() == "Hallo");
        QVERIFY(message.sender().find("max@example.org") != std::string::npos);
        QVERIFY(world.everythingSentTo(world.maria).find("GEHEIMWORT") != std::string::npos);
        QVERIFY(world.everythingSentTo(world.anna).find("GEHEIMWORT") == std::string::npos);

        wire::IntakeDismissArgs dismiss;
        dismiss.set_intake_id(arrived.intake.bytes());
        QCOMPARE(world.act(world.anna, sync::kIntakeDismiss, dismiss), ErrorCode::NotFound);

        wire::IntakeConvertArgs convert;
        const RowId lead(Uuid::v7(world.now, world.random));
        convert.set_intake_id(arrived.intake.bytes());
        convert.set_lead_id(lead.bytes());
        convert.set_last_name("Max");
        convert.set_email("max@example.org");
        convert.mutable_wish()->set_make("Opel");
        QCOMPARE(world.act(world.anna, sync::kIntakeConvert, convert), ErrorCode::NotFound);
        QCOMPARE(world.act(world.maria, sync::kIntakeConvert, convert), ErrorCode::Ok);
        const auto record = world.load<Lead>(lead);
        QVERIFY(record.message().find("GEHEIMWORT") != std::string::npos);
        QVERIFY(record.wish().make() == "Opel");
        QVERIFY(world.everythingSentTo(world.maria).find("GEHEIMWORT") == std::string::npos);
        QCOMPARE(world.claim(world.anna, lead).outcome(), wire::CLAIM_WON);
        QCOMPARE(world.act(world.maria, sync::kIntakeConvert, convert), ErrorCode::RejectedState);
    }

    void brokenMailsShowWhatCame() {
        ServiceWorld world;
        const auto arrived = world.mail(
            "From: a@example.org\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=\"x\r\n\r\n--x\r\n"
            "Content-Type: text/plain\r\n\r\nWas kostet der rote Wagen \xC3\x28\r\n--x\r\n");
        const auto message = world.load<IntakeMessage>(arrived.intake);
        QCOMPARE(message.state(), record::NOT_RECOGNISED);
        QVERIFY(message.text().find("Was kostet der rote Wagen") != std::string::npos);
        QVERIFY(message.text().find("MIME-Version") == std::string::npos);
    }

    void spamIsDismissedOnce() {
        ServiceWorld world;
        const auto arrived = world.mail("Subject: Gewinn\r\n\r\nKlick hier\r\n");
        wire::IntakeDismissArgs dismiss;
        dismiss.set_intake_id(arrived.intake.bytes());
        QCOMPARE(world.act(world.maria, sync::kIntakeDismiss, dismiss), ErrorCode::Ok);
        QCOMPARE(world.load<IntakeMessage>(arrived.intake).state(), record::DISMISSED);
        QCOMPARE(world.act(world.maria, sync::kIntakeDismiss, dismiss), ErrorCode::RejectedState);
    }

    void absenceNotesAreNobodysWork() {
        ServiceWorld world;
        const auto arrived = world.mail(
            "From: a@example.org\r\nAuto-Submitted: auto-replied\r\nSubject: Urlaub\r\n\r\nIch "
            "bin nicht da\r\n");
        QCOMPARE(world.load<IntakeMessage>(arrived.intake).state(), record::IGNORED);
        QVERIFY(world.scopes(recordOf<IntakeMessage>(), arrived.intake, Facet::MAIN).empty());
    }

    void newRulesReadAnOldMail() {
        ServiceWorld world;
        const std::string mail = "Message-ID: <f@x>\r\nSubject: Frage\r\n\r\nHallo\r\n";
        const auto arrived = world.mail(mail);
        const auto again =
            world.run(ParseAgainRequest{.tenant = world.tenant, .intake = arrived.intake});
        QCOMPARE(again.parse.size(), 1U);
        auto recognised = readMail(again.parse[0]);
        recognised.recognition.enquiries.push_back(enquiryOf("x@example.org", "Hallo"));
        // A copy that came meanwhile does not keep the first one from becoming a lead.
        const auto copy = world.mail(mail);
        QCOMPARE(world.load<IntakeMessage>(copy.intake).state(), record::DUPLICATE_ENQUIRY);
        QCOMPARE(world.run(recognised).code, ErrorCode::Ok);
        QCOMPARE(world.load<IntakeMessage>(arrived.intake).state(), record::RECOGNISED);
    }

    void hostileValuesMakeALeadAllTheSame() {
        ServiceWorld world;
        Enquiry enquiry = enquiryOf("kein Mail", std::string(200'000, 'x'));
        enquiry.person.last = std::string(5'000, 'y');
        enquiry.person.first = std::string("a\0b\x01\xff", 5);
        enquiry.person.company = "\xc3\x28";
        enquiry.person.phones = std::vector<std::string>(500, "abc");
        enquiry.wish->text = std::string(90'000, 'z');
        enquiry.wish->mileageKm = -5;
        enquiry.wish->priceCents = -1;
        enquiry.tradeIn = enquiry.wish;
        enquiry.tradeIn->vin = std::string(80, 'V');
        const auto arrived = world.arrive(enquiry, std::string(5'000, 'm'));
        QVERIFY(!arrived.lead.isNone());
        const auto lead = world.load<Lead>(arrived.lead);
        QCOMPARE(lead.message().size(), 65'536U);
        QCOMPARE(lead.wish().mileage_km(), 0U);
    }

    void twoProspectsAreTwoLeads() {
        ServiceWorld world;
        const auto stored =
            world.run(MailRequest{.envelopeFrom = "a@example.org",
                                  .envelopeTo = "lead@nord.example",
                                  .bytes = std::make_shared<const std::string>("raw")});
        RecognisedRequest request{.tenant = world.tenant,
                                  .intake = stored.parse.at(0).intake,
                                  .messageId = "two@x",
                                  .sender = {},
                                  .subject = {},
                                  .text = {},
                                  .recognition = {}};
        request.recognition.enquiries = {enquiryOf("a@example.org", "eins"),
                                         enquiryOf("b@example.org", "zwei"),
                                         enquiryOf("a@example.org", "eins")};
        const auto outcome = world.run(request);
        QCOMPARE(outcome.code, ErrorCode::Ok);
        QCOMPARE(world.load<Lead>(world.newLead("Danach")).number(), 3U);
    }

    void oneEnquiryToTwoSitesIsOneLeadThatNamesBoth_data() {
        QTest::addColumn<QString>("secondId");
        QTest::addColumn<bool>("claimed");
        QTest::newRow("two mails") << "m2@x" << false;
        QTest::newRow("one mail to both") << "m1@x" << false;
        QTest::newRow("after the claim") << "m2@x" << true;
    }
    void oneEnquiryToTwoSitesIsOneLeadThatNamesBoth() {
        QFETCH(QString, secondId);
        QFETCH(bool, claimed);
        ServiceWorld world;
        const Enquiry enquiry = enquiryOf("erika@example.org", "Noch da?");
        const auto first = world.arrive(enquiry, "m1@x");
        if (claimed) {
            QCOMPARE(world.claim(world.anna, first.lead).outcome(), wire::CLAIM_WON);
        }
        world.now += std::chrono::minutes(3);
        const std::string sued = "lead@sued.site.example";
        const auto second = world.arrive(enquiry, secondId.toStdString(), sued);
        QVERIFY(second.lead == first.lead);
        QCOMPARE(world.load<IntakeMessage>(second.intake).state(), record::DUPLICATE_ENQUIRY);
        // The same again by the same way is not told twice.
        static_cast<void>(world.arrive(enquiry, "m3@x", sued));
        std::vector<record::Activity> told;
        for (const RowId id : world.find(recordOf<record::Activity>(), "lead_id", first.lead)) {
            const auto line = world.load<record::Activity>(id);
            if (line.source_id() == world.sourceB.view()) {
                told.push_back(line);
                QCOMPARE(world.scopes(recordOf<record::Activity>(), id, Facet::MAIN).empty(),
                         !claimed);
            }
        }
        QCOMPARE(told.size(), 1U);
        QCOMPARE(told[0].kind(), record::MESSAGE_IN);
        QVERIFY(told[0].text() == "Portal · Sued");
        QVERIFY(told[0].message().empty());
        QCOMPARE(isSent(world, world.anna, "Portal · Sued"), claimed);
        if (!claimed) {
            QCOMPARE(world.claim(world.anna, first.lead).outcome(), wire::CLAIM_WON);
        }
        QVERIFY(isSent(world, world.anna, "Portal · Sued"));
        QVERIFY(!isSent(world, world.carl, "Portal · Sued"));
    }

    void aNumberWithoutItsTrunkZeroIsTheSameOnlyForTheSameName_data() {
        QTest::addColumn<QString>("known");
        QTest::addColumn<QString>("phone");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("same");
        QTest::newRow("0 left out") << "0171 2345678" << "171 2345678" << "Beispiel" << true;
        QTest::newRow("0 added") << "171 2345678" << "0171 2345678" << "Beispiel" << true;
        QTest::newRow("+49") << "393-999-3922" << "+49 393 9993922" << "BEISPIEL" << true;
        QTest::newRow("never a 0") << "393-999-3922" << "393 999 3922" << "Beispiel" << true;
        QTest::newRow("other person") << "0171 2345678" << "171 2345678" << "Muster" << false;
        QTest::newRow("no name") << "393-999-3922" << "393-999-3922" << "" << false;
        QTest::newRow("other country")
            << "393-999-3922" << "+1 393-999-3922" << "Beispiel" << false;
        QTest::newRow("no area code") << "040 554433" << "554433" << "Beispiel" << false;
        QTest::newRow("short both") << "55443322" << "55443322" << "Beispiel" << false;
        QTest::newRow("proof needs no name")
            << "0171 2345678" << "0171/2345678" << "Muster" << true;
    }
    void aNumberWithoutItsTrunkZeroIsTheSameOnlyForTheSameName() {
        QFETCH(QString, known);
        QFETCH(QString, phone);
        QFETCH(QString, name);
        QFETCH(bool, same);
        ServiceWorld world;
        Enquiry enquiry = enquiryOf({}, "Erste Frage");
        enquiry.person.emails.clear();
        enquiry.person.phones = {known.toStdString()};
        const auto first = world.load<Lead>(world.arrive(enquiry).lead);
        enquiry.message = "Zweite Frage";
        enquiry.person.phones = {phone.toStdString()};
        enquiry.person.last = name.toStdString();
        const auto second = world.load<Lead>(world.arrive(enquiry).lead);
        QVERIFY(first.number() != second.number());
        QCOMPARE(second.customer_id() == first.customer_id(), same);
        const auto points = world.find(recordOf<record::ContactPoint>(), "customer_id",
                                       *RowId::fromBytes(first.customer_id()));
        QCOMPARE(points.size(), 1U);
    }

    void fatherAndSonAreNotGuessed() {
        ServiceWorld world;
        for (int i = 0; i < 2; ++i) {
            record::Customer customer;
            customer.set_first_name("Erika");
            customer.set_last_name("Beispiel");
            customer.set_site_id(world.siteA.bytes());
            record::ContactPoint point;
            point.set_customer_id(world.create(world.anna, customer).bytes());
            point.set_kind(record::PHONE);
            point.set_value("0171 2345678");
            point.set_site_id(world.siteA.bytes());
            static_cast<void>(world.create(world.anna, point));
        }
        Enquiry enquiry = enquiryOf({}, "Hallo");
        enquiry.person.emails.clear();
        enquiry.person.phones = {"171 2345678"};
        const auto lead = world.load<Lead>(world.arrive(enquiry).lead);
        const auto customer = world.load<record::Customer>(*RowId::fromBytes(lead.customer_id()));
        QVERIFY(!customer.held_by_lead().empty());  // a new one
    }

    void aCustomerOfAnotherSiteIsNotPointedAt() {
        ServiceWorld world;
        record::Customer customer;
        customer.set_last_name("Sued");
        customer.set_site_id(world.siteB.bytes());
        const RowId id = world.create(world.carl, customer);
        record::ContactPoint point;
        point.set_customer_id(id.bytes());
        point.set_kind(record::EMAIL_ADDRESS);
        point.set_value("erika@example.org");
        point.set_site_id(world.siteB.bytes());
        static_cast<void>(world.create(world.carl, point));
        const auto arrived = world.arrive(enquiryOf("erika@example.org", "Hallo"));
        QVERIFY(world.load<Lead>(arrived.lead).customer_id() != id.view());
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::IntakeServiceTest)
#include "intake_service_test.moc"
