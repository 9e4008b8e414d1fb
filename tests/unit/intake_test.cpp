// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/adf.h"
#include "server/intake/enquiry_identity.h"
#include "server/intake/html_text.h"
#include "server/intake/label_mail.h"
#include "server/intake/mime.h"
#include "server/intake/pattern.h"
#include "server/intake/recognise.h"
#include "server/intake/text.h"
#include "tests/unit/intake_fixtures.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QtTest/QtTest>

using namespace vorfahrt;
using namespace vorfahrt::server::intake;
using namespace vorfahrt::test;

namespace {

std::vector<MailRule> builtIn() {
    auto rules = parseMailRules(builtInMailRulesJson());
    return rules ? *rules : std::vector<MailRule>{};
}

Recognition read(std::string_view raw) {
    const auto mail = parseMail(raw);
    if (!mail) {
        return {};
    }
    return recognise(*mail, builtIn());
}

const TimePoint kMarch = fromUnixMs(1772356500000);  // 2026-03-01T09:15:00Z

}  // namespace

class IntakeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labelMails_data() { rowsStarting("label"); }
    void labelMails() {
        const Recognition got = fetched();
        QCOMPARE(QString::fromStdString(got.reason), QString());
        QCOMPARE(got.parser, std::string("german-labels/1"));
        const Enquiry& e = got.enquiries.at(0);
        QCOMPARE(e.source, std::string("Autoportal"));
        QVERIFY(e.wish && !e.tradeIn);
        QCOMPARE(e.wish->text, std::string("VW Golf VIII 1.5 TSI"));
        QCOMPARE(e.wish->stockNumber, std::string("987654"));
        QCOMPARE(e.wish->priceCents, std::optional<std::int64_t>(2345000));
        QCOMPARE(e.wish->mileageKm, std::optional<std::int64_t>(31200));
        QCOMPARE(e.wish->year, std::optional(2021));
        QCOMPARE(e.person.salutation, std::string("Herr"));
        QCOMPARE(e.person.first, std::string("Jörg"));
        QCOMPARE(e.person.last, std::string("Müßig"));
        QCOMPARE(e.person.full, std::string("Jörg Müßig"));
        QCOMPARE(e.person.emails, std::vector<std::string>{"joerg@example.org"});
        QCOMPARE(e.person.phones, (std::vector<std::string>{"040 / 12 34 56", "0171-7654321"}));
        QCOMPARE(e.person.postcode, std::string("22767"));
        QCOMPARE(e.person.city, std::string("Hamburg"));
        QCOMPARE(QString::fromStdString(e.message),
                 QStringLiteral("Ist das Fahrzeug noch verfügbar?\nPreis: geht da noch etwas?\n\n"
                                "Viele Grüße"));
    }

    void adfMails_data() { rowsStarting("adf"); }
    void adfMails() {
        const Recognition got = fetched();
        QCOMPARE(QString::fromStdString(got.reason), QString());
        QCOMPARE(got.parser, std::string("adf/1"));
        QCOMPARE(got.enquiries.size(), std::size_t(1));
        const Enquiry& e = got.enquiries[0];
        if (QByteArray(QTest::currentDataTag()).contains("malformed")) {
            checkMalformed(e);
        } else {
            checkPlain(e);
        }
    }

    void adfSamples() {
        const QString root = qEnvironmentVariable("VF_SAMPLES") + QStringLiteral("/leads/adf/");
        if (!QFile::exists(root)) {
            QSKIP("samples are not beside this checkout");
        }
        std::vector<EnquiryIdentity> ids;
        for (const char* name : {"01", "02", "03"}) {
            QFile file(root + QStringLiteral("sendadf-readme-%1.xml").arg(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string id = std::string(name) + "@x";
            const Recognition got = read(adfAsAttachment(file.readAll().toStdString(), id));
            QCOMPARE(got.enquiries.size(), std::size_t(1));
            const Enquiry& e = got.enquiries[0];
            QCOMPARE(e.wish->text, std::string("1999 Chevrolet Blazer"));
            QCOMPARE(e.person.first, std::string("John"));
            QCOMPARE(e.person.last, std::string("Doe"));
            QCOMPARE(e.person.phones, std::vector<std::string>{"393-999-3922"});
            QCOMPARE(e.dealer, std::string(name[1] == '3' ? "" : "Acura of Bellevue"));
            QCOMPARE(e.wish->condition, std::string(name[1] == '3' ? "new" : "used"));
            ids.push_back(identityOf(e, id, kMarch));
        }
        QVERIFY(sameEnquiry(ids[0], ids[1]));
        QVERIFY(!sameEnquiry(ids[0], ids[2]));
        QCOMPARE(ids[0].keys, ids[2].keys);  // only the time tells them apart
    }

    void adfWithoutVehicleOrContact() {
        auto none = parseAdf(
            "<adf><prospect><customer><contact><email>a@example.org</email>"
            "</contact></customer></prospect></adf>");
        QVERIFY(none.has_value());
        QVERIFY(!none->at(0).wish && !none->at(0).tradeIn);
        QCOMPARE(none->at(0).kind, EnquiryKind::Other);
        for (const char* bad :
             {"<adf></adf>", "<adf><prospect/></adf>", "<adf", "<adf >", "<adf><prospect><vehicle>",
              "<adf><prospect><customer><contact><name>X</name></contact></customer></prospect>"}) {
            QVERIFY2(!parseAdf(bad).has_value(), bad);
        }
        QCOMPARE(parseAdf("no xml at all").error().code, ErrorCode::NotFound);
        // Cut off in the middle: what is there is read.
        const auto cut = parseAdf("<adf><prospect><vehicle><make>VW</make><model>Go");
        QVERIFY(cut.has_value());
        QCOMPARE(cut->at(0).wish->model, std::string("Go"));
        const auto two = parseAdf(
            "<adf><prospect><vehicle><make>A</make></vehicle></prospect>"
            "<prospect><vehicle><make>B</make></vehicle></prospect></adf>");
        QCOMPARE(two->size(), std::size_t(2));
    }

    void adfIsBounded() {
        std::string deep = "<adf><prospect><customer><contact><email>a@b.de</email>";
        for (int i = 0; i < 100000; ++i) {
            deep += "<x>";
        }
        QElapsedTimer timer;
        timer.start();
        QVERIFY(parseAdf(deep).has_value());
        const std::string many =
            "<adf>" + std::string(300000, '<') + "&amp" + std::string(300000, '&');
        static_cast<void>(parseAdf(many));
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void requestDates_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("ms");
        const auto row = [](const char* text, qint64 ms) {
            QTest::newRow(text) << QString::fromUtf8(text) << ms;
        };
        const qint64 at = 1772356500000;
        row("2026-03-01T10:15:00+01:00", at);
        row("2026-03-01T10:15:00+0100", at);
        row("2026-03-01T10:15:00.123+01:00", at);
        row("2026-03-01 09:15:00Z", at);
        row("2026-03-01T09:15", at);
        row("2026/3/1 9:15:00", at);
        row("20260301T09:15:00", at);
        row("01.03.2026 09:15", at);
        row("03/01/2026 09:15:00 AM", at);
        row("3/1/2026 9:15 PM -0800", at + 20 * 3600 * 1000);
        row("Sun, 1 Mar 2026 10:15:00 +0100", at);
        row("1-Mar-2026 09:15:00 GMT", at);
        row("2026-03-01", at - (9 * 60 + 15) * 60 * 1000);
        for (const char* bad : {"", "gestern", "2026-02-30", "2026-13-01", "2026-03-01T25:00:00",
                                "99999999999999", "0000-00-00", "2026-03-01T10:15:00+99:00"}) {
            row(bad, -1);
        }
    }
    void requestDates() {
        QFETCH(QString, text);
        QFETCH(qint64, ms);
        const auto got = parseRequestDate(text.toStdString());
        QCOMPARE(got ? toUnixMs(*got) : -1, ms);
    }

    void notLeads_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("why");
        const auto row = [](const char* header, NotRecognised why) {
            QTest::newRow(header) << QByteArray(header) << int(why);
        };
        row("Auto-Submitted: auto-replied", NotRecognised::AutoReply);
        row("Auto-Submitted: auto-replied (vacation)", NotRecognised::AutoReply);
        row("Precedence: auto_reply", NotRecognised::AutoReply);
        row("X-Autoreply: yes", NotRecognised::AutoReply);
        row("Precedence: bulk", NotRecognised::Bulk);
        row("Precedence: list", NotRecognised::Bulk);
        // Web forms rightly say so (RFC 3834 section 5): no reason to lose the lead.
        row("Auto-Submitted: auto-generated", NotRecognised::None);
        row("Auto-Submitted: no", NotRecognised::None);
    }
    void notLeads() {
        QFETCH(QByteArray, header);
        QFETCH(int, why);
        const std::string raw = header.toStdString() + "\r\n" + allIntakeMails()[0].second;
        const Recognition got = read(raw);
        QCOMPARE(int(got.why), why);
        QCOMPARE(got.enquiries.empty(), why != int(NotRecognised::None));
    }

    void nothingIsGuessed_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* text) {
            QTest::newRow(name) << QByteArray(text);
        };
        row("prose", "Hallo, ich suche einen Golf. Rufen Sie mich an: 040 123456. Max Muster");
        row("one label", "Telefon: 040 123456");
        row("no contact", "Fahrzeug: Golf\nPreis: 1\nOrt: Hamburg\nNachricht: ja");
        row("contact only", "Name: Max\nTelefon: 040 123456\nOrt: Hamburg");
        row("nothing said",
            "Name: -\nTelefon: k.A.\nE-Mail: keine Angabe\nFahrzeug: -\nNachricht:");
        row("broken adf", "<adf><prospect></prospect></adf>");
        row("empty", "");
    }
    void nothingIsGuessed() {
        QFETCH(QByteArray, text);
        const Recognition got = read(mailOf("From: x@y.example\nSubject: s\n", text.toStdString()));
        QVERIFY(got.enquiries.empty());
        QVERIFY(got.why != NotRecognised::None);
        QVERIFY(!got.reason.empty());
        QVERIFY(got.reason.find("040") == std::string::npos);
    }

    void deliveryReport() {
        const Recognition got = read(mailOf(
            "From: MAILER-DAEMON@x\nReturn-Path: <>\nContent-Type: multipart/report; boundary=b\n",
            "--b\n\n" + labelText() + "\n--b--\n"));
        QCOMPARE(got.why, NotRecognised::DeliveryReport);
    }

    void partExchangeSection() {
        const Recognition got =
            read(mailOf("From: x@y.example\nSubject: s\n",
                        "Name\nMax Muster\nE-Mail\nmax@example.org\nMarke: VW\nModell: Golf\n"
                        "Inzahlungnahme\nMarke: Opel\nModell: Corsa\nKilometerstand: 99.000\n"));
        QCOMPARE(got.enquiries.size(), std::size_t(1));
        const Enquiry& e = got.enquiries[0];
        QCOMPARE(e.wish->text, std::string("VW Golf"));
        QCOMPARE(e.tradeIn->text, std::string("Opel Corsa"));
        QCOMPARE(e.tradeIn->mileageKm, std::optional<std::int64_t>(99000));
        QCOMPARE(e.person.last, std::string("Muster"));
    }

    void rulesAreData() {
        const auto rules = parseMailRules(
            R"json([{"name":"own","version":3,"source":"Portal X","senders":["*@x.example"],
                 "subjects":["Anfrage zu {vehicle} (Nr. {stock_number})"],"least_labels":1,
                 "labels":{"Wer":"full_name","Wohin":"email"},"kind":"lease"}])json");
        QVERIFY(rules.has_value());
        const auto mail =
            parseMail(mailOf("From: a@x.example\nSubject: anfrage zu Golf Plus (Nr. 12)\n",
                             "Wer: Max Muster\nWohin: Max <mailto:max@example.org>\n"));
        const Recognition got = recognise(*mail, *rules);
        QCOMPARE(got.parser, std::string("own/3"));
        const Enquiry& e = got.enquiries.at(0);
        QCOMPARE(e.wish->text, std::string("Golf Plus"));
        QCOMPARE(e.wish->stockNumber, std::string("12"));
        QCOMPARE(e.kind, EnquiryKind::Lease);
        QCOMPARE(e.source, std::string("Portal X"));
        QVERIFY(!builtIn().empty());
        for (const char* bad : {"", "{}", "[1]", "[{}]", "[[[[[[[[[]]]]]]]]]",
                                R"([{"name":"n","senders":["*"],"labels":{"A":"nowhere"}}])",
                                R"([{"name":"n","senders":["*"],"labels":{"A":"email"},"x":1}])",
                                R"([{"name":"n","senders":"*","labels":{"A":"email"}}])"}) {
            QVERIFY2(!parseMailRules(bad).has_value(), bad);
        }
    }

    void patterns() {
        QVERIFY(matchPattern("*", ""));
        QVERIFY(matchPattern("a*c", "ABBC"));
        QVERIFY(matchPattern("*@x.de", "y@x.de"));
        QVERIFY(!matchPattern("*@x.de", "y@x.de.evil"));
        QVERIFY(!matchPattern("abc", "abcd"));
        QVERIFY(!matchPattern("a*a", "a"));
        QVERIFY(matchPattern("*ab", "abab"));
        QCOMPARE(matchPattern("Nr {n}: *", "nr 7: x")->at(0).second, std::string("7"));
        std::string hostile;
        for (int i = 0; i < 200; ++i) {
            hostile += "*a";
        }
        QVERIFY(!matchPattern(hostile + "*b", std::string(5000, 'a')));
    }

    void sameEnquiryRule() {
        Enquiry a;
        a.person.emails = {"Max@Example.org"};
        a.person.phones = {"040 / 123456"};
        a.wish.emplace().make = "VW";
        a.message = "Noch da?";
        Enquiry b = a;
        b.person.emails = {"other@example.org"};
        b.person.phones = {"+49 40 123456"};
        b.message = " noch  DA?";
        const auto id = [](const Enquiry& e, const char* mid, int minutes) {
            return identityOf(e, mid, kMarch + std::chrono::minutes(minutes));
        };
        QVERIFY(sameEnquiry(id(a, "1", 0), id(b, "2", 10)));
        QVERIFY(!sameEnquiry(id(a, "1", 0), id(b, "2", 11)));
        QVERIFY(sameEnquiry(id(a, "1", 0), id(Enquiry{}, "1", 5000)));
        QVERIFY(!sameEnquiry(id(Enquiry{}, "", 0), id(Enquiry{}, "", 0)));
        b.message = "Etwas anderes";
        QVERIFY(!sameEnquiry(id(a, "1", 0), id(b, "2", 0)));
        b = a;
        b.wish->model = "Golf";
        QVERIFY(!sameEnquiry(id(a, "1", 0), id(b, "2", 0)));
    }

    void mimeIsBounded() {
        QVERIFY(!parseMail("").has_value());
        // Not a mail; whatever is made of it, no text comes out.
        const auto nothing = parseMail(std::string_view("\0\0\0", 3));
        QVERIFY(!nothing || nothing->subject.empty());
        std::string deep;
        for (int i = 0; i < 400; ++i) {
            const std::string b = std::to_string(i);
            deep += "Content-Type: multipart/mixed; boundary=\"" + b + "\"\r\n\r\n--" + b + "\r\n";
        }
        const auto mail = parseMail("Subject: deep\r\n" + deep + "\r\ntext");
        QVERIFY(mail.has_value());
        QVERIFY(mail->truncated);
        std::string nested = "Subject: x\r\n";
        for (int i = 0; i < 20000; ++i) {
            nested += "Content-Type: message/rfc822\r\n\r\n";
        }
        static_cast<void>(parseMail(nested));
        MimeLimits limits;
        limits.raw = 10;
        QVERIFY(!parseMail("Subject: more than ten bytes", limits).has_value());
        const auto bad = parseMail("Subject: \xff\xfe\r\n\r\n\xc3\x28 \xf0\x28\x8c\xbc");
        QVERIFY(QString::fromUtf8(bad->textBody.c_str()).indexOf(QChar::ReplacementCharacter) < 0);
    }

    void htmlToTextKeepsRowsAndComments() {
        const HtmlText got = htmlToText(
            "<div>a</div><div>b<br>c</div><table><tr><td>x<td><p>y</p><tr><th>z</th></tr></table>"
            "<script>evil()</script><!-- <call nr=\"1\"/> --><p>&auml;&Uuml;&szlig;");
        QCOMPARE(QString::fromStdString(got.text), QStringLiteral("a\nb\nc\nx\ty\nz\näÜß"));
        QCOMPARE(got.comments, std::vector<std::string>{" <call nr=\"1\"/> "});
        QElapsedTimer timer;
        timer.start();
        std::string deep;
        for (int i = 0; i < 100000; ++i) {
            deep += "<div><td>";
        }
        static_cast<void>(htmlToText(deep));
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
    }

    // A lot of what costs a careless parser quadratic time or its stack.
    void hostileShapes_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("unit");
        const auto row = [](const char* type, const char* unit) {
            QTest::addRow("%s %s", type, unit) << QByteArray(type) << QByteArray(unit);
        };
        for (const char* unit : {"<td>", "<div>", "<table><tr><td>", "<!--", "<a href=\"", "&amp",
                                 "<", "&", "</b>", "<p>x", "<b><p>"}) {
            row("text/html", unit);
        }
        for (const char* unit :
             {"<x a=“", "<x a=\"", "</x>", "<x>", "<![CDATA[", "&lt;adf>", "<adf", "<adf ", "<?",
              "\n", "Name:\n", "Name:\t", ":", "\t", "@", "a "}) {
            row("text/plain", unit);
        }
        row("rfc822", "Content-Type: message/rfc822\r\n\r\n");
        row("header", "X: y\r\n");
        row("header", "To: a@b.de, ");
        row("header", "To:");
        row("header", "To: a:b,\r\n ");
        row("inner", "To: a@b.de, ");
    }
    void hostileShapes() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, unit);
        const bool body = type.startsWith("text/");
        std::string raw = "From: a@b.example\r\n";
        raw += body ? "Content-Type: " + type.toStdString() + "\r\n\r\n<adf>" : std::string();
        const std::size_t size = body ? 256U << 10U : 2U << 20U;
        while (raw.size() < size) {
            raw += unit.toStdString();
        }
        if (type == "inner") {
            raw = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                  base64(raw);
        }
        QElapsedTimer timer;
        timer.start();
        if (const auto mail = parseMail(raw)) {
            static_cast<void>(recognise(*mail, builtIn()));
        }
        const qint64 took = timer.elapsed();
        QVERIFY2(took < 10000, qPrintable(QString::number(took)));
        if (took > 500) {
            qInfo() << "took" << took << "ms";
        }
    }

    void amounts() {
        QCOMPARE(parseCents("25.990,00 EUR"), std::optional<std::int64_t>(2599000));
        QCOMPARE(parseCents("$25,990.50"), std::optional<std::int64_t>(2599050));
        QCOMPARE(parseCents("25 990"), std::optional<std::int64_t>(2599000));
        QCOMPARE(parseCents("25.990,- €"), std::optional<std::int64_t>(2599000));
        QCOMPARE(parseCents("auf Anfrage"), std::optional<std::int64_t>());
        QCOMPARE(parseCents("99999999999999999999"), std::optional<std::int64_t>());
        QCOMPARE(parseYear("EZ 03/2019"), std::optional(2019));
        QCOMPARE(parseYear("120190"), std::optional<int>());
    }

    // Mutated fixtures: never a crash, never an endless loop, always valid UTF-8.
    void mutations() {
        const quint32 seed = qEnvironmentVariableIsSet("VF_SEED")
                                 ? qEnvironmentVariable("VF_SEED").toUInt()
                                 : QRandomGenerator::global()->generate();
        qInfo() << "VF_SEED =" << seed;
        QRandomGenerator random(seed);
        const auto fixtures = allIntakeMails();
        const auto rules = builtIn();
        QElapsedTimer all;
        all.start();
        int runs = 0;
        while (all.elapsed() < 2000) {
            std::string raw = fixtures[random.bounded(quint32(fixtures.size()))].second;
            mutate(raw, random);
            QElapsedTimer one;
            one.start();
            if (const auto mail = parseMail(raw)) {
                const Recognition got = recognise(*mail, rules);
                QCOMPARE(got.enquiries.empty(), got.why != NotRecognised::None);
                for (const Enquiry& e : got.enquiries) {
                    QVERIFY(QString::fromUtf8(e.message.c_str()).toUtf8().toStdString() ==
                            e.message);
                    static_cast<void>(identityOf(e, mail->messageId, kMarch));
                }
            }
            QVERIFY(one.elapsed() < 2000);
            ++runs;
        }
        qInfo() << runs << "mutated mails";
        QVERIFY(runs > 20);
    }

