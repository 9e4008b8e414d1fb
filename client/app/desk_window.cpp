// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/desk_window.h"

#include "client/ui/customers/customers_page.h"
#include "client/ui/leads/inbox_page.h"
#include "client/ui/leads/lead_context.h"
#include "client/ui/leads/lead_detail_pane.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/login/account_page.h"
#include "client/ui/login/login_page.h"
#include "client/ui/palette/palette.h"
#include "client/ui/shell/help_page.h"
#include "client/ui/shell/layout.h"
#include "client/ui/shell/pane_ring.h"
#include "client/ui/shell/settings_page.h"
#include "client/ui/shell/top_bar.h"
#include "client/ui/shell/tray_drawer.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/navigation_rail.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/tab_order.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace vorfahrt::client::app {
namespace {

using ui::icons::kNavCustomers;
using ui::icons::kNavHelp;
using ui::icons::kNavInbox;
using ui::icons::kNavLeads;
using ui::icons::kNavSettings;

constexpr int kMinWidth = 1024;
constexpr int kMinHeight = 640;
const QString kLeads = QStringLiteral("leads");
const QString kInbox = QStringLiteral("inbox");
const QString kCustomers = QStringLiteral("customers");
const QString kHelp = QStringLiteral("help");
const QString kSettings = QStringLiteral("settings");
const QString kAccount = QStringLiteral("account");

}  // namespace

DeskWindow::DeskWindow(ui::Theme& theme, const ViewModels& models, const QString& language,
                       const QString& account, QWidget* parent)
    : QMainWindow(parent),
      theme_(theme),
      models_(models),
      language_(language),
      outer_(new QStackedWidget(this)),
      search_(models.desk),
      preview_(models.desk) {
    setObjectName(QStringLiteral("deskWindow"));
    setWindowTitle(QStringLiteral("Vorfahrt"));
    setMinimumSize(kMinWidth, kMinHeight);
    setCentralWidget(outer_);
    login_ =
        new ui::LoginPage(theme, models.signIn, models.account, models.server, account, outer_);
    login_->setVersion(QCoreApplication::applicationVersion());
    outer_->addWidget(login_);
    desk_ = new QWidget(outer_);
    outer_->addWidget(desk_);
    auto* all = new QHBoxLayout(desk_);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    railHost_ = new QWidget(desk_);
    auto* railColumn = new QVBoxLayout(railHost_);
    railColumn->setContentsMargins(0, 0, 0, 0);
    all->addWidget(railHost_);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    topBar_ = new ui::TopBar(theme, models.desk, desk_);
    right->addWidget(topBar_);
    makeRefusal(*right);
    pages_ = new QStackedWidget(desk_);
    right->addWidget(pages_, 1);
    all->addLayout(right, 1);
    makePages();
    addGoActions();
    addPaneActions();
    addAccountActions();
    makeRail();
    makePalette();
    tray_ = new ui::TrayDrawer(theme, models.tray, pages_);
    connect(tray_, &ui::TrayDrawer::syncRequested, this, [this] { models_.desk.port().syncNow(); });
    connect(topBar_, &ui::TopBar::trayRequested, this, &DeskWindow::toggleTray);
    ring_ = new ui::PaneRing([this] { return panes(); }, this);
    connect(&models.desk, &viewmodel::Desk::stageChanged, this, &DeskWindow::stageChanged);
    connect(&models.desk, &viewmodel::Desk::countsChanged, this, &DeskWindow::showCounts);
    connect(&models.desk, &viewmodel::Desk::directoryChanged, this, &DeskWindow::makeRail);
    connect(&theme, &ui::Theme::changed, this, &DeskWindow::fitWidth);
    go(kLeads);
    stageChanged();
}

