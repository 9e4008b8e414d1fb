// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/top_bar.h"

#include "client/ui/shell/action_registry.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/ui/widgets/menu.h"
#include "client/ui/widgets/text_field.h"
#include "client/viewmodel/words.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

// Design, section 6: the pill changes at most once per second.
constexpr int kPillMs = 1000;

// A picture in a role that follows the theme.
class Symbol final : public QWidget {
public:
    Symbol(const Theme& theme, Icon icon, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          icon_(icon) {
        setFixedWidth(20);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .icon(icon_, QRectF(rect()).center(), iconsize::kDefault, Role::TextSecondary);
    }

private:
    const Theme& theme_;
    Icon icon_;
};

}  // namespace

UserButton::UserButton(const Theme& theme, QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme) {
    setObjectName(QStringLiteral("userMenu"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    followTheme(*this, theme);
}

void UserButton::setName(const QString& name) {
    name_ = name;
    setAccessibleName(tr("Account of %1").arg(name));
    setToolTip(name);
    update();
}

QSize UserButton::sizeHint() const {
    const int side = theme_.px(size::kAvatar) + 4;
    return {side, side};
}

void UserButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintAvatar(paint, QRectF(rect()).adjusted(2, 2, -2, -2), initialsOf(name_));
    if (hasFocus()) {
        paint.focusRing(rect(), width() / 2.0);
    }
}

TopBar::TopBar(const Theme& theme, viewmodel::Desk& desk, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      desk_(desk),
      business_(new Label(theme, QString(), TextStyle::BodyStrong, Role::TextPrimary, this)),
      site_(new Label(theme, QString(), TextStyle::Meta, Role::TextSecondary, this)),
      pill_(new SyncPill(theme, this)),
      user_(new UserButton(theme, this)),
      menu_(new Menu(theme, this)) {
    setObjectName(QStringLiteral("topBar"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    business_->setObjectName(QStringLiteral("businessName"));
    site_->setObjectName(QStringLiteral("siteName"));
    pill_->setObjectName(QStringLiteral("syncPill"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 16, 0);
    row->setSpacing(10);
    auto* left = new QHBoxLayout;
    left->setSpacing(8);
    left->addWidget(new Symbol(theme, Icon::Building2, this));
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addStretch();
    names->addWidget(business_);
    names->addWidget(site_);
    names->addStretch();
    left->addLayout(names);
    left->addStretch();
    row->addLayout(left, 1);
    search_ = new SearchBox(theme, tr("Search: name, phone, plate, VIN, text …"), {}, this);
    search_->setObjectName(QStringLiteral("search"));
    row->addWidget(search_, 2);
    auto* right = new QHBoxLayout;
    right->setSpacing(12);
    right->addStretch();
    right->addWidget(pill_);
    right->addWidget(user_);
    row->addLayout(right, 1);
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &TopBar::showStatus);
    connect(pill_, &QAbstractButton::clicked, this, &TopBar::trayRequested);
    connect(user_, &QAbstractButton::clicked, this,
            [this] { menu_->openAt(*user_, Qt::RightEdge); });
    connect(&desk, &viewmodel::Desk::statusChanged, this, &TopBar::statusChanged);
    connect(&desk, &viewmodel::Desk::countsChanged, this, &TopBar::statusChanged);
    connect(&desk, &viewmodel::Desk::directoryChanged, this, &TopBar::showNames);
    connect(&desk, &viewmodel::Desk::stageChanged, this, [this] {
        showNames();
        showStatus();
    });
    connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
    showNames();
    showStatus();
}

QSize TopBar::sizeHint() const {
    return {600, theme_.px(size::kTopBar)};
}

void TopBar::setMenuActions(const QList<QAction*>& actions) {
    menu_->clear();
    menu_->addSection(desk_.userName());
    menu_->addActions(actions);
}

void TopBar::setSearchAction(QAction& action) {
    const auto follow = [this, &action] {
        search_->setToolTip(ActionRegistry::toolTip(action));
        search_->setKeys(
            ActionRegistry::capText(action).split(QLatin1Char(' '), Qt::SkipEmptyParts));
    };
    follow();
    connect(&action, &QAction::changed, search_, follow);
    connect(search_, &QAbstractButton::clicked, &action, [&action] { action.trigger(); });
}

bool TopBar::hasMenu() const {
    return !menu_->isEmpty();
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::Surface);
    paint.hairline(QPointF(0, height() - 1), QPointF(width(), height() - 1));
}

void TopBar::showNames() {
    business_->setText(desk_.tenantName());
    site_->setText(desk_.siteName());
    site_->setVisible(!desk_.siteName().isEmpty());
    user_->setName(desk_.userName());
}

void TopBar::statusChanged() {
    if (!shown_.isValid() || shown_.elapsed() >= kPillMs) {
        later_.stop();
        showStatus();
    } else if (!later_.isActive()) {
        later_.start(static_cast<int>(kPillMs - shown_.elapsed()));
    }
}

void TopBar::showStatus() {
    shown_.start();
    const sync::SyncStatus& status = desk_.status();
    const QString waiting =
        status.pending > 0 ? tr("%n waiting", "changes", status.pending) : QString();
    if (desk_.isOffline()) {
        const QString since = viewmodel::Words::clock(desk_.offlineSinceMs());
        pill_->setState(SyncState::Offline, waiting, since);
    } else if (status.rejected > 0) {
        pill_->setState(SyncState::Rejected, waiting, {}, status.rejected);
    } else if (status.state != sync::State::Synchronized || status.pending > 0) {
        pill_->setState(SyncState::Syncing, waiting);
    } else {
        pill_->setState(SyncState::Synced, {});
    }
}

}  // namespace vorfahrt::client::ui
