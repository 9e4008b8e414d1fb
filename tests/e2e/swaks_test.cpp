// SPDX-License-Identifier: GPL-3.0-or-later
// Mail by LMTP into a real server, looked at from a real desk: a manager, who claims what arrives
// and then sees the private side of it. Every fixture has contacts of its own, so that none is the
// enquiry of another.
#include "tests/e2e/edit_journal.h"
#include "tests/support/headless_process.h"
#include "tests/support/lmtp_client.h"
#include "tests/support/server_process.h"
#include "tests/unit/intake_fixtures.h"

#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace vorfahrt::test;

namespace {

const QString kLogin = QStringLiteral("leitung@example.org");
const QString kPassword = QStringLiteral("kein-echtes-Passwort-7");
const QString kAddress = QStringLiteral("portal@leads.example.org");

// "wish.price_cents" -> text, whatever the JSON type is.
QString valueAt(const QJsonObject& object, const QString& path) {
    QJsonValue value = object;
    for (const QString& name : path.split(QLatin1Char('.'))) {
        value = value[name];
    }
    return value.isString() ? value.toString() : value.toVariant().toString();
}

QString idAt(const QJsonObject& object, const QString& field) {
    return QString::fromLatin1(
        QByteArray::fromBase64(object.value(field).toString().toLatin1()).toHex());
}

// A claimed lead with the rows that it brought in.
struct Arrived {
    QString id;
    QJsonObject lead;
    QJsonObject secret;
    QString customerId;
    QJsonObject customer;
    QStringList contacts;  // canonical, sorted; as written where there is no canonical form
    QStringList vehicles;  // "make model" of those in part exchange
};

using Fields = QMap<QString, QString>;

// What a mail has to become: fields of lead and customer, the contacts, parts of the message.
struct Expected {
    Fields lead;
    Fields customer;
    QStringList contacts;
    QStringList message;
    QStringList vehicles;
};

void compare(const Arrived& arrived, const Expected& expected) {
    for (auto it = expected.lead.cbegin(); it != expected.lead.cend(); ++it) {
        QVERIFY2(valueAt(arrived.lead, it.key()) == it.value(),
                 qPrintable(it.key() + QStringLiteral(" is ") + valueAt(arrived.lead, it.key())));
    }
    for (auto it = expected.customer.cbegin(); it != expected.customer.cend(); ++it) {
        QVERIFY2(
            valueAt(arrived.customer, it.key()) == it.value(),
            qPrintable(it.key() + QStringLiteral(" is ") + valueAt(arrived.customer, it.key())));
    }
    QCOMPARE(arrived.contacts, expected.contacts);
    QCOMPARE(arrived.vehicles, expected.vehicles);
    const QString message = valueAt(arrived.secret, QStringLiteral("message"));
    for (const QString& part : expected.message) {
        QVERIFY2(message.contains(part), qPrintable(message));
    }
}

std::string withPerson(std::string text, const QList<QPair<const char*, QString>>& changes) {
    QString out = QString::fromStdString(text);
    for (const auto& [from, to] : changes) {
        out.replace(QLatin1String(from), to);
    }
    return out.toStdString();
}

// The fixtures' people, made another person by two digits.
std::string labelMail(std::string text, int person) {
    const QString no = QString::number(person);
    return withPerson(std::move(text),
                      {{"joerg@example.org", QStringLiteral("joerg%1@example.org").arg(no)},
                       {"040 / 12 34 56", QStringLiteral("040 / 12 34 %1").arg(no)},
                       {"0171-7654321", QStringLiteral("0171-76543%1").arg(no)}});
}

std::string adfMail(std::string text, int person) {
    const QString no = QString::number(person);
    return withPerson(std::move(text),
                      {{"erika@example.org", QStringLiteral("erika%1@example.org").arg(no)},
                       {"040 / 55 44 33-0", QStringLiteral("040 / 55 44 33-%1").arg(no)},
                       {"0171 1234567", QStringLiteral("0171 12345%1").arg(no)},
                       {"anna@example.org", QStringLiteral("anna%1@example.org").arg(no)},
                       {"a.heide@example.com", QStringLiteral("a.heide%1@example.com").arg(no)},
                       {"0049 40 123456", QStringLiteral("0049 40 7788%1").arg(no)}});
}

Expected labelExpected(int person) {
    const QString no = QString::number(person);
    return {.lead = {{QStringLiteral("wish.text"), QStringLiteral("VW Golf VIII 1.5 TSI")},
                     {QStringLiteral("wish.offer_number"), QStringLiteral("987654")},
                     {QStringLiteral("wish.price_cents"), QStringLiteral("2345000")},
                     {QStringLiteral("wish.mileage_km"), QStringLiteral("31200")},
                     {QStringLiteral("wish.first_registration"), QStringLiteral("03/2021")}},
            .customer = {{QStringLiteral("salutation"), QStringLiteral("HERR")},
                         {QStringLiteral("first_name"), QStringLiteral("Jörg")},
                         {QStringLiteral("last_name"), QStringLiteral("Müßig")},
                         {QStringLiteral("address.postcode"), QStringLiteral("22767")},
                         {QStringLiteral("address.city"), QStringLiteral("Hamburg")}},
            .contacts = {QStringLiteral("+4917176543") + no, QStringLiteral("+49401234") + no,
                         QStringLiteral("joerg%1@example.org").arg(no)},
            .message = {QStringLiteral("Ist das Fahrzeug noch verfügbar?"),
                        QStringLiteral("Preis: geht da noch etwas?")},
            .vehicles = {}};
}

Expected plainAdfExpected(int person) {
    const QString no = QString::number(person);
    return {.lead = {{QStringLiteral("wish.make"), QStringLiteral("Skoda")},
                     {QStringLiteral("wish.offer_number"), QStringLiteral("A-17")},
                     {QStringLiteral("wish.price_cents"), QStringLiteral("2599000")},
                     {QStringLiteral("wish.mileage_km"), QStringLiteral("45300")},
                     {QStringLiteral("test_drive_wanted"), QStringLiteral("true")}},
            .customer = {{QStringLiteral("first_name"), QStringLiteral("Erika")},
                         {QStringLiteral("last_name"), QStringLiteral("Beispiel")},
                         {QStringLiteral("address.street"), QStringLiteral("Musterweg 1")},
                         {QStringLiteral("address.postcode"), QStringLiteral("20095")}},
            .contacts = {QStringLiteral("+4917112345") + no, QStringLiteral("+4940554433") + no,
                         QStringLiteral("erika%1@example.org").arg(no)},
            .message = {QStringLiteral("Ist der Wagen <noch> da?")},
            .vehicles = {}};
}

Expected malformedAdfExpected(int person) {
    const QString no = QString::number(person);
    return {.lead = {{QStringLiteral("wish.make"), QStringLiteral("VW")},
                     {QStringLiteral("wish.model"), QStringLiteral("Golf & Variant")}},
            .customer = {{QStringLiteral("salutation"), QStringLiteral("FRAU")},
                         {QStringLiteral("first_name"), QStringLiteral("Dr. Anna")},
                         {QStringLiteral("last_name"), QStringLiteral("von der Heide")}},
            .contacts = {QStringLiteral("+49407788") + no,
                         QStringLiteral("a.heide%1@example.com").arg(no),
                         QStringLiteral("anna%1@example.org").arg(no)},
            .message = {QStringLiteral("Was bekomme ich für meinen?")},
            .vehicles = {QStringLiteral("Opel Corsa")}};
}

}  // namespace

class SwaksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void samples();
    void fixtures_data();
    void fixtures();
    void unknownRecipient();
    void tooLarge();
    void notRecognised();
    void killedAfterTheAnswer();

private:
    [[nodiscard]] QStringList deliver(const std::string& mail);
    [[nodiscard]] QByteArray swaks(const QStringList& arguments);
    [[nodiscard]] QJsonArray unclaimed();
    [[nodiscard]] bool waitForUnclaimed(int count);
    // Claims the only unclaimed lead; its rows as the manager has them.
    [[nodiscard]] Arrived claimNext();
    [[nodiscard]] Arrived gather(const QString& lead);

    QTemporaryDir folder_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<HeadlessProcess> desk_;
};

void SwaksTest::initTestCase() {
    server_ = std::make_unique<ServerProcess>(folder_.filePath(QStringLiteral("server")));
    desk_ = std::make_unique<HeadlessProcess>(folder_.filePath(QStringLiteral("desk")));
    const QString tenant = server_->addTenant(QStringLiteral("Autohaus Test"));
    const QString site = server_->addSite(tenant, QStringLiteral("Nord"));
    QVERIFY2(!server_->addSource(tenant, site, QStringLiteral("Portal"), kAddress).isEmpty() &&
                 !server_
                      ->addUser(tenant, site, kLogin, kPassword, QStringLiteral("Leitung"),
                                QStringLiteral("manager"))
                      .isEmpty(),
             qPrintable(server_->lastError()));
    QVERIFY2(server_->start(), qPrintable(server_->describe()));
    QVERIFY(desk_->start(server_->url(), server_->fingerprint()));
    QVERIFY2(desk_->login(kLogin, kPassword), qPrintable(desk_->describe()));
}

