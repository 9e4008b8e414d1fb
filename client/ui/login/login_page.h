// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/account.h"
#include "client/viewmodel/server_choice.h"
#include "client/viewmodel/sign_in.h"

#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

class QScrollArea;

namespace vorfahrt::client::ui {

class Button;
class InlineBanner;
class Label;
class LinkButton;
class LoginBackground;
class PersonTile;
class RedeemStep;
class ServerStep;
class SetupStep;
class TextField;

// The sign-in window (design/login.png): the people of this computer, form, errors where they
// belong, state of the server, and the progress of the first sync in the same place; the steps of
// the first run (server, set-up, code) beside the form.
class LoginPage final : public QWidget {
    Q_OBJECT

public:
    LoginPage(const Theme& theme, viewmodel::SignIn& signIn, viewmodel::Account& accounts,
              viewmodel::ServerChoice& choice, const QString& account, QWidget* parent = nullptr);

    QString account() const;
    // Fills in the login and puts the cursor into the password.
    void choose(const QString& login);
    // Of the server's address and certificate.
    void showServer();
    // Version, at the foot.
    void setVersion(const QString& version);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeForm();
    void makePeople(QWidget& form, QVBoxLayout& column);
    void makeLinks(QWidget& form, QVBoxLayout& column);
    void makeSteps();
    void fillPeople();
    void markPerson();
    void showForm();
    QWidget* makeFoot();
    void submit();
    void refresh();
    void makeTenants(QWidget& form, QVBoxLayout& column);
    void fillTenants();
    void noteCapsLock(const QString& typed, bool shift);

    const Theme& theme_;
    viewmodel::SignIn& signIn_;
    viewmodel::Account& accounts_;
    viewmodel::ServerChoice& choice_;
    LoginBackground* background_;
    QStackedWidget* steps_ = nullptr;
    QWidget* form_ = nullptr;
    ServerStep* serverStep_ = nullptr;
    RedeemStep* redeemStep_ = nullptr;
    SetupStep* setupStep_ = nullptr;
    QWidget* people_ = nullptr;
    QVBoxLayout* personRows_ = nullptr;
    struct Tile {
        QString login;
        PersonTile* tile;
    };
    QList<Tile> tiles_;
    QString shownPeople_;
    InlineBanner* note_ = nullptr;
    LinkButton* useCode_ = nullptr;
    LinkButton* setUp_ = nullptr;
    Label* title_ = nullptr;
    Label* subtitle_ = nullptr;
    TextField* account_ = nullptr;
    TextField* password_ = nullptr;
    QScrollArea* scroll_ = nullptr;
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
