// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QMenu>
#include <QVariantAnimation>

namespace vorfahrt::client::ui {

// Context menu of the desk: round corners, a soft shadow, and it comes within 140 ms by opacity and
// 4 px of way; at once where motion is reduced. GUI thread.
class Menu final : public QMenu {
    Q_OBJECT

public:
    Menu(const Theme& theme, QWidget* parent);

    // Below the widget, its right or left edge in line with it; above where there is no room below.
    void openAt(const QWidget& anchor, Qt::Edge edge);
    // Room around the box that the shadow needs; 0 where the screen cannot blend windows.
    int shadowWidth() const;
    // The box itself, without its shadow.
    QRect boxRect() const;
    bool isMoving() const { return coming_.state() == QAbstractAnimation::Running; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void paintShadow(QPainter& painter) const;

    const Theme& theme_;
    QVariantAnimation coming_;
    QPoint goal_;
};

// Fades a child widget in; does nothing where motion is reduced.
void comeIn(QWidget& widget, const Theme& theme, int milliseconds);

}  // namespace vorfahrt::client::ui
