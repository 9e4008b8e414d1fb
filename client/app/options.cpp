// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/options.h"

#include "client/viewmodel/server_choice.h"

#include <QCommandLineParser>
#include <QStandardPaths>

namespace vorfahrt::client::app {
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
    const QString address = parser.value(server);
    options.server = viewmodel::serverUrl(address);
    options.fingerprint = viewmodel::fingerprintOf(parser.value(fingerprint));
    options.language = parser.value(lang);
    options.theme = parser.value(theme);
    const QString dir = parser.isSet(data)
                            ? parser.value(data)
                            : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    options.dataDir = dir.toStdU16String();
    if (!address.isEmpty() && options.server.isEmpty()) {
        options.problem = tr("“%1” is not a server. Write it as HOST:PORT.").arg(address);
    } else if (!address.isEmpty() && options.fingerprint.isEmpty()) {
        options.problem =
            tr("The fingerprint is missing or not a SHA-256 (32 bytes in hexadecimal "
               "digits). The server prints it when it starts.");
    } else if (address.isEmpty() && parser.isSet(fingerprint)) {
        options.problem = tr("A fingerprint needs a server: --server HOST:PORT.");
    }
    return options;
}

}  // namespace vorfahrt::client::app
