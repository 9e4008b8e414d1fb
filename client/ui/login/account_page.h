// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/account.h"
#include "client/viewmodel/server_choice.h"

#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class CodesView;
class ContextCard;
class InlineBanner;
class Label;
class SegmentedControl;
class TextField;

// The account of who is signed in: password, sessions, lock, server; for an administrator also the
// sites and people of the business.
class AccountPage final : public QWidget {
    Q_OBJECT

public:
    AccountPage(const Theme& theme, viewmodel::Account& account,
                const viewmodel::ServerChoice& server, QWidget* parent = nullptr);
    // Minutes without a key or click until the desk locks itself; 0: never.
    void setLockMinutes(int minutes);

Q_SIGNALS:
    void lockMinutesChosen(int minutes);
    void serverRequested();

private:
    ContextCard* addCard(Icon icon, const QString& title);
    void makePassword();
    void makeSessions(const viewmodel::ServerChoice& server);
    void makePeople();
    void makeSites();
    void fillPeople();
    void refresh();
    TextField* field(const QString& label, const char* name);

    const Theme& theme_;
    viewmodel::Account& account_;
    QVBoxLayout* column_;
    InlineBanner* problem_;
    TextField* old_ = nullptr;
    TextField* password_ = nullptr;
    TextField* repeat_ = nullptr;
    Button* change_ = nullptr;
    Label* changed_ = nullptr;
    SegmentedControl* minutes_ = nullptr;
    Label* ended_ = nullptr;
    ContextCard* people_ = nullptr;
    QWidget* peopleBox_ = nullptr;
    QString shownPeople_;
    TextField* userName_ = nullptr;
    TextField* userLogin_ = nullptr;
    QComboBox* userRole_ = nullptr;
    QComboBox* userSite_ = nullptr;
    ContextCard* sites_ = nullptr;
    Label* siteNames_ = nullptr;
    TextField* siteName_ = nullptr;
    TextField* siteCity_ = nullptr;
};

}  // namespace vorfahrt::client::ui
