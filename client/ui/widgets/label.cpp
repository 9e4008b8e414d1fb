// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/label.h"

#include "client/ui/theme/text_probe.h"
#include "client/ui/theme/theme_painter.h"

namespace vorfahrt::client::ui {

Label::Label(const Theme& theme, const QString& text, TextStyle style, Role role, QWidget* parent)
    : QLabel(text, parent),
      theme_(theme),
      style_(style),
      role_(role) {
    setTextFormat(Qt::PlainText);
    restyle();
    connect(&theme, &Theme::changed, this, &Label::restyle);
    explainCuts(*this, theme);
}

void Label::paintEvent(QPaintEvent* event) {
    if (wordWrap() || theme_.textWidth(style_, text()) <= contentsRect().width() + 1.0) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    ThemePainter(painter, theme_)
        .text(contentsRect(), text(), style_, isEnabled() ? role_ : Role::TextDisabled,
              alignment());
}

void Label::setRole(Role role) {
    role_ = role;
    restyle();
}

void Label::restyle() {
    setFont(theme_.font(style_));

    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme_.color(role_));
    setPalette(colors);
}

ElidedLabel::ElidedLabel(const Theme& theme, const QString& text, TextStyle style, Role role,
                         QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      style_(style),
      role_(role) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    followTheme(*this, theme);
    setText(text);
}

void ElidedLabel::setText(const QString& text) {
    text_ = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const {
    return {static_cast<int>(std::ceil(theme_.textWidth(style_, text_))) + 1, theme_.line(style_)};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {theme_.px(space::kS12), theme_.line(style_)};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter(painter, theme_).text(rect(), text_, style_, role_);
}

void ElidedLabel::resizeEvent(QResizeEvent*) {
    updateToolTip();
}

void ElidedLabel::updateToolTip() {
    setToolTip(theme_.textWidth(style_, text_) > width() + 0.5 ? text_ : QString());
}

}  // namespace vorfahrt::client::ui
