// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/desktop_announcer.h"

#include "client/app/sound_player.h"
#include "client/app/taskbar.h"

#include <QPainter>

namespace vorfahrt::client::app {
namespace {

constexpr int kIconSize = 64;
constexpr int kMaxShown = 99;
constexpr int kMessageMs = 10'000;

}  // namespace

DesktopAnnouncer::DesktopAnnouncer(ui::Theme& theme, QObject* parent)
    : Announcer(parent),
      theme_(theme),
      open_(menu_.addAction(QString())),
      quit_(menu_.addAction(QString())),
      sound_(std::make_unique<SoundPlayer>()) {
    tray_.setContextMenu(&menu_);
    connect(open_, &QAction::triggered, this, [this] { Q_EMIT opened(LeadId()); });
    connect(quit_, &QAction::triggered, this, &Announcer::quit);
    connect(&tray_, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) {
                    Q_EMIT opened(LeadId());
                }
            });
    connect(&tray_, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT opened(last_); });
    connect(&theme, &ui::Theme::changed, this, &DesktopAnnouncer::paintIcon);
    retranslate();
    paintIcon();
}

DesktopAnnouncer::~DesktopAnnouncer() {
    app::showTaskbarCount(0);
}

void DesktopAnnouncer::retranslate() {
    open_->setText(tr("Open Vorfahrt"));
    quit_->setText(tr("Quit"));
}

void DesktopAnnouncer::setTrayVisible(bool visible) {
    const bool show = visible && QSystemTrayIcon::isSystemTrayAvailable();
    if (show != tray_.isVisible()) {
        tray_.setVisible(show);
    }
}

void DesktopAnnouncer::showTrayCount(int count, const QString& sentence) {
    tray_.setToolTip(QStringLiteral("Vorfahrt: ") + sentence);
    if (count != count_) {
        count_ = count;
        paintIcon();
    }
}

// Without the icon there is no place for a message: it is shown for the time of the message.
void DesktopAnnouncer::showMessage(const QString& title, const QString& text, LeadId lead) {
    last_ = lead;
    if (!tray_.isVisible() && QSystemTrayIcon::isSystemTrayAvailable()) {
        tray_.show();
    }
    if (tray_.isVisible()) {
        tray_.showMessage(title, text, tray_.icon(), kMessageMs);
    }
}

void DesktopAnnouncer::play() {
    sound_->play();
}

void DesktopAnnouncer::showTaskbarCount(int count) {
    app::showTaskbarCount(count);
}

// The yellow diamond of "next", with the number of leads that wait.
void DesktopAnnouncer::paintIcon() {
    QPixmap pixmap(kIconSize, kIconSize);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(kIconSize / 2.0, kIconSize / 2.0);
    const qreal half = kIconSize / 2.0 - 3;
    const QPolygonF diamond{middle + QPointF(0, -half), middle + QPointF(half, 0),
                            middle + QPointF(0, half), middle + QPointF(-half, 0)};
    painter.setPen(
        QPen(theme_.color(ui::Role::TextPrimary), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(theme_.color(ui::Role::WarningFill));
    painter.drawPolygon(diamond);
    if (count_ > 0) {
        QFont font = painter.font();
        font.setBold(true);
        font.setPixelSize(count_ > 9 ? 26 : 32);
        painter.setFont(font);
        painter.drawText(pixmap.rect(), Qt::AlignCenter,
                         count_ > kMaxShown ? QStringLiteral("99+") : QString::number(count_));
    }
    tray_.setIcon(QIcon(pixmap));
}

}  // namespace vorfahrt::client::app
