// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/account_page.h"

#include "client/ui/login/codes_view.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace vorfahrt::client::ui {
namespace {

constexpr int kCardWidth = 720;
constexpr std::array kMinutes{0, 5, 15, 30};

}  // namespace

AccountPage::AccountPage(const Theme& theme, viewmodel::Account& account,
                         const viewmodel::ServerChoice& server, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      account_(account) {
    setObjectName(QStringLiteral("accountPage"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* cards = new CardColumn(theme, Role::Window, this);
    outer->addWidget(cards);
    column_ = &cards->column();
    column_->setContentsMargins(20, 16, 20, 20);
    column_->addWidget(
        new Label(theme, tr("Account and people"), TextStyle::PaneTitle, Role::TextPrimary));
    problem_ = new InlineBanner(theme, InlineBanner::Tone::Warning, icons::kStateWarning, this);
    problem_->setObjectName(QStringLiteral("accountProblem"));
    problem_->setMaximumWidth(kCardWidth);
    column_->addWidget(problem_);
    makePassword();
    makeSessions(server);
    makePeople();
    makeSites();
    column_->addStretch();
    connect(&account, &viewmodel::Account::changed, this, &AccountPage::refresh);
    refresh();
}

ContextCard* AccountPage::addCard(Icon icon, const QString& title) {
    auto* card = new ContextCard(theme_, icon, title);
    card->setMaximumWidth(kCardWidth);
    column_->addWidget(card);
    return card;
}

TextField* AccountPage::field(const QString& label, const char* name) {
    auto* made = new TextField(theme_, label, this);
    made->edit().setObjectName(QString::fromLatin1(name));
    return made;
}

void AccountPage::makePassword() {
    ContextCard* card = addCard(Icon::Lock, tr("Change password"));
    old_ = field(tr("Password until now"), "accountOld");
    password_ = field(tr("New password"), "accountPassword");
    password_->setHint(tr("At least 10 characters"));
    repeat_ = field(tr("New password again"), "accountRepeat");
    for (TextField* one : {old_, password_, repeat_}) {
        one->setPassword();
        card->body().addWidget(one);
    }
    auto* row = new QHBoxLayout;
    change_ = new Button(theme_, ButtonKind::Primary, tr("Change password"), this);
    change_->setObjectName(QStringLiteral("accountChange"));
    row->addWidget(change_);
    changed_ = new Label(theme_, QString(), TextStyle::Body, Role::SuccessText, this);
    changed_->setObjectName(QStringLiteral("accountChanged"));
    row->addWidget(changed_);
    row->addStretch();
    card->body().addLayout(row);
    const auto go = [this] {
        changed_->setText({});
        account_.changePassword(old_->text(), password_->text(), repeat_->text(), [this](bool ok) {
            if (ok) {
                for (TextField* one : {old_, password_, repeat_}) {
                    one->edit().clear();
                }
                changed_->setText(tr("Changed. Your other desks ask for the new one."));
            }
        });
    };
    connect(change_, &QAbstractButton::clicked, this, go);
    connect(&repeat_->edit(), &QLineEdit::returnPressed, this, go);
}

void AccountPage::makeSessions(const viewmodel::ServerChoice& server) {
    ContextCard* card = addCard(Icon::ShieldCheck, tr("This computer and the others"));
    auto* lock = new QHBoxLayout;
    lock->addWidget(
        new Label(theme_, tr("Lock by itself after"), TextStyle::Body, Role::TextPrimary, this));
    lock->addStretch();
    minutes_ = new SegmentedControl(theme_, tr("Lock by itself after"),
                                    {tr("Never"), tr("5 min"), tr("15 min"), tr("30 min")});
    minutes_->setObjectName(QStringLiteral("lockMinutes"));
    lock->addWidget(minutes_);
    card->body().addLayout(lock);
    connect(minutes_, &SegmentedControl::currentChanged, this, [this](int index) {
        Q_EMIT lockMinutesChosen(kMinutes.at(static_cast<std::size_t>(index)));
    });
    auto* row = new QHBoxLayout;
    const auto add = [&](const QString& text, const char* name, bool here) {
        auto* button = new Button(theme_, ButtonKind::Secondary, text, this);
        button->setObjectName(QString::fromLatin1(name));
        row->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, here] {
            ended_->setText({});
            account_.signOutEverywhere(here, [this](bool ok) {
                ended_->setText(ok ? tr("Your other desks are signed out.") : QString());
            });
        });
    };
    add(tr("Sign out on all other computers"), "signOutOthers", false);
    add(tr("Sign out everywhere"), "signOutAll", true);
    row->addStretch();
    card->body().addLayout(row);
    ended_ = new Label(theme_, QString(), TextStyle::Body, Role::SuccessText, this);
    card->body().addWidget(ended_);
    card->addRule();
    auto* known = new Label(
        theme_,
        tr("Server %1, certificate\n%2")
            .arg(viewmodel::serverName(server.url()), viewmodel::fingerprintText(server.pinned())),
        TextStyle::Meta, Role::TextSecondary, this);
    known->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card->body().addWidget(known);
    auto* change = new LinkButton(theme_, tr("Another server or certificate"), this);
    change->setObjectName(QStringLiteral("accountServer"));
    card->body().addWidget(change);
    connect(change, &QAbstractButton::clicked, this, &AccountPage::serverRequested);
}

void AccountPage::makePeople() {
    people_ = addCard(Icon::Users, tr("People"));
    people_->setObjectName(QStringLiteral("accountPeople"));
    people_->body().addWidget(new CodesView(theme_, account_, this));
    peopleBox_ = new QWidget(this);
    auto* rows = new QVBoxLayout(peopleBox_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    people_->body().addWidget(peopleBox_);
    people_->addRule();
    auto* names = new QHBoxLayout;
    userName_ = field(tr("Name"), "newUserName");
    userLogin_ = field(tr("User name"), "newUserLogin");
    names->addWidget(userName_);
    names->addWidget(userLogin_);
    people_->body().addLayout(names);
    auto* row = new QHBoxLayout;
    userRole_ = new QComboBox(this);
    userRole_->setObjectName(QStringLiteral("newUserRole"));
    userRole_->setAccessibleName(tr("Role"));
    userRole_->addItem(tr("Sales"), static_cast<int>(record::SALES));
    userRole_->addItem(tr("Manager"), static_cast<int>(record::MANAGER));
    userRole_->addItem(tr("Administrator"), static_cast<int>(record::ADMIN));
    userSite_ = new QComboBox(this);
    userSite_->setObjectName(QStringLiteral("newUserSite"));
    userSite_->setAccessibleName(tr("Site"));
    auto* add = new Button(theme_, ButtonKind::Secondary, tr("Add user"), this);
    add->setObjectName(QStringLiteral("newUserAdd"));
    row->addWidget(userRole_);
    row->addWidget(userSite_);
    row->addWidget(add);
    row->addStretch();
    people_->body().addLayout(row);
    const auto go = [this] {
        const QByteArray site = userSite_->currentData().toByteArray();
        account_.addUser(userName_->text(), userLogin_->text(),
                         static_cast<record::Role>(userRole_->currentData().toInt()),
                         SiteId::fromBytes(site.toStdString()).value_or(SiteId()), [this](bool ok) {
                             if (ok) {
                                 userName_->edit().clear();
                                 userLogin_->edit().clear();
                             }
                         });
    };
    connect(add, &QAbstractButton::clicked, this, go);
    connect(&userLogin_->edit(), &QLineEdit::returnPressed, this, go);
}

void AccountPage::makeSites() {
    sites_ = addCard(Icon::Building2, tr("Sites"));
    sites_->setObjectName(QStringLiteral("accountSites"));
    siteNames_ = new Label(theme_, QString(), TextStyle::Body, Role::TextPrimary, this);
    siteNames_->setWordWrap(true);
    sites_->body().addWidget(siteNames_);
    auto* row = new QHBoxLayout;
    siteName_ = field(tr("Site"), "newSiteName");
    siteCity_ = field(tr("City"), "newSiteCity");
    row->addWidget(siteName_);
    row->addWidget(siteCity_);
    sites_->body().addLayout(row);
    auto* add = new Button(theme_, ButtonKind::Secondary, tr("Add site"), this);
    add->setObjectName(QStringLiteral("newSiteAdd"));
    auto* line = new QHBoxLayout;
    line->addWidget(add);
    line->addStretch();
    sites_->body().addLayout(line);
    connect(add, &QAbstractButton::clicked, this, [this] {
        account_.addSite(siteName_->text(), siteCity_->text(), [this](bool ok) {
            if (ok) {
                siteName_->edit().clear();
                siteCity_->edit().clear();
            }
        });
    });
}

// Rows are made anew only when they differ: a click must not lose its button under the mouse.
void AccountPage::fillPeople() {
    const auto people = account_.people();
    QString key;
    for (const auto& one : people) {
        key += one.name + QLatin1Char('\n') + one.detail + QLatin1Char('\n');
    }
    if (key == shownPeople_) {
        return;
    }
    shownPeople_ = key;
    auto& rows = *qobject_cast<QVBoxLayout*>(peopleBox_->layout());
    clearLayout(rows);
    for (const auto& one : people) {
        auto* box = new QWidget(peopleBox_);
        auto* row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        auto* lines = new QVBoxLayout;
        lines->setSpacing(0);
        lines->addWidget(new ElidedLabel(theme_, one.name, TextStyle::BodyStrong,
                                         one.disabled ? Role::TextMuted : Role::TextPrimary, box));
        lines->addWidget(
            new ElidedLabel(theme_, one.detail, TextStyle::Meta, Role::TextSecondary, box));
        row->addLayout(lines, 1);
        const auto add = [&](const QString& text, const QString& name,
                             void (viewmodel::Account::*act)(UserId, viewmodel::Account::Done)) {
            auto* button = new Button(theme_, ButtonKind::Secondary, text, box);
            button->setSize(ButtonSize::Small);
            button->setAccessibleName(name);
            button->setObjectName(act == &viewmodel::Account::issueCode
                                      ? QStringLiteral("issueCode")
                                      : QStringLiteral("disableUser"));
            connect(button, &QAbstractButton::clicked, this,
                    [this, act, user = one.user] { (account_.*act)(user, {}); });
            row->addWidget(button);
        };
        if (!one.disabled) {
            add(tr("New code"), tr("New code for %1").arg(one.name),
                &viewmodel::Account::issueCode);
            if (!one.me) {
                add(tr("Disable"), tr("Disable %1").arg(one.name),
                    &viewmodel::Account::disableUser);
            }
        }
        rows.addWidget(box);
    }
}

void AccountPage::refresh() {
    const auto& account = account_;
    problem_->setText({}, account.error({}));
    problem_->setVisible(!account.error({}).isEmpty());
    old_->setError(account.error(QStringLiteral("old")));
    password_->setError(account.error(QStringLiteral("password")));
    repeat_->setError(account.error(QStringLiteral("repeat")));
    change_->setBusy(account.isBusy());
    userName_->setError(account.error(QStringLiteral("user.name")));
    userLogin_->setError(account.error(QStringLiteral("user.login")));
    siteName_->setError(account.error(QStringLiteral("site.name")));
    const bool administrator = account.isAdministrator();
    people_->setVisible(administrator);
    sites_->setVisible(administrator);
    if (!administrator) {
        return;
    }
    fillPeople();
    QStringList names;
    const auto& sites = account_.desk().directory().sites;
    for (const auto& site : sites) {
        names << QString::fromStdString(site.value.name());
    }
    siteNames_->setText(names.join(QStringLiteral(", ")));
    if (userSite_->count() != static_cast<int>(sites.size()) + 1) {
        userSite_->clear();
        userSite_->addItem(tr("All sites"), QByteArray());
        for (const auto& site : sites) {
            userSite_->addItem(QString::fromStdString(site.value.name()),
                               QByteArray::fromStdString(site.id.bytes()));
        }
    }
}

void AccountPage::setLockMinutes(int minutes) {
    const auto* at = std::find(kMinutes.begin(), kMinutes.end(), minutes);
    minutes_->setCurrent(at == kMinutes.end() ? 0 : static_cast<int>(at - kMinutes.begin()));
}

}  // namespace vorfahrt::client::ui
