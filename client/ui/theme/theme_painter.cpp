// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/theme_painter.h"

#include "client/ui/theme/text_probe.h"

#include <QPaintDevice>
#include <QTransform>

#include <algorithm>
#include <cmath>

namespace vorfahrt::client::ui {

ThemePainter::ThemePainter(QPainter& painter, const Theme& theme)
    : painter_(painter),
      theme_(theme) {
    painter_.setRenderHint(QPainter::Antialiasing);
    painter_.setRenderHint(QPainter::TextAntialiasing);
}

void ThemePainter::box(const QRectF& rect, Role fill, qreal radius) {
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(theme_.color(fill));
    painter_.drawRoundedRect(rect, radius, radius);
}

void ThemePainter::box(const QRectF& rect, Role fill, Role border, qreal radius, qreal width) {
    width = std::max<qreal>(width, theme_.edge());
    const qreal half = width / 2;
    painter_.setPen(QPen(theme_.color(border), width));
    painter_.setBrush(theme_.color(fill));
    painter_.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
}

void ThemePainter::frame(const QRectF& rect, Role border, qreal radius, qreal width) {
    width = std::max<qreal>(width, theme_.edge());
    const qreal half = width / 2;
    painter_.setPen(QPen(theme_.color(border), width));
    painter_.setBrush(Qt::NoBrush);
    painter_.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
}

void ThemePainter::focusRing(const QRectF& rect, qreal radius) {
    frame(rect, Role::FocusRing, radius, stroke::kFocus);
}

void ThemePainter::hairline(const QPointF& from, const QPointF& to, Role role) {
    // A filled strip on whole device pixels: on odd scalings a pen would straddle two.
    const QTransform toDevice = painter_.deviceTransform();
    QRectF strip = toDevice.mapRect(QRectF(from, to));
    constexpr qreal kRounding = 0.001;
    if (std::abs(from.y() - to.y()) < 0.01) {
        strip.setTop(std::floor(strip.top() + kRounding));
        strip.setHeight(theme_.edge());
    } else {
        strip.setLeft(std::floor(strip.left() + kRounding));
        strip.setWidth(theme_.edge());
    }
    painter_.fillRect(toDevice.inverted().mapRect(strip), theme_.color(role));
}

qreal ThemePainter::textAt(const QPointF& baseline, const QString& text, TextStyle style,
                           Role role) {
    const qreal width = theme_.textWidth(style, text);
    draw(baseline, text, text, width, style, role);
    return width;
}

void ThemePainter::draw(const QPointF& baseline, const QString& whole, const QString& shown,
                        qreal width, TextStyle style, Role role) {
    painter_.setFont(theme_.font(style));
    painter_.setPen(theme_.color(role));
    painter_.drawText(baseline, shown);
    if (TextProbe* probe = theme_.textProbe()) {
        const QFontMetricsF& metrics = theme_.metrics(style);
        const QRectF ink(baseline.x(), baseline.y() - metrics.ascent(), width, metrics.height());
        probe->drawn(painter_, {whole, shown, ink, role});
    }
}

qreal ThemePainter::text(const QRectF& rect, const QString& text, TextStyle style, Role role,
                         Qt::Alignment alignment, Qt::TextElideMode elide) {
    if (text.isEmpty() || rect.width() <= 0) {
        return 0;
    }
    const QFontMetricsF& metrics = theme_.metrics(style);
    qreal width = theme_.textWidth(style, text);
    QString shown = text;
    if (width > rect.width() + 0.5) {
        shown = theme_.elided(style, text, rect.width(), elide);
        width = theme_.textWidth(style, shown);
    }
    qreal x = rect.left();
    if (alignment & Qt::AlignRight) {
        x = rect.right() - width;
    } else if (alignment & Qt::AlignHCenter) {
        x = rect.left() + (rect.width() - width) / 2;
    }
    qreal top = rect.top();
    if (alignment & Qt::AlignBottom) {
        top = rect.bottom() - metrics.height();
    } else if (!(alignment & Qt::AlignTop)) {
        top = rect.top() + (rect.height() - metrics.height()) / 2;
    }
    draw(QPointF(x, std::round(top + metrics.ascent())), text, shown, width, style, role);
    return width;
}

void ThemePainter::icon(Icon icon, const QPointF& centre, int designSize, Role role) {
    const qreal side = theme_.px(designSize);
    const QPointF corner(std::round(centre.x() - side / 2), std::round(centre.y() - side / 2));
    painter_.drawPixmap(
        corner, theme_.icon(icon, designSize, role, painter_.device()->devicePixelRatioF()));
}

void ThemePainter::diamond(const QPointF& centre, qreal side, bool framed) {
    painter_.save();
    painter_.translate(centre);
    painter_.rotate(45);
    const auto square = [](qreal edge) { return QRectF(-edge / 2, -edge / 2, edge, edge); };
    if (framed) {
        // White rim with a thin edge so that the sign stands on any ground.
        box(square(side), Role::OnAccent, Role::BorderControl, side * 0.16, 1.0);
        box(square(side * 0.72), Role::Brand, side * 0.09);
    } else {
        box(square(side), Role::Brand, Role::WarningText, side * 0.2, 1.0);
    }
    painter_.restore();
}

}  // namespace vorfahrt::client::ui