private:
    static void rowsStarting(const char* prefix) {
        QTest::addColumn<QByteArray>("raw");
        for (const auto& [name, raw] : allIntakeMails()) {
            if (name.starts_with(prefix)) {
                QTest::newRow(name.c_str()) << QByteArray::fromStdString(raw);
            }
        }
    }

    static Recognition fetched() {
        QFETCH(QByteArray, raw);
        return read({raw.constData(), std::size_t(raw.size())});
    }

    static void checkPlain(const Enquiry& e) {
        QCOMPARE(e.providerEventId, std::string("Importeur:L-4711"));
        QCOMPARE(e.requestedAt, std::optional(kMarch));
        QCOMPARE(e.kind, EnquiryKind::TestDrive);
        QCOMPARE(e.source, std::string("Importeur Portal"));
        QCOMPARE(e.dealer, std::string("Autohaus Nord"));
        QCOMPARE(e.wish->text, std::string("2021 Skoda Octavia Combi Style"));
        QCOMPARE(e.wish->vin, std::string("TMBJJ7NE0L0000001"));
        QCOMPARE(e.wish->mileageKm, std::optional<std::int64_t>(45300));
        QCOMPARE(e.wish->priceCents, std::optional<std::int64_t>(2599000));
        QCOMPARE(e.wish->condition, std::string("used"));
        QVERIFY(!e.tradeIn);
        QCOMPARE(e.person.full, std::string("Erika Beispiel"));
        QCOMPARE(e.person.emails, std::vector<std::string>{"erika@example.org"});
        QCOMPARE(e.person.phones, (std::vector<std::string>{"040 / 55 44 33-0", "0171 1234567"}));
        QCOMPARE(e.person.postcode, std::string("20095"));
        QCOMPARE(QString::fromStdString(e.message),
                 QStringLiteral("Bitte mit Anhängerkupplung.\nIst der Wagen <noch> da?"));
    }

    static void checkMalformed(const Enquiry& e) {
        QCOMPARE(QString::fromStdString(e.providerEventId), QStringLiteral("Händlerseite:77"));
        QCOMPARE(e.requestedAt, std::optional(kMarch + std::chrono::hours(1)));
        QCOMPARE(e.kind, EnquiryKind::Buy);
        QCOMPARE(e.wish->text, std::string("2019 VW Golf & Variant"));
        QCOMPARE(e.wish->condition, std::string("used"));
        QCOMPARE(e.tradeIn->text, std::string("Opel Corsa"));
        QCOMPARE(e.tradeIn->mileageKm, std::optional<std::int64_t>(16093));
        QCOMPARE(e.further.size(), std::size_t(1));
        QCOMPARE(e.person.salutation, std::string("Frau"));
        QCOMPARE(e.person.first, std::string("Dr. Anna"));
        QCOMPARE(e.person.last, std::string("von der Heide"));
        QCOMPARE(e.person.emails.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(e.message), QStringLiteral("Was bekomme ich für meinen?"));
    }

    static void mutate(std::string& raw, QRandomGenerator& random) {
        for (quint32 i = random.bounded(1U, 12U); i > 0 && !raw.empty(); --i) {
            const std::size_t at = random.bounded(quint32(raw.size()));
            const std::size_t length =
                random.bounded(quint32(std::min<std::size_t>(raw.size() - at, 200))) + 1;
            switch (random.bounded(6)) {
                case 0: raw[at] = char(random.bounded(256)); break;
                case 1: raw.erase(at, length); break;
                case 2: raw.insert(at, raw.substr(at, length)); break;
                case 3: raw.resize(at); break;
                case 4:
                    raw.insert(at, std::string(length, "<>&;=\"\0\n"[random.bounded(8)]));
                    break;
                default: std::swap(raw[at], raw[random.bounded(quint32(raw.size()))]); break;
            }
        }
    }
};

QTEST_GUILESS_MAIN(IntakeTest)
#include "intake_test.moc"