void DeskWindow::makeRefusal(QVBoxLayout& column) {
    constexpr int kMargin = 12;
    refusal_ = new QWidget(desk_);
    refusal_->setObjectName(QStringLiteral("refusalBar"));
    auto* row = new QHBoxLayout(refusal_);
    row->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    refusalText_ = new ui::InlineBanner(theme_, ui::InlineBanner::Tone::Danger,
                                        ui::icons::kStateWarning, refusal_);
    refusalText_->setObjectName(QStringLiteral("refusal"));
    row->addWidget(refusalText_, 1);
    auto* hide = new ui::IconButton(theme_, ui::Icon::X, tr("Hide this message"), refusal_);
    hide->setObjectName(QStringLiteral("refusalHide"));
    row->addWidget(hide);
    refusal_->hide();
    column.addWidget(refusal_);
    connect(hide, &QAbstractButton::clicked, refusal_, &QWidget::hide);
    connect(&models_.desk, &viewmodel::Desk::started, refusal_, &QWidget::hide);
    connect(&models_.desk, &viewmodel::Desk::stageChanged, refusal_, &QWidget::hide);
    connect(&models_.desk, &viewmodel::Desk::refused, this, [this](const QString& sentence) {
        refusalText_->setText({}, sentence);
        refusalLead_ = models_.leads.chosen();
        refusal_->show();
    });
    connect(&models_.leads.detail(), &viewmodel::LeadDetail::changed, refusal_, [this] {
        if (models_.leads.chosen() != refusalLead_) {
            refusal_->hide();
        }
    });
}

void DeskWindow::makePages() {
    leads_ = new ui::LeadsPage(theme_, actions_, models_.leads, models_.tray, pages_);
    inbox_ = new ui::InboxPage(theme_, actions_, models_.inbox, pages_);
    customers_ = new ui::CustomersPage(theme_, actions_, models_.customers, pages_);
    auto* help = new ui::HelpPage(theme_, actions_, pages_);
    auto* settings = new ui::SettingsPage(theme_, language_, pages_);
    settings_ = settings;
    account_ = new ui::AccountPage(theme_, models_.account, models_.server, pages_);
    connect(account_, &ui::AccountPage::lockMinutesChosen, this, &DeskWindow::lockMinutesChosen);
    connect(account_, &ui::AccountPage::serverRequested, this, [this] {
        models_.signIn.setServerWanted();
        models_.desk.leave(viewmodel::Desk::Left::Locked);
    });
    byName_ = {{kLeads, leads_}, {kInbox, inbox_},      {kCustomers, customers_},
               {kHelp, help},    {kSettings, settings}, {kAccount, account_}};
    for (QWidget* page : std::as_const(byName_)) {
        pages_->addWidget(page);
    }
    connect(leads_, &ui::LeadsPage::customerRequested, this, &DeskWindow::openCustomer);
    connect(customers_, &ui::CustomersPage::leadRequested, this, &DeskWindow::openLead);
    connect(settings, &ui::SettingsPage::languageChosen, this, [this](const QString& language) {
        if (language != language_) {
            Q_EMIT languageChosen(language);
        }
    });
    connect(settings, &ui::SettingsPage::themeChosen, this, [this](int mode) {
        setTheme(
            QStringList{QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("system")}
                .value(mode));
    });
    connect(settings, &ui::SettingsPage::notificationsChosen, this,
            &DeskWindow::notificationsChosen);
    connect(settings, &ui::SettingsPage::reducedMotionChosen, this,
            &DeskWindow::reducedMotionChosen);
    connect(settings, &ui::SettingsPage::keysRequested, this, [this] { go(kHelp); });
    connect(settings, &ui::SettingsPage::zoomChosen, this, [this](int percent) {
        theme_.setZoom(percent);
        Q_EMIT zoomChosen(percent);
    });
}

QList<std::pair<QString, ui::ListPage*>> DeskWindow::listPages() const {
    return {{kInbox, inbox_}, {kCustomers, customers_}};
}

DeskState DeskWindow::state() const {
    DeskState state;
    state.page = page_;
    state.lead = models_.leads.chosen();
    state.customer = models_.customers.chosen();
    state.tenant = models_.desk.viewer().tenant;
    state.view = leads_->list().view();
    const QSet<int>& collapsed = models_.leads.list().collapsed();
    state.collapsed = QList<int>(collapsed.begin(), collapsed.end());
    std::sort(state.collapsed.begin(), state.collapsed.end());
    const QMap<int, QList<int>> widths = leads_->widths();
    for (auto it = widths.begin(); it != widths.end(); ++it) {
        state.widths.insert(kLeads + QString::number(it.key()), it.value());
    }
    for (const auto& [name, page] : listPages()) {
        const QMap<int, int>& chosen = page->listWidths();
        for (auto it = chosen.begin(); it != chosen.end(); ++it) {
            state.widths.insert(name + QString::number(it.key()), {it.value()});
        }
    }
    state.keys = actions_.changedKeys();
    return state;
}

