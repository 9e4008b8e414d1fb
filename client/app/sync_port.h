// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/sync_thread.h"
#include "client/viewmodel/desk_port.h"

namespace vorfahrt::client::app {

// The store thread as the view models see it. Outlived by the thread.
class SyncPort final : public viewmodel::DeskPort {
    Q_OBJECT

public:
    explicit SyncPort(sync::SyncThread& thread, QObject* parent = nullptr);

    void login(const QString& account, const QString& password) override;
    void setServer(const QUrl& server, const QByteArray& fingerprint) override;
    void leave() override;
    void logout() override;
    void setOnline(bool online) override;
    void syncNow() override;
    void edit(const command::Command& command, quint64 ref) override;
    void claim(TenantId tenant, LeadId lead) override;
    void saveDraft(const QString& key, const QString& text) override;
    void markRejectedSeen(qint64 trayId) override;
    void discardRejected(qint64 trayId) override;
    void askAccount(const sync::AccountRequest& request, quint64 ref) override;

private:
    sync::SyncThread& thread_;
};

}  // namespace vorfahrt::client::app
