// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/privacy_mails.h"

#include "tests/unit/intake_fixtures.h"

#include <fmt/format.h>

namespace vorfahrt::test {

namespace {

constexpr int kGuises = 5;

struct Words {
    std::string first;
    std::string last;
    std::string email;
    std::string phone;
    std::string street;
    std::string vin;
    std::string text;  // of the message
    std::string model;
    std::string subject;
};

std::string headersOf(const Words& words, int number, std::string_view type) {
    return fmt::format(
        "From: Autoportal <anfrage@portal.example>\nTo: lead@haus.example\n"
        "Subject: Anfrage {}\nDate: Sun, 1 Mar 2026 10:15:00 +0100\n"
        "Message-ID: <privacy-{}@portal.example>\nMIME-Version: 1.0\n{}",
        words.subject, number, type);
}

std::string adf(const Words& w) {
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?adf version=\"1.0\"?>\n"
        "<adf><prospect><requestdate>2026-03-01T10:15:00+01:00</requestdate>"
        "<vehicle interest=\"buy\"><make>VW</make><model>{}</model></vehicle>"
        "<vehicle "
        "interest=\"trade-in\"><make>Opel</make><model>Corsa</model><vin>{}</vin></vehicle>"
        "<customer><contact><name part=\"first\">{}</name><name part=\"last\">{}</name>"
        "<email>{}</email><phone>{}</phone><address><street line=\"1\">{}</street>"
        "<city>Hamburg</city><postalcode>20095</postalcode><country>DE</country></address>"
        "</contact><comments>{}</comments></customer>"
        "<provider><name part=\"full\">Portal</name></provider></prospect></adf>\n",
        w.model, w.vin, w.first, w.last, w.email, w.phone, w.street, w.text);
}

std::string labels(const Words& w) {
    return fmt::format(
        "Guten Tag,\n\nSie haben eine neue Anfrage erhalten.\n\nFahrzeug: VW {}\n\n"
        "Kontaktdaten\nVorname: {}\nNachname: {}\nE-Mail: {}\nTelefon: {}\nStraße: {}\n"
        "PLZ/Ort: 20095 Hamburg\n\nInzahlungnahme\nMarke: Opel\nModell: Corsa\nFIN: {}\n\n"
        "Nachricht:\n{}\n",
        w.model, w.first, w.last, w.email, w.phone, w.street, w.vin, w.text);
}

std::string table(const Words& w) {
    const auto line = [](std::string_view label, std::string_view value) {
        return fmt::format("<tr><td><b>{}:</b></td><td>{}</td></tr>", label, value);
    };
    return "<html><body><p>Neue Anfrage</p><table>" + line("Fahrzeug", "VW " + w.model) +
           "</table><h3>Kontaktdaten</h3><table>" + line("Vorname", w.first) +
           line("Nachname", w.last) + line("E-Mail", w.email) + line("Telefon", w.phone) +
           line("Straße", w.street) + line("PLZ/Ort", "20095 Hamburg") +
           "</table><h3>Inzahlungnahme</h3><table>" + line("Marke", "Opel") +
           line("Modell", "Corsa") + line("FIN", w.vin) + "</table><table>" +
           line("Nachricht", w.text) + "</table></body></html>";
}

std::string mailIn(int guise, const Words& words, int number) {
    switch (guise) {
        case 0:
            return mailOf(
                headersOf(words, number, "Content-Type: multipart/mixed; boundary=\"b1\"\n"),
                "--b1\nContent-Type: text/plain\n\nSiehe Anhang.\n--b1\n"
                "Content-Type: application/xml; name=\"lead.xml\"\n"
                "Content-Disposition: attachment; filename=\"lead.xml\"\n"
                "Content-Transfer-Encoding: base64\n\n" +
                    base64(adf(words)) + "--b1--\n");
        case 1:
            return mailOf(headersOf(words, number, "Content-Type: text/xml; charset=utf-8\n"),
                          adf(words));
        case 2:
            return mailOf(headersOf(words, number, "Content-Type: text/plain; charset=utf-8\n"),
                          labels(words));
        case 3:
            return mailOf(headersOf(words, number,
                                    "Content-Type: text/plain; charset=windows-1252\n"
                                    "Content-Transfer-Encoding: quoted-printable\n"),
                          quotedPrintable(windows1252(labels(words))));
        default:
            return mailOf(headersOf(words, number,
                                    "Content-Type: text/html; charset=utf-8\n"
                                    "Content-Transfer-Encoding: base64\n"),
                          base64(table(words)));
    }
}

std::string plateOf(Random& random) {
    const auto letter = [&random] { return static_cast<char>('A' + random.below(26)); };
    return fmt::format("HH-{}{} {:04}", letter(), letter(), random.below(9'000) + 1'000);
}

}  // namespace

EnquiryMail enquiryMail(int number, Random& random) {
    const auto label = [number](std::string_view what) {
        return fmt::format("{} of enquiry {}", what, number);
    };
    const Canary first = Canary::name(label("first name"), random);
    const Canary last = Canary::name(label("last name"), random);
    const Canary local = Canary::word(label("e-mail"), random);
    const Canary phone = Canary::phone(label("phone"), random);
    const Canary street = Canary::name(label("street"), random);
    const Canary vin = Canary::word(label("VIN"), random);
    const Canary word = Canary::name(label("word"), random);
    const Canary again = Canary::word(label("second word"), random);
    const Canary subject = Canary::word(label("subject"), random);
    const Canary plate(label("plate"), Canary::Kind::Word, plateOf(random));
    EnquiryMail mail;
    mail.model = fmt::format("Passat K{:02}", number);
    mail.firstName = first.value();
    mail.lastName = last.value();
    mail.phone = phone.value();
    mail.street = street.value() + " 12";
    mail.email = local.value() + "@example.org";
    const Words words{.first = first.value(),
                      .last = last.value(),
                      .email = mail.email,
                      .phone = phone.value(),
                      .street = mail.street,
                      .vin = vin.value(),
                      .text = fmt::format("Ist er noch da? {} und {}, mein Kennzeichen ist {}.",
                                          word.value(), again.value(), plate.value()),
                      .model = mail.model,
                      .subject = subject.value()};
    mail.bytes = mailIn(number % kGuises, words, number);
    mail.customer = {first, last, local, phone, street};
    mail.tradeIn = {vin};
    mail.message = {word, again, subject, plate};
    return mail;
}

QByteArray fenceMail(int number) {
    const Words words{.first = "Nora",
                      .last = "Nebensache",
                      .email = fmt::format("nora{}@example.org", number),
                      .phone = fmt::format("040 1234{:02}", number),
                      .street = "Weg 1",
                      .vin = "WVWZZZ00000000000",
                      .text = fmt::format("Hallo {}", number),
                      .model = "Golf",
                      .subject = "Golf"};
    return QByteArray::fromStdString(mailIn(2, words, 1'000 + number));
}

}  // namespace vorfahrt::test