void DeskWindow::restore(const DeskState& state) {
    QMap<int, QList<int>> widths;
    for (auto it = state.widths.begin(); it != state.widths.end(); ++it) {
        if (it.key().startsWith(kLeads) && it.value().size() >= 2) {
            widths.insert(it.key().mid(kLeads.size()).toInt(), it.value());
        }
    }
    leads_->setWidths(widths);
    for (const auto& [name, page] : listPages()) {
        QMap<int, int> chosen;
        for (int i = 0; i < static_cast<int>(ui::kPageColumns.size()); ++i) {
            const int width = state.widths.value(name + QString::number(i)).value(0);
            if (width > 0) {
                chosen.insert(i, width);
            }
        }
        page->setListWidths(chosen);
    }
    actions_.restoreKeys(state.keys);
    models_.leads.list().setCollapsed(QSet<int>(state.collapsed.begin(), state.collapsed.end()));
    leads_->list().setView(state.view);
    if (!state.customer.isNone()) {
        customers_->open(state.customer);
    }
    models_.leads.choose(state.lead);
    if (state.page != kInbox || models_.desk.isManager()) {
        go(state.page);
    }
}

void DeskWindow::makeRail() {
    const bool inbox = models_.desk.isManager();
    if (rail_ != nullptr && inbox == railHasInbox_) {
        return;
    }
    railHasInbox_ = inbox;
    delete rail_;
    rail_ = new ui::NavigationRail(theme_, railHost_);
    rail_->setObjectName(QStringLiteral("rail"));
    rail_->addEntry({kLeads, tr("Leads"), kNavLeads, std::nullopt, {}});
    if (inbox) {
        rail_->addEntry({kInbox, tr("Inbox"), kNavInbox, std::nullopt, {}});
    }
    rail_->addEntry({kCustomers, tr("Customers"), kNavCustomers, std::nullopt, {}});
    rail_->addFoot();
    rail_->addEntry({kHelp, tr("Help and keys"), kNavHelp, std::nullopt, QStringLiteral("F1")});
    rail_->addEntry({kSettings, tr("Settings"), kNavSettings, std::nullopt, {}});
    railHost_->layout()->addWidget(rail_);
    ui::tabBehind(*topBar_, *rail_);
    rail_->setCurrent(page_);
    connect(rail_, &ui::NavigationRail::chosen, this, &DeskWindow::go);
    actions_.action(QStringLiteral("go.inbox"))->setEnabled(inbox);
    if (!inbox && page_ == kInbox) {
        go(kLeads);
    }
    fitWidth();
    showCounts();
}

void DeskWindow::addGoActions() {
    const QString group = tr("Everywhere");
    const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys,
                         ui::Icon icon, std::function<void()> run) {
        return actions_.add({QString::fromLatin1(id), text, group, std::move(keys), icon}, desk_,
                            std::move(run));
    };
    add("search.open", tr("Search"), {QKeySequence(Qt::CTRL | Qt::Key_K)}, ui::icons::kActionSearch,
        [this] { palette_->openWith({}); });
    add("search.commands", tr("All commands"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
        ui::Icon::Keyboard, [this] { palette_->openWith(QStringLiteral(">")); });
    add("go.leads", tr("Go to leads"), {QKeySequence(Qt::Key_G, Qt::Key_V)}, kNavLeads,
        [this] { go(kLeads); });
    add("go.inbox", tr("Go to the inbox"), {QKeySequence(Qt::Key_G, Qt::Key_P)}, kNavInbox,
        [this] { go(kInbox); });
    add("go.customers", tr("Go to customers"), {QKeySequence(Qt::Key_G, Qt::Key_K)}, kNavCustomers,
        [this] { go(kCustomers); });
    add("app.help", tr("Help and keys"), {QKeySequence(Qt::Key_F1)}, kNavHelp,
        [this] { go(kHelp); });
    add("app.settings", tr("Settings"), {}, kNavSettings, [this] { go(kSettings); });
    add("sync.now", tr("Sync now"), {QKeySequence(Qt::Key_F5)}, ui::icons::kActionRetry,
        [this] { models_.desk.port().syncNow(); });
    add("edit.undo", tr("Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, ui::Icon::Undo2,
        [this] { models_.desk.undo(); });
}

void DeskWindow::addPaneActions() {
    const QString group = tr("Everywhere");
    const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys,
                         std::function<void()> run) {
        return actions_.add({QString::fromLatin1(id), text, group, std::move(keys)}, desk_,
                            std::move(run));
    };
    add("pane.next", tr("Next pane"), {QKeySequence(Qt::CTRL | Qt::Key_F6)},
        [this] { ring_->step(1); });
    add("pane.previous", tr("Previous pane"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F6)},
        [this] { ring_->step(-1); });
    add("sync.tray", tr("Show or hide the sync"), {}, [this] { toggleTray(); });
    add("app.back", tr("One step back"), {QKeySequence(Qt::Key_Escape)}, [this] { back(); });
}

