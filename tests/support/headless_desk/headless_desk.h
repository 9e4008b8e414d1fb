// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "client/sync/sync_thread.h"
#include "common/base/random.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>

namespace vorfahrt::tests {

// A desk without a window, driven by lines of JSON: {"cmd": NAME, ...} in, {"event": NAME, ...}
// out. Each command is answered by one event of its own name with the same "ref", if it had one;
// events that nobody asked for are status, changed, claim, rejected. Times are microseconds of
// CLOCK_MONOTONIC, so those of several desks compare. The commands stand in headless_desk.cpp,
// kCommands.
class HeadlessDesk : public QObject {
    Q_OBJECT
public:
    explicit HeadlessDesk(client::sync::SyncThread::Options options);
    ~HeadlessDesk() override;
    void start();

private:
    using Handler = void (HeadlessDesk::*)(const QJsonObject&);
    static const std::map<QString, Handler>& commands();

    void readInput();
    void handle(const QByteArray& line);
    void say(const QString& event, QJsonObject fields);
    void answer(const QJsonObject& command, QJsonObject fields);
    void fail(const QJsonObject& command, const QString& why);

    void doLogin(const QJsonObject& command);
    void doWaitSynced(const QJsonObject& command);
    void doLeads(const QJsonObject& command);
    void doClaim(const QJsonObject& command);
    void doEditCustomer(const QJsonObject& command);
    void doNote(const QJsonObject& command);
    void doContact(const QJsonObject& command);
    void doConvert(const QJsonObject& command);
    void doMove(const QJsonObject& command);
    void doRelease(const QJsonObject& command);
    void doBulk(const QJsonObject& command);
    void doOnline(const QJsonObject& command);
    void doOffline(const QJsonObject& command);
    void doDump(const QJsonObject& command);
    void doStatus(const QJsonObject& command);
    void doQuit(const QJsonObject& command);

    void store(const QJsonObject& command, const client::command::Command& edit);
    [[nodiscard]] std::optional<client::replica::LeadDetail> leadOf(const QJsonObject& command);
    [[nodiscard]] RowId newId();
    [[nodiscard]] QJsonObject statusObject() const;
    [[nodiscard]] bool hasReader(const QJsonObject& command);
    void checkWaiting();

    void onOpened(const QString& file, const client::sync::Account& account, ErrorCode error);
    void onChanged(const client::replica::ChangeSet& changes);

    client::sync::SyncThread sync_;
    std::unique_ptr<client::replica::Reader> reader_;
    client::replica::Viewer viewer_;
    client::sync::SyncStatus status_;
    SystemRandom random_;
    QSocketNotifier input_;
    QByteArray buffer_;
    struct Waiting {
        QJsonObject command;
        qint64 untilMs = 0;
    };
    std::vector<Waiting> waiting_;
    QElapsedTimer clock_;
    QTimer tick_;
    QJsonObject login_;
    quint64 lastRef_ = 0;
    struct Batch {
        QJsonObject command;
        int left = 0;
        int refused = 0;
    };
    std::map<quint64, std::shared_ptr<Batch>> edits_;
};

}  // namespace vorfahrt::tests
