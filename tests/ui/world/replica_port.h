// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/replica.h"
#include "client/viewmodel/desk_port.h"

#include <QStringList>

#include <filesystem>

namespace vorfahrt::test {

// A store thread without thread and network: edits go to a real replica file at once, answers of a
// server are given by the test. GUI thread.
class ReplicaPort final : public client::viewmodel::DeskPort {
    Q_OBJECT

public:
    ReplicaPort(const Clock& clock, Random& random)
        : clock_(clock),
          random_(random) {}

    // Opens (or makes) the file; a second call is a restart of the program.
    void open(const std::filesystem::path& file);
    void close();
    client::replica::Replica& replica() { return *replica_; }

    // What a server would say.
    void announce(const client::sync::Account& account);
    void setState(client::sync::State state);
    void setStatus(const client::sync::SyncStatus& status);
    const client::sync::SyncStatus& status() const { return status_; }
    void changed(const client::replica::ChangeSet& changes);
    void answerClaim(client::sync::ClaimAnswer answer);
    void answerLogin(ErrorCode code, std::uint32_t retryAfterMs = 0);
    // Refuses the oldest waiting edit.
    void refuseOldest(TenantId tenant, ErrorCode code);

    void login(const QString& account, const QString& password) override;
    void setServer(const QUrl& server, const QByteArray& fingerprint) override;
    void leave() override;
    void logout() override;
    void setOnline(bool online) override;
    void syncNow() override;
    void edit(const client::command::Command& command, quint64 ref) override;
    void claim(TenantId tenant, LeadId lead) override;
    void saveDraft(const QString& key, const QString& text) override;
    void markRejectedSeen(qint64 trayId) override;
    void discardRejected(qint64 trayId) override;
    void askAccount(const client::sync::AccountRequest& request, quint64 ref) override;
    // Answers the newest request.
    void answerAccount(const client::sync::AccountAnswer& answer);

    // The next edits fail with it, as on a full disk; Ok: they are stored again.
    void failEdits(ErrorCode code) { editFault_ = code; }

    std::vector<LeadId> claims;
    QStringList logins;
    QStringList passwords;
    QList<QUrl> servers;
    QList<QByteArray> fingerprints;
    int leaves = 0;
    int logouts = 0;
    std::vector<client::sync::AccountRequest> accountRequests;
    int onlineWishes = 0;
    int syncWishes = 0;

private:
    void trayChanged();
    void emitStatus();

    const Clock& clock_;
    Random& random_;
    std::filesystem::path file_;
    std::unique_ptr<client::replica::Replica> replica_;
    client::sync::SyncStatus status_;
    client::sync::Account account_;
    quint64 accountRef_ = 0;
    ErrorCode editFault_ = ErrorCode::Ok;
};

}  // namespace vorfahrt::test
