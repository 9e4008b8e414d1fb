// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/icon_painter.h"

#include "client/ui/theme/icon_data.h"

#include <QPainter>

namespace vorfahrt::client::ui {
namespace {

constexpr qreal kGrid = 24.0;

QPainterPath build(const IconData& data) {
    QPainterPath path;
    const float* p = data.points.data();
    for (const char* verb = data.verbs; *verb != '\0'; ++verb) {
        switch (*verb) {
            case 'M':
                path.moveTo(p[0], p[1]);
                p += 2;
                break;
            case 'L':
                path.lineTo(p[0], p[1]);
                p += 2;
                break;
            case 'C':
                path.cubicTo(p[0], p[1], p[2], p[3], p[4], p[5]);
                p += 6;
                break;
            default: path.closeSubpath(); break;
        }
    }
    return path;
}

}  // namespace

const QPainterPath& iconPath(Icon icon) {
    static std::array<QPainterPath, kIconCount> paths;
    QPainterPath& path = paths.at(static_cast<std::size_t>(icon));
    if (path.isEmpty()) {
        path = build(kIconData.at(static_cast<std::size_t>(icon)));
    }
    return path;
}

void paintIcon(QPainter& painter, Icon icon, const QRectF& square, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / kGrid, square.height() / kGrid);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, kIconStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(iconPath(icon));
    painter.restore();
}

QString iconName(Icon icon) {
    return QString::fromLatin1(kIconData.at(static_cast<std::size_t>(icon)).name);
}

}  // namespace vorfahrt::client::ui
