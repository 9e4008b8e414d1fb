// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/tray_drawer.h"

#include "client/ui/shell/layout.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/shell/sync_tray.h"
#include "client/ui/widgets/menu.h"

#include <QAbstractButton>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {

TrayDrawer::TrayDrawer(const Theme& theme, viewmodel::Tray& tray, QWidget* below)
    : QWidget(below->parentWidget()),
      theme_(theme),
      tray_(tray),
      below_(below) {
    setObjectName(QStringLiteral("trayDrawer"));
    setAccessibleName(tr("Sync"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    below->installEventFilter(this);
    connect(&theme, &Theme::changed, this, &TrayDrawer::place);
    hide();
}

void TrayDrawer::open() {
    if (isVisible()) {
        return;
    }
    before_ = window()->focusWidget();
    auto* cards = new CardColumn(theme_, Role::Window, this);
    auto* tray = new SyncTray(theme_, tray_, cards);
    tray->setCanClose(true);
    cards->column().addWidget(tray);
    cards->column().addStretch();
    connect(tray, &SyncTray::closeRequested, this, &TrayDrawer::closeAndReturn);
    connect(tray, &SyncTray::syncRequested, this, &TrayDrawer::syncRequested);
    layout()->addWidget(cards);
    cards_ = cards;
    place();
    show();
    raise();
    comeIn(*this, theme_, motion::kSlow);
    for (auto* button : tray->findChildren<QAbstractButton*>()) {
        if (button->isVisible() && button->isEnabled()) {
            button->setFocus(Qt::OtherFocusReason);
            break;
        }
    }
}

void TrayDrawer::closeAndReturn() {
    if (!isVisible()) {
        return;
    }
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    hide();
    // This may be called by a button inside.
    cards_->deleteLater();
    cards_ = nullptr;
    if (hadFocus && before_ && before_->isVisible()) {
        before_->setFocus(Qt::OtherFocusReason);
    }
}

void TrayDrawer::place() {
    const int layoutClass = layoutClassOf(theme_, window()->width());
    const int width = theme_.px(kPageColumns[static_cast<std::size_t>(layoutClass)].context);
    const QRect page = below_->geometry();
    setGeometry(page.right() + 1 - width, page.top(), width, page.height());
}

bool TrayDrawer::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move) {
        place();
    }
    return false;
}

void TrayDrawer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::Window);
    paint.fill(QRectF(0, 0, 1, height()), Role::BorderStrong);
}

}  // namespace vorfahrt::client::ui
