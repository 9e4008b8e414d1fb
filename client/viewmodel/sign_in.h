// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QObject>
#include <QTimer>

#include <utility>

namespace vorfahrt::client::viewmodel {

// The sign-in window: one try at a time, errors in words, the wait after too many tries, and the
// progress of the first sync. GUI thread.
class SignIn final : public QObject {
    Q_OBJECT

public:
    enum class Server { Unknown, Reachable, Unreachable, WrongCertificate, TooOld };

    SignIn(Desk& desk, QString serverName, QObject* parent = nullptr);

    void setServerName(const QString& name);
    QString serverName() const { return serverName_; }
    // Who has signed in here before, the last one first.
    const std::vector<sync::Person>& people() const { return people_; }
    // Of who left; empty: nobody, or another one came after him.
    QString lastLogin() const { return desk_.lastLogin(); }
    // Who comes next, where he was chosen before the sign-in window; else who left.
    void setWanted(const QString& login) { wanted_ = login; }
    QString wanted() const { return wanted_.isEmpty() ? lastLogin() : wanted_; }
    // The sign-in window begins with the server's address and certificate.
    void setServerWanted() { serverWanted_ = true; }
    bool takeServerWanted() { return std::exchange(serverWanted_, false); }
    bool isLocked() const { return desk_.left() == Desk::Left::Locked; }
    // Why the desk asks for the password, where that is not plain.
    QString note() const;

    void submit(const QString& account, const QString& password);
    bool isBusy() const { return busy_; }
    // Waiting because of too many tries.
    int waitSeconds() const { return waitSeconds_; }
    bool mayTry() const { return !busy_ && waitSeconds_ == 0; }
    QString accountError() const { return accountError_; }
    QString passwordError() const { return passwordError_; }
    // About the server or the replica: what happened and what to do.
    QString problem() const;
    Server server() const;
    QString serverLine() const;
    // The password opens this person's data without a network.
    bool offlinePossible(const QString& account) const;
    bool isFirstSync() const { return desk_.stage() == Desk::Stage::FirstSync; }
    QString progressLine() const;
    // An account of several businesses: which one.
    bool isChoosing() const { return desk_.stage() == Desk::Stage::Choosing; }
    const std::vector<sync::Account::Tenant>& tenants() const { return desk_.account().tenants; }
    void chooseTenant(TenantId tenant) { desk_.chooseTenant(tenant); }

Q_SIGNALS:
    void changed();

private:
    void finished(const sync::LoginAnswer& answer);

    Desk& desk_;
    QString serverName_;
    QTimer wait_;
    QTimer patience_;
    bool busy_ = false;
    bool silent_ = false;
    int waitSeconds_ = 0;
    bool offlineAnswer_ = false;
    bool onlineOnly_ = false;
    std::vector<sync::Person> people_;
    QString wanted_;
    bool serverWanted_ = false;
    sync::KeyStoreState keyStore_ = sync::KeyStoreState::Ready;
    QString accountError_;
    QString passwordError_;
};

}  // namespace vorfahrt::client::viewmodel
