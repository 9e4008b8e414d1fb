// SPDX-License-Identifier: GPL-3.0-or-later
// How a customer is written to and called: letter forms (G-13), DIN 5008 display, links.
#include "common/domain/letter.h"

#include "common/domain/contact_link.h"
#include "common/domain/phone.h"
#include "common/domain/phone_display.h"

#include <QTest>

using namespace vorfahrt;
using namespace vorfahrt::domain;

namespace {

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

using Texts = std::initializer_list<const char*>;

QStringList list(Texts texts) {
    QStringList out;
    for (const char* each : texts) {
        out << QString::fromUtf8(each);
    }
    return out;
}

}  // namespace

class LetterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void salutation_data() {
        QTest::addColumn<int>("word");
        QTest::addColumn<QStringList>("name");  // title, first, noble, last, company
        QTest::addColumn<bool>("informal");
        QTest::addColumn<QString>("line");
        const auto row = [](const char* tag, record::Salutation word, Texts name, bool informal,
                            const char* line) {
            QTest::newRow(tag) << static_cast<int>(word) << list(name) << informal
                               << QString::fromUtf8(line);
        };
        const auto none = record::SALUTATION_NONE;
        row("woman with a title", record::FRAU, {"Dr.", "Eva", "", "Müller", ""}, false,
            "Sehr geehrte Frau Dr. Müller,");
        row("man", record::HERR, {"", "Jonas", "", "Martens", ""}, false,
            "Sehr geehrter Herr Martens,");
        row("noble", record::FRAU, {"", "Katharina", "von", "Rahden", ""}, false,
            "Sehr geehrte Frau von Rahden,");
        row("professor and doctor", record::HERR, {"Prof. Dr. med.", "Karl", "", "Weiß", ""}, false,
            "Sehr geehrter Herr Prof. Dr. Weiß,");
        row("two doctors are said once", record::HERR, {"Dr. Dr. h. c.", "K", "", "Weiß", ""},
            false, "Sehr geehrter Herr Dr. Weiß,");
        row("a degree is not said", record::HERR, {"Dipl.-Ing.", "Uwe", "", "Brockmann", ""}, false,
            "Sehr geehrter Herr Brockmann,");
        row("neither", none, {"", "Alex", "", "Meier", ""}, false, "Guten Tag Alex Meier,");
        row("divers", record::DIVERS, {"Dr.", "Alex", "", "Meier", ""}, false,
            "Guten Tag Dr. Alex Meier,");
        row("last name alone", none, {"", "", "", "Meier", ""}, false, "Guten Tag,");
        row("nothing at all", none, {"", "", "", "", ""}, false, "Guten Tag,");
        row("man without a last name", record::HERR, {"", "Jonas", "", "", ""}, false,
            "Guten Tag Jonas,");
        row("family", record::FAMILIE, {"", "", "", "Öztürk", ""}, false,
            "Sehr geehrte Familie Öztürk,");
        row("company", record::FIRMA, {"", "", "", "", "Petersen Haustechnik GmbH"}, false,
            "Sehr geehrte Damen und Herren,");
        row("company with a woman", record::FRAU, {"", "Ute", "", "Petersen", "Petersen GmbH"},
            false, "Sehr geehrte Frau Petersen,");
        row("company with somebody", record::FIRMA, {"", "Alex", "", "Petersen", "Petersen GmbH"},
            false, "Guten Tag Alex Petersen,");
        row("du, woman", record::FRAU, {"Dr.", "Sabine", "", "Krüger", ""}, true, "Liebe Sabine,");
        row("du, man", record::HERR, {"", "Jonas", "", "Martens", ""}, true, "Lieber Jonas,");
        row("du, neither", none, {"", "Alex", "", "Meier", ""}, true, "Hallo Alex,");
        row("du, family", record::FAMILIE, {"", "", "de", "Vries", ""}, true,
            "Liebe Familie de Vries,");
        row("du without a first name", record::FRAU, {"", "", "", "Krüger", ""}, true,
            "Sehr geehrte Frau Krüger,");
        row("blanks and breaks", record::FRAU, {" ", "Eva\n", " ", "  Müller \t Lüdenscheidt ", ""},
            false, "Sehr geehrte Frau Müller Lüdenscheidt,");
    }

    void salutation() {
        QFETCH(int, word);
        QFETCH(QStringList, name);
        QFETCH(bool, informal);
        QTEST(text(letterSalutation(customer(word, name, informal))), "line");
    }

    void address_data() {
        QTest::addColumn<int>("word");
        QTest::addColumn<QStringList>("name");
        QTest::addColumn<QString>("country");
        QTest::addColumn<QStringList>("lines");
        const auto row = [](const char* tag, record::Salutation word, Texts name,
                            const char* country, Texts lines) {
            QTest::newRow(tag) << static_cast<int>(word) << list(name) << country << list(lines);
        };
        const char* street = "Tannenstieg 14";
        const char* town = "22043 Hamburg";
        row("woman", record::FRAU, {"Dr.", "Sabine", "", "Krüger", ""}, "DE",
            {"Frau", "Dr. Sabine Krüger", street, town});
        row("man", record::HERR, {"", "Ralf", "von der", "Heide", ""}, "",
            {"Herrn", "Ralf von der Heide", street, town});
        row("divers", record::DIVERS, {"", "Alex", "", "Meier", ""}, "",
            {"Alex Meier", street, town});
        row("family", record::FAMILIE, {"", "", "", "Öztürk", ""}, "",
            {"Familie Öztürk", street, town});
        row("company", record::FIRMA, {"", "", "", "", "Petersen Haustechnik GmbH"}, "",
            {"Petersen Haustechnik GmbH", street, town});
        row("company with a man", record::HERR, {"Dr.", "Jan", "", "Petersen", "Petersen GmbH"}, "",
            {"Petersen GmbH", "Herrn Dr. Jan Petersen", street, town});
        row("Austria", record::FRAU, {"", "Eva", "", "Huber", ""}, "AT",
            {"Frau", "Eva Huber", street, town, "ÖSTERREICH"});
        row("nobody", record::SALUTATION_NONE, {"", "", "", "", ""}, "", {street, town});
    }

    void address() {
        QFETCH(int, word);
        QFETCH(QStringList, name);
        QFETCH(QString, country);
        record::Customer who = customer(word, name, false);
        who.mutable_address()->set_street("Tannenstieg 14");
        who.mutable_address()->set_postcode("22043");
        who.mutable_address()->set_city("Hamburg");
        who.mutable_address()->set_country(country.toStdString());
        QStringList lines;
        for (const std::string& line : addressBlock(who)) {
            lines << text(line);
        }
        QTEST(lines, "lines");
        QVERIFY(lines.size() <= 6);
    }

    void phone_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* written, const char* shown) {
            QTest::newRow(written) << QString::fromUtf8(written) << QString::fromUtf8(shown);
        };
        row("040/66969-214", "+49 40 66969-214");
        row("(040) 66969214", "+49 40 66969214");
        row("+49 (0)40 66969-214", "+49 40 66969-214");
        row("0171-3920045", "+49 171 3920045");
        row("0171 392 00 45", "+49 171 3920045");
        row("004915123456789", "+49 151 23456789");
        row("04131 / 2233-0", "+49 4131 2233-0");
        row("041312233", "+49 4131 2233");
        row("03303 2233-12", "+49 3303 2233-12");
        row("033032233", "+49 33032233");
        row("0221 12 34 56", "+49 221 123456");
        row("+43 1 234567", "+43 1 234567");
        row("+31 20 555-1234", "+31 20 555-1234");
        row("110", "110");
        row("anonym", "anonym");
        row("040 66969 Durchwahl 214", "040 66969 Durchwahl 214");
        row("", "");
    }

    void phone() {
        QFETCH(QString, written);
        const std::string shown = displayPhone(written.toStdString());
        QTEST(text(shown), "shown");
        // What is shown is the same number, and is shown the same again.
        QCOMPARE(phoneKey(parsePhone(shown)), phoneKey(parsePhone(written.toStdString())));
        QCOMPARE(displayPhone(shown), shown);
    }

    void links_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("mail");
        QTest::addColumn<QString>("tel");
        const auto row = [](const char* written, const char* mail, const char* tel) {
            QTest::newRow(written)
                << QString::fromUtf8(written) << QString::fromUtf8(mail) << QString::fromUtf8(tel);
        };
        row("s.krueger@example.org", "mailto:s.krueger@example.org", "");
        row(" a+b@example.org ", "mailto:a%2Bb@example.org", "");
        row("a?bcc=all@example.org", "mailto:a%3Fbcc%3Dall@example.org", "");
        row("a&subject=x%0d%0aBcc:b@example.org",
            "mailto:a%26subject%3Dx%250d%250aBcc%3Ab@example.org", "");
        row("a@example.org,b@example.org", "", "");
        row("a\r\nBcc: b@example.org", "", "");
        row("jürgen@müller.example", "mailto:j%C3%BCrgen@m%C3%BCller.example", "");
        row("file:///etc/passwd", "", "");
        row("040/66969-214", "", "tel:+494066969214");
        row("112", "", "tel:112");
        row("tel:112;ext=1", "", "");
        row("0171 3920045?x=y", "", "");
        row("anonym", "", "");
    }

    void links() {
        QFETCH(QString, written);
        QTEST(text(mailtoUri(written.toStdString())), "mail");
        QTEST(text(telUri(written.toStdString())), "tel");
    }

private:
    static record::Customer customer(int word, const QStringList& name, bool informal) {
        record::Customer customer;
        customer.set_salutation(static_cast<record::Salutation>(word));
        customer.set_title(name[0].toStdString());
        customer.set_first_name(name[1].toStdString());
        customer.set_noble_part(name[2].toStdString());
        customer.set_last_name(name[3].toStdString());
        customer.set_company(name[4].toStdString());
        customer.set_informal(informal);
        return customer;
    }
};

QTEST_APPLESS_MAIN(LetterTest)
#include "letter_test.moc"
