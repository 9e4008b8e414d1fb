// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/child_process.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>

namespace vorfahrt::test {

// The real client libraries without a window (tests/support/headless_desk) as a child, over a data
// folder that outlives it. Its events come while an event loop runs; the blocking calls run one.
class HeadlessProcess : public ChildProcess {
public:
    explicit HeadlessProcess(const QString& dataDir);

    // Until its replica is open, or, on a new folder, until it waits for a login.
    [[nodiscard]] bool start(const QUrl& server, const QString& fingerprint);
    [[nodiscard]] bool login(const QString& account, const QString& password);
    // Ends it in the orderly way; true: exit code 0.
    bool quit();

    // Sends a command; the number stands in its answer.
    int send(const QString& command, QJsonObject arguments = {});
    // Waits for the answer; empty: an error, no answer in time, or the child ended.
    [[nodiscard]] QJsonObject call(const QString& command, const QJsonObject& arguments = {},
                                   int timeoutMs = 30'000);
    // Everything is on both sides, nothing is pending.
    [[nodiscard]] bool waitSynced(int timeoutMs = 30'000);
    // The lines of Reader::dump; empty where it failed.
    [[nodiscard]] QStringList dump();
    // Runs an event loop until the server has answered: "won", "taken", ...
    [[nodiscard]] QString claim(const QString& lead);

    [[nodiscard]] const QString& replicaFile() const { return replicaFile_; }
    [[nodiscard]] const QString& state() const { return state_; }
    // Events of other rows since the start, to wait for news.
    [[nodiscard]] int changes() const { return changes_; }

    std::function<void(int number, const QJsonObject& answer)> onAnswer;
    std::function<void(const QJsonObject& event)> onRejected;

private:
    void take(const QJsonObject& event);

    const QString dataDir_;
    QString replicaFile_;
    bool opened_ = false;
    QString state_;
    int changes_ = 0;
    int lastNumber_ = 0;
    int waitingFor_ = 0;
    QJsonObject waited_;
    QHash<QString, QString> claims_;
};

}  // namespace vorfahrt::test
