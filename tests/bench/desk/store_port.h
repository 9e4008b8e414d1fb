// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk_port.h"
#include "tests/bench/desk/world.h"

#include <QThread>

#include <atomic>
#include <filesystem>
#include <memory>

namespace vorfahrt::bench {

// A store thread without a network: opens the replica as the program's does, and takes chunks of a
// bulk sync into it as fast as it can, each with its signals. Lives in the GUI thread.
class StorePort final : public client::viewmodel::DeskPort {
    Q_OBJECT

public:
    StorePort(DeskWorldMaker& world, std::filesystem::path file);
    ~StorePort() override;

    // Opens the file on the store thread; replicaOpened follows.
    void start();
    // From now on until stopBulk(), chunk after chunk.
    void startBulk();
    void stopBulk() { bulk_ = false; }
    [[nodiscard]] quint64 rowsTaken() const { return rows_; }

    void login(const QString&, const QString&) override {}
    void setServer(const QUrl&, const QByteArray&) override {}
    void leave() override {}
    void logout() override {}
    void setOnline(bool) override {}
    void syncNow() override {}
    void edit(const client::command::Command&, quint64 ref) override;
    void claim(TenantId, LeadId) override {}
    void saveDraft(const QString& key, const QString& text) override;
    void markRejectedSeen(qint64) override {}
    void discardRejected(qint64) override {}
    void askAccount(const client::sync::AccountRequest&, quint64) override {}

private:
    void say(client::sync::State state);
    void takeChunk();

    DeskWorldMaker& world_;
    const std::filesystem::path file_;
    SystemClock clock_;
    SeededRandom random_{7};
    QThread thread_;
    QObject* store_;  // in the thread; its queue is the store thread's
    std::unique_ptr<client::replica::Replica> replica_;
    std::atomic<bool> bulk_ = false;
    std::atomic<quint64> rows_ = 0;
};

}  // namespace vorfahrt::bench
