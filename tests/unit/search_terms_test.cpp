// SPDX-License-Identifier: GPL-3.0-or-later
// Folding, sounds, plates, VINs, and what typed pieces ask the index for (G-14 to G-16).
#include "common/domain/search_terms.h"

#include "common/base/fold.h"
#include "common/domain/phonetic.h"
#include "common/domain/plate.h"
#include "common/domain/vin.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace vorfahrt;
using namespace vorfahrt::domain;

namespace {

QByteArray bytes(std::string_view text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

std::string str(const QByteArray& text) {
    return text.toStdString();
}

// Does the index, asked as the term says, answer with a row that holds this text?
bool isFound(const SearchTerm& term, schema::SearchKind kind, std::string_view text) {
    std::vector<std::string> list;
    addTerms(kind, text, list);
    const std::set<std::string> terms(list.begin(), list.end());
    const auto holds = [&](const TermRange& range) {
        const auto it = terms.lower_bound(range.prefix);
        return it != terms.end() &&
               (range.exact ? *it == range.prefix : it->starts_with(range.prefix));
    };
    return std::ranges::any_of(term.queries(), [&](const TermQuery& query) {
        return std::ranges::all_of(query.parts, [&](const std::vector<TermRange>& part) {
            return std::ranges::any_of(part, holds);
        });
    });
}

}  // namespace

class SearchTermsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void folds_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("folded");
        const auto row = [](const char* text, const char* folded) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(folded);
        };
        row("Müller", "muller");
        row("MUELLER", "muller");
        row("Muller", "muller");
        row("Mu\xCC\x88ller", "muller");  // u and a combining diaeresis
        row("Groß", "gross");
        row("GROSS", "gross");
        row("Straße 12a", "strasse 12a");
        row("Yıldırım", "yildirim");
        row("Öztürk", "ozturk");
        row("François Détré", "francois detre");
        row("Łukasz Żółć", "lukasz zolc");
        row("Škoda", "skoda");
        row("Müller-Lüdenscheidt", "muller ludenscheidt");
        row("O'Brien", "o brien");
        row("s.krueger@example.org", "s kruger example org");
        row("Bauer", "baur");
        row("31.480 €", "31 480");
        row("Иванов", "иванов");
        row("ΑΘΗΝΑ", "αθηνα");
        row("a\xFF\xFE"
            "b\xC3",
            "a b");  // not UTF-8
        row("  ", "");
        row("ID.4 „Pro“", "id 4 pro");
    }
    void folds() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, folded);
        QCOMPARE(bytes(foldText(str(text))), folded);
    }

    // The fold of every beginning is a beginning of the fold: typing on never loses a row.
    void beginningsFoldToBeginnings_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"Müller", "Mueller", "Bauer", "Aachen", "Groß", "Łukasz", "Aeee"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void beginningsFoldToBeginnings() {
        QFETCH(QByteArray, text);
        const std::string whole = foldText(str(text));
        for (std::size_t letters = 1; letters <= 10; ++letters) {
            const std::string typed = str(text).substr(0, prefixBytes(str(text), letters));
            const std::string folded = foldText(typed);
            QVERIFY2(whole.starts_with(folded), typed.c_str());
        }
    }

    void sounds_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const char* code) {
            QTest::newRow(name) << QByteArray(name) << QByteArray(code);
        };
        row("Wikipedia", "3412");
        row("Müllerlüdenscheidt", "65752682");  // examples of the literature
        row("Breschnew", "17863");
        row("Meier", "67");
        row("Maier", "67");
        row("Mayr", "67");
        row("Krüger", "4747");
        row("Kröger", "4747");
        row("Kürger", "4747");  // letters in the wrong order
        row("Schmidt", "862");
        row("Schmitt", "862");
        row("Philipp", "351");
        row("Filip", "351");
        row("Xaver", "4837");
        row("Christ", "4782");
        row("Cäsar", "487");
        row("12", "");
    }
    void sounds() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, code);
        QCOMPARE(bytes(phonetic(foldText(str(name)))), code);
    }

    void plates_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("shown");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* text, const char* key, const char* shown, PlateKind kind) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(key) << QByteArray(shown)
                                << static_cast<int>(kind);
        };
        row("B-MW 1234", "bmw1234", "B-MW 1234", PlateKind::Ordinary);
        row("b mw 1234", "bmw1234", "B-MW 1234", PlateKind::Ordinary);
        row("bmw1234", "bmw1234", "bmw1234", PlateKind::Ordinary);
        row("HH-S 4817E", "hhs4817e", "HH-S 4817E", PlateKind::Ordinary);
        row("HH-SK 4817E", "hhsk4817e", "HH-SK 4817E", PlateKind::Unusual);  // nine characters
        row("HH-SK 48 17", "hhsk4817", "HH-SK 48 17", PlateKind::Unusual);
        row("TÜ-AB 12 H", "tuab12h", "TÜ-AB 12H", PlateKind::Ordinary);
        row("tü-ab 12", "tuab12", "TÜ-AB 12", PlateKind::Ordinary);
        row("M-X 1 04-10", "mx1", "M-X 1", PlateKind::Ordinary);
        row("M-X 1 0410", "mx1", "M-X 1", PlateKind::Ordinary);
        row("HH-06123", "hh06123", "HH-06123", PlateKind::Dealer);
        row("HH-03123", "hh03123", "HH-03123", PlateKind::ShortTerm);
        row("B-1-234", "b1234", "B-1-234", PlateKind::Unusual);
        row("HH 7654", "hh7654", "HH 7654", PlateKind::Authority);
        row("HH-SK 0123", "hhsk0123", "HH-SK 0123", PlateKind::Unusual);
        row("HHH-SK 12345", "hhhsk12345", "HHH-SK 12345", PlateKind::Unusual);
        row("W 12345 X", "w12345x", "W 12345 X", PlateKind::Unusual);
        row("", "", "", PlateKind::Unusual);
    }
    void plates() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, shown);
        QFETCH(int, kind);
        const Plate plate = parsePlate(str(text));
        QCOMPARE(bytes(plate.key), key);
        QCOMPARE(bytes(displayPlate(str(text))), shown);
        QCOMPARE(static_cast<int>(plate.kind), kind);
    }
    void aSeasonIsRead() {
        const Plate plate = parsePlate("M-X 1 04-10");
        QCOMPARE(plate.seasonFrom, 4);
        QCOMPARE(plate.seasonTo, 10);
        QCOMPARE(parsePlate("M-X 1 14-20").seasonFrom, 0);
        QCOMPARE(parsePlate("HH-SK 4817E").suffix, 'E');
    }

    void vins_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("usual");
        const auto row = [](const char* text, const char* key, bool usual) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(key) << usual;
        };
        row("WVWZZZ1JZXW000001", "wvwzzz1jzxw000001", true);
        row("wvwzzz 1jzxw 000001", "wvwzzz1jzxw000001", true);
        row("WVWZZZ1JZXWOOOOO1", "wvwzzz1jzxw000001", false);  // letters O for zeros
        row("12345", "12345", false);                          // an old one
        row("", "", false);
    }
    void vins() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, key);
        QFETCH(bool, usual);
        const Vin vin = parseVin(str(text));
        QCOMPARE(bytes(vin.key), key);
        QCOMPARE(vin.usual, usual);
    }

    // One typed piece against one stored text: found by the index and confirmed by the text, or
    // not, and what is marked.
    void finds_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("marked");  // empty: not found; "~": found by its sound
        const auto row = [](schema::SearchKind kind, const char* stored, const char* typed,
                            const char* marked) {
            QTest::addRow("%s in %s", typed, stored) << static_cast<int>(kind) << QByteArray(stored)
                                                     << QByteArray(typed) << QByteArray(marked);
        };
        using namespace schema;
        row(SEARCH_NAME, "Sabine Krüger", "krüger", "Krüger");
        row(SEARCH_NAME, "Sabine Krüger", "krueg", "Krüg");
        row(SEARCH_NAME, "Sabine Krueger", "krüg", "Krueg");
        row(SEARCH_NAME, "Sabine Krueger", "krü", "Krue");
        row(SEARCH_NAME, "Sabine Krüger", "s", "S");
        row(SEARCH_NAME, "Hannes Kröger", "krüger", "~");
        row(SEARCH_NAME, "Müller-Lüdenscheidt", "lüd", "Lüd");
        row(SEARCH_NAME, "Müller-Lüdenscheidt", "müller-lüd", "Müller|Lüd");
        row(SEARCH_NAME, "Mayr", "meier", "~");
        row(SEARCH_NAME, "Mai", "may", "");  // three letters are too few to hear
        row(SEARCH_NAME, "Groß", "gross", "Groß");
        row(SEARCH_NAME, "Sabine Krüger", "rüger", "");
        row(SEARCH_TEXT, "Finanzierung über 48 Monate", "finanz", "Finanz");
        row(SEARCH_TEXT, "Finanzierung über 48 Monate", "48", "48");
        row(SEARCH_TEXT, "Finanzierung über 48 Monate", "f", "");
        row(SEARCH_TEXT, "Finanzierung", "finanzirung", "");
        row(SEARCH_PHONE, "0171/3920045", "0171/3920", "0171/3920");
        row(SEARCH_PHONE, "0171/3920045", "+49171", "0171");
        row(SEARCH_PHONE, "0171/3920045", "0049171", "0171");
        row(SEARCH_PHONE, "0171/3920045", "3920", "3920");
        row(SEARCH_PHONE, "0171/3920045", "0045", "0045");
        row(SEARCH_PHONE, "0171/3920045", "45", "45");
        row(SEARCH_PHONE, "0171/3920045", "39", "");  // two digits: the last ones only
        row(SEARCH_PHONE, "+49 (0)40 66969-214", "040", "40");
        row(SEARCH_PHONE, "+49 40 66969214", "+49(0)4066", "+49 40 66");
        row(SEARCH_PHONE, "040 66969-214", "69214", "69-214");
        row(SEARCH_PHONE, "040 66969-214", "70000", "");
        row(SEARCH_PHONE, "s.krueger@example.org", "krüger", "krueger");
        row(SEARCH_PHONE, "s.krueger@example.org", "s.krueger@ex", "s|krueger|ex");
        row(SEARCH_PLATE, "B-MW 1234", "b-mw1234", "B-MW 1234");
        row(SEARCH_PLATE, "B-MW 1234", "bmw1234", "B-MW 1234");
        row(SEARCH_PLATE, "B-MW 1234", "bmw", "B-MW");
        row(SEARCH_PLATE, "B-MW 1234", "1234", "1234");
        row(SEARCH_PLATE, "B-MW 1234", "12", "12");
        row(SEARCH_PLATE, "B-MW 1234", "mw12", "MW 12");
        row(SEARCH_PLATE, "B-MW 1234", "mw", "");  // letters alone: from the front
        row(SEARCH_PLATE, "HH-SK 4817E", "hh-sk4817", "HH-SK 4817");
        row(SEARCH_PLATE, "HH-SK 4817E", "hh-sk4817e", "HH-SK 4817E");
        row(SEARCH_PLATE, "M-X 1 04-10", "m-x1", "M-X 1");
        row(SEARCH_PLATE, "TÜ-AB 12", "tüab12", "TÜ-AB 12");
        row(SEARCH_PLATE, "TÜ-AB 12", "tuab", "");  // four letters without a hyphen: a word
        row(SEARCH_VIN, "WVWZZZ1JZXW012345", "012345", "012345");
        row(SEARCH_VIN, "WVWZZZ1JZXW012345", "xw012345", "XW012345");
        row(SEARCH_VIN, "WVWZZZ1JZXW012345", "wvwzzz1j", "WVWZZZ1J");
        row(SEARCH_VIN, "WVWZZZ1JZXW012345", "o12345", "012345");
        row(SEARCH_VIN, "WVWZZZ1JZXW012345", "2345", "");  // too short
        row(SEARCH_VIN, "WVWZZZ1JZXW012345", "12346", "");
        row(SEARCH_NUMBER, "1184", "1184", "1184");
        row(SEARCH_NUMBER, "1184", "11", "11");
        row(SEARCH_NUMBER, "1184", "1", "1");
        row(SEARCH_NUMBER, "1184", "184", "");
    }
    void finds() {
        QFETCH(int, kind);
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, marked);
        const auto searchKind = static_cast<schema::SearchKind>(kind);
        const SearchTerm term(str(typed));
        const auto match = term.matchText(searchKind, str(stored));
        QCOMPARE(match.has_value(), !marked.isEmpty());
        if (!match) {
            return;
        }
        QVERIFY2(isFound(term, searchKind, str(stored)), "the index does not promise it");
        QCOMPARE(match->soundsAlike, marked == "~");
        if (!match->soundsAlike) {
            QByteArray parts;
            for (const auto& [begin, end] : match->ranges) {
                parts +=
                    (parts.isEmpty() ? "" : "|") +
                    stored.mid(static_cast<qsizetype>(begin), static_cast<qsizetype>(end - begin));
            }
            QCOMPARE(parts, marked);
        }
    }

    void readings_data() {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QList<int>>("terms");  // of each reading
        const auto row = [](const char* typed, const QList<int>& terms) {
            QTest::newRow(typed) << QByteArray(typed) << terms;
        };
        row("", {});
        row("   ", {});
        row("müller golf", {2});
        row("b mw 1234", {3, 1});
        row("B-MW 1234", {2, 1});
        row("müller b-mw 1234", {3, 2});
        row("golf 48", {2});
        row("0171 23 45", {3, 1});
        row("+49 171", {2, 1});
        row("müller 0171 23", {3, 2});
        row("48 17", {2});
        row("Firma Petersen", {1});
        row("Herr Dr. Müller", {1});
        row("Firma", {1});
        row("#1184", {1});
        row("a b c d e f g h i j", {8});
    }
    void readings() {
        QFETCH(QByteArray, typed);
        QFETCH(QList<int>, terms);
        QList<int> got;
        for (const auto& reading : readSearch(str(typed)).readings) {
            got.append(static_cast<int>(reading.size()));
        }
        QCOMPARE(got, terms);
    }

    void aTextIsBounded() {
        std::string text;
        for (int i = 0; i < 20'000; ++i) {
            text += "w" + std::to_string(i) + " ";
        }
        std::vector<std::string> terms;
        addTerms(schema::SEARCH_TEXT, text, terms);
        QVERIFY(terms.size() <= kMaxWords * 4);
        std::vector<std::string> one;
        addTerms(schema::SEARCH_TEXT, std::string(5'000, 'x'), one);
        QCOMPARE(one.front().size(), WordScanner::kMaxWord + 1);
    }
};

QTEST_APPLESS_MAIN(SearchTermsTest)
#include "search_terms_test.moc"
