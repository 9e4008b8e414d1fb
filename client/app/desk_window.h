// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/app/desk_state.h"
#include "client/ui/shell/action_registry.h"
#include "client/ui/theme/theme.h"
#include "client/viewmodel/account.h"
#include "client/viewmodel/customers.h"
#include "client/viewmodel/inbox.h"
#include "client/viewmodel/leads.h"
#include "client/viewmodel/notifications.h"
#include "client/viewmodel/search.h"
#include "client/viewmodel/search_preview.h"
#include "client/viewmodel/server_choice.h"
#include "client/viewmodel/sign_in.h"
#include "client/viewmodel/tray.h"

#include <QMainWindow>
#include <QMap>

class QStackedWidget;
class QVBoxLayout;

namespace vorfahrt::client::ui {
class AccountPage;
class CustomersPage;
class InboxPage;
class InlineBanner;
class ListPage;
class LeadsPage;
class LoginPage;
class NavigationRail;
class Palette;
class PaneRing;
struct Pane;
struct PaletteAction;
class SettingsPage;
class TopBar;
class TrayDrawer;
}  // namespace vorfahrt::client::ui

namespace vorfahrt::client::app {

// The view models of one window.
struct ViewModels {
    viewmodel::Desk& desk;
    viewmodel::SignIn& signIn;
    viewmodel::Leads& leads;
    viewmodel::Customers& customers;
    viewmodel::Inbox& inbox;
    viewmodel::Tray& tray;
    viewmodel::Account& account;
    viewmodel::ServerChoice& server;
};

// The one window: sign-in, then rail, top bar and the workspaces. Made again when the language
// changes; the view models stay.
class DeskWindow final : public QMainWindow {
    Q_OBJECT

public:
    DeskWindow(ui::Theme& theme, const ViewModels& models, const QString& language,
               const QString& account, QWidget* parent = nullptr);

    ui::ActionRegistry& actions() { return actions_; }
    ui::LeadsPage& leadsPage() { return *leads_; }
    ui::CustomersPage& customersPage() { return *customers_; }
    viewmodel::Search& search() { return search_; }
    ui::Palette& palette() { return *palette_; }
    // Runs an action by its id, on its own page; nothing where it cannot be run just now.
    void run(const QString& id);
    ui::LoginPage& loginPage() { return *login_; }
    void setLockMinutes(int minutes);
    void go(const QString& page);
    QString page() const { return page_; }
    // Where toasts of the whole window stand.
    QWidget& pageArea();
    void setNotifications(const viewmodel::NotificationSettings& settings);
    // Where the person is: page, chosen rows, widths, collapsed groups.
    DeskState state() const;
    void restore(const DeskState& state);

Q_SIGNALS:
    void languageChosen(const QString& language);
    void themeChosen(const QString& theme);
    void zoomChosen(int percent);
    void reducedMotionChosen(bool reduced);
    void lockMinutesChosen(int minutes);
    void notificationsChosen(const vorfahrt::client::viewmodel::NotificationSettings& settings);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeRefusal(QVBoxLayout& column);
    void makePages();
    void makeRail();
    void addGoActions();
    void addAccountActions();
    void addPaneActions();
    void makePalette();
    QList<viewmodel::SearchCommand> commands() const;
    QString pageOf(const QWidget* widget) const;
    void openTarget(const viewmodel::Search::Target& target);
    QList<ui::PaletteAction> actionsOf(const viewmodel::Search::Target& target,
                                       const viewmodel::SearchPreview& preview) const;
    void runOn(const viewmodel::Search::Target& target, const QString& id);
    void runWaiting();
    void rememberOpened();
    void openCustomer(CustomerId customer);
    void openLead(LeadId lead);
    void addLeaveActions();
    // The desk is locked, and the sign-in window waits for this person; empty: for anybody.
    void switchTo(const QString& login);
    void fillUserMenu();
    void stageChanged();
    void showCounts();
    void back();
    void toggleTray();
    QList<ui::Pane> panes() const;
    QList<std::pair<QString, ui::ListPage*>> listPages() const;
    void setTheme(const QString& name);
    void fitWidth();

    ui::Theme& theme_;
    ViewModels models_;
    QString language_;
    QString page_;
    ui::ActionRegistry actions_;
    QStackedWidget* outer_;
    ui::LoginPage* login_ = nullptr;
    QWidget* desk_ = nullptr;
    ui::NavigationRail* rail_ = nullptr;
    QWidget* railHost_ = nullptr;
    ui::TopBar* topBar_ = nullptr;
    // Above every page: an edit that this computer did not store. Stays until the next edit,
    // another page or lead, or until it is put away.
    QWidget* refusal_ = nullptr;
    ui::InlineBanner* refusalText_ = nullptr;
    LeadId refusalLead_;
    QStackedWidget* pages_ = nullptr;
    ui::TrayDrawer* tray_ = nullptr;
    ui::PaneRing* ring_ = nullptr;
    ui::LeadsPage* leads_ = nullptr;
    ui::InboxPage* inbox_ = nullptr;
    ui::CustomersPage* customers_ = nullptr;
    ui::AccountPage* account_ = nullptr;
    ui::SettingsPage* settings_ = nullptr;
    QMap<QString, QWidget*> byName_;
    QList<QAction*> menuBegin_;
    QList<QAction*> menuEnd_;
    QList<QAction*> menuPeople_;
    bool railHasInbox_ = false;
    viewmodel::Search search_;
    viewmodel::SearchPreview preview_;
    ui::Palette* palette_ = nullptr;
    // An action of the search window that waits until its row is read.
    struct Waiting {
        CustomerId customer;
        LeadId lead;
        QString action;
    };
    Waiting waiting_;
    LeadId lastLead_;
    CustomerId lastCustomer_;
};

}  // namespace vorfahrt::client::app
