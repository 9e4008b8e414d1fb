// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/command/commands.h"
#include "client/keys/key_store.h"
#include "client/keys/sealing.h"
#include "client/replica/change_set.h"
#include "client/sync/account_request.h"
#include "client/sync/sync_status.h"
#include "client/sync/transport_kind.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QThread>
#include <QUrl>

#include <filesystem>
#include <memory>

namespace vorfahrt::client::sync {

class SyncWorker;

// The store thread: owns Replica, ClientCore and the transport. Every method may be called from any
// thread and returns at once; answers come as signals, in the order in which things happened, each
// after its transaction is durable. Connect with a context object: slots then run in its thread.
class SyncThread : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::filesystem::path dataDir;  // replicas and the files of people, made 0700
        QUrl server;                    // wss://HOST:PORT/v1/sync; empty: setServer() comes
        QByteArray fingerprint;         // SHA-256 of the certificate, 32 bytes
        QString deviceName;
        TransportKind transport = TransportKind::Best;
        // Used on the store thread only; null: every start asks for the password.
        std::shared_ptr<keys::KeyStore> keyStore = nullptr;
        keys::PasswordCost passwordCost = keys::PasswordCost::Interactive;
    };

    explicit SyncThread(Options options, QObject* parent = nullptr);
    ~SyncThread() override;

    // Starts the thread. Opens the replica of who did not leave, where the key store gives his key
    // back, so that everything can be shown without a network, and goes online.
    void start();
    // Another server, or another certificate of the same. Nobody may be signed in.
    void setServer(const QUrl& server, const QByteArray& fingerprint);

    // Opens the replica of a person, by the server or, where it does not answer, by what this
    // computer knows of his password.
    void login(const QString& account, const QString& password);
    // Closes the replica; from now on only the password opens it. The token stays, sealed.
    void leave();
    // The same, and revokes the token; the replica and its pending edits stay on the disk.
    void logout();
    void setOnline(bool online);
    // Skips the waiting time before the next try.
    void syncNow();

    // ref is the caller's, and comes back in editFinished.
    void edit(const command::Command& command, quint64 ref = 0);
    void claim(TenantId tenant, LeadId lead);
    void saveDraft(const QString& key, const QString& text);  // empty text: removes it
    void markRejectedSeen(qint64 trayId);
    void discardRejected(qint64 trayId);
    // Set-up, codes, passwords, administration: online only. ref is the caller's and comes back in
    // accountFinished, for every request exactly once.
    void askAccount(const AccountRequest& request, quint64 ref = 0);

Q_SIGNALS:
    void statusChanged(const vorfahrt::client::sync::SyncStatus& status);
    // A replica file is open: open a Reader on it. error is Ok, NewerSchema, Corrupt, NoSpace, ...
    void replicaOpened(const QString& file, const vorfahrt::client::sync::Account& account,
                       vorfahrt::ErrorCode error);
    // The replica was damaged and has this name now; replicaOpened follows, with a new one.
    void replicaSetAside(const QString& file);
    void replicaClosed();  // after leave and logout
    // The server does not take the token any more; the replica is still open.
    void tokenLost();
    // At the start, and when somebody has signed in or left.
    void peopleChanged(const std::vector<vorfahrt::client::sync::Person>& people,
                       vorfahrt::client::sync::KeyStoreState keyStore);
    void rowsChanged(const vorfahrt::client::replica::ChangeSet& changes);
    void loginFinished(const vorfahrt::client::sync::LoginAnswer& answer);
    void claimFinished(const vorfahrt::client::sync::ClaimAnswer& answer);
    // Ok: the edit is durable here and shown; it will reach the server. Otherwise it broke a rule
    // here already and was not stored (Invalid, RejectedState, StaleToken, ...).
    void editFinished(quint64 ref, vorfahrt::ErrorCode code);
    // The server refused an edit; it is in the tray.
    void editRejected(const vorfahrt::client::sync::RejectedEdit& edit);
    void accountFinished(quint64 ref, const vorfahrt::client::sync::AccountAnswer& answer);

private:
    Options options_;
    QThread thread_;
    std::unique_ptr<SyncWorker> worker_;
};

}  // namespace vorfahrt::client::sync
