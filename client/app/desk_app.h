// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/app/desk_window.h"
#include "client/app/desktop_announcer.h"
#include "client/app/notification_center.h"
#include "client/app/options.h"
#include "client/app/settings.h"
#include "client/app/state_keeper.h"
#include "client/app/sync_port.h"

#include <QTimer>
#include <QTranslator>

#include <functional>
#include <memory>

class QApplication;

namespace vorfahrt::client::app {

// The composition root: makes everything once and ties it together. When somebody leaves, his
// window goes with every widget in it, and a new one shows the sign-in. GUI thread; one a program.
class DeskApp final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        std::shared_ptr<keys::KeyStore> keyStore;
        keys::PasswordCost passwordCost = keys::PasswordCost::Interactive;
        // Loads the texts of a language.
        std::function<void(const QString& language)> setLanguage;
    };
    DeskApp(QApplication& app, Options options, Settings settings, Parts parts);
    ~DeskApp() override;

    void start();
    void finish();
    DeskWindow& window() { return *window_; }
    viewmodel::Desk& desk() { return desk_; }
    viewmodel::SignIn& signIn() { return signIn_; }
    viewmodel::ServerChoice& server() { return server_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void open();
    void stageChanged();
    void takeServer(const QUrl& url, const QByteArray& fingerprint);
    void changeLanguage(const QString& language);
    void planLock();

    QApplication& app_;
    Options options_;
    Settings settings_;
    Parts parts_;
    ui::Theme theme_;
    SystemClock clock_;
    SystemRandom random_;
    sync::SyncThread thread_;
    SyncPort port_;
    std::unique_ptr<viewmodel::CertificateProbe> probe_;
    model::ReplicaReader reader_;
    viewmodel::Desk desk_;
    viewmodel::SignIn signIn_;
    viewmodel::ServerChoice server_;
    viewmodel::Account account_;
    viewmodel::Leads leads_;
    viewmodel::Customers customers_;
    viewmodel::Inbox inbox_;
    viewmodel::Tray tray_;
    StateKeeper keeper_;
    viewmodel::Notifier notifier_;
    DesktopAnnouncer announcer_;
    NotificationCenter notifications_;
    std::unique_ptr<DeskWindow> window_;
    QTimer idle_;
    bool worked_ = false;  // somebody's data were in this window
};

}  // namespace vorfahrt::client::app
