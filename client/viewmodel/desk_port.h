// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/command/commands.h"
#include "client/replica/change_set.h"
#include "client/sync/account_request.h"
#include "client/sync/sync_status.h"

#include <QByteArray>
#include <QObject>
#include <QUrl>

#include <vector>

namespace vorfahrt::client::viewmodel {

// What the view models need from the store thread (sync::SyncThread has the same methods and
// signals and says what they mean). An interface, so that pages are tested without a server. Lives
// in the GUI thread.
class DeskPort : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void login(const QString& account, const QString& password) = 0;
    virtual void setServer(const QUrl& server, const QByteArray& fingerprint) = 0;
    virtual void leave() = 0;
    virtual void logout() = 0;
    virtual void setOnline(bool online) = 0;
    virtual void syncNow() = 0;
    // ref is the caller's, and comes back in editFinished, for every edit exactly once.
    virtual void edit(const command::Command& command, quint64 ref) = 0;
    virtual void claim(TenantId tenant, LeadId lead) = 0;
    virtual void saveDraft(const QString& key, const QString& text) = 0;
    virtual void markRejectedSeen(qint64 trayId) = 0;
    virtual void discardRejected(qint64 trayId) = 0;
    // One at a time; answered exactly once by accountFinished with this ref.
    virtual void askAccount(const sync::AccountRequest& request, quint64 ref) = 0;

Q_SIGNALS:
    void statusChanged(const vorfahrt::client::sync::SyncStatus& status);
    void replicaOpened(const QString& file, const vorfahrt::client::sync::Account& account,
                       vorfahrt::ErrorCode error);
    void replicaSetAside(const QString& file);
    void replicaClosed();
    void tokenLost();
    void peopleChanged(const std::vector<vorfahrt::client::sync::Person>& people,
                       vorfahrt::client::sync::KeyStoreState keyStore);
    void rowsChanged(const vorfahrt::client::replica::ChangeSet& changes);
    void loginFinished(const vorfahrt::client::sync::LoginAnswer& answer);
    void claimFinished(const vorfahrt::client::sync::ClaimAnswer& answer);
    void editFinished(quint64 ref, vorfahrt::ErrorCode code);
    void editRejected(const vorfahrt::client::sync::RejectedEdit& edit);
    void accountFinished(quint64 ref, const vorfahrt::client::sync::AccountAnswer& answer);
};

}  // namespace vorfahrt::client::viewmodel
