// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/login_page.h"

#include "client/ui/login/person_tile.h"
#include "client/ui/login/redeem_step.h"
#include "client/ui/login/server_step.h"
#include "client/ui/login/setup_step.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/text_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace vorfahrt::client::ui {
namespace {

constexpr int kFormWidth = 420;
// Below this width the form alone is worth its place.
constexpr int kHideBackgroundBelow = 1000;

class FootIcon final : public QWidget {
public:
    FootIcon(const Theme& theme, Icon icon, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          icon_(icon) {
        setFixedSize(18, 18);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .icon(icon_, QRectF(rect()).center(), iconsize::kDefault, Role::TextMuted);
    }

private:
    const Theme& theme_;
    Icon icon_;
};

// How far the first sync is: no total is known, so a band that fills and starts again would lie;
// a quiet full-width line says that something goes on, the words say how much.
class ProgressLine final : public QWidget {
public:
    ProgressLine(const Theme& theme, QWidget* parent)
        : QWidget(parent),
          theme_(theme) {
        setFixedHeight(4);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        paint.box(rect(), Role::ChartTrack, 2);
        paint.box(QRectF(0, 0, width() * 0.6, height()), Role::AccentFill, 2);
    }

private:
    const Theme& theme_;
};

}  // namespace

LoginPage::LoginPage(const Theme& theme, viewmodel::SignIn& signIn, viewmodel::Account& accounts,
                     viewmodel::ServerChoice& choice, const QString& account, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      signIn_(signIn),
      accounts_(accounts),
      choice_(choice),
      background_(new LoginBackground(theme, this)) {
    setObjectName(QStringLiteral("loginPage"));
    auto* halves = new QHBoxLayout(this);
    halves->setContentsMargins(0, 0, 0, 0);
    halves->setSpacing(0);
    halves->addWidget(background_, 41);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(40, 24, 40, 24);
    makeSteps();
    // Steps with many rows scroll; the foot stays.
    auto* area = scroll_ = new QScrollArea(this);
    area->setObjectName(QStringLiteral("loginScroll"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    auto* inner = new QWidget(area);
    inner->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->addStretch(9);
    // Not by alignment: a layout item that is aligned loses its height for width.
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(steps_);
    middle->addStretch();
    column->addLayout(middle);
    column->addStretch(10);
    area->setWidget(inner);
    right->addWidget(area, 1);
    right->addWidget(makeFoot());
    halves->addLayout(right, 55);
    account_->edit().setText(account);
    connect(&signIn, &viewmodel::SignIn::changed, this, &LoginPage::refresh);
    connect(enter_, &QAbstractButton::clicked, this, &LoginPage::submit);
    connect(&account_->edit(), &QLineEdit::returnPressed, this,
            [this] { password_->edit().setFocus(Qt::TabFocusReason); });
    connect(&account_->edit(), &QLineEdit::textChanged, this, &LoginPage::markPerson);
    connect(&password_->edit(), &QLineEdit::returnPressed, this, &LoginPage::submit);
    password_->edit().installEventFilter(this);
    refresh();
    if (!choice.isKnown() || signIn.takeServerWanted()) {
        showServer();
    }
}

void LoginPage::makeSteps() {
    steps_ = new QStackedWidget(this);
    steps_->setFixedWidth(theme_.px(kFormWidth));
    connect(&theme_, &Theme::changed, steps_,
            [this] { steps_->setFixedWidth(theme_.px(kFormWidth)); });
    form_ = makeForm();
    serverStep_ = new ServerStep(theme_, choice_, steps_);
    redeemStep_ = new RedeemStep(theme_, accounts_, signIn_, steps_);
    setupStep_ = new SetupStep(theme_, accounts_, signIn_, steps_);
    for (QWidget* step :
         std::initializer_list<QWidget*>{form_, serverStep_, redeemStep_, setupStep_}) {
        steps_->addWidget(step);
    }
    connect(serverStep_, &LoginStep::backRequested, this, [this] {
        choice_.forgetFound();
        if (choice_.isKnown()) {
            showForm();
        }
    });
    connect(&choice_, &viewmodel::ServerChoice::chosen, this, &LoginPage::showForm);
    connect(redeemStep_, &LoginStep::backRequested, this, &LoginPage::showForm);
    connect(setupStep_, &SetupStep::backRequested, this, &LoginPage::showForm);
    const auto done = [this](const QString& login) {
        account_->edit().setText(login);
        showForm();
    };
    connect(redeemStep_, &RedeemStep::done, this, done);
    connect(setupStep_, &SetupStep::done, this, done);
}

void LoginPage::showForm() {
    accounts_.clearErrors();
    steps_->setCurrentWidget(form_);
    refresh();
    QWidget& first = account_->text().isEmpty() ? account_->edit() : password_->edit();
    first.setFocus(Qt::OtherFocusReason);
}

void LoginPage::showServer() {
    steps_->setCurrentWidget(serverStep_);
    serverStep_->focusFirst();
}

void LoginPage::choose(const QString& login) {
    steps_->setCurrentWidget(form_);
    account_->edit().setText(login);
    password_->edit().clear();
    password_->edit().setFocus(Qt::OtherFocusReason);
}

// Two clicks and the password: the person, then what only he knows.
void LoginPage::makePeople(QWidget& form, QVBoxLayout& column) {
    auto* area = new QScrollArea(&form);
    area->setObjectName(QStringLiteral("people"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setAccessibleName(tr("People on this computer"));
    auto* rows = new QWidget(area);
    personRows_ = new QVBoxLayout(rows);
    personRows_->setContentsMargins(2, 2, 2, 2);
    personRows_->setSpacing(6);
    area->setWidget(rows);
    people_ = area;
    column.addWidget(area);
    column.addSpacing(12);
}

void LoginPage::fillPeople() {
    QString key;
    for (const auto& person : signIn_.people()) {
        key += QString::fromStdString(person.login + "\n" + person.name + "\n" + person.business +
                                      "\n");
    }
    if (key == shownPeople_) {
        return;
    }
    shownPeople_ = key;
    tiles_.clear();
    while (QLayoutItem* item = personRows_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& person : signIn_.people()) {
        const QString login = QString::fromStdString(person.login);
        const QString name = person.name.empty() ? login : QString::fromStdString(person.name);
        auto* tile = new PersonTile(theme_, name, QString::fromStdString(person.business), people_);
        tile->setObjectName(QStringLiteral("person%1").arg(tiles_.size()));
        connect(tile, &QAbstractButton::clicked, this, [this, login] { choose(login); });
        personRows_->addWidget(tile);
        tiles_.push_back({login, tile});
    }
    constexpr int kShown = 4;
    const int count = std::min(static_cast<int>(tiles_.size()), kShown);
    const int height = tiles_.isEmpty() ? 0 : tiles_.constFirst().tile->sizeHint().height() + 6;
    people_->setFixedHeight(count * height + 2);
    if (account_->text().isEmpty() && !tiles_.isEmpty()) {
        account_->edit().setText(tiles_.constFirst().login);
        if (account_->edit().hasFocus()) {
            password_->edit().setFocus(Qt::OtherFocusReason);
        }
    }
    markPerson();
}

void LoginPage::markPerson() {
    const QString login = account_->text().trimmed();
    for (const Tile& one : std::as_const(tiles_)) {
        one.tile->setChecked(one.login.compare(login, Qt::CaseInsensitive) == 0);
    }
    offline_->setVisible(signIn_.offlinePossible(login));
    offlineIcon_->setVisible(signIn_.offlinePossible(login));
}

void LoginPage::makeLinks(QWidget& form, QVBoxLayout& column) {
    const auto add = [&](const QString& text, const char* name) {
        auto* link = new LinkButton(theme_, text, &form);
        link->setObjectName(QString::fromLatin1(name));
        link->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        auto* row = new QHBoxLayout;
        row->addWidget(link);
        row->addStretch();
        column.addLayout(row);
        column.addSpacing(8);
        return link;
    };
    useCode_ = add(tr("Start code, or password forgotten?"), "loginUseCode");
    setUp_ = add(tr("Set up a new business"), "loginSetUp");
    connect(useCode_, &QAbstractButton::clicked, this, [this] {
        redeemStep_->setLogin(account_->text().trimmed());
        steps_->setCurrentWidget(redeemStep_);
    });
    connect(setUp_, &QAbstractButton::clicked, this,
            [this] { steps_->setCurrentWidget(setupStep_); });
}

QWidget* LoginPage::makeForm() {
    auto* form = new QWidget(steps_);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    title_ = new Label(theme_, tr("Sign in"), TextStyle::PageTitle, Role::TextPrimary, form);
    subtitle_ = new Label(theme_, tr("with the account of your business"), TextStyle::Reading,
                          Role::TextSecondary, form);
    column->addWidget(title_);
    column->addSpacing(4);
    column->addWidget(subtitle_);
    column->addSpacing(20);
    note_ = new InlineBanner(theme_, InlineBanner::Tone::Info, Icon::Info, form);
    note_->setObjectName(QStringLiteral("loginNote"));
    column->addWidget(note_);
    column->addSpacing(8);
    makePeople(*form, *column);
    account_ = new TextField(theme_, tr("User name"), form);
    account_->setTall(true);
    account_->setLeadingIcon(Icon::User);
    account_->edit().setObjectName(QStringLiteral("loginAccount"));
    column->addWidget(account_);
    password_ = new TextField(theme_, tr("Password"), form);
    password_->setTall(true);
    password_->setLeadingIcon(Icon::Lock);
    password_->setPassword();
    password_->edit().setObjectName(QStringLiteral("loginPassword"));
    column->addWidget(password_);
    column->addSpacing(14);
    enter_ = new Button(theme_, ButtonKind::Primary, tr("Sign in"), form);
    enter_->setSize(ButtonSize::Login);
    enter_->setKeyCap(QStringLiteral("↵"));
    enter_->setObjectName(QStringLiteral("loginSubmit"));
    column->addWidget(enter_);
    column->addSpacing(16);
    problem_ = new InlineBanner(theme_, InlineBanner::Tone::Warning, icons::kStateWarning, form);
    problem_->setObjectName(QStringLiteral("loginProblem"));
    column->addWidget(problem_);
    column->addSpacing(8);
    makeLinks(*form, *column);
    makeTenants(*form, *column);
    progress_ = new QWidget(form);
    auto* lines = new QVBoxLayout(progress_);
    lines->setContentsMargins(0, 4, 0, 0);
    lines->setSpacing(8);
    lines->addWidget(new ProgressLine(theme_, progress_));
    progressText_ = new Label(theme_, QString(), TextStyle::Body, Role::TextSecondary, progress_);
    progressText_->setObjectName(QStringLiteral("firstSyncText"));
    lines->addWidget(progressText_);
    column->addWidget(progress_);
    return form;
}

// One button for each business; many of them scroll.
void LoginPage::makeTenants(QWidget& form, QVBoxLayout& column) {
    auto* area = new QScrollArea(&form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setAccessibleName(tr("Businesses"));
    auto* rows = new QWidget(area);
    tenantRows_ = new QVBoxLayout(rows);
    tenantRows_->setContentsMargins(2, 2, 2, 2);
    tenantRows_->setSpacing(8);
    area->setWidget(rows);
    tenants_ = area;
    tenants_->setObjectName(QStringLiteral("tenants"));
    column.addWidget(tenants_);
}

void LoginPage::fillTenants() {
    const auto& tenants = signIn_.tenants();
    const auto same = [](const auto& a, const auto& b) {
        return a.tenant == b.tenant && a.name == b.name;
    };
    if (std::equal(tenants.begin(), tenants.end(), shownTenants_.begin(), shownTenants_.end(),
                   same)) {
        return;
    }
    shownTenants_ = tenants;
    while (QLayoutItem* item = tenantRows_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& tenant : tenants) {
        auto* button = new Button(theme_, ButtonKind::Secondary,
                                  QString::fromStdString(tenant.name), tenants_);
        button->setSize(ButtonSize::Login);
        button->setSymbol(Icon::Building2);
        button->setObjectName(QStringLiteral("tenant%1").arg(tenantRows_->count()));
        connect(button, &QAbstractButton::clicked, this,
                [this, id = tenant.tenant] { signIn_.chooseTenant(id); });
        tenantRows_->addWidget(button);
    }
    constexpr int kShown = 6;
    const int count = std::min(static_cast<int>(tenants.size()), kShown);
    tenants_->setFixedHeight(count * (theme_.px(size::kControlLogin) + 8) + 4);
}

QWidget* LoginPage::makeFoot() {
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const auto label = [&] {
        return new Label(theme_, QString(), TextStyle::Body, Role::TextSecondary, foot);
    };
    serverIcon_ = new FootIcon(theme_, Icon::Server, foot);
    server_ = label();
    server_->setObjectName(QStringLiteral("loginServer"));
    offlineIcon_ = new FootIcon(theme_, icons::kSyncLocal, foot);
    offline_ = label();
    offline_->setText(tr("Signing in is possible offline too"));
    version_ = label();
    row->addWidget(serverIcon_);
    row->addWidget(server_);
    auto* change = new LinkButton(theme_, tr("Server"), foot);
    change->setObjectName(QStringLiteral("loginChangeServer"));
    change->setToolTip(tr("Address and certificate of the server"));
    connect(change, &QAbstractButton::clicked, this, &LoginPage::showServer);
    row->addWidget(change);
    row->addSpacing(14);
    row->addWidget(offlineIcon_);
    row->addWidget(offline_);
    row->addStretch();
    row->addWidget(version_);
    return foot;
}

QString LoginPage::account() const {
    return account_->text().trimmed();
}

void LoginPage::setVersion(const QString& version) {
    version_->setText(version.isEmpty() ? QString() : tr("Version %1").arg(version));
}

void LoginPage::submit() {
    signIn_.submit(account_->text(), password_->text());
}

void LoginPage::refresh() {
    const bool syncing = signIn_.isFirstSync();
    const bool choosing = signIn_.isChoosing();
    if (syncing || choosing) {
        steps_->setCurrentWidget(form_);
    }
    title_->setText(syncing ? tr("Welcome") : choosing ? tr("Choose a business") : tr("Sign in"));
    subtitle_->setText(syncing    ? tr("The desk can be used as soon as its data are here.")
                       : choosing ? tr("Your account works for several. You can change later.")
                                  : tr("with the account of your business"));
    account_->setVisible(!syncing && !choosing);
    password_->setVisible(!syncing && !choosing);
    enter_->setVisible(!syncing && !choosing);
    useCode_->setVisible(!syncing && !choosing);
    setUp_->setVisible(!syncing && !choosing && signIn_.people().empty());
    fillPeople();
    people_->setVisible(!syncing && !choosing && !tiles_.isEmpty());
    const QString note = syncing || choosing ? QString() : signIn_.note();
    note_->setText({}, note);
    note_->setVisible(!note.isEmpty());
    if (choosing) {
        fillTenants();
    }
    tenants_->setVisible(choosing);
    account_->setError(signIn_.accountError());
    if (!signIn_.passwordError().isEmpty()) {
        password_->setError(signIn_.passwordError());
    } else {
        password_->setError({});
    }
    enter_->setBusy(signIn_.isBusy());
    enter_->setEnabled(signIn_.waitSeconds() == 0);
    const QString problem = signIn_.problem();
    problem_->setText({}, problem);
    problem_->setVisible(!problem.isEmpty());
    progress_->setVisible(syncing);
    progressText_->setText(signIn_.progressLine());
    server_->setText(signIn_.serverLine());
    markPerson();
    if (!signIn_.passwordError().isEmpty() || !problem.isEmpty()) {
        // In a low window what went wrong and the button stay in sight, once the rows are placed.
        QMetaObject::invokeMethod(
            this, [this] { scroll_->ensureWidgetVisible(enter_); }, Qt::QueuedConnection);
    }
    if (syncing || choosing) {
        password_->edit().clear();
    }
}

void LoginPage::resizeEvent(QResizeEvent* event) {
    background_->setVisible(width() >= kHideBackgroundBelow);
    QWidget::resizeEvent(event);
}

void LoginPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (steps_->currentWidget() != form_) {
        return;
    }
    QWidget& first = account_->text().isEmpty() ? account_->edit() : password_->edit();
    first.setFocus(Qt::OtherFocusReason);
}

// Qt does not tell the state of the lock; a capital letter without Shift does.
bool LoginPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &password_->edit() && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        noteCapsLock(key->text(), (key->modifiers() & Qt::ShiftModifier) != 0);
    }
    return QWidget::eventFilter(watched, event);
}

void LoginPage::noteCapsLock(const QString& typed, bool shift) {
    if (typed.size() != 1 || !typed.front().isLetter()) {
        return;
    }
    const bool locked = typed.front().isUpper() != shift;
    password_->setHint(locked ? tr("Caps lock is on") : QString(),
                       locked ? std::optional(Icon::ArrowBigUp) : std::nullopt);
}

}  // namespace vorfahrt::client::ui
