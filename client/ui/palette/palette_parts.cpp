// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/palette/palette_parts.h"

#include "client/ui/widgets/key_cap.h"

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kFootHeight = 40;
constexpr int kHintGap = 18;

}  // namespace

CapButton::CapButton(const Theme& theme, const QString& cap, const QString& name, QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme) {
    setText(cap);
    setAccessibleName(name);
    setToolTip(name);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize CapButton::sizeHint() const {
    return keyCapSize(theme_, text())
        .expandedTo({theme_.px(size::kHitMin), theme_.px(size::kHitMin)});
}

void CapButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const QSize cap = keyCapSize(theme_, text());
    const QRectF box((width() - cap.width()) / 2.0, std::round((height() - cap.height()) / 2.0),
                     cap.width(), cap.height());
    if (underMouse()) {
        paint.box(rect(), Role::RowHover, theme_.px(radius::kChip));
    }
    paintKeyCap(paint, box, text(), KeyCapGround::Surface);
    if (ring_->visible()) {
        paint.focusRing(rect(), theme_.px(radius::kChip));
    }
}

PaletteFoot::PaletteFoot(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      hints_({{{QStringLiteral("↑"), QStringLiteral("↓")}, tr("choose")},
              {{QStringLiteral("↵")}, tr("open")},
              {{QStringLiteral("→")}, tr("Actions")},
              {{QStringLiteral(">")}, tr("commands only")},
              {{QStringLiteral("#")}, tr("Numbers")}}),
      where_(tr("Searches on this computer, also offline")) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(where_);
    followTheme(*this, theme);
}

QSize PaletteFoot::sizeHint() const {
    return {theme_.px(320), theme_.px(kFootHeight)};
}

qreal PaletteFoot::widthOf(const Hint& hint) const {
    qreal width = theme_.px(space::kS3) + theme_.textWidth(TextStyle::Meta, hint.words);
    for (const QString& cap : hint.caps) {
        width += keyCapSize(theme_, cap).width() + theme_.px(space::kS1);
    }
    return width;
}

void PaletteFoot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.hairline(QPointF(0, 0), QPointF(width(), 0));
    const qreal middle = height() / 2.0;
    const qreal whereWidth = theme_.textWidth(TextStyle::Meta, where_) + theme_.px(22);
    const qreal right = width() - theme_.px(18);
    qreal x = theme_.px(18);
    qreal all = x;
    for (const Hint& hint : hints_) {
        all += widthOf(hint) + theme_.px(kHintGap);
    }
    const bool room = all + whereWidth < right;
    const qreal limit = room ? right - whereWidth : right;
    for (const Hint& hint : hints_) {
        if (x + widthOf(hint) > limit) {
            break;
        }
        for (const QString& cap : hint.caps) {
            const QSize wanted = keyCapSize(theme_, cap);
            paintKeyCap(paint,
                        QRectF(x, std::round(middle - wanted.height() / 2.0), wanted.width(),
                               wanted.height()),
                        cap, KeyCapGround::Surface);
            x += wanted.width() + theme_.px(space::kS1);
        }
        x += theme_.px(space::kS3) - theme_.px(space::kS1);
        x += paint.text(QRectF(x, 0, limit - x, height()), hint.words, TextStyle::Meta,
                        Role::TextSecondary) +
             theme_.px(kHintGap);
    }
    if (room) {
        const qreal left = right - whereWidth;
        paint.icon(icons::kSyncLocal, QPointF(left + theme_.px(8), middle), iconsize::kInline,
                   Role::TextSecondary);
        paint.text(QRectF(left + theme_.px(22), 0, whereWidth, height()), where_, TextStyle::Meta,
                   Role::TextSecondary);
    }
}

IndexBar::IndexBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setObjectName(QStringLiteral("searchIndexBar"));
    setAccessibleName(tr("Older data is still being taken in"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

void IndexBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::ChartTrack);
    paint.fill(QRectF(0, 0, width() / 2.0, height()), Role::AccentFill);
}

}  // namespace vorfahrt::client::ui