QStringList SwaksTest::deliver(const std::string& mail) {
    return deliverMail(server_->lmtpPort(), {kAddress}, QByteArray::fromStdString(mail));
}

QJsonArray SwaksTest::unclaimed() {
    return desk_
        ->call(QStringLiteral("leads"), {{QStringLiteral("tab"), QStringLiteral("unclaimed")}})
        .value(QStringLiteral("leads"))
        .toArray();
}

bool SwaksTest::waitForUnclaimed(int count) {
    return waitUntil([&] { return !desk_->isRunning() || unclaimed().size() == count; });
}

Arrived SwaksTest::gather(const QString& lead) {
    const Dump dump(desk_->dump());
    Arrived out;
    out.id = lead;
    const Dump::Row* row = dump.find(QStringLiteral("lead"), lead);
    if (row == nullptr) {
        return out;
    }
    out.lead = row->main;
    out.secret = row->secret;
    out.customerId = idAt(row->secret, QStringLiteral("customer_id"));
    if (const auto* customer = dump.find(QStringLiteral("customer"), out.customerId)) {
        out.customer = customer->main;
    }
    const auto ofCustomer = [&](const Dump::Row& other, const QString& table) {
        return other.table == table &&
               idAt(other.main, QStringLiteral("customer_id")) == out.customerId;
    };
    for (const Dump::Row& other : dump.rows()) {
        if (ofCustomer(other, QStringLiteral("contact_point"))) {
            const QString canonical = valueAt(other.main, QStringLiteral("canonical"));
            out.contacts.append(canonical.isEmpty() ? valueAt(other.main, QStringLiteral("value"))
                                                    : canonical);
        } else if (ofCustomer(other, QStringLiteral("vehicle"))) {
            out.vehicles.append(valueAt(other.main, QStringLiteral("make")) + QLatin1Char(' ') +
                                valueAt(other.main, QStringLiteral("model")));
        }
    }
    out.contacts.sort();
    return out;
}

Arrived SwaksTest::claimNext() {
    if (!waitForUnclaimed(1)) {
        return {};
    }
    const QString id = unclaimed().at(0)[QStringLiteral("id")].toString();
    if (desk_->claim(id) != QStringLiteral("won")) {
        return {};
    }
    // The answer comes before the rows.
    Arrived arrived;
    (void)waitUntil([&] {
        arrived = gather(id);
        return !desk_->isRunning() || (!arrived.customer.isEmpty() && unclaimed().isEmpty());
    });
    return arrived;
}

