// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/sync_port.h"

namespace vorfahrt::client::app {

using sync::SyncThread;

SyncPort::SyncPort(SyncThread& thread, QObject* parent)
    : DeskPort(parent),
      thread_(thread) {
    connect(&thread, &SyncThread::statusChanged, this, &SyncPort::statusChanged);
    connect(&thread, &SyncThread::replicaOpened, this, &SyncPort::replicaOpened);
    connect(&thread, &SyncThread::replicaSetAside, this, &SyncPort::replicaSetAside);
    connect(&thread, &SyncThread::replicaClosed, this, &SyncPort::replicaClosed);
    connect(&thread, &SyncThread::tokenLost, this, &SyncPort::tokenLost);
    connect(&thread, &SyncThread::peopleChanged, this, &SyncPort::peopleChanged);
    connect(&thread, &SyncThread::rowsChanged, this, &SyncPort::rowsChanged);
    connect(&thread, &SyncThread::loginFinished, this, &SyncPort::loginFinished);
    connect(&thread, &SyncThread::claimFinished, this, &SyncPort::claimFinished);
    connect(&thread, &SyncThread::editFinished, this, &SyncPort::editFinished);
    connect(&thread, &SyncThread::editRejected, this, &SyncPort::editRejected);
    connect(&thread, &SyncThread::accountFinished, this, &SyncPort::accountFinished);
}

void SyncPort::login(const QString& account, const QString& password) {
    thread_.login(account, password);
}

void SyncPort::setServer(const QUrl& server, const QByteArray& fingerprint) {
    thread_.setServer(server, fingerprint);
}

void SyncPort::leave() {
    thread_.leave();
}

void SyncPort::logout() {
    thread_.logout();
}

void SyncPort::setOnline(bool online) {
    thread_.setOnline(online);
}

void SyncPort::syncNow() {
    thread_.syncNow();
}

void SyncPort::edit(const command::Command& command, quint64 ref) {
    thread_.edit(command, ref);
}

void SyncPort::claim(TenantId tenant, LeadId lead) {
    thread_.claim(tenant, lead);
}

void SyncPort::saveDraft(const QString& key, const QString& text) {
    thread_.saveDraft(key, text);
}

void SyncPort::markRejectedSeen(qint64 trayId) {
    thread_.markRejectedSeen(trayId);
}

void SyncPort::discardRejected(qint64 trayId) {
    thread_.discardRejected(trayId);
}

void SyncPort::askAccount(const sync::AccountRequest& request, quint64 ref) {
    thread_.askAccount(request, ref);
}

}  // namespace vorfahrt::client::app
