// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QBasicTimer>
#include <QPushButton>

#include <optional>

namespace vorfahrt::client::ui {

enum class ButtonKind : std::uint8_t { Primary, Secondary, Quiet, Danger };
enum class ButtonSize : std::uint8_t { Small, Normal, Large, Login };

// Everything a button shows, so that a delegate paints the same button the widget does.
struct ButtonLook {
    ButtonKind kind = ButtonKind::Secondary;
    ButtonSize size = ButtonSize::Normal;
    QString text;
    QString keyCap;
    std::optional<Icon> icon = std::nullopt;
    bool enabled = true;
    bool hovered = false;
    bool pressed = false;
    bool focused = false;
    bool busy = false;
    int spinnerAngle = 0;
};

QSize buttonSize(const Theme& theme, const ButtonLook& look);
void paintButton(ThemePainter& paint, const QRectF& rect, const ButtonLook& look);

// Push button of the desk. Busy keeps label and width, a spinner takes the icon's place and clicks
// are ignored. The focus ring shows only after the keyboard moved the focus here.
class Button : public QPushButton {
    Q_OBJECT

public:
    Button(const Theme& theme, ButtonKind kind, const QString& text, QWidget* parent = nullptr);

    void setKind(ButtonKind kind);
    void setSize(ButtonSize size);
    void setSymbol(Icon icon);
    void setKeyCap(const QString& text);
    QString keyCap() const { return look_.keyCap; }
    void setBusy(bool busy);
    bool isBusy() const { return look_.busy; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void nextCheckState() override;
    bool event(QEvent* event) override;

private:
    ButtonLook look() const;

    const Theme& theme_;
    ButtonLook look_;
    QBasicTimer spinner_;
    FocusRing* ring_ = new FocusRing(this);
};

// Quiet square button with a picture only; the name goes to screen readers and the tooltip.
class IconButton final : public Button {
    Q_OBJECT

public:
    IconButton(const Theme& theme, Icon icon, const QString& name, QWidget* parent = nullptr);
};

}  // namespace vorfahrt::client::ui
