// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/intake_fixtures.h"

#include <QByteArray>
#include <QString>

namespace vorfahrt::test {
namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string escaped(std::string_view text) {
    return replaced(replaced(replaced(std::string(text), "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

// Not by operator+ of strings: g++ 12 warns of overflows in it that are not there once it optimises
// (GCC bug 105651).
std::string from(std::string_view headers) {
    std::string out = "From: Autoportal <anfrage@portal.example>\nTo: a@haus.example\n";
    out.append(headers);
    return out;
}

}  // namespace

std::string mailOf(std::string_view headers, std::string_view body) {
    return replaced(replaced(std::string(headers) + "\n" + std::string(body), "\r\n", "\n"), "\n",
                    "\r\n");
}

std::string base64(std::string_view bytes) {
    const QByteArray coded = QByteArray(bytes.data(), qsizetype(bytes.size())).toBase64();
    std::string out;
    for (qsizetype i = 0; i < coded.size(); i += 76) {
        out += coded.mid(i, 76).toStdString() + "\n";
    }
    return out;
}

std::string quotedPrintable(std::string_view bytes) {
    std::string out;
    std::size_t column = 0;
    for (const char c : bytes) {
        std::string piece(1, c);
        if (c != '\n' && (c == '=' || c == '\t' || static_cast<unsigned char>(c) > 126)) {
            piece = "=" + QByteArray(1, c).toHex().toUpper().toStdString();
        }
        if (c != '\n' && column + piece.size() > 72) {
            out += "=\n";
            column = 0;
        }
        out += piece;
        column = c == '\n' ? 0 : column + piece.size();
    }
    return out;
}

std::string windows1252(std::string_view utf8) {
    std::string out;
    for (const QChar c : QString::fromUtf8(utf8.data(), qsizetype(utf8.size()))) {
        out += c.unicode() == 0x20AC ? char(0x80) : char(c.unicode());
    }
    return out;
}

std::string plainAdf() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf><prospect status="new">
<id sequence="1" source="Importeur">L-4711</id>
<requestdate>2026-03-01T10:15:00+01:00</requestdate>
<vehicle interest="test-drive" status="used"><year>2021</year><make>Skoda</make><model>Octavia</model>
<vin>TMBJJ7NE0L0000001</vin><stock>A-17</stock><trim>Combi Style</trim>
<odometer status="original" units="km">45.300</odometer><price type="asking" currency="EUR">25.990,00</price>
<comments>Bitte mit Anh&#228;ngerkupplung.</comments></vehicle>
<customer><contact><name part="first">Erika</name><name part="last">Beispiel</name>
<email preferredcontact="1">erika@example.org</email><phone type="voice">040 / 55 44 33-0</phone>
<phone type="cellphone">0171 1234567</phone><phone type="fax">040 999</phone>
<address><street line="1">Musterweg 1</street><city>Hamburg</city><postalcode>20095</postalcode><country>DE</country></address>
</contact><comments><![CDATA[Ist der Wagen <noch> da?]]></comments></customer>
<vendor><vendorname>Autohaus Nord</vendorname></vendor>
<provider><name part="full">Importeur Portal</name></provider>
</prospect></adf>
)";
}

std::string adfTwoVehicles() {
    return R"(

  <?ADF VERSION "1.0"?>
<?xml version="1.0"?>
 <ADF><Prospect status=new>
<id sequence=1 source=“Händlerseite”>77</id>
<requestdate>2026-03-01 10:15:00</requestdate>
<vehicle interest=buy status=used><year>2019</year><make>VW</make><model>Golf & Variant</model><x:custom kind=1>?</x:custom></vehicle>
<vehicle interest='trade-in'><make>Opel</make><model>Corsa</model><odometer units="mi">10000</odometer></vehicle>
<vehicle interest=buy><make>Audi</make><model>A3</model></vehicle>
<customer><contact><name part=full>Frau Dr. Anna von der Heide</name><email>anna@example.org</email>
<email>a.heide@example.com</email><phone>0049 40 123456</phone></name></contact>
<comments>Was bekomme ich f&uuml;r meinen?</comment></customer>
</prospect></adf> trailing text
)";
}

std::string adfAsAttachment(std::string_view adf, std::string_view messageId) {
    std::string headers = "Subject: ADF\nMessage-ID: <";
    headers.append(messageId).append(
        ">\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b1\"\n");
    return mailOf(from(headers),
                  "--b1\nContent-Type: text/plain\n\nSiehe Anhang.\n--b1\n"
                  "Content-Type: application/xml; name=\"lead.xml\"\n"
                  "Content-Disposition: attachment; filename=\"../x/lead.xml\"\n"
                  "Content-Transfer-Encoding: base64\n\n" +
                      base64(adf) + "--b1--\n");
}

std::string adfEscapedInHtml(std::string_view adf) {
    return mailOf(from("Subject: ADF\nMIME-Version: 1.0\n"
                       "Content-Type: text/html; charset=utf-8\n"),
                  "<html><body><pre>" + escaped(adf) + "</pre></body></html>\n");
}

std::string labelText() {
    return "Guten Tag,\n\nSie haben eine neue Anfrage erhalten.\n\n"
           "Fahrzeug: VW Golf VIII 1.5 TSI\nInserat-Nr.: 987654\nPreis: 23.450,00 €\n"
           "Kilometerstand: 31.200 km\nErstzulassung: 03/2021\n\n"
           "Kontaktdaten\nAnrede: Herr\nVorname: Jörg\nNachname: Müßig\nE-Mail: joerg@example.org\n"
           "Telefon: 040 / 12 34 56\nMobil: 0171-7654321\nPLZ/Ort: 22767 Hamburg\n\n"
           "Nachricht:\nIst das Fahrzeug noch verfügbar?\nPreis: geht da noch etwas?\n\nViele "
           "Grüße\n"
           "---\nDiese E-Mail wurde automatisch erzeugt.\nTelefon: 0800 000000\n";
}

std::string labelHtml() {
    return "<html><head><style>td{x}</style></head><body><!-- <lead id=\"9\"/> --><p>Neue "
           "Anfrage</p><table>"
           "<tr><td><b>Fahrzeug:</b></td><td>VW Golf VIII 1.5 TSI</td></tr>"
           "<tr><td>Inserat-Nr.:</td><td><p>987654</p></td></tr>"
           "<tr><td>Preis:<td>23.450,00&nbsp;&euro;</tr>"
           "<tr><td>Kilometerstand:</td><td>31.200 km</td></tr>"
           "<tr><td>Erstzulassung:</td><td>03/2021</td></tr></table><h3>Kontaktdaten</h3><table>"
           "<tr><td>Anrede</td><td>Herr</td></tr>"
           "<tr><td>Vorname</td><td>J&ouml;rg</td><td>Nachname</td><td>M&uuml;&szlig;ig</td></tr>"
           "<tr><td>E-Mail:</td><td><a "
           "href=\"mailto:joerg@example.org\">joerg@example.org</a></td></tr>"
           "<tr><td>Telefon:</td><td>040 / 12 34 "
           "56</td></tr><tr><td>Mobil:</td><td>0171-7654321</td></tr>"
           "<tr><td>PLZ/Ort:</td><td>22767 Hamburg</td></tr>"
           "<tr><td>Nachricht:</td><td>Ist das Fahrzeug noch verf\xC3\xBCgbar?<br>Preis: geht da "
           "noch etwas?"
           "<br><br>Viele Gr\xC3\xBC\xC3\x9F"
           "e</td></tr></table><p>Diese E-Mail wurde automatisch erzeugt.</p></body></html>";
}

std::vector<std::pair<std::string, std::string>> allIntakeMails() {
    const auto labelled = [](std::string_view extra, const std::string& body) {
        std::string headers =
            "Subject: =?utf-8?Q?Anfrage_f=C3=BCr?= Golf\n"
            "Date: Sun, 1 Mar 2026 10:15:00 +0100\n"
            "Message-ID: <m1@portal.example>\nMIME-Version: 1.0\n";
        headers.append(extra);
        return mailOf(from(headers), body);
    };
    const std::string qp = "Content-Transfer-Encoding: quoted-printable\n";
    const std::string b64 = "Content-Transfer-Encoding: base64\n";
    const std::string utf8 = "Content-Type: text/plain; charset=utf-8\n";
    const std::string cp = "Content-Type: text/plain; charset=windows-1252\n";
    const std::string html = "Content-Type: text/html; charset=utf-8\n";
    const std::string htmlCp = "Content-Type: text/html; charset=\"Windows-1252\"\n";
    return {
        {"label utf-8 8bit", labelled(utf8, labelText())},
        {"label utf-8 qp", labelled(utf8 + qp, quotedPrintable(labelText()))},
        {"label utf-8 base64", labelled(utf8 + b64, base64(labelText()))},
        {"label 1252 8bit", labelled(cp, windows1252(labelText()))},
        {"label 1252 qp", labelled(cp + qp, quotedPrintable(windows1252(labelText())))},
        {"label 1252 base64", labelled(cp + b64, base64(windows1252(labelText())))},
        {"label no charset, 1252 bytes", labelled("", windows1252(labelText()))},
        {"label utf-8 declared, 1252 bytes", labelled(utf8, windows1252(labelText()))},
        {"label html utf-8", labelled(html, labelHtml())},
        {"label html utf-8 qp", labelled(html + qp, quotedPrintable(labelHtml()))},
        {"label html 1252 base64", labelled(htmlCp + b64, base64(windows1252(labelHtml())))},
        {"adf attachment", adfAsAttachment(plainAdf(), "a1@portal.example")},
        {"adf malformed attachment", adfAsAttachment(adfTwoVehicles(), "a2@portal.example")},
        {"adf bare", mailOf(from("Subject: ADF\n"), plainAdf())},
        {"adf bare xml type",
         mailOf(from("Subject: ADF\nContent-Type: text/xml; charset=utf-8\n"), plainAdf())},
        {"adf malformed bare", mailOf(from("Subject: ADF\n"), adfTwoVehicles())},
        {"adf escaped in html", adfEscapedInHtml(plainAdf())},
        {"adf malformed escaped in html", adfEscapedInHtml(adfTwoVehicles())},
    };
}

}  // namespace vorfahrt::test
