// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/menu.h"

#include <QGraphicsOpacityEffect>
#include <QGuiApplication>
#include <QScreen>

namespace vorfahrt::client::ui {
namespace {

constexpr int kShadow = 12;
constexpr int kDrop = 3;  // the light comes from above
constexpr int kWay = 4;
constexpr int kGap = 4;

// An X server without a compositing manager shows black where a window is transparent, and Qt does
// not say whether there is one.
bool blends() {
    return QGuiApplication::platformName() != QStringLiteral("xcb");
}

}  // namespace

Menu::Menu(const Theme& theme, QWidget* parent)
    : QMenu(parent),
      theme_(theme) {
    setWindowFlags(windowFlags() | Qt::FramelessWindowHint | Qt::NoDropShadowWindowHint);
    setAttribute(Qt::WA_TranslucentBackground, blends());
    const int room = shadowWidth();
    setContentsMargins(room, room, room, room);
    coming_.setStartValue(0.0);
    coming_.setEndValue(1.0);
    coming_.setEasingCurve(QEasingCurve::OutCubic);
    connect(&coming_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const qreal share = value.toReal();
        setWindowOpacity(share);
        move(goal_ - QPoint(0, qRound(kWay * (1.0 - share))));
    });
}

int Menu::shadowWidth() const {
    return blends() ? kShadow : 0;
}

QRect Menu::boxRect() const {
    const int room = shadowWidth();
    return rect().adjusted(room, room, -room, -room);
}

void Menu::openAt(const QWidget& anchor, Qt::Edge edge) {
    const int room = shadowWidth();
    const QSize box = sizeHint() - QSize(2 * room, 2 * room);
    const int left = edge == Qt::RightEdge ? anchor.width() - box.width() : 0;
    QPoint at = anchor.mapToGlobal(QPoint(left, anchor.height() + kGap));
    const QScreen* screen = anchor.screen();
    if (screen != nullptr && at.y() + box.height() > screen->availableGeometry().bottom()) {
        at = anchor.mapToGlobal(QPoint(left, -box.height() - kGap));
    }
    popup(at - QPoint(room, room));
}

void Menu::showEvent(QShowEvent* event) {
    QMenu::showEvent(event);
    goal_ = pos();
    const int time = theme_.duration(motion::kNormal);
    if (time == 0) {
        setWindowOpacity(1.0);
        return;
    }
    coming_.stop();
    coming_.setDuration(time);
    setWindowOpacity(0.0);
    coming_.start();
}

void Menu::resizeEvent(QResizeEvent* event) {
    QMenu::resizeEvent(event);
    if (!blends()) {
        QPainterPath outline;
        const qreal corner = theme_.px(radius::kCard);
        outline.addRoundedRect(rect(), corner, corner);
        setMask(QRegion(outline.toFillPolygon().toPolygon()));
    }
}

// Rings of falling strength: QSS has no shadow, and an effect would render the menu twice.
void Menu::paintShadow(QPainter& painter) const {
    const qreal corner = theme_.px(radius::kCard);
    QColor ink = theme_.color(Role::Scrim, Alpha::ShadowMenu);
    const qreal whole = ink.alphaF();
    painter.setPen(Qt::NoPen);
    for (int ring = kShadow - kDrop; ring > 0; --ring) {
        const qreal share = 1.0 - static_cast<qreal>(ring) / kShadow;
        ink.setAlphaF(static_cast<float>(whole * share * share * 0.35));
        painter.setBrush(ink);
        painter.drawRoundedRect(
            QRectF(boxRect()).adjusted(-ring, -ring + kDrop, ring, ring + kDrop), corner + ring,
            corner + ring);
    }
}

void Menu::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (blends()) {
            paintShadow(painter);
        }
        ThemePainter(painter, theme_)
            .box(boxRect(), Role::SurfaceRaised, Role::BorderStrong, theme_.px(radius::kCard));
    }
    QMenu::paintEvent(event);
}

void comeIn(QWidget& widget, const Theme& theme, int milliseconds) {
    const int time = theme.duration(milliseconds);
    if (time == 0) {
        return;
    }
    auto* effect = new QGraphicsOpacityEffect(&widget);
    widget.setGraphicsEffect(effect);
    auto* motion = new QVariantAnimation(effect);
    motion->setStartValue(0.0);
    motion->setEndValue(1.0);
    motion->setDuration(time);
    motion->setEasingCurve(QEasingCurve::OutCubic);
    effect->setOpacity(0.0);
    QObject::connect(motion, &QVariantAnimation::valueChanged, effect,
                     [effect](const QVariant& value) { effect->setOpacity(value.toReal()); });
    // The effect goes with its motion: text under an effect is rendered without subpixels.
    QObject::connect(motion, &QVariantAnimation::finished, &widget,
                     [&widget] { widget.setGraphicsEffect(nullptr); });
    motion->start();
}

}  // namespace vorfahrt::client::ui
