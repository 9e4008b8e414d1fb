// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/sign_in.h"

#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class InlineBanner;
class Label;
class LoginBackground;
class TextField;

// The sign-in window (design/login.png): form, errors where they belong, state of the server, and
// the progress of the first sync in the same place.
class LoginPage final : public QWidget {
    Q_OBJECT

public:
    LoginPage(const Theme& theme, viewmodel::SignIn& signIn, const QString& account,
              QWidget* parent = nullptr);

    QString account() const;
    // Version, at the foot.
    void setVersion(const QString& version);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeForm();
    QWidget* makeFoot();
    void submit();
    void refresh();
    void makeTenants(QWidget& form, QVBoxLayout& column);
    void fillTenants();
    void noteCapsLock(const QString& typed, bool shift);

    const Theme& theme_;
    viewmodel::SignIn& signIn_;
    LoginBackground* background_;
    Label* title_ = nullptr;
    Label* subtitle_ = nullptr;
    TextField* account_ = nullptr;
    TextField* password_ = nullptr;
    Button* enter_ = nullptr;
    InlineBanner* problem_ = nullptr;
    QWidget* progress_ = nullptr;
    Label* progressText_ = nullptr;
    QWidget* tenants_ = nullptr;
    QVBoxLayout* tenantRows_ = nullptr;
    std::vector<sync::Account::Tenant> shownTenants_;
    Label* server_ = nullptr;
    Label* offline_ = nullptr;
    Label* version_ = nullptr;
    QWidget* serverIcon_ = nullptr;
    QWidget* offlineIcon_ = nullptr;
};

}  // namespace vorfahrt::client::ui
