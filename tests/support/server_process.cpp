// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server_process.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

namespace vorfahrt::test {

ServerProcess::ServerProcess(const QString& dataDir)
    : ChildProcess(builtProgram(QStringLiteral("vorfahrt-server")),
                   dataDir + QStringLiteral(".log")),
      dataDir_(dataDir),
      port_(freePort()),
      lmtpPort_(freePort()) {
    QDir().mkpath(dataDir_);
}

bool ServerProcess::start(int timeoutMs) {
    if (!launch({QStringLiteral("--data"), dataDir_, QStringLiteral("--port"),
                 QString::number(port_), QStringLiteral("--lmtp-port"),
                 QString::number(lmtpPort_)})) {
        return false;
    }
    const QJsonObject ready = readLine(timeoutMs);
    fingerprint_ = ready.value(QStringLiteral("fingerprint")).toString();
    return !fingerprint_.isEmpty();
}

QUrl ServerProcess::url() const {
    return QUrl(QStringLiteral("wss://127.0.0.1:%1/v1/sync").arg(port_));
}

QString ServerProcess::databaseFile() const {
    return QDir(dataDir_).filePath(QStringLiteral("vorfahrt.sqlite"));
}

QString ServerProcess::create(const QStringList& arguments, const QByteArray& input) {
    const CommandResult result =
        runCommand(QStringList{QStringLiteral("--data"), dataDir_} + arguments, input);
    const QString id =
        QJsonDocument::fromJson(result.output).object().value(QStringLiteral("id")).toString();
    lastError_ = result.ok ? QString() : QString::fromUtf8(result.errors);
    return result.ok ? id : QString();
}

QString ServerProcess::addTenant(const QString& name) {
    return create({QStringLiteral("tenant"), QStringLiteral("add"), name});
}

QString ServerProcess::addSite(const QString& tenant, const QString& name, int returnSeconds) {
    return create({QStringLiteral("site"), QStringLiteral("add"), QStringLiteral("--tenant"),
                   tenant, QStringLiteral("--return-seconds"), QString::number(returnSeconds),
                   name});
}

QString ServerProcess::addSource(const QString& tenant, const QString& site, const QString& name,
                                 const QString& address) {
    return create({QStringLiteral("source"), QStringLiteral("add"), QStringLiteral("--tenant"),
                   tenant, QStringLiteral("--site"), site, QStringLiteral("--address"), address,
                   name});
}

QString ServerProcess::addUser(const QString& tenant, const QString& site, const QString& login,
                               const QString& password, const QString& displayName,
                               const QString& role) {
    return create({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("--tenant"),
                   tenant, QStringLiteral("--role"), role + QLatin1Char('@') + site,
                   QStringLiteral("--name"), displayName, login},
                  password.toUtf8() + '\n');
}

}  // namespace vorfahrt::test
