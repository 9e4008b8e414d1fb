// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/options.h"

#include <QCommandLineParser>
#include <QStandardPaths>

namespace vorfahrt::client::app {
namespace {

constexpr int kFingerprintBytes = 32;

// "AA:BB:.." or "aabb..": SHA-256 of the certificate; empty where it is not one.
QByteArray fingerprintOf(QString text) {
    text.remove(QLatin1Char(':')).remove(QLatin1Char(' '));
    const QByteArray bytes = QByteArray::fromHex(text.toLatin1());
    const bool exact = text.size() == 2 * kFingerprintBytes && bytes.size() == kFingerprintBytes;
    return exact ? bytes : QByteArray();
}

}  // namespace

Options Options::parse(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("The desk of a car dealership."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption server(QStringLiteral("server"), tr("Server to work with."),
                                    QStringLiteral("HOST:PORT"));
    const QCommandLineOption fingerprint(
        QStringLiteral("fingerprint"),
        tr("SHA-256 of the server's certificate; any other certificate is refused."),
        QStringLiteral("AA:BB:..."));
    const QCommandLineOption data(QStringLiteral("data"), tr("Folder of this desk's data."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption lang(QStringLiteral("lang"), tr("Language: de or en."),
                                  QStringLiteral("de|en"));
    const QCommandLineOption theme(QStringLiteral("theme"), tr("Theme: light, dark or system."),
                                   QStringLiteral("light|dark|system"));
    parser.addOptions({server, fingerprint, data, lang, theme});
    Options options;
    if (!parser.parse(arguments)) {
        options.problem = parser.errorText();
        return options;
    }
    if (parser.isSet(help)) {
        options.answer = parser.helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.answer = QStringLiteral("%1 %2\n").arg(QCoreApplication::applicationName(),
                                                       QCoreApplication::applicationVersion());
        return options;
    }
    options.serverName = parser.value(server);
    options.server = QUrl(QStringLiteral("wss://%1/v1/sync").arg(options.serverName));
    options.fingerprint = fingerprintOf(parser.value(fingerprint));
    options.language = parser.value(lang);
    options.theme = parser.value(theme);
    const QString dir = parser.isSet(data)
                            ? parser.value(data)
                            : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    options.dataDir = dir.toStdU16String();
    if (options.serverName.isEmpty()) {
        options.problem =
            tr("No server was named. Start with --server HOST:PORT and --fingerprint "
               "AA:BB:...; your administrator knows both.");
    } else if (!options.server.isValid() || options.server.host().isEmpty() ||
               options.server.port() <= 0) {
        options.problem =
            tr("“%1” is not a server. Write it as HOST:PORT.").arg(options.serverName);
    } else if (options.fingerprint.isEmpty()) {
        options.problem =
            tr("The fingerprint is missing or not a SHA-256 (32 bytes in hexadecimal "
               "digits). The server prints it when it starts.");
    }
    return options;
}

}  // namespace vorfahrt::client::app
