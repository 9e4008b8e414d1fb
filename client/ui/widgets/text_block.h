// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QTextLayout>

#include <memory>
#include <vector>

namespace vorfahrt::client::ui {

// Wrapped text with the line height of its style; parts may differ in weight and colour. Laid out
// once per width, then drawn as often as needed. Zoom or theme changes need a new layout.
class TextBlock {
public:
    struct Part {
        QString text;
        TextStyle style = TextStyle::Body;
        Role role = Role::TextPrimary;
    };

    TextBlock() = default;
    explicit TextBlock(std::vector<Part> parts)
        : parts_(std::move(parts)) {}

    QString plainText() const;
    // Returns the height; lines after maxLines are left out (0 is no limit).
    qreal layout(const Theme& theme, qreal width, int maxLines = 0);
    qreal height() const { return height_; }
    void draw(ThemePainter& paint, const QPointF& topLeft) const;

private:
    std::vector<Part> parts_;
    std::unique_ptr<QTextLayout> layout_;
    qreal height_ = 0;
};

}  // namespace vorfahrt::client::ui
