// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/button.h"

#include "client/ui/widgets/key_cap.h"

#include <QEvent>
#include <QKeyEvent>

namespace vorfahrt::client::ui {
namespace {

constexpr int kSpinnerStepMs = 50;
constexpr int kSpinnerStepDegrees = 30;

int height(ButtonSize size) {
    switch (size) {
        case ButtonSize::Small: return size::kControlSmall;
        case ButtonSize::Normal: return size::kControl;
        case ButtonSize::Large: return size::kControlLarge;
        case ButtonSize::Login: return size::kControlLogin;
    }
    return size::kControl;
}

TextStyle textStyle(const ButtonLook& look) {
    if (look.size == ButtonSize::Login) {
        return TextStyle::CardTitle;
    }
    return look.kind == ButtonKind::Primary || look.kind == ButtonKind::Danger
               ? TextStyle::BodyStrong
               : TextStyle::BodyMedium;
}

bool filled(const ButtonLook& look) {
    return look.kind == ButtonKind::Primary || look.kind == ButtonKind::Danger;
}

Role ink(const ButtonLook& look) {
    if (!look.enabled) {
        return Role::TextDisabled;
    }
    if (look.kind == ButtonKind::Danger) {
        return Role::OnDanger;
    }
    return look.kind == ButtonKind::Primary ? Role::OnAccent : Role::TextPrimary;
}

void paintGround(ThemePainter& paint, const QRectF& rect, const ButtonLook& look) {
    const qreal corner = paint.theme().px(radius::kControl);
    if (!look.enabled) {
        if (look.kind != ButtonKind::Quiet) {
            paint.box(rect, Role::SurfaceSunken, Role::BorderStrong, corner);
        }
        return;
    }
    switch (look.kind) {
        case ButtonKind::Primary:
            paint.box(rect,
                      look.pressed   ? Role::AccentFillPressed
                      : look.hovered ? Role::AccentFillHover
                                     : Role::AccentFill,
                      corner);
            break;
        case ButtonKind::Danger:
            paint.box(rect, Role::DangerFill, corner);
            if (look.pressed || look.hovered) {
                QColor shade = paint.theme().color(Role::Scrim);
                shade.setAlphaF(look.pressed ? 0.22F : 0.12F);
                paint.raw().setBrush(shade);
                paint.raw().drawRoundedRect(rect, corner, corner);
            }
            break;
        case ButtonKind::Secondary:
            paint.box(rect,
                      look.pressed   ? Role::RowPressed
                      : look.hovered ? Role::RowHover
                                     : Role::Surface,
                      Role::BorderStrong, corner);
            break;
        case ButtonKind::Quiet:
            if (look.pressed || look.hovered) {
                paint.box(rect, look.pressed ? Role::RowPressed : Role::RowHover, corner);
            }
            break;
    }
}

void paintSpinner(ThemePainter& paint, const QPointF& centre, qreal side, Role role, int angle) {
    QPen pen(paint.theme().color(role), side / 8, Qt::SolidLine, Qt::RoundCap);
    paint.raw().setPen(pen);
    paint.raw().setBrush(Qt::NoBrush);
    const QRectF ring(centre.x() - side / 2 + 1, centre.y() - side / 2 + 1, side - 2, side - 2);
    paint.raw().drawArc(ring, -angle * 16, 270 * 16);
}

// Filled buttons: the ring stands off by a line of the surface, else blue on blue is invisible.
void paintFocus(ThemePainter& paint, const QRectF& rect, const ButtonLook& look) {
    const qreal corner = paint.theme().px(radius::kControl);
    paint.focusRing(rect, corner);
    if (filled(look)) {
        paint.frame(rect.adjusted(2, 2, -2, -2), Role::OnAccent, corner - 1, 1.5);
    }
}

}  // namespace

QSize buttonSize(const Theme& theme, const ButtonLook& look) {
    const int padding = theme.px(look.size == ButtonSize::Small ? space::kS5 : space::kS6);
    const int gap = theme.px(space::kS4);
    const int tall = theme.px(height(look.size));
    if (look.text.isEmpty()) {
        return {tall, tall};
    }
    qreal width = 2 * padding + std::ceil(theme.textWidth(textStyle(look), look.text));
    if (look.icon) {
        width += theme.px(iconsize::kDefault) + gap;
    }
    if (!look.keyCap.isEmpty() && theme.keyCapsVisible()) {
        width += keyCapSize(theme, look.keyCap).width() + gap;
    }
    return {static_cast<int>(width) + 1, tall};
}

void paintButton(ThemePainter& paint, const QRectF& rect, const ButtonLook& look) {
    const Theme& theme = paint.theme();
    paintGround(paint, rect, look);
    const Role color = ink(look);
    const int gap = theme.px(space::kS4);
    const qreal side = theme.px(iconsize::kDefault);
    const bool cap = !look.keyCap.isEmpty() && theme.keyCapsVisible();
    const QSize capSize = cap ? keyCapSize(theme, look.keyCap) : QSize();
    const qreal middle = rect.center().y();
    if (look.text.isEmpty()) {
        if (look.busy) {
            paintSpinner(paint, rect.center(), theme.px(14), color, look.spinnerAngle);
        } else if (look.icon) {
            paint.icon(*look.icon, rect.center(), iconsize::kDefault,
                       look.enabled ? Role::TextSecondary : color);
        }
    } else {
        const qreal textWidth = theme.textWidth(textStyle(look), look.text);
        const qreal content =
            textWidth + (look.icon ? side + gap : 0) + (cap ? capSize.width() + gap : 0);
        qreal x = rect.left() + std::max(0.0, (rect.width() - content) / 2);
        if (look.icon) {
            const QPointF centre(x + side / 2, middle);
            if (look.busy) {
                paintSpinner(paint, centre, theme.px(14), color, look.spinnerAngle);
            } else {
                paint.icon(*look.icon, centre, iconsize::kDefault, color);
            }
            x += side + gap;
        }
        const qreal room = std::min(textWidth + 1, rect.right() - x);
        paint.text(QRectF(x, rect.top(), room, rect.height()), look.text, textStyle(look), color);
        x += textWidth + gap;
        if (look.busy && !look.icon) {
            const qreal small = cap ? theme.px(14) : theme.px(8);
            const qreal at = cap ? x + capSize.width() / 2.0 : rect.right() - theme.px(7);
            paintSpinner(paint, QPointF(at, middle), small, color, look.spinnerAngle);
        } else if (cap && look.enabled) {
            const QRectF box(x, std::round(middle - capSize.height() / 2.0), capSize.width(),
                             capSize.height());
            paintKeyCap(paint, box, look.keyCap,
                        filled(look) ? KeyCapGround::Accent : KeyCapGround::Surface);
        }
    }
    if (look.focused) {
        paintFocus(paint, rect, look);
    }
}

Button::Button(const Theme& theme, ButtonKind kind, const QString& text, QWidget* parent)
    : QPushButton(text, parent),
      theme_(theme) {
    look_.kind = kind;
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

void Button::setKind(ButtonKind kind) {
    look_.kind = kind;
    updateGeometry();
    update();
}

void Button::setSize(ButtonSize size) {
    look_.size = size;
    updateGeometry();
}

void Button::setSymbol(Icon icon) {
    look_.icon = icon;
    updateGeometry();
    update();
}

void Button::setKeyCap(const QString& text) {
    look_.keyCap = text;
    updateGeometry();
    update();
}

void Button::setBusy(bool busy) {
    look_.busy = busy;
    if (busy && !theme_.reducedMotion()) {
        spinner_.start(kSpinnerStepMs, this);
    } else {
        spinner_.stop();
    }
    update();
}

ButtonLook Button::look() const {
    ButtonLook look = look_;
    look.text = text();
    look.enabled = isEnabled();
    look.hovered = underMouse() && !look_.busy;
    look.pressed = (isDown() || isChecked()) && !look_.busy;
    look.focused = ring_->visible();
    return look;
}

QSize Button::sizeHint() const {
    return buttonSize(theme_, look());
}

void Button::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintButton(paint, rect(), look());
}

void Button::timerEvent(QTimerEvent* event) {
    if (event->timerId() != spinner_.timerId()) {
        QPushButton::timerEvent(event);
        return;
    }
    look_.spinnerAngle = (look_.spinnerAngle + kSpinnerStepDegrees) % 360;
    update();
}

void Button::nextCheckState() {
    if (!look_.busy) {
        QPushButton::nextCheckState();
    }
}

bool Button::event(QEvent* event) {
    // Swallowed here and not by disabling: a busy button keeps its focus and its look.
    const QEvent::Type type = event->type();
    const bool input = type == QEvent::MouseButtonPress || type == QEvent::MouseButtonRelease ||
                       type == QEvent::MouseButtonDblClick || type == QEvent::Shortcut;
    if (look_.busy && input) {
        return true;
    }
    if (look_.busy && type == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
            return true;
        }
    }
    return QPushButton::event(event);
}

IconButton::IconButton(const Theme& theme, Icon icon, const QString& name, QWidget* parent)
    : Button(theme, ButtonKind::Quiet, QString(), parent) {
    setSymbol(icon);
    setAccessibleName(name);
    setToolTip(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

}  // namespace vorfahrt::client::ui
