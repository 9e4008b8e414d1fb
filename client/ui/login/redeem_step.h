// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/login/login_step.h"
#include "client/viewmodel/account.h"
#include "client/viewmodel/sign_in.h"

namespace vorfahrt::client::ui {

// A start or reset code, and the password that its person chooses. Signs in with it.
class RedeemStep final : public LoginStep {
    Q_OBJECT

public:
    RedeemStep(const Theme& theme, viewmodel::Account& account, viewmodel::SignIn& signIn,
               QWidget* parent = nullptr);
    void setLogin(const QString& login);

Q_SIGNALS:
    void done(const QString& login);

private:
    void go();

    viewmodel::Account& account_;
    viewmodel::SignIn& signIn_;
    TextField* login_;
    TextField* code_;
    TextField* password_;
    TextField* repeat_;
};

}  // namespace vorfahrt::client::ui
