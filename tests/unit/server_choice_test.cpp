// SPDX-License-Identifier: GPL-3.0-or-later
// What a person types for a server and its fingerprint.
#include "client/viewmodel/server_choice.h"

#include <QtTest/QTest>

using namespace vorfahrt::client::viewmodel;

class ServerChoiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void fingerprints_data();
    void fingerprints();
    void groupsAreReadAloud();
};

void ServerChoiceTest::addresses_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* typed, const char* name) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(name);
    };
    row("desk.example.org", "desk.example.org:4433");
    row("  desk.example.org:4499 ", "desk.example.org:4499");
    row("192.168.1.20", "192.168.1.20:4433");
    row("[::1]:4433", "[::1]:4433");
    row("wss://desk.example.org:4433/v1/sync", "desk.example.org:4433");
    row("", "");
    row("   ", "");
    row("http://desk.example.org", "");
    row("user@desk.example.org", "");
    row("desk.example.org/path", "");
    row("desk example.org", "");
    row("desk.example.org:99999", "");
    row("desk.example.org:port", "");
    row(":4433", "");
}

void ServerChoiceTest::addresses() {
    QFETCH(QString, typed);
    QFETCH(QString, name);
    QCOMPARE(serverName(serverUrl(typed)), name);
    if (!name.isEmpty()) {
        QCOMPARE(serverUrl(typed).path(), QStringLiteral("/v1/sync"));
        QCOMPARE(serverUrl(serverName(serverUrl(typed))), serverUrl(typed));
    }
}

void ServerChoiceTest::fingerprints_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("good");
    const QString digits = QStringLiteral("0123456789abcdef").repeated(4);
    QTest::newRow("plain") << digits << true;
    QTest::newRow("upper case") << digits.toUpper() << true;
    QTest::newRow("as it is shown")
        << fingerprintText(QByteArray::fromHex(digits.toLatin1())) << true;
    QTest::newRow("colons") << QString::fromLatin1(
                                   QByteArray::fromHex(digits.toLatin1()).toHex(':'))
                            << true;
    QTest::newRow("one short") << digits.left(63) << false;
    QTest::newRow("one more") << digits + QLatin1Char('0') << false;
    QTest::newRow("another letter") << QString(digits).replace(3, 1, QLatin1Char('g')) << false;
    QTest::newRow("nothing") << QString() << false;
}

void ServerChoiceTest::fingerprints() {
    QFETCH(QString, typed);
    QFETCH(bool, good);
    QCOMPARE(fingerprintOf(typed).size(), good ? 32 : 0);
}

void ServerChoiceTest::groupsAreReadAloud() {
    const QStringList lines = fingerprintText(QByteArray(32, '\xab')).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 4);
    for (const QString& line : lines) {
        QCOMPARE(line, QStringLiteral("ABAB ABAB ABAB ABAB"));
    }
}

QTEST_GUILESS_MAIN(ServerChoiceTest)
#include "server_choice_test.moc"
