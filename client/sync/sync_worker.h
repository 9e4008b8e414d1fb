// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/replica.h"
#include "client/sync/client_core.h"
#include "client/sync/local_accounts.h"
#include "client/sync/sync_thread.h"
#include "client/sync/transport.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>

namespace vorfahrt::client::sync {

// Everything that lives on the store thread: carries the effects of ClientCore out. Made anywhere,
// used there only.
class SyncWorker : public QObject {
    Q_OBJECT
public:
    SyncWorker(SyncThread::Options options, SyncThread& face);
    ~SyncWorker() override;

    void start();
    void shutDown();
    void setServer(const QUrl& server, const QByteArray& fingerprint);
    void login(const std::string& account, const std::string& password);
    void leave();
    void logout();
    void setOnline(bool online);
    void syncNow();
    void edit(const command::Command& command, quint64 ref);
    void claim(TenantId tenant, LeadId lead);
    void saveDraft(const std::string& key, const std::string& text);
    void markRejectedSeen(std::int64_t trayId);
    void discardRejected(std::int64_t trayId);
    void askAccount(const AccountRequest& request, quint64 ref);

private:
    void run();  // carries out effects until there are none
    void carryOut(Effect& effect);
    void makeCore();
    void onLoggedIn(const wire::LoginResult& result);
    void takeNewPassword(const effect::AccountAnswered& account);
    void onLoginFailed(LoginAnswer answer);
    // By what this computer knows; true: the answer was given.
    [[nodiscard]] bool loginHere();
    void finishLogin(const LoginAnswer& answer);
    [[nodiscard]] ErrorCode openReplica();
    void closeReplica();
    void tellPeople();
    void planIndexing();
    void index();  // one slice of the search index
    void tell();   // statusChanged, where something changed

    SyncThread::Options options_;
    SyncThread& face_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<keys::KeyStore> noStore_;
    std::unique_ptr<LocalAccounts> accounts_;
    // A login that is not answered yet.
    struct Typed {
        std::string login;
        std::string password;
        // What this computer said of it already.
        std::optional<LocalAccounts::Opening> here;
    };
    std::optional<Typed> typed_;
    // Of a ChangePassword that is not answered yet.
    std::string newPassword_;
    quint64 newPasswordRef_ = 0;
    std::unique_ptr<replica::Replica> replica_;
    std::unique_ptr<ClientCore> core_;
    std::unique_ptr<Transport> transport_;
    std::array<std::unique_ptr<QTimer>, kTimerKinds> timers_;
    SyncStatus told_;
    std::unique_ptr<QTimer> patience_;  // of a login with a server that does not answer
    std::unique_ptr<QTimer> brief_;
    std::unique_ptr<QTimer> purge_;
    std::unique_ptr<QTimer> index_;
    QElapsedTimer indexWaits_;  // since rows are missing in the search index
    bool indexFailed_ = false;
    bool briefIsOver_ = false;
};

}  // namespace vorfahrt::client::sync