void DeskWindow::addAccountActions() {
    const QString group = tr("Account");
    const auto add = [&](const char* id, const QString& text, std::function<void()> run) {
        return actions_.add({QString::fromLatin1(id), text, group, {}}, desk_, std::move(run));
    };
    QAction* light =
        add("theme.light", tr("Light theme"), [this] { setTheme(QStringLiteral("light")); });
    QAction* dark =
        add("theme.dark", tr("Dark theme"), [this] { setTheme(QStringLiteral("dark")); });
    QAction* system = add("theme.system", tr("Theme as in the system"),
                          [this] { setTheme(QStringLiteral("system")); });
    QAction* german = add("language.de", QStringLiteral("Deutsch"),
                          [this] { Q_EMIT languageChosen(QStringLiteral("de")); });
    QAction* english = add("language.en", QStringLiteral("English"),
                           [this] { Q_EMIT languageChosen(QStringLiteral("en")); });
    add("account.tenant", tr("Another business"), [this] { models_.desk.leaveTenant(); });
    addLeaveActions();
    const auto rule = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        return line;
    };
    menuBegin_ = {light,
                  dark,
                  system,
                  rule(),
                  german,
                  english,
                  rule(),
                  actions_.action(QStringLiteral("app.account")),
                  actions_.action(QStringLiteral("app.settings")),
                  rule()};
    menuEnd_ = {actions_.action(QStringLiteral("account.switch")),
                actions_.action(QStringLiteral("account.lock")),
                actions_.action(QStringLiteral("account.tenant")),
                actions_.action(QStringLiteral("account.signOut"))};
    connect(&models_.signIn, &viewmodel::SignIn::changed, this, &DeskWindow::fillUserMenu);
    fillUserMenu();
}

void DeskWindow::addLeaveActions() {
    using viewmodel::Desk;
    const QString group = tr("Account");
    const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys,
                         std::function<void()> run) {
        return actions_.add({QString::fromLatin1(id), text, group, std::move(keys)}, desk_,
                            std::move(run));
    };
    add("app.account", tr("Account and people"), {}, [this] { go(kAccount); });
    add("account.lock", tr("Lock"), {QKeySequence(Qt::CTRL | Qt::Key_L)},
        [this] { models_.desk.leave(Desk::Left::Locked); });
    add("account.switch", tr("Another person"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
        [this] { switchTo({}); });
    add("account.signOut", tr("Sign out"), {},
        [this] { models_.desk.leave(Desk::Left::SignedOut); });
}

void DeskWindow::switchTo(const QString& login) {
    models_.signIn.setWanted(login);
    models_.desk.leave(viewmodel::Desk::Left::Locked);
}

// The others of this computer: one click here, then the password.
void DeskWindow::fillUserMenu() {
    QStringList logins;
    for (const auto& person : models_.signIn.people()) {
        const QString login = QString::fromStdString(person.login);
        if (login.compare(models_.desk.login(), Qt::CaseInsensitive) != 0) {
            logins << login;
        }
    }
    QStringList shown;
    for (const QAction* action : std::as_const(menuPeople_)) {
        shown << action->data().toString();
    }
    if (logins == shown && topBar_->hasMenu()) {
        return;
    }
    qDeleteAll(menuPeople_);
    menuPeople_.clear();
    constexpr qsizetype kMost = 6;
    for (const QString& login : logins.mid(0, kMost)) {
        QString name = login;
        for (const auto& person : models_.signIn.people()) {
            if (QString::fromStdString(person.login) == login && !person.name.empty()) {
                name = QString::fromStdString(person.name);
            }
        }
        auto* action = new QAction(tr("Switch to %1").arg(name), this);
        action->setData(login);
        connect(action, &QAction::triggered, this, [this, login] { switchTo(login); });
        menuPeople_.push_back(action);
    }
    topBar_->setMenuActions(menuBegin_ + menuPeople_ + menuEnd_);
}

