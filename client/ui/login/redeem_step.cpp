// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/redeem_step.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/text_field.h"

#include <QVBoxLayout>

namespace vorfahrt::client::ui {

RedeemStep::RedeemStep(const Theme& theme, viewmodel::Account& account, viewmodel::SignIn& signIn,
                       QWidget* parent)
    : LoginStep(theme, tr("Choose a password"),
                tr("With the start or reset code of your administrator."), parent),
      account_(account),
      signIn_(signIn),
      login_(addField(tr("User name"), "redeemLogin", QStringLiteral("login"))),
      code_(addField(tr("Code"), "redeemCode", QStringLiteral("code"))),
      password_(addField(tr("New password"), "redeemPassword", QStringLiteral("password"))),
      repeat_(addField(tr("New password again"), "redeemRepeat", QStringLiteral("repeat"))) {
    setObjectName(QStringLiteral("redeemStep"));
    login_->setLeadingIcon(Icon::User);
    code_->edit().setPlaceholderText(QStringLiteral("XXXX-XXXX-XXXX"));
    password_->setPassword();
    password_->setHint(tr("At least 10 characters"));
    repeat_->setPassword();
    addButtons(tr("Set password and sign in"), "redeemSubmit");
    connect(this, &LoginStep::nextRequested, this, &RedeemStep::go);
    connect(&account, &viewmodel::Account::changed, this, [this] {
        if (isVisible()) {
            setErrors(account_.errors());
            setBusy(account_.isBusy());
        }
    });
}

void RedeemStep::setLogin(const QString& login) {
    if (!login.isEmpty()) {
        login_->edit().setText(login);
    }
}

void RedeemStep::go() {
    account_.redeem(login_->text(), code_->text(), password_->text(), repeat_->text(),
                    [this](bool ok) {
                        if (ok) {
                            const QString login = login_->text().trimmed();
                            signIn_.submit(login, password_->text());
                            clear();
                            Q_EMIT done(login);
                        }
                    });
}

}  // namespace vorfahrt::client::ui
