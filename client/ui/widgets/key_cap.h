// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QWidget>

namespace vorfahrt::client::ui {

enum class KeyCapGround : std::uint8_t { Surface, Accent };

// A key drawn as a small cap, e.g. "N" or "Strg". Used inside buttons, rows and headers.
QSize keyCapSize(const Theme& theme, const QString& text);
void paintKeyCap(ThemePainter& paint, const QRectF& rect, const QString& text, KeyCapGround ground);

// The cap as a widget of its own; says its key to screen readers.
class KeyCap final : public QWidget {
    Q_OBJECT

public:
    KeyCap(const Theme& theme, const QString& text, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString text_;
};

}  // namespace vorfahrt::client::ui
