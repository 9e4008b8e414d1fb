// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/sync_thread.h"

#include "client/sync/sync_worker.h"

#include <QMetaObject>

namespace vorfahrt::client::sync {
namespace {

// Runs `work` on the worker's thread, in the order of the calls.
template <class Work>
void post(SyncWorker* worker, Work work) {
    QMetaObject::invokeMethod(worker, std::move(work), Qt::QueuedConnection);
}

}  // namespace

SyncThread::SyncThread(Options options, QObject* parent)
    : QObject(parent),
      options_(std::move(options)),
      worker_(std::make_unique<SyncWorker>(options_, *this)) {
    thread_.setObjectName(QStringLiteral("store"));
    worker_->moveToThread(&thread_);
}

SyncThread::~SyncThread() {
    if (thread_.isRunning()) {
        SyncWorker* worker = worker_.get();
        QMetaObject::invokeMethod(
            worker,
            [worker] {
                worker->shutDown();
                worker->thread()->quit();
            },
            Qt::QueuedConnection);
        thread_.wait();
    }
}

void SyncThread::start() {
    thread_.start();
    post(worker_.get(), [worker = worker_.get()] { worker->start(); });
}

void SyncThread::setServer(const QUrl& server, const QByteArray& fingerprint) {
    post(worker_.get(),
         [worker = worker_.get(), server, fingerprint] { worker->setServer(server, fingerprint); });
}

void SyncThread::login(const QString& account, const QString& password) {
    post(worker_.get(), [worker = worker_.get(), account = account.toStdString(),
                         password = password.toStdString()] { worker->login(account, password); });
}

void SyncThread::leave() {
    post(worker_.get(), [worker = worker_.get()] { worker->leave(); });
}

void SyncThread::logout() {
    post(worker_.get(), [worker = worker_.get()] { worker->logout(); });
}

void SyncThread::setOnline(bool online) {
    post(worker_.get(), [worker = worker_.get(), online] { worker->setOnline(online); });
}

void SyncThread::syncNow() {
    post(worker_.get(), [worker = worker_.get()] { worker->syncNow(); });
}

void SyncThread::edit(const command::Command& command, quint64 ref) {
    post(worker_.get(), [worker = worker_.get(), command, ref] { worker->edit(command, ref); });
}

void SyncThread::claim(TenantId tenant, LeadId lead) {
    post(worker_.get(), [worker = worker_.get(), tenant, lead] { worker->claim(tenant, lead); });
}

void SyncThread::saveDraft(const QString& key, const QString& text) {
    post(worker_.get(), [worker = worker_.get(), key = key.toStdString(),
                         text = text.toStdString()] { worker->saveDraft(key, text); });
}

void SyncThread::markRejectedSeen(qint64 trayId) {
    post(worker_.get(), [worker = worker_.get(), trayId] { worker->markRejectedSeen(trayId); });
}

void SyncThread::askAccount(const AccountRequest& request, quint64 ref) {
    post(worker_.get(),
         [worker = worker_.get(), request, ref] { worker->askAccount(request, ref); });
}

void SyncThread::discardRejected(qint64 trayId) {
    post(worker_.get(), [worker = worker_.get(), trayId] { worker->discardRejected(trayId); });
}

}  // namespace vorfahrt::client::sync
