// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/icon_painter.h"
#include "client/ui/theme/theme.h"

#include <QPainter>

namespace vorfahrt::client::ui {

// A painter that speaks in roles. Lives for one paint call; all lengths are final pixels.
class ThemePainter {
public:
    ThemePainter(QPainter& painter, const Theme& theme);

    QPainter& raw() { return painter_; }
    const Theme& theme() const { return theme_; }

    void fill(const QRectF& rect, Role role) { painter_.fillRect(rect, theme_.color(role)); }
    void box(const QRectF& rect, Role fill, qreal radius);
    void box(const QRectF& rect, Role fill, Role border, qreal radius, qreal width = 1.0);
    void frame(const QRectF& rect, Role border, qreal radius, qreal width = 1.0);
    // 2 px inside the rect.
    void focusRing(const QRectF& rect, qreal radius);
    void hairline(const QPointF& from, const QPointF& to, Role role = Role::BorderHairline);

    // One line, elided to the rect; returns the width drawn.
    qreal text(const QRectF& rect, const QString& text, TextStyle style, Role role,
               Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter,
               Qt::TextElideMode elide = Qt::ElideRight);
    // Draws on a baseline without eliding; returns the width drawn.
    qreal textAt(const QPointF& baseline, const QString& text, TextStyle style, Role role);

    void icon(Icon icon, const QPointF& centre, int designSize, Role role);
    // Rounded square standing on its corner: the priority-road sign.
    void diamond(const QPointF& centre, qreal side, bool framed);

private:
    void draw(const QPointF& baseline, const QString& whole, const QString& shown, qreal width,
              TextStyle style, Role role);

    QPainter& painter_;
    const Theme& theme_;
};

}  // namespace vorfahrt::client::ui
