// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/phone.h"

#include "common/domain/region.h"

#include <QFile>
#include <QRegularExpression>
#include <QtTest/QtTest>

using namespace vorfahrt::domain;

class PhoneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parse_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("e164");
        const auto row = [](const char* text, const char* e164) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(e164);
        };
        row("+49 (0)40 123-45", "+494012345");
        row("040/12345-0", "+4940123450");
        row("0049 171 1234567", "+491711234567");
        row("+49 0171 1234567", "+491711234567");
        row("040 554433 Durchwahl 12", "+4940554433");
        row("(040) 55 44 33 DW 12", "+4940554433");
        row("4917112345678", "+4917112345678");  // a mobile number without its plus
        row("491712345", "");                    // may be an area code: not guessed (G-11)
        row("+43 (0) 512 / 5360-0", "+4351253600");
        row("110", "");
        row("116117", "");
        row("554433", "");  // no area code
        row("anonym", "");
        row("0150xx", "");
        row("+1 393-999-3922", "+13939993922");
        row("+", "");
        row("", "");
        row("00000000000", "");
        row("+4912345678901234567890", "");
    }
    void parse() {
        QFETCH(QString, text);
        QFETCH(QString, e164);
        const Phone phone = parsePhone(text.toStdString());
        QCOMPARE(QString::fromStdString(phone.e164), e164);
        QCOMPARE(QString::fromStdString(phone.original), text);
    }

    void shortNumbersKeepTheirDigits() {
        QCOMPARE(phoneKey(parsePhone("116 117")), std::string("116117"));
        QCOMPARE(phoneKey(parsePhone("Tel. 55 44 33")), std::string("554433"));
        QCOMPARE(phoneKey(parsePhone("040 5544")), phoneKey(parsePhone("+49 40/5544")));
    }

    void nationalDigitsCompareWithAndWithoutTheTrunkZero_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("national");
        const auto row = [](const char* text, const char* national) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(national);
        };
        row("0171 2345678", "1712345678");
        row("171 2345678", "1712345678");
        row("+49 171 2345678", "1712345678");
        row("393-999-3922", "3939993922");
        row("55443322", "");    // may be a subscriber's number: the area is not known
        row("040 554433", "");  // too short to be told from such a number
        row("+1 393-999-3922", "");
        row("+43 512 53601234", "");
        row("1712345678 anonym", "");
        row("123456789012", "");
        row("", "");
    }
    void nationalDigitsCompareWithAndWithoutTheTrunkZero() {
        QFETCH(QString, text);
        QFETCH(QString, national);
        QCOMPARE(QString::fromStdString(nationalDigits(parsePhone(text.toStdString()))), national);
    }

    // The vectors of libphonenumber 8.12.57; the exceptions are decisions (providers.md section 5).
    void libphonenumberVectors() {
        QFile file(qEnvironmentVariable("VF_SAMPLES") +
                   QStringLiteral("/phone/libphonenumber_8_12_57_vectors.txt"));
        if (!file.open(QIODevice::ReadOnly)) {
            QSKIP("samples are not beside this checkout");
        }
        const QHash<QString, QString> codes = {{QStringLiteral("DE"), QStringLiteral("49")},
                                               {QStringLiteral("AT"), QStringLiteral("43")},
                                               {QStringLiteral("CH"), QStringLiteral("41")}};
        const QStringList decided = {
            QStringLiteral("110"),           QStringLiteral("115"),
            QStringLiteral("116117"),        QStringLiteral("015xx"),
            QStringLiteral("anonymous"),     QStringLiteral("040 554433 Durchwahl 12"),
            QStringLiteral("4917112345678"), QStringLiteral("(040) 55 44 33 DW 12")};
        static const QRegularExpression line(
            QStringLiteral("^(.*?)\\s+\\[(DE|AT|CH)\\] (\\+\\d+)? ?"));
        int compared = 0;
        while (!file.atEnd()) {
            const auto match = line.match(QString::fromUtf8(file.readLine()));
            if (!match.hasMatch() || decided.contains(match.captured(1).trimmed())) {
                continue;
            }
            const Phone phone =
                parsePhone(match.captured(1).toStdString(), codes[match.captured(2)].toStdString());
            QVERIFY2(QString::fromStdString(phone.e164) == match.captured(3),
                     qPrintable(match.captured(0) + QString::fromStdString(phone.e164)));
            ++compared;
        }
        QVERIFY(compared >= 18);
    }

    void regions() {
        QCOMPARE(regionOfPostcode("20095"), std::string_view("Hamburg"));
        QCOMPARE(regionOfPostcode(" D-80331 "), std::string_view("München"));
        QCOMPARE(regionOfPostcode("05000"), std::string_view());
        QCOMPARE(regionOfPostcode("1010"), std::string_view());
        QCOMPARE(regionOfPostcode("2009x"), std::string_view());
        QCOMPARE(regionOfPostcode(""), std::string_view());
    }
};

QTEST_APPLESS_MAIN(PhoneTest)
#include "phone_test.moc"
