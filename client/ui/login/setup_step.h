// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/login/login_step.h"
#include "client/viewmodel/account.h"
#include "client/viewmodel/sign_in.h"

class QComboBox;
class QStackedWidget;

namespace vorfahrt::client::ui {

// A server without a business gets its first one: business, sites, administrator, users, and the
// codes of the users. Steps one after the other; nothing that was typed is lost on the way.
class SetupStep final : public QWidget {
    Q_OBJECT

public:
    SetupStep(const Theme& theme, viewmodel::Account& account, viewmodel::SignIn& signIn,
              QWidget* parent = nullptr);

Q_SIGNALS:
    void backRequested();
    void done(const QString& login);

private:
    struct SiteRow {
        QWidget* box;
        TextField* name;
        TextField* city;
    };
    struct UserRow {
        QWidget* box;
        TextField* name;
        TextField* login;
        QComboBox* role;
        QComboBox* site;
    };

    LoginStep* addStep(const QString& title, const QString& subtitle);
    void makeSteps();
    void makeCodes();
    void addSite();
    void addUser();
    void fillSites();
    void next();
    void previous();
    void refresh();
    void finish();
    [[nodiscard]] LoginStep& at(int step) const { return *steps_.at(step); }
    [[nodiscard]] viewmodel::Account::SetupForm form() const;

    const Theme& theme_;
    viewmodel::Account& account_;
    viewmodel::SignIn& signIn_;
    QStackedWidget* stack_;
    QList<LoginStep*> steps_;
    TextField* code_ = nullptr;
    TextField* business_ = nullptr;
    QWidget* siteBox_ = nullptr;
    QList<SiteRow> sites_;
    TextField* name_ = nullptr;
    TextField* login_ = nullptr;
    TextField* password_ = nullptr;
    TextField* repeat_ = nullptr;
    QWidget* userBox_ = nullptr;
    QList<UserRow> users_;
};

}  // namespace vorfahrt::client::ui
