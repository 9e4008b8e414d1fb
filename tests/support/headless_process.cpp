// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headless_process.h"

#include <QDir>
#include <QFile>

#include <utility>

namespace vorfahrt::test {

HeadlessProcess::HeadlessProcess(const QString& dataDir)
    : ChildProcess(builtProgram(QStringLiteral("vf_headless")), dataDir + QStringLiteral(".log")),
      dataDir_(dataDir) {
    QDir().mkpath(dataDir_);
    onLine = [this](const QJsonObject& event) { take(event); };
}

bool HeadlessProcess::start(const QUrl& server, const QString& fingerprint) {
    const bool fresh = QDir(dataDir_).isEmpty();
    opened_ = false;
    state_.clear();
    waitingFor_ = 0;
    claims_.clear();
    if (!launch({QStringLiteral("--server"), server.toString(), QStringLiteral("--fingerprint"),
                 fingerprint, QStringLiteral("--data"), dataDir_})) {
        return false;
    }
    return fresh || (waitUntil([this] { return !isRunning() || opened_; }) && isRunning());
}

bool HeadlessProcess::login(const QString& account, const QString& password) {
    const QJsonObject answer =
        call(QStringLiteral("login"),
             {{QStringLiteral("account"), account}, {QStringLiteral("password"), password}});
    return answer.value(QStringLiteral("code")).toString() == QStringLiteral("Ok") && waitSynced();
}

bool HeadlessProcess::quit() {
    send(QStringLiteral("quit"));
    return waitForEnd();
}

int HeadlessProcess::send(const QString& command, QJsonObject arguments) {
    arguments.insert(QStringLiteral("cmd"), command);
    arguments.insert(QStringLiteral("ref"), ++lastNumber_);
    writeLine(arguments);
    return lastNumber_;
}

QJsonObject HeadlessProcess::call(const QString& command, const QJsonObject& arguments,
                                  int timeoutMs) {
    waited_ = {};
    waitingFor_ = send(command, arguments);
    (void)waitUntil([this] { return waitingFor_ == 0 || !isRunning(); }, timeoutMs);
    waitingFor_ = 0;
    return waited_.value(QStringLiteral("event")).toString() == command ? std::exchange(waited_, {})
                                                                        : QJsonObject();
}

bool HeadlessProcess::waitSynced(int timeoutMs) {
    return call(QStringLiteral("wait-synced"), {{QStringLiteral("timeout_ms"), timeoutMs}},
                timeoutMs + 10'000)
        .value(QStringLiteral("ok"))
        .toBool();
}

QStringList HeadlessProcess::dump() {
    const QString name = dataDir_ + QStringLiteral(".dump");
    QFile file(name);
    if (call(QStringLiteral("dump"), {{QStringLiteral("file"), name}}).isEmpty() ||
        !file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

QString HeadlessProcess::claim(const QString& lead) {
    claims_.remove(lead);
    send(QStringLiteral("claim"), {{QStringLiteral("lead"), lead}});
    (void)waitUntil([&] { return claims_.contains(lead) || !isRunning(); });
    return claims_.value(lead);
}

void HeadlessProcess::take(const QJsonObject& event) {
    const QString name = event.value(QStringLiteral("event")).toString();
    if (name == QStringLiteral("opened")) {
        opened_ = true;
        replicaFile_ = event.value(QStringLiteral("file")).toString();
    } else if (name == QStringLiteral("status")) {
        state_ = event.value(QStringLiteral("state")).toString();
    } else if (name == QStringLiteral("changed")) {
        ++changes_;
    } else if (name == QStringLiteral("claim")) {
        claims_.insert(event.value(QStringLiteral("lead")).toString(),
                       event.value(QStringLiteral("outcome")).toString());
    } else if (name == QStringLiteral("rejected") && onRejected) {
        onRejected(event);
    }
    const int number = event.value(QStringLiteral("ref")).toInt();
    if (number == 0) {
        return;
    }
    if (number == waitingFor_) {
        waited_ = event;
        waitingFor_ = 0;
    } else if (onAnswer) {
        onAnswer(number, event);
    }
}

}  // namespace vorfahrt::test