QByteArray SwaksTest::swaks(const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("swaks"),
                  QStringList{QStringLiteral("--protocol"), QStringLiteral("LMTP"),
                              QStringLiteral("--server"),
                              QStringLiteral("127.0.0.1:%1").arg(server_->lmtpPort()),
                              QStringLiteral("--from"), QStringLiteral("a@example.org"),
                              QStringLiteral("--to"), kAddress} +
                      arguments);
    const bool ended = process.waitForFinished(60'000) && process.exitCode() == 0;
    return ended ? QByteArray() : process.readAll() + " (swaks failed)";
}

void SwaksTest::samples() {
    const QString samples =
        qEnvironmentVariable("VF_SAMPLES") + QStringLiteral("/leads/adf/sendadf-readme-0%1.xml");
    if (!QFile::exists(samples.arg(1))) {
        QSKIP("the samples are not here");
    }
    QVERIFY(!QStandardPaths::findExecutable(QStringLiteral("swaks")).isEmpty());
    const auto send = [&](int number) {
        return swaks({QStringLiteral("--attach-type"), QStringLiteral("application/xml"),
                      QStringLiteral("--attach"), QLatin1Char('@') + samples.arg(number)});
    };
    const Expected expected{.lead = {{QStringLiteral("wish.make"), QStringLiteral("Chevrolet")},
                                     {QStringLiteral("wish.model"), QStringLiteral("Blazer")}},
                            .customer = {{QStringLiteral("first_name"), QStringLiteral("John")},
                                         {QStringLiteral("last_name"), QStringLiteral("Doe")}},
                            .contacts = {QStringLiteral("3939993922")},
                            .message = {},
                            .vehicles = {}};

    QCOMPARE(send(1), QByteArray());
    QVERIFY(waitForUnclaimed(1));
    const QString first = unclaimed().at(0)[QStringLiteral("id")].toString();
    QCOMPARE(send(2), QByteArray());
    QCOMPARE(send(3), QByteArray());
    QVERIFY(waitForUnclaimed(2));
    // 02 was taken before 03 was, and no third lead comes: the next mail is a lead already.
    const QStringList answers =
        deliver(labelMail(mailOf("From: p@example.org\nMessage-ID: <s@example.org>\n"
                                 "Content-Type: text/plain; charset=utf-8\n",
                                 labelText()),
                          10));
    QVERIFY2(answers.value(0).startsWith(QStringLiteral("250")), qPrintable(answers.join(u' ')));
    QVERIFY(waitForUnclaimed(3));

    QCOMPARE(desk_->claim(first), QStringLiteral("won"));
    QVERIFY(waitForUnclaimed(2));
    Arrived arrived;
    QVERIFY(waitUntil([&] { return !(arrived = gather(first)).customer.isEmpty(); }));
    compare(arrived, expected);
    QStringList wishes;
    for (const QJsonValue& lead : unclaimed()) {
        const QString id = lead[QStringLiteral("id")].toString();
        QCOMPARE(desk_->claim(id), QStringLiteral("won"));
        Arrived other;
        QVERIFY(waitUntil([&] { return !(other = gather(id)).customer.isEmpty(); }));
        wishes.append(valueAt(other.lead, QStringLiteral("wish.make")));
        if (wishes.last() == QStringLiteral("Chevrolet")) {
            compare(other, expected);
        }
    }
    QCOMPARE(wishes.count(QStringLiteral("Chevrolet")), 1);
    QVERIFY(waitForUnclaimed(0));
}

