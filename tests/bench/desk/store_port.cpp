// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/desk/store_port.h"

#include "common/base/assert.h"

namespace vorfahrt::bench {

using namespace vorfahrt::client;

StorePort::StorePort(DeskWorldMaker& world, std::filesystem::path file)
    : world_(world),
      file_(std::move(file)),
      store_(new QObject) {
    store_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, store_, &QObject::deleteLater);
}

StorePort::~StorePort() {
    bulk_ = false;
    thread_.quit();
    thread_.wait();
}

void StorePort::say(client::sync::State state) {
    client::sync::SyncStatus status;
    status.state = state;
    status.wantsOnline = true;
    status.hasReplica = true;
    status.rowsReceived = rows_;
    status.lastContactMs = toUnixMs(clock_.now());
    Q_EMIT statusChanged(status);
}

void StorePort::start() {
    thread_.start();
    QMetaObject::invokeMethod(store_, [this] {
        auto opened = replica::Replica::open(file_, clock_, random_);
        VF_ASSERT(opened.has_value());
        replica_ = std::move(*opened);
        say(client::sync::State::Connecting);
        Q_EMIT replicaOpened(QString::fromStdU16String(file_.u16string()), world_.account(),
                             ErrorCode::Ok);
    });
}

void StorePort::startBulk() {
    bulk_ = true;
    QMetaObject::invokeMethod(store_, [this] {
        world_.beginMore(*replica_);
        takeChunk();
    });
}

void StorePort::takeChunk() {
    if (!bulk_) {
        say(client::sync::State::Synchronized);
        return;
    }
    const wire::Snapshot chunk = world_.nextChunk();
    auto changes = replica_->applySnapshot(chunk);
    VF_ASSERT(changes.has_value());
    rows_ += chunk.row_count();
    Q_EMIT rowsChanged(*changes);
    say(client::sync::State::Synchronizing);
    QMetaObject::invokeMethod(store_, [this] { takeChunk(); }, Qt::QueuedConnection);
}

void StorePort::edit(const command::Command&, quint64 ref) {
    Q_EMIT editFinished(ref, ErrorCode::Unavailable);
}

void StorePort::saveDraft(const QString& key, const QString& text) {
    QMetaObject::invokeMethod(store_, [this, key, text] {
        VF_ASSERT(replica_->saveDraft(key.toStdString(), text.toStdString()).has_value());
    });
}

}  // namespace vorfahrt::bench
