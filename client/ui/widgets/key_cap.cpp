// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/key_cap.h"

namespace vorfahrt::client::ui {
namespace {

constexpr int kHeight = 18;
constexpr int kPadding = 6;
// Return has no letter that fits a cap; its sign is drawn.
const QString kReturnSign = QStringLiteral("\u21B5");

}  // namespace

QSize keyCapSize(const Theme& theme, const QString& text) {
    const int height = theme.px(kHeight);
    qreal width = theme.textWidth(TextStyle::Keycap, text);
    if (text.endsWith(kReturnSign)) {
        QString words = text;
        words.chop(1);
        width = theme.textWidth(TextStyle::Keycap, words) + theme.px(11);
    }
    return {std::max(height + theme.px(2), qRound(width) + 2 * theme.px(kPadding)), height};
}

void paintKeyCap(ThemePainter& paint, const QRectF& rect, const QString& text,
                 KeyCapGround ground) {
    const Theme& theme = paint.theme();
    const qreal corner = theme.px(radius::kKeycap);
    Role ink = Role::TextSecondary;
    if (ground == KeyCapGround::Accent) {
        ink = Role::OnAccent;
        QPainter& painter = paint.raw();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(Role::OnAccent, Alpha::OnFillKeyBorder), 1));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
    } else {
        paint.box(rect, Role::Surface, Role::BorderStrong, corner);
    }
    if (!text.endsWith(kReturnSign)) {
        paint.text(rect, text, TextStyle::Keycap, ink, Qt::AlignCenter);
        return;
    }
    QString words = text;
    words.chop(1);
    const qreal side = theme.px(11);
    const qreal width = theme.textWidth(TextStyle::Keycap, words);
    const qreal left = rect.left() + (rect.width() - width - side) / 2;
    paint.text(QRectF(left, rect.top(), width + 1, rect.height()), words, TextStyle::Keycap, ink);
    paint.icon(Icon::CornerDownLeft, QPointF(left + width + side / 2, rect.center().y()), 11, ink);
}

KeyCap::KeyCap(const Theme& theme, const QString& text, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      text_(text) {
    setAccessibleName(tr("Key %1").arg(text));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize KeyCap::sizeHint() const {
    return keyCapSize(theme_, text_);
}

void KeyCap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    if (theme_.keyCapsVisible()) {
        paintKeyCap(paint, rect(), text_, KeyCapGround::Surface);
    }
}

}  // namespace vorfahrt::client::ui
