// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/tokens_gen.h"

#include <QPainterPath>

class QPainter;

namespace vorfahrt::client::ui {

// The outline on the 24 unit grid. Built on first use, then kept; GUI thread only.
const QPainterPath& iconPath(Icon icon);

// Strokes the outline into a square of the given size.
void paintIcon(QPainter& painter, Icon icon, const QRectF& square, const QColor& color);

QString iconName(Icon icon);

}  // namespace vorfahrt::client::ui
