// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace vorfahrt::test {

// Runs the event loop until the condition holds; false: it did not within the time. The condition
// is looked at after each event, so nothing waits longer than it has to.
[[nodiscard]] bool waitUntil(const std::function<bool()>& condition, int timeoutMs = 20'000);

// The folder of the built programs: VF_BIN_DIR, else bin beside the folder of this program.
[[nodiscard]] QString builtProgram(const QString& name);

// A port that nothing listens on, below the range that the kernel gives to outgoing connections: a
// program that is stopped and started again finds it free.
[[nodiscard]] quint16 freePort();

// One of our programs as a child that speaks JSON lines on its stdout, started any number of times.
// What it says on stderr is appended to a file. Lines arrive while an event loop runs; readLine()
// needs none. A child that still runs is killed with this object.
class ChildProcess {
public:
    ChildProcess(QString program, QString logFile);
    virtual ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // For all later starts; a null value takes the variable away.
    void setVariable(const QString& name, const QString& value);

    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] qint64 processId() const;
    // SIGTERM; true when it ended by itself with code 0.
    bool stop(int timeoutMs = 20'000);
    // Runs no event loop; true when it ends by itself with code 0 within the time.
    bool waitForEnd(int timeoutMs = 20'000);
    void kill();  // SIGKILL, and waits for the end
    // After the end: SIGKILL ended it (our kill, or one of the shim's), and nothing else.
    [[nodiscard]] bool wasKilled() const;
    // Messages for a test that fails: exit, last lines of the log.
    [[nodiscard]] QString describe() const;
    [[nodiscard]] QByteArray log() const;

    std::function<void(const QJsonObject&)> onLine;
    std::function<void()> onEnded;

protected:
    [[nodiscard]] bool launch(const QStringList& arguments);
    // The next line, without an event loop. Empty: none within the time, or the child ended.
    [[nodiscard]] QJsonObject readLine(int timeoutMs);
    void writeLine(const QJsonObject& line);
    // Runs the same program for one command and waits for it.
    struct CommandResult {
        bool ok = false;
        QByteArray output;
        QByteArray errors;
    };
    [[nodiscard]] CommandResult runCommand(const QStringList& arguments,
                                           const QByteArray& input = {}) const;

private:
    void deliver();

    const QString program_;
    const QString logFile_;
    QMap<QString, QString> variables_;
    std::unique_ptr<QProcess> process_;
};

}  // namespace vorfahrt::test