void DeskWindow::setLockMinutes(int minutes) {
    account_->setLockMinutes(minutes);
}

void DeskWindow::go(const QString& page) {
    QWidget* widget = byName_.value(page);
    if (widget == nullptr) {
        return;
    }
    if (page != page_) {
        refusal_->hide();
        tray_->closeAndReturn();
    }
    page_ = page;
    pages_->setCurrentWidget(widget);
    if (rail_ != nullptr) {
        rail_->setCurrent(page);
    }
    if (page == kLeads) {
        leads_->list().list().setFocus(Qt::MouseFocusReason);
    } else if (page == kCustomers) {
        customers_->list().setFocus(Qt::MouseFocusReason);
    } else if (page == kInbox) {
        inbox_->list().setFocus(Qt::MouseFocusReason);
    }
}

void DeskWindow::stageChanged() {
    const bool working = models_.desk.stage() == viewmodel::Desk::Stage::Working;
    outer_->setCurrentWidget(working ? desk_ : static_cast<QWidget*>(login_));
    actions_.action(QStringLiteral("account.tenant"))
        ->setVisible(models_.desk.account().tenants.size() > 1);
    if (working) {
        go(page_);
    } else {
        palette_->closeAndReturn();
    }
}

QWidget& DeskWindow::pageArea() {
    return *pages_;
}

void DeskWindow::setNotifications(const viewmodel::NotificationSettings& settings) {
    settings_->setNotifications(settings);
}

void DeskWindow::showCounts() {
    const replica::Counts& counts = models_.desk.counts();
    rail_->setCount(kLeads, counts.unclaimed > 0 ? std::optional(counts.unclaimed) : std::nullopt);
    if (railHasInbox_) {
        rail_->setCount(kInbox, counts.intake > 0 ? std::optional(counts.intake) : std::nullopt);
    }
}

void DeskWindow::back() {
    if (tray_->isOpen()) {
        tray_->closeAndReturn();
        return;
    }
    const bool done = page_ == kLeads       ? leads_->back()
                      : page_ == kCustomers ? customers_->back()
                      : page_ == kInbox     ? inbox_->back()
                                            : false;
    if (!done && page_ != kLeads) {
        go(kLeads);
    }
}

// In tab order (design, section 7).
QList<ui::Pane> DeskWindow::panes() const {
    QList<ui::Pane> panes{{topBar_, nullptr}, {rail_, nullptr}};
    if (page_ == kLeads) {
        panes.append({&leads_->list(), &leads_->list().list()});
        panes.append({&leads_->detail(), &leads_->detail().composer().edit()});
        panes.append({&leads_->context(), nullptr});
    } else {
        bool split = false;
        for (const auto& [name, page] : listPages()) {
            if (name == page_) {
                panes.append({&page->listPane(), &page->list()});
                panes.append({&page->detailPane(), nullptr});
                split = true;
            }
        }
        if (!split) {
            panes.append({pages_->currentWidget(), nullptr});
        }
    }
    panes.append({tray_, nullptr});
    return panes;
}

// On the page of leads it is part of the context, elsewhere it lies above the page.
void DeskWindow::toggleTray() {
    if (page_ == kLeads) {
        leads_->openTray();
    } else if (tray_->isOpen()) {
        tray_->closeAndReturn();
    } else {
        tray_->open();
    }
}

void DeskWindow::setTheme(const QString& name) {
    theme_.setMode(name == QStringLiteral("dark")     ? ui::Theme::Mode::Dark
                   : name == QStringLiteral("system") ? ui::Theme::Mode::System
                                                      : ui::Theme::Mode::Light);
    Q_EMIT themeChosen(name);
}

void DeskWindow::fitWidth() {
    rail_->setCollapsed(width() < theme_.px(ui::kRailExpandedFrom));
    leads_->setWindowWidth(width());
    for (const auto& [name, page] : listPages()) {
        page->setWindowWidth(width());
    }
}

void DeskWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    fitWidth();
}

}  // namespace vorfahrt::client::app
