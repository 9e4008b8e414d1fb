// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/person_tile.h"

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/marks.h"

#include <QPainter>

namespace vorfahrt::client::ui {
namespace {

constexpr int kHeight = 52;
constexpr int kAvatar = 32;
constexpr int kPadding = 10;
constexpr int kRadius = 6;

}  // namespace

PersonTile::PersonTile(const Theme& theme, const QString& name, const QString& business,
                       QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme),
      name_(name),
      business_(business) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(business.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, business));
    setToolTip(accessibleName());
    followTheme(*this, theme);
}

QSize PersonTile::sizeHint() const {
    return {theme_.px(200), theme_.px(kHeight)};
}

void PersonTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool chosen = isChecked();
    const Role ground = chosen         ? Role::AccentSoft
                        : isDown()     ? Role::RowPressed
                        : underMouse() ? Role::RowHover
                                       : Role::Surface;
    paint.box(box, ground, chosen ? Role::AccentBorder : Role::BorderStrong, kRadius);
    const qreal side = theme_.px(kAvatar);
    const qreal padding = theme_.px(kPadding);
    const QRectF avatar(box.left() + padding, box.center().y() - side / 2, side, side);
    paintAvatar(paint, avatar, initialsOf(name_));
    const QRectF text = box.adjusted(avatar.right() + padding - box.left(), 0, -padding, 0);
    if (business_.isEmpty()) {
        paint.text(text, name_, TextStyle::BodyStrong, Role::TextPrimary);
    } else {
        const qreal middle = text.center().y();
        paint.text(QRectF(text.left(), text.top(), text.width(), middle - text.top()), name_,
                   TextStyle::BodyStrong, Role::TextPrimary, Qt::AlignLeft | Qt::AlignBottom);
        paint.text(QRectF(text.left(), middle, text.width(), text.bottom() - middle), business_,
                   TextStyle::Meta, Role::TextSecondary, Qt::AlignLeft | Qt::AlignTop);
    }
    if (ring_->visible()) {
        paint.focusRing(rect(), kRadius + 1);
    }
}

}  // namespace vorfahrt::client::ui
