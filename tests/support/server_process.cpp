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
    setVariable(QStringLiteral("VORFAHRT_SYNC_ADDRESS"), QStringLiteral("127.0.0.1"));
    setVariable(QStringLiteral("VORFAHRT_SYNC_PORT"), QString::number(port_));
    setVariable(QStringLiteral("VORFAHRT_LMTP_PORT"), QString::number(lmtpPort_));
}

bool ServerProcess::start(int timeoutMs) {
    if (!launch({QStringLiteral("--data"), dataDir_})) {
        return false;
    }
    const QJsonObject ready = readLine(timeoutMs);
    if (ready.value(QStringLiteral("event")).toString() != QStringLiteral("ready")) {
        return false;
    }
    fingerprint_ = ready.value(QStringLiteral("fingerprint")).toString();
    setupCode_ = ready.value(QStringLiteral("setup_code")).toString();
    return true;
}

QUrl ServerProcess::url() const {
    return QUrl(QStringLiteral("wss://127.0.0.1:%1/v1/sync").arg(port_));
}

QString ServerProcess::databaseFile() const {
    return QDir(dataDir_).filePath(QStringLiteral("server.db"));
}

QString ServerProcess::create(const QString& what, const QStringList& arguments,
                              const QByteArray& input) {
    const CommandResult result = runCommand(
        QStringList{QStringLiteral("--data"), dataDir_, what, QStringLiteral("add")} + arguments,
        input);
    lastError_ = result.ok ? QString() : QString::fromUtf8(result.errors);
    return QJsonDocument::fromJson(result.output).object().value(what).toString();
}

QString ServerProcess::addTenant(const QString& name) {
    return create(QStringLiteral("tenant"), {name});
}

QString ServerProcess::addSite(const QString& tenant, const QString& name, int returnSeconds) {
    return create(QStringLiteral("site"), {tenant, name, QStringLiteral("--return-seconds"),
                                           QString::number(returnSeconds)});
}

QString ServerProcess::addSource(const QString& tenant, const QString& site, const QString& name,
                                 const QString& address) {
    return create(QStringLiteral("source"),
                  {tenant, site, name, QStringLiteral("--address"), address,
                   QStringLiteral("--kind"), QStringLiteral("homepage")});
}

QString ServerProcess::addUser(const QString& tenant, const QString& site, const QString& login,
                               const QString& password, const QString& displayName,
                               const QString& role) {
    return create(QStringLiteral("user"),
                  {tenant, login, QStringLiteral("--name"), displayName, QStringLiteral("--role"),
                   role, QStringLiteral("--site"), site},
                  password.toUtf8() + '\n');
}

QString ServerProcess::newSetupCode() {
    const CommandResult result =
        runCommand({QStringLiteral("--data"), dataDir_, QStringLiteral("setup-code")});
    lastError_ = result.ok ? QString() : QString::fromUtf8(result.errors);
    return QJsonDocument::fromJson(result.output)
        .object()
        .value(QStringLiteral("setup_code"))
        .toString();
}

}  // namespace vorfahrt::test