void SwaksTest::fixtures_data() {
    QTest::addColumn<QByteArray>("mail");
    QTest::addColumn<std::function<Expected(int)>>("expected");
    QTest::addColumn<int>("person");
    int person = 11;
    const auto headers = [&](const char* extra) {
        return "From: portal@example.org\nSubject: Anfrage\nMIME-Version: 1.0\nMessage-ID: <f" +
               std::to_string(person) + "@example.org>\n" + extra;
    };
    const auto add = [&](const char* name, const std::string& mail,
                         std::function<Expected(int)> expected) {
        QTest::newRow(name) << QByteArray::fromStdString(mail) << std::move(expected) << person;
        ++person;
    };
    const auto same = [](std::string text) { return text; };
    struct Coding {
        const char* name;
        const char* header;
        std::function<std::string(std::string)> apply;
    };
    const std::vector<Coding> codings{
        {"utf-8 8bit", "Content-Type: text/plain; charset=utf-8\n", same},
        {"utf-8 quoted-printable",
         "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
         quotedPrintable},
        {"utf-8 base64",
         "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", base64},
        {"1252 8bit", "Content-Type: text/plain; charset=windows-1252\n", windows1252},
        {"1252 quoted-printable",
         "Content-Type: text/plain; charset=windows-1252\n"
         "Content-Transfer-Encoding: quoted-printable\n",
         [](const std::string& text) { return quotedPrintable(windows1252(text)); }},
        {"1252 base64",
         "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: base64\n",
         [](const std::string& text) { return base64(windows1252(text)); }}};
    for (const Coding& coding : codings) {
        add((std::string("label text, ") + coding.name).c_str(),
            mailOf(headers(coding.header), coding.apply(labelMail(labelText(), person))),
            labelExpected);
    }
    add("label HTML, utf-8",
        mailOf(headers("Content-Type: text/html; charset=utf-8\n"), labelMail(labelHtml(), person)),
        labelExpected);
    add("label HTML, 1252 base64",
        mailOf(headers("Content-Type: text/html; charset=\"Windows-1252\"\n"
                       "Content-Transfer-Encoding: base64\n"),
               base64(windows1252(labelMail(labelHtml(), person)))),
        labelExpected);
    const auto adf = [&](const char* name, const std::string& body,
                         const std::function<Expected(int)>& expected) {
        add((std::string(name) + ", bare").c_str(),
            mailOf(headers("Content-Type: text/xml; charset=utf-8\n"), adfMail(body, person)),
            expected);
        add((std::string(name) + ", attached").c_str(),
            adfAsAttachment(adfMail(body, person), "f" + std::to_string(person) + "@example.org"),
            expected);
        add((std::string(name) + ", escaped in HTML").c_str(),
            adfEscapedInHtml(adfMail(body, person)), expected);
    };
    adf("ADF", plainAdf(), plainAdfExpected);
    adf("malformed ADF", adfTwoVehicles(), malformedAdfExpected);
}

void SwaksTest::fixtures() {
    QFETCH(const QByteArray, mail);
    QFETCH(const std::function<Expected(int)>, expected);
    QFETCH(const int, person);
    const QStringList answers = deliver(mail.toStdString());
    QVERIFY2(answers.value(0).startsWith(QStringLiteral("250")), qPrintable(answers.join(u' ')));
    const Arrived arrived = claimNext();
    QVERIFY2(!arrived.customer.isEmpty(), qPrintable(desk_->describe()));
    compare(arrived, expected(person));
}

void SwaksTest::unknownRecipient() {
    const QStringList answers = deliverMail(
        server_->lmtpPort(), {QStringLiteral("nobody@leads.example.org"), kAddress},
        QByteArray::fromStdString(mailOf("From: p@example.org\nMessage-ID: <u@example.org>\n"
                                         "Content-Type: text/plain; charset=utf-8\n",
                                         labelMail(labelText(), 40))));
    QCOMPARE(answers.size(), 2);
    QVERIFY2(answers.at(0).startsWith(QStringLiteral("550")), qPrintable(answers.at(0)));
    // The other recipient of the same mail has it.
    QVERIFY2(answers.at(1).startsWith(QStringLiteral("250")), qPrintable(answers.at(1)));
    compare(claimNext(), labelExpected(40));
}

