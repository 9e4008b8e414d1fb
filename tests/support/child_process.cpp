// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/child_process.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTimer>

#include <csignal>
#include <utility>

namespace vorfahrt::test {

bool waitUntil(const std::function<bool()>& condition, int timeoutMs) {
    const QDeadlineTimer deadline(timeoutMs);
    QTimer wake;
    wake.setSingleShot(true);
    wake.start(timeoutMs);
    while (!condition()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

QString builtProgram(const QString& name) {
    QString folder = qEnvironmentVariable("VF_BIN_DIR");
    if (folder.isEmpty()) {
        folder = QCoreApplication::applicationDirPath() + QStringLiteral("/../bin");
    }
    return QDir(folder).filePath(name);
}

quint16 freePort() {
    constexpr quint32 kFirst = 12'000;
    constexpr quint32 kLast = 32'000;
    for (int attempt = 0; attempt < 100; ++attempt) {
        const auto port = static_cast<quint16>(QRandomGenerator::system()->bounded(kFirst, kLast));
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHost, port)) {
            return port;
        }
    }
    return 0;
}

ChildProcess::ChildProcess(QString program, QString logFile)
    : program_(std::move(program)),
      logFile_(std::move(logFile)) {}

ChildProcess::~ChildProcess() {
    onLine = {};
    onEnded = {};
    kill();
}

void ChildProcess::setVariable(const QString& name, const QString& value) {
    if (value.isNull()) {
        variables_.remove(name);
    } else {
        variables_.insert(name, value);
    }
}

bool ChildProcess::launch(const QStringList& arguments) {
    kill();
    process_ = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = variables_.cbegin(); it != variables_.cend(); ++it) {
        environment.insert(it.key(), it.value());
    }
    process_->setProcessEnvironment(environment);
    // A file and not a pipe: a child whose parent does not read must not stand still.
    process_->setStandardErrorFile(logFile_, QIODevice::Append);
    QObject::connect(process_.get(), &QProcess::readyReadStandardOutput, process_.get(),
                     [this] { deliver(); });
    QObject::connect(process_.get(), &QProcess::finished, process_.get(), [this] {
        deliver();
        if (onEnded) {
            onEnded();
        }
    });
    process_->start(program_, arguments);
    return process_->waitForStarted();
}

void ChildProcess::deliver() {
    while (onLine && process_->canReadLine()) {
        onLine(QJsonDocument::fromJson(process_->readLine()).object());
    }
}

QJsonObject ChildProcess::readLine(int timeoutMs) {
    const QDeadlineTimer deadline(timeoutMs);
    while (!process_->canReadLine()) {
        if (deadline.hasExpired() ||
            !process_->waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            return {};
        }
    }
    return QJsonDocument::fromJson(process_->readLine()).object();
}

void ChildProcess::writeLine(const QJsonObject& line) {
    if (isRunning()) {
        process_->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    }
}

bool ChildProcess::isRunning() const {
    return process_ != nullptr && process_->state() != QProcess::NotRunning;
}

qint64 ChildProcess::processId() const {
    return process_ == nullptr ? 0 : process_->processId();
}

bool ChildProcess::stop(int timeoutMs) {
    if (!isRunning()) {
        return false;
    }
    process_->terminate();
    return waitForEnd(timeoutMs);
}

bool ChildProcess::waitForEnd(int timeoutMs) {
    if (isRunning() && !process_->waitForFinished(timeoutMs)) {
        kill();
        return false;
    }
    return process_ != nullptr && process_->exitStatus() == QProcess::NormalExit &&
           process_->exitCode() == 0;
}

void ChildProcess::kill() {
    if (isRunning()) {
        process_->kill();
        process_->waitForFinished(-1);
    }
}

bool ChildProcess::wasKilled() const {
    return process_ != nullptr && process_->state() == QProcess::NotRunning &&
           process_->exitStatus() == QProcess::CrashExit && process_->exitCode() == SIGKILL;
}

QByteArray ChildProcess::log() const {
    QFile file(logFile_);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString ChildProcess::describe() const {
    QString out = program_;
    if (process_ == nullptr) {
        out += QStringLiteral(": not started");
    } else if (isRunning()) {
        out += QStringLiteral(": running");
    } else {
        out += process_->exitStatus() == QProcess::CrashExit
                   ? QStringLiteral(": ended by signal %1").arg(process_->exitCode())
                   : QStringLiteral(": exit code %1").arg(process_->exitCode());
    }
    return out + QStringLiteral("; its log ends:\n") + QString::fromUtf8(log().right(2000));
}

ChildProcess::CommandResult ChildProcess::runCommand(const QStringList& arguments,
                                                     const QByteArray& input) const {
    QProcess process;
    process.start(program_, arguments);
    process.write(input);
    process.closeWriteChannel();
    CommandResult result;
    const bool ended = process.waitForFinished(60'000);
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    result.ok = ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return result;
}

}  // namespace vorfahrt::test
