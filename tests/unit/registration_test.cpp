// SPDX-License-Identifier: GPL-3.0-or-later
// What the registration certificate says, as it is stored (G-15 to G-17), and when the inspection
// is due.
#include "common/domain/registration.h"

#include "common/domain/plate.h"

#include <QTest>

using namespace vorfahrt::domain;

class RegistrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plates_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("stored");
        const auto row = [](const char* written, const char* stored) {
            QTest::newRow(written) << QString::fromUtf8(written) << QString::fromUtf8(stored);
        };
        row("hh sk 4817", "HH-SK4817");
        row("HH-SK 481E", "HH-SK481E");
        row("HH-SK 4817E", "HH-SK 4817E");  // nine characters
        row("tü ab 12 h 04-10", "TÜ-AB12H 04-10");
        row(" HHSK4817 ", "HHSK4817");
        row("HH-06 123", "HH-06 123");
        row("THW 8-1234", "THW 8-1234");
        row("AB 123 CD", "AB 123 CD");
        row("", "");
    }

    void plates() {
        QFETCH(QString, written);
        const std::string stored = storedPlate(written.toStdString());
        QTEST(QString::fromStdString(stored), "stored");
        QCOMPARE(storedPlate(stored), stored);
        QCOMPARE(parsePlate(stored).key, parsePlate(written.toStdString()).key);
        QCOMPARE(parsePlate(stored).kind, parsePlate(written.toStdString()).kind);
    }

    void codes() {
        QCOMPARE(storedHsn(" 06 03"), std::string("0603"));
        QCOMPARE(storedHsn("603"), std::string("603"));  // wrong, and stays to be corrected
        QCOMPARE(storedTsn("blv"), std::string("BLV"));
        QCOMPARE(storedTsn("BLV 00012 4"), std::string("BLV"));
        QCOMPARE(storedTsn("B-V"), std::string("B-V"));
    }

    void months_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("stored");
        const auto row = [](const char* written, const char* stored) {
            QTest::newRow(written) << QString::fromUtf8(written) << QString::fromUtf8(stored);
        };
        row("12/2026", "12/2026");
        row("1/26", "01/2026");
        row("09.98", "09/1998");
        row("2026-12", "12/2026");
        row("15.12.2026", "12/2026");
        row("13/2026", "13/2026");
        row("Dezember", "Dezember");
        row("12", "12");
        row("//12", "//12");
        row("", "");
    }

    void months() {
        QFETCH(QString, written);
        QTEST(QString::fromStdString(storedMonth(written.toStdString())), "stored");
    }

    void inspection_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("state");
        const auto row = [](const char* text, InspectionState state) {
            QTest::newRow(text) << text << static_cast<int>(state);
        };
        // Today is 23 November 2026; eight weeks on it is 18 January 2027.
        row("10/2026", InspectionState::Past);
        row("11/2026", InspectionState::Soon);
        row("12/2026", InspectionState::Soon);
        row("01/2027", InspectionState::Fine);
        row("04/2027", InspectionState::Fine);
        row("bald", InspectionState::Unknown);
        row("", InspectionState::Unknown);
    }

    void inspection() {
        using namespace std::chrono;
        QFETCH(QString, text);
        const auto today = sys_days(year(2026) / 11 / 23);
        QTEST(static_cast<int>(inspectionState(text.toStdString(), today)), "state");
    }

    void inspectionIsDueUntilTheLastDayOfItsMonth() {
        using namespace std::chrono;
        QCOMPARE(inspectionState("11/2026", sys_days(year(2026) / 11 / 30)), InspectionState::Soon);
        QCOMPARE(inspectionState("11/2026", sys_days(year(2026) / 12 / 1)), InspectionState::Past);
        QCOMPARE(inspectionState("02/2028", sys_days(year(2028) / 2 / 29)), InspectionState::Soon);
        QCOMPARE(inspectionState("01/2027", sys_days(year(2026) / 12 / 6)), InspectionState::Soon);
        QCOMPARE(inspectionState("01/2027", sys_days(year(2026) / 12 / 5)), InspectionState::Fine);
    }
};

QTEST_APPLESS_MAIN(RegistrationTest)
#include "registration_test.moc"
