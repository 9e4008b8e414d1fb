// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/chip.h"

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kIconSide = 12;

struct ChipColors {
    Role ground;
    Role ink;
};

ChipColors colors(const ChipLook& look) {
    switch (look.tone) {
        case ChipTone::Neutral:
            return {look.onSelection ? Role::Surface : Role::RowSelectedInactive,
                    Role::TextSecondary};
        // On a selected row its own ground would be that of the row.
        case ChipTone::Accent:
            return {look.onSelection ? Role::Surface : Role::AccentSoft, Role::AccentText};
        case ChipTone::Success: return {Role::SuccessSoft, Role::SuccessText};
        case ChipTone::Warning: return {Role::WarningSoft, Role::WarningText};
        case ChipTone::Danger: return {Role::DangerSoft, Role::DangerText};
    }
    return {Role::RowSelectedInactive, Role::TextSecondary};
}

}  // namespace

QSize chipSize(const Theme& theme, const ChipLook& look) {
    const qreal text = theme.textWidth(TextStyle::MetaMedium, look.text);
    const int icon = look.icon ? theme.px(kIconSide) + theme.px(space::kS2) : 0;
    return {static_cast<int>(std::ceil(text)) + icon + 2 * theme.px(7), theme.px(size::kChip)};
}

void paintChip(ThemePainter& paint, const QRectF& rect, const ChipLook& look) {
    const Theme& theme = paint.theme();
    const auto [ground, ink] = colors(look);
    paint.box(rect, ground, theme.px(radius::kChip));
    QRectF inner = rect.adjusted(theme.px(7), 0, -theme.px(7) + 1, 0);
    if (look.icon) {
        const qreal side = theme.px(kIconSide);
        paint.icon(*look.icon, QPointF(inner.left() + side / 2, inner.center().y()), kIconSide,
                   ink);
        inner.setLeft(inner.left() + side + theme.px(space::kS2));
    }
    paint.text(inner, look.text, TextStyle::MetaMedium, ink);
}

ChipLabel::ChipLabel(const Theme& theme, ChipLook look, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
    setLook(std::move(look));
}

void ChipLabel::setLook(ChipLook look) {
    look_ = std::move(look);
    setAccessibleName(look_.text);
    updateGeometry();
    update();
}

QSize ChipLabel::sizeHint() const {
    return chipSize(theme_, look_);
}

void ChipLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintChip(paint, rect(), look_);
}

FilterChip::FilterChip(const Theme& theme, const QString& text, QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme) {
    setText(text);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
    updateName();
}

void FilterChip::setCount(std::optional<int> count, bool urgent) {
    count_ = count;
    urgent_ = urgent;
    updateName();
    updateGeometry();
    update();
}

void FilterChip::updateName() {
    setAccessibleName(count_ ? tr("%1, %n entries", nullptr, *count_).arg(text()) : text());
}

QSize FilterChip::sizeHint() const {
    qreal width = theme_.textWidth(TextStyle::MetaMedium, text());
    if (count_) {
        width += theme_.px(space::kS3) +
                 theme_.textWidth(TextStyle::MetaMedium, QString::number(*count_));
    }
    return {static_cast<int>(std::ceil(width)) + 2 * theme_.px(space::kS5) + 1,
            theme_.px(size::kFilterChip)};
}

void FilterChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const qreal corner = height() / 2.0;
    if (isChecked()) {
        paint.box(rect(), Role::AccentSoft, Role::AccentBorder, corner);
    } else {
        paint.box(rect(), underMouse() ? Role::RowHover : Role::Surface, Role::BorderStrong,
                  corner);
    }
    const bool empty = count_ == 0;
    const Role ink = isChecked() ? Role::AccentText : empty ? Role::TextMuted : Role::TextSecondary;
    QRectF inner = QRectF(rect()).adjusted(theme_.px(space::kS5), 0, 0, 0);
    const qreal width = paint.text(inner, text(), TextStyle::MetaMedium, ink);
    if (count_) {
        inner.setLeft(inner.left() + width + theme_.px(space::kS3));
        const Role tone = urgent_ && !empty ? Role::DangerText
                          : isChecked()     ? Role::AccentText
                                            : Role::TextMuted;
        paint.text(inner, QString::number(*count_),
                   urgent_ && !empty ? TextStyle::MetaStrong : TextStyle::Meta, tone);
    }
    if (ring_->visible()) {
        paint.focusRing(rect(), corner);
    }
}

}  // namespace vorfahrt::client::ui
