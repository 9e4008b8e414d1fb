// SPDX-License-Identifier: GPL-3.0-or-later
// How the desk says times, money and refused edits (design, section 10). TZ is UTC in tests.
#include "client/viewmodel/words.h"

#include "client/viewmodel/tray_words.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/record.h"
#include "common/sync/mutator.h"

#include <QLocale>
#include <QTranslator>

using namespace vorfahrt;
using namespace vorfahrt::client;
using viewmodel::DueTone;
using viewmodel::Words;

namespace {

constexpr std::int64_t kNow = 1'795'430'520'000;  // Monday, 23 November 2026, 10:42
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

// No-break spaces as plain ones, so that the tables below can be read.
QString plain(QString text) {
    return text.replace(QChar(0x00A0), QLatin1Char(' '));
}

}  // namespace

class WordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void due_data();
    void due();
    void countdown_data();
    void countdown();
    void ages();
    void money();
    void refusedNoteKeepsItsText();
    void editNamesWhatWasTyped();

private:
    QTranslator german_;
};

void WordsTest::initTestCase() {
    QVERIFY(german_.load(QStringLiteral(":/translations/vorfahrt_de.qm")));
    QCoreApplication::installTranslator(&german_);
    QLocale::setDefault(QLocale(QLocale::German));
}

void WordsTest::due_data() {
    QTest::addColumn<qint64>("at");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("note");
    QTest::addColumn<int>("tone");
    const auto row = [](const char* name, std::int64_t at, const char* text, const char* note,
                        DueTone tone) {
        QTest::newRow(name) << qint64{at} << QString::fromUtf8(text) << QString::fromUtf8(note)
                            << static_cast<int>(tone);
    };
    row("nothing", 0, "", "", DueTone::None);
    row("overdue today", kNow - 27 * kMinute, "10:15", "überfällig", DueTone::Overdue);
    row("overdue since Friday", kNow - 72 * kHour, "Fr 20.11.", "überfällig", DueTone::Overdue);
    row("soon, rounded up", kNow + 17 * kMinute + 1, "10:59", "in 18 min", DueTone::Soon);
    row("today", kNow + 4 * kHour, "14:42", "heute", DueTone::Normal);
    row("Wednesday", kNow + 48 * kHour, "Mi 25.11.", "10:42", DueTone::Normal);
}

void WordsTest::due() {
    QFETCH(qint64, at);
    QFETCH(QString, text);
    QFETCH(QString, note);
    QFETCH(int, tone);
    const viewmodel::DueWords words = Words::due(kNow, at);
    QCOMPARE(plain(words.text), text);
    QCOMPARE(plain(words.note), note);
    QCOMPARE(static_cast<int>(words.tone), tone);
}

void WordsTest::countdown_data() {
    QTest::addColumn<qint64>("left");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << qint64{36'000} << QStringLiteral("00:36");
    QTest::newRow("a started second counts") << qint64{107'001} << QStringLiteral("01:48");
    QTest::newRow("hours") << qint64{3 * kHour + 5 * kMinute} << QStringLiteral("3:05 Std.");
    QTest::newRow("over") << qint64{-5} << QStringLiteral("00:00");
}

void WordsTest::countdown() {
    QFETCH(qint64, left);
    QFETCH(QString, text);
    QCOMPARE(plain(Words::countdown(left)), text);
}

void WordsTest::ages() {
    QCOMPARE(Words::age(kNow, kNow - 10'000), QStringLiteral("gerade"));
    QCOMPARE(plain(Words::age(kNow, kNow - 3 * kMinute)), QStringLiteral("3 min"));
    QCOMPARE(plain(Words::age(kNow, kNow - 5 * kHour)), QStringLiteral("5 Std."));
    QCOMPARE(plain(Words::age(kNow, kNow - 25 * kHour)), QStringLiteral("1 Tag"));
    QCOMPARE(plain(Words::age(kNow, kNow - 50 * kHour)), QStringLiteral("2 Tage"));
}

void WordsTest::money() {
    QCOMPARE(plain(Words::money(3'148'000)), QStringLiteral("31.480 €"));
    QCOMPARE(plain(Words::money(14'950)), QStringLiteral("149,50 €"));
}

void WordsTest::refusedNoteKeepsItsText() {
    record::Activity note;
    note.set_lead_id(std::string(16, 'l'));
    note.set_text("Ruft morgen an");
    wire::CreateArgs args;
    args.set_table(schema::recordOf<record::Activity>().number);
    args.set_id(std::string(16, 'a'));
    args.set_body(note.SerializeAsString());
    replica::TrayItem item;
    item.name = std::string(vorfahrt::sync::kCreate);
    item.table = args.table();
    item.title = "Sabine Krüger";
    item.args = args.SerializeAsString();
    QCOMPARE(viewmodel::trayTitle(item), QStringLiteral("Notiz bei Sabine Krüger"));
    QCOMPARE(viewmodel::typedText(item), QStringLiteral("Ruft morgen an"));
    QCOMPARE(viewmodel::leadOfNote(item).bytes(), std::string(16, 'l'));
    // Arguments that nobody can read any more are no reason to fall over.
    item.args = "\xff\xff\xff";
    QVERIFY(viewmodel::typedText(item).isEmpty());
}

void WordsTest::editNamesWhatWasTyped() {
    record::Customer customer;
    customer.set_last_name("Krüger");
    customer.mutable_address()->set_street("Am Stadtrand 7");
    customer.mutable_address()->set_city("Hamburg");
    const RowId id = *RowId::fromBytes(std::string(16, 'c'));
    const wire::EditArgs args =
        vorfahrt::sync::editArgs(id, customer, {record::Customer::kAddressFieldNumber});
    replica::TrayItem item;
    item.name = std::string(vorfahrt::sync::kEdit);
    item.table = schema::recordOf<record::Customer>().number;
    item.args = args.SerializeAsString();
    QCOMPARE(viewmodel::typedText(item), QStringLiteral("Am Stadtrand 7, Hamburg"));
    QCOMPARE(viewmodel::trayTitle(item), QStringLiteral("Kundendaten: unbekannter Eintrag"));
}

QTEST_GUILESS_MAIN(WordsTest)
#include "words_test.moc"
