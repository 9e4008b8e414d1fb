// SPDX-License-Identifier: GPL-3.0-or-later
// What a person is told of new leads, when and how: once, never in a storm, never while he types.
#include "client/viewmodel/notifications.h"

#include <QTest>

namespace vorfahrt {
namespace {

using namespace client::viewmodel;

LeadId lead(int no) {
    std::string bytes(16, '\0');
    bytes[14] = static_cast<char>(no / 256);
    bytes[15] = static_cast<char>(no % 256);
    bytes[0] = 'l';
    return *LeadId::fromBytes(bytes);
}

Notice notice(int no, NoticeKind kind = NoticeKind::Lead) {
    return {.kind = kind,
            .lead = lead(no),
            .number = static_cast<std::uint64_t>(no),
            .wish = QStringLiteral("VW Golf"),
            .site = QStringLiteral("Wandsbek")};
}

std::vector<Notice> leads(int first, int last) {
    std::vector<Notice> out;
    for (int no = first; no <= last; ++no) {
        out.push_back(notice(no));
    }
    return out;
}

Situation away(std::int64_t ms) {
    return {.steadyMs = ms};
}

Situation inFront(std::int64_t ms) {
    return {.steadyMs = ms, .inFront = true};
}

// Two leads were there when somebody signed in.
NotificationDecider started(NotificationSettings settings = {}) {
    NotificationDecider decider(std::move(settings));
    decider.reset();
    decider.look(leads(1, 2), {});
    return decider;
}

// "S1 #3": a system notification of one lead, "T12": a toast of twelve; "+" with a sound.
QString shape(const Decision& decision) {
    QStringList out;
    for (const Announcement& one : decision.show) {
        QString text =
            one.way == Announcement::Way::System ? QStringLiteral("S") : QStringLiteral("T");
        text += one.kind == NoticeKind::TakenBack ? QStringLiteral("back ") : QString();
        text += QString::number(one.count);
        if (one.count == 1) {
            text += QStringLiteral(" #%1").arg(one.notice.number);
        }
        out << text;
    }
    return out.join(u' ') + (decision.sound ? QStringLiteral("+") : QString());
}

}  // namespace

class NotificationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasThereAtTheFirstLookIsNotNew() {
        NotificationDecider decider = started();
        QCOMPARE(shape(decider.decide(away(0))), QString());
        decider.look(leads(1, 3), {});
        QCOMPARE(shape(decider.decide(away(0))), QStringLiteral("S1 #3"));
        // Once.
        decider.look(leads(1, 3), {});
        QCOMPARE(shape(decider.decide(away(60'000))), QString());
    }

    void theWayDependsOnTheWindowAndTheSettings_data() {
        QTest::addColumn<bool>("front");
        QTest::addColumn<bool>("toast");
        QTest::addColumn<bool>("system");
        QTest::addColumn<bool>("sound");
        QTest::addColumn<QString>("expected");
        QTest::newRow("in front") << true << true << true << false << QStringLiteral("T1 #3");
        QTest::newRow("behind") << false << true << true << false << QStringLiteral("S1 #3");
        QTest::newRow("no toasts") << true << false << true << false << QString();
        QTest::newRow("no system") << false << true << false << false << QString();
        QTest::newRow("with a sound") << false << true << true << true << QStringLiteral("S1 #3+");
        QTest::newRow("a sound alone") << true << false << false << true << QStringLiteral("+");
    }
    void theWayDependsOnTheWindowAndTheSettings() {
        QFETCH(const bool, front);
        QFETCH(const bool, toast);
        QFETCH(const bool, system);
        QFETCH(const bool, sound);
        QFETCH(const QString, expected);
        NotificationSettings settings;
        settings.toast = toast;
        settings.system = system;
        settings.sound = sound;
        NotificationDecider decider = started(settings);
        decider.look(leads(1, 3), {});
        QCOMPARE(shape(decider.decide(front ? inFront(0) : away(0))), expected);
        // Switched off is not postponed.
        decider.setSettings({});
        QCOMPARE(shape(decider.decide(front ? inFront(60'000) : away(60'000))), QString());
    }

    void eachKindIsSwitchedOff_data() {
        QTest::addColumn<bool>("leads");
        QTest::addColumn<bool>("takenBack");
        QTest::addColumn<QString>("expected");
        QTest::newRow("both") << true << true << QStringLiteral("Sback 1 #9 S1 #3");
        QTest::newRow("new ones") << true << false << QStringLiteral("S1 #3");
        QTest::newRow("taken back") << false << true << QStringLiteral("Sback 1 #9");
        QTest::newRow("none") << false << false << QString();
    }
    void eachKindIsSwitchedOff() {
        QFETCH(const bool, leads);
        QFETCH(const bool, takenBack);
        QFETCH(const QString, expected);
        NotificationSettings settings;
        settings.leads = leads;
        settings.takenBack = takenBack;
        NotificationDecider decider = started(settings);
        // What was taken back can be claimed again, by this person, too: it is told once.
        std::vector<Notice> claimable = vorfahrt::leads(1, 3);
        claimable.push_back(notice(9));
        decider.look(claimable, {notice(9, NoticeKind::TakenBack)});
        QCOMPARE(shape(decider.decide(away(0))), expected);
    }

    void manyBecomeOne() {
        NotificationDecider decider = started();
        decider.look(leads(1, 14), {});
        QCOMPARE(shape(decider.decide(away(0))), QStringLiteral("S12"));
        // So do those that come soon after.
        decider.look(leads(1, 15), {});
        QCOMPARE(shape(decider.decide(away(1'000))), QString());
        decider.look(leads(1, 17), {});
        QCOMPARE(shape(decider.decide(away(4'999))), QString());
        QVERIFY(decider.hasWaiting());
        QCOMPARE(shape(decider.decide(away(5'000))), QStringLiteral("S3"));
        QVERIFY(!decider.hasWaiting());
    }

    // After a weekend: what came meanwhile is one sentence, when all of it is here.
    void aLongTimeAwayIsNoStorm() {
        NotificationDecider earlier = started();
        NotificationDecider decider;
        decider.reset(earlier.known());
        Situation behind = away(0);
        behind.caughtUp = false;
        for (int last = 3; last <= 14; ++last) {
            decider.look(leads(1, last), {});
            QCOMPARE(shape(decider.decide(behind)), QString());
        }
        QCOMPARE(shape(decider.decide(away(100))), QStringLiteral("S12"));
    }

    void anotherRunDoesNotTellItAgain() {
        NotificationDecider decider = started();
        decider.look(leads(1, 3), {});
        QCOMPARE(shape(decider.decide(away(0))), QStringLiteral("S1 #3"));
        NotificationDecider next;
        next.reset(decider.known());
        next.look(leads(1, 3), {});
        QCOMPARE(shape(next.decide(away(0))), QString());
    }

    void whatIsGoneIsNotTold() {
        NotificationDecider decider = started();
        decider.look(leads(1, 4), {});
        Situation typing = inFront(0);
        typing.busy = true;
        QCOMPARE(shape(decider.decide(typing)), QString());
        decider.look(leads(1, 3), {});  // a colleague took the fourth
        QCOMPARE(shape(decider.decide(inFront(1))), QStringLiteral("T1 #3"));
        // What comes back to the pool is news again.
        decider.look(leads(1, 4), {});
        QCOMPARE(shape(decider.decide(inFront(10'000))), QStringLiteral("T1 #4"));
    }

    void nothingWhileSomebodyTypesOrThePhoneRings() {
        NotificationDecider decider = started();
        Situation busy = away(0);
        busy.busy = true;
        for (int last = 3; last <= 6; ++last) {
            decider.look(leads(1, last), {});
            QCOMPARE(shape(decider.decide(busy)), QString());
        }
        QCOMPARE(shape(decider.decide(away(1))), QStringLiteral("S4"));
    }

    void quietHours_data() {
        QTest::addColumn<QString>("monday");
        QTest::addColumn<QString>("sunday");
        QTest::addColumn<int>("weekday");
        QTest::addColumn<int>("minute");
        QTest::addColumn<bool>("quiet");
        const QString night = QStringLiteral("18:00-08:00");
        const QString noon = QStringLiteral("12:00-12:30");
        const auto at = [](int hour, int minute) { return hour * 60 + minute; };
        QTest::newRow("before") << noon << QString() << 0 << at(11, 59) << false;
        QTest::newRow("first minute") << noon << QString() << 0 << at(12, 0) << true;
        QTest::newRow("last minute") << noon << QString() << 0 << at(12, 29) << true;
        QTest::newRow("after") << noon << QString() << 0 << at(12, 30) << false;
        QTest::newRow("another day") << noon << QString() << 1 << at(12, 0) << false;
        QTest::newRow("evening") << night << QString() << 0 << at(23, 59) << true;
        QTest::newRow("after midnight") << night << QString() << 1 << at(0, 0) << true;
        QTest::newRow("next morning") << night << QString() << 1 << at(7, 59) << true;
        QTest::newRow("over at eight") << night << QString() << 1 << at(8, 0) << false;
        QTest::newRow("the morning before it") << night << QString() << 0 << at(7, 0) << false;
        QTest::newRow("Sunday into Monday") << QString() << night << 0 << at(6, 0) << true;
        QTest::newRow("all day") << QStringLiteral("00:00-24:00") << QString() << 0 << at(23, 59)
                                 << true;
        QTest::newRow("all day ends")
            << QStringLiteral("00:00-24:00") << QString() << 1 << 0 << false;
        QTest::newRow("two ranges") << noon + u',' + night << QString() << 0 << at(19, 0) << true;
    }
    void quietHours() {
        QFETCH(const QString, monday);
        QFETCH(const QString, sunday);
        QFETCH(const int, weekday);
        QFETCH(const int, minute);
        QFETCH(const bool, quiet);
        NotificationSettings settings;
        settings.sound = true;
        settings.hours[0] = parseQuiet(monday).value();
        settings.hours[6] = parseQuiet(sunday).value();
        QVERIFY(!settings.isQuiet(weekday, minute));  // not switched on
        settings.quiet = true;
        QCOMPARE(settings.isQuiet(weekday, minute), quiet);
        NotificationDecider decider = started(settings);
        decider.look(leads(1, 3), {});
        Situation now = away(0);
        now.weekday = weekday;
        now.minute = minute;
        QCOMPARE(shape(decider.decide(now)), quiet ? QString() : QStringLiteral("S1 #3+"));
        // When they are over it is not made up for.
        settings.quiet = false;
        decider.setSettings(settings);
        QCOMPARE(shape(decider.decide(away(60'000))), QString());
    }

    void quietHoursAreTyped_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");  // "-": refused
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("one") << QStringLiteral("18:00-08:00") << QStringLiteral("18:00-08:00");
        QTest::newRow("spelled loosely") << QStringLiteral(" 8:00 \u2013 9:30 ,12:00-13:00")
                                         << QStringLiteral("08:00-09:30, 12:00-13:00");
        QTest::newRow("to midnight")
            << QStringLiteral("20:00-24:00") << QStringLiteral("20:00-24:00");
        for (const char* wrong : {"25:00-26:00", "8-9", "08:00", "08:60-09:00", "24:00-08:00",
                                  "a:bb-c:dd", "08:00-09:00,", "-1:00-02:00",
                                  "1:00-2:00,1:00-2:00,1:00-2:00,1:00-2:00,1:00-2:00,1:00-2:00,"
                                  "1:00-2:00,1:00-2:00,1:00-2:00"}) {
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << QStringLiteral("-");
        }
    }
    void quietHoursAreTyped() {
        QFETCH(const QString, text);
        QFETCH(const QString, read);
        const auto ranges = parseQuiet(text);
        QCOMPARE(ranges ? quietText(*ranges) : QStringLiteral("-"), read);
    }

    void itStaysBounded() {
        NotificationDecider decider = started();
        for (int round = 0; round < 5; ++round) {
            decider.look(leads(1 + round * 1'000, 3'000 + round * 1'000), {});
        }
        QVERIFY(decider.known().size() <= NotificationDecider::kMaxKnown);
        const Decision decision = decider.decide(away(0));
        QVERIFY(decision.show.at(0).count <= int(NotificationDecider::kMaxKnown));
    }
};

}  // namespace vorfahrt

QTEST_GUILESS_MAIN(vorfahrt::NotificationsTest)
#include "notifications_test.moc"
