// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/setup_step.h"

#include "client/ui/login/codes_view.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/text_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using Step = viewmodel::Account::SetupStep;

constexpr int kCodes = 4;
constexpr int kMaxSites = 19;
constexpr int kMaxUsers = 200;

}  // namespace

SetupStep::SetupStep(const Theme& theme, viewmodel::Account& account, viewmodel::SignIn& signIn,
                     QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      account_(account),
      signIn_(signIn),
      stack_(new QStackedWidget(this)) {
    setObjectName(QStringLiteral("setupStep"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(stack_);
    makeSteps();
    makeCodes();
    connect(&account, &viewmodel::Account::changed, this, &SetupStep::refresh);
}

LoginStep* SetupStep::addStep(const QString& title, const QString& subtitle) {
    auto* step = new LoginStep(theme_, title, subtitle, stack_);
    steps_.push_back(step);
    stack_->addWidget(step);
    return step;
}

void SetupStep::makeSteps() {
    LoginStep* business =
        addStep(tr("Set up your business"),
                tr("Step 1 of 4. The server prints the set-up code when it starts."));
    code_ = business->addField(tr("Set-up code"), "setupCode", QStringLiteral("code"));
    code_->edit().setPlaceholderText(QStringLiteral("XXXX-XXXX-XXXX"));
    business_ =
        business->addField(tr("Name of the business"), "setupBusiness", QStringLiteral("business"));
    business->addButtons(tr("Next"), "setupNext0");

    LoginStep* sites =
        addStep(tr("Sites"), tr("Step 2 of 4. One is enough; more can follow later."));
    siteBox_ = new QWidget(sites);
    auto* siteRows = new QVBoxLayout(siteBox_);
    siteRows->setContentsMargins(0, 0, 0, 0);
    siteRows->setSpacing(0);
    sites->column().addWidget(siteBox_);
    auto* moreSites = new Button(theme_, ButtonKind::Secondary, tr("Another site"), sites);
    moreSites->setObjectName(QStringLiteral("setupAddSite"));
    sites->column().addWidget(moreSites);
    connect(moreSites, &QAbstractButton::clicked, this, [this] {
        addSite();
        sites_.last().name->edit().setFocus(Qt::TabFocusReason);
    });
    addSite();
    sites->addButtons(tr("Next"), "setupNext1");

    LoginStep* administrator = addStep(tr("You, the administrator"),
                                       tr("Step 3 of 4. You sign in with this from now on."));
    name_ = administrator->addField(tr("Your name"), "setupName", QStringLiteral("name"));
    login_ = administrator->addField(tr("User name"), "setupLogin", QStringLiteral("login"));
    login_->setLeadingIcon(Icon::User);
    password_ =
        administrator->addField(tr("Password"), "setupPassword", QStringLiteral("password"));
    password_->setPassword();
    password_->setHint(tr("At least 10 characters"));
    repeat_ =
        administrator->addField(tr("Password again"), "setupRepeat", QStringLiteral("repeat"));
    repeat_->setPassword();
    administrator->addButtons(tr("Next"), "setupNext2");

    LoginStep* users =
        addStep(tr("Users"), tr("Step 4 of 4. Each one gets a start code. More can follow later."));
    userBox_ = new QWidget(users);
    auto* userRows = new QVBoxLayout(userBox_);
    userRows->setContentsMargins(0, 0, 0, 0);
    userRows->setSpacing(0);
    users->column().addWidget(userBox_);
    auto* moreUsers = new Button(theme_, ButtonKind::Secondary, tr("Another user"), users);
    moreUsers->setObjectName(QStringLiteral("setupAddUser"));
    users->column().addWidget(moreUsers);
    connect(moreUsers, &QAbstractButton::clicked, this, [this] {
        addUser();
        users_.last().name->edit().setFocus(Qt::TabFocusReason);
    });
    addUser();
    users->addButtons(tr("Set up"), "setupNext3");
    for (LoginStep* step : std::as_const(steps_)) {
        connect(step, &LoginStep::nextRequested, this, &SetupStep::next);
        connect(step, &LoginStep::backRequested, this, &SetupStep::previous);
    }
}

void SetupStep::makeCodes() {
    LoginStep* codes =
        addStep(tr("Your business is set up"), tr("These are the start codes of your users."));
    codes->column().addWidget(new CodesView(theme_, account_, codes));
    codes->addButtons(tr("Sign in"), "setupFinish");
    codes->back().hide();
    connect(codes, &LoginStep::nextRequested, this, &SetupStep::finish);
}

void SetupStep::addSite() {
    if (sites_.size() >= kMaxSites) {
        return;
    }
    LoginStep& step = at(static_cast<int>(Step::Sites));
    const auto number = sites_.size();
    auto* box = new QWidget(siteBox_);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    SiteRow site{box, nullptr, nullptr};
    site.name = step.addField(tr("Site"), "", QStringLiteral("sites.%1.name").arg(number), row);
    site.name->edit().setObjectName(QStringLiteral("setupSite%1").arg(number));
    site.city = step.addField(tr("City"), "", QStringLiteral("sites.%1.city").arg(number), row);
    site.city->edit().setObjectName(QStringLiteral("setupCity%1").arg(number));
    siteBox_->layout()->addWidget(box);
    sites_.push_back(site);
}

void SetupStep::addUser() {
    if (users_.size() >= kMaxUsers) {
        return;
    }
    LoginStep& step = at(static_cast<int>(Step::Users));
    const auto number = users_.size();
    auto* box = new QWidget(userBox_);
    auto* lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 0, 0, 12);
    lines->setSpacing(4);
    auto* names = new QHBoxLayout;
    names->setSpacing(12);
    lines->addLayout(names);
    UserRow user{box, nullptr, nullptr, new QComboBox(box), new QComboBox(box)};
    user.name = step.addField(tr("Name"), "", QStringLiteral("users.%1.name").arg(number), names);
    user.name->edit().setObjectName(QStringLiteral("setupUserName%1").arg(number));
    user.login =
        step.addField(tr("User name"), "", QStringLiteral("users.%1.login").arg(number), names);
    user.login->edit().setObjectName(QStringLiteral("setupUserLogin%1").arg(number));
    user.role->addItem(tr("Sales"), static_cast<int>(record::SALES));
    user.role->addItem(tr("Manager"), static_cast<int>(record::MANAGER));
    user.role->addItem(tr("Administrator"), static_cast<int>(record::ADMIN));
    user.role->setAccessibleName(tr("Role"));
    user.role->setObjectName(QStringLiteral("setupUserRole%1").arg(number));
    user.site->setAccessibleName(tr("Site"));
    auto* choices = new QHBoxLayout;
    choices->setSpacing(12);
    choices->addWidget(user.role, 1);
    choices->addWidget(user.site, 1);
    lines->addLayout(choices);
    userBox_->layout()->addWidget(box);
    users_.push_back(user);
    fillSites();
}

void SetupStep::fillSites() {
    int named = 0;
    for (const SiteRow& site : std::as_const(sites_)) {
        named += site.name->text().trimmed().isEmpty() ? 0 : 1;
    }
    for (const UserRow& user : std::as_const(users_)) {
        const QVariant chosen = user.site->currentData();
        user.site->clear();
        user.site->addItem(tr("All sites"), -1);
        for (int i = 0; i < sites_.size(); ++i) {
            if (!sites_.at(i).name->text().trimmed().isEmpty()) {
                user.site->addItem(sites_.at(i).name->text().trimmed(), i);
            }
        }
        user.site->setCurrentIndex(std::max(0, user.site->findData(chosen)));
        user.site->setVisible(named > 1);
    }
}

viewmodel::Account::SetupForm SetupStep::form() const {
    viewmodel::Account::SetupForm form;
    form.code = code_->text();
    form.business = business_->text();
    for (const SiteRow& site : sites_) {
        form.sites.push_back({site.name->text(), site.city->text()});
    }
    form.name = name_->text();
    form.login = login_->text();
    form.password = password_->text();
    form.repeat = repeat_->text();
    for (const UserRow& user : users_) {
        form.users.push_back({user.name->text(), user.login->text(),
                              static_cast<record::Role>(user.role->currentData().toInt()),
                              user.site->currentData().toInt()});
    }
    return form;
}

void SetupStep::next() {
    const int now = stack_->currentIndex();
    if (now >= kCodes || !account_.check(static_cast<Step>(now), form())) {
        return;
    }
    if (now + 1 < kCodes) {
        fillSites();
        stack_->setCurrentIndex(now + 1);
        return;
    }
    account_.setUp(form(), [this](bool ok) {
        if (!ok) {
            // To the step of the first error, which its fields show.
            const QString field =
                account_.errors().isEmpty() ? QString() : account_.errors().firstKey();
            stack_->setCurrentIndex(static_cast<int>(viewmodel::Account::stepOf(field)));
            refresh();
        } else if (account_.codes().empty()) {
            finish();
        } else {
            stack_->setCurrentIndex(kCodes);
        }
    });
}

void SetupStep::previous() {
    const int now = stack_->currentIndex();
    if (now == kCodes || account_.isBusy()) {
        return;
    }
    account_.clearErrors();
    if (now == 0) {
        Q_EMIT backRequested();
    } else {
        stack_->setCurrentIndex(now - 1);
    }
}

void SetupStep::refresh() {
    if (isVisible() && stack_->currentIndex() < kCodes) {
        at(stack_->currentIndex()).setErrors(account_.errors());
        at(stack_->currentIndex()).setBusy(account_.isBusy());
    }
}

void SetupStep::finish() {
    const QString login = login_->text().trimmed();
    signIn_.submit(login, password_->text());
    account_.forgetCodes();
    for (LoginStep* step : std::as_const(steps_)) {
        step->clear();
    }
    stack_->setCurrentIndex(0);
    Q_EMIT done(login);
}

}  // namespace vorfahrt::client::ui
