// SPDX-License-Identifier: GPL-3.0-or-later
// vf_headless --server wss://HOST:PORT/v1/sync --fingerprint HEX --data FOLDER
#include "tests/support/headless_desk/headless_desk.h"
#include "tests/support/test_key_store.h"
#include "tests/support/transport_choice.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <clocale>

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("server"), QStringLiteral("wss URL"), QStringLiteral("url")},
                       {QStringLiteral("fingerprint"), QStringLiteral("SHA-256 of the certificate"),
                        QStringLiteral("hex")},
                       {QStringLiteral("data"), QStringLiteral("folder of the replica"),
                        QStringLiteral("folder")}});
    parser.process(app);
    vorfahrt::client::sync::SyncThread::Options options;
    options.dataDir = parser.value(QStringLiteral("data")).toStdString();
    options.server = QUrl(parser.value(QStringLiteral("server")));
    options.fingerprint =
        QByteArray::fromHex(parser.value(QStringLiteral("fingerprint")).toLatin1());
    options.deviceName = QStringLiteral("headless");
    options.transport = vorfahrt::test::chosenTransport();
    vorfahrt::tests::HeadlessDesk desk(vorfahrt::test::withTestKeys(options));
    desk.start();
    return QCoreApplication::exec();
}