void SwaksTest::tooLarge() {
    QByteArray mail("From: p@example.org\nSubject: viel\n\n");
    const QByteArray line = QByteArray(75, 'x') + '\n';
    mail += line.repeated((50 << 20) / line.size());
    const QStringList answers = deliverMail(server_->lmtpPort(), {kAddress}, mail, 50'000);
    QVERIFY2(answers.value(0).startsWith(QStringLiteral("552")), qPrintable(answers.join(u' ')));
    QVERIFY(server_->isRunning());
    QVERIFY(unclaimed().isEmpty());
}

void SwaksTest::notRecognised() {
    // A multipart without an end, a part with broken base64, bytes that are no UTF-8.
    const std::string text = "Guten Tag, was kostet der rote Wagen vorne links?";
    const QStringList answers = deliver(
        "From: =?utf-8?Q?Kaputt <kaputt@example.org>\nSubject: =?utf-8?B?w/8?=\n"
        "Message-ID: <n@example.org>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=\"x\n\n--x\n"
        "Content-Type: text/plain; charset=utf-8\n\n" +
        text +
        " \xC3\x28 \xFF\n--x\nContent-Type: application/pdf\n"
        "Content-Transfer-Encoding: base64\n\n!!!kein base64");
    QVERIFY2(answers.value(0).startsWith(QStringLiteral("250")), qPrintable(answers.join(u' ')));

    QString intake;
    QString original;
    QVERIFY(waitUntil([&] {
        const Dump dump(desk_->dump());
        const Dump::Row* row =
            dump.findBy(QStringLiteral("intake_message"), QStringLiteral("state"),
                        QStringLiteral("NOT_RECOGNISED"));
        intake = row == nullptr ? QString() : row->id;
        original = row == nullptr ? QString() : valueAt(row->secret, QStringLiteral("text"));
        return !intake.isEmpty() || !desk_->isRunning();
    }));
    QVERIFY2(original.contains(QString::fromStdString(text)), qPrintable(original));

    const QJsonObject converted =
        desk_->call(QStringLiteral("convert"),
                    {{QStringLiteral("intake"), intake},
                     {QStringLiteral("make"), QStringLiteral("Audi")},
                     {QStringLiteral("model"), QStringLiteral("A4")},
                     {QStringLiteral("last_name"), QStringLiteral("Kaputt")},
                     {QStringLiteral("email"), QStringLiteral("kaputt@example.org")}});
    QCOMPARE(converted.value(QStringLiteral("code")).toString(), QStringLiteral("Ok"));
    QVERIFY(desk_->waitSynced());
    compare(claimNext(), {.lead = {{QStringLiteral("wish.make"), QStringLiteral("Audi")},
                                   {QStringLiteral("wish.model"), QStringLiteral("A4")}},
                          .customer = {{QStringLiteral("last_name"), QStringLiteral("Kaputt")}},
                          .contacts = {QStringLiteral("kaputt@example.org")},
                          .message = {QString::fromStdString(text)},
                          .vehicles = {}});
    const Dump dump(desk_->dump());
    QCOMPARE(dump.findBy(QStringLiteral("intake_message"), QStringLiteral("state"),
                         QStringLiteral("NOT_RECOGNISED")),
             nullptr);
}

void SwaksTest::killedAfterTheAnswer() {
    for (int person = 50; person < 55; ++person) {
        const std::string id = std::to_string(person);
        const QStringList answers = deliver(mailOf("From: p@example.org\nMessage-ID: <k" + id +
                                                       "@example.org>\n"
                                                       "Content-Type: text/plain; charset=utf-8\n",
                                                   labelMail(labelText(), person)));
        server_->kill();
        QVERIFY2(answers.value(0).startsWith(QStringLiteral("250")),
                 qPrintable(answers.join(u' ')));
        QVERIFY2(server_->start(), qPrintable(server_->describe()));
        desk_->send(QStringLiteral("offline"));
        desk_->send(QStringLiteral("online"));
        compare(claimNext(), labelExpected(person));
    }
}

QTEST_GUILESS_MAIN(SwaksTest)
#include "swaks_test.moc"
