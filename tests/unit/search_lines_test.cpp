// SPDX-License-Identifier: GPL-3.0-or-later
// How hits of the search are said: lines, badges, and marks in QChars.
#include "client/viewmodel/search_lines.h"

#include <QTest>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::client::replica;
using viewmodel::SearchLines;

class SearchLinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksCountCharactersNotBytes() {
        // "Öz🚗türk": two, one, four, one ... bytes; the car is two QChars.
        const MarkedText text{"\u00D6z\U0001F697t\u00FCrk", {{0, 2}, {7, 10}}};
        const auto marked = SearchLines::marked(text);
        QCOMPARE(marked.text, QString::fromStdString(text.text));
        QCOMPARE(marked.marks, (QList<QPair<int, int>>{{0, 1}, {4, 2}}));
    }

    void aCustomerSaysWhyHeWasFound() {
        SearchHit hit;
        hit.title = {"Hannes Kröger", {}};
        hit.facts = {{FactKind::Place, {"21682 Stade", {{6, 11}}}},
                     {FactKind::Phone, {"040 123", {}}}};
        hit.soundsAlike = true;
        const auto entry = SearchLines::hit(hit, 0);
        QCOMPARE(entry.detail.text, QStringLiteral("21682 Stade · 040 123 · sounds alike"));
        QCOMPARE(entry.detail.marks, (QList<QPair<int, int>>{{6, 5}}));
        QVERIFY(!entry.heading);
    }

    void thePlateOfAVehicleIsItsBadge() {
        SearchHit hit;
        hit.group = SearchGroup::Vehicles;
        hit.title = {"VW Golf", {{3, 7}}};
        hit.facts = {{FactKind::Plate, {"HH-SK 4817", {{6, 8}}}},
                     {FactKind::Customer, {"Sabine Krüger", {{7, 14}}}}};
        const auto entry = SearchLines::hit(hit, 0);
        QCOMPARE(entry.badge.text, QStringLiteral("HH-SK 4817"));
        QCOMPARE(entry.badge.marks, (QList<QPair<int, int>>{{6, 2}}));
        QCOMPARE(entry.detail.text, QStringLiteral("Sabine Krüger"));
        QCOMPARE(entry.detail.marks, (QList<QPair<int, int>>{{7, 6}}));
    }

    void anEntryOfTheTimelineNamesItsCustomer() {
        SearchHit hit;
        hit.group = SearchGroup::Activities;
        hit.activity = record::NOTE;
        hit.facts = {{FactKind::Customer, {"Sabine Krüger", {{7, 14}}}},
                     {FactKind::Excerpt, {"Probefahrt vereinbart", {}}}};
        const auto entry = SearchLines::hit(hit, 0);
        QCOMPARE(entry.title.text, QStringLiteral("Note, Sabine Krüger"));
        QCOMPARE(entry.title.marks, (QList<QPair<int, int>>{{13, 6}}));
        QCOMPARE(entry.detail.text, QStringLiteral("Probefahrt vereinbart"));
    }

    void headingsCannotBeSelected() {
        model::SearchListModel model;
        model::SearchEntry heading;
        heading.key = "h";
        heading.heading = true;
        model::SearchEntry hit;
        hit.key = "1";
        hit.title.text = QStringLiteral("VW Golf");
        hit.badge.text = QStringLiteral("HH-SK 4817");
        model.show({heading, hit});
        QVERIFY((model.flags(model.index(0)) & Qt::ItemIsSelectable) == 0);
        QVERIFY((model.flags(model.index(1)) & Qt::ItemIsSelectable) != 0);
        QCOMPARE(model.firstResult(), 1);
        QCOMPARE(model.data(model.index(1), Qt::AccessibleTextRole).toString(),
                 QStringLiteral("VW Golf, HH-SK 4817"));
    }
};

QTEST_GUILESS_MAIN(SearchLinesTest)
#include "search_lines_test.moc"
