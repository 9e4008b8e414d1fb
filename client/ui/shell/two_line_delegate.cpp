// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/two_line_delegate.h"

#include "client/ui/theme/text_probe.h"
#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/marks.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace vorfahrt::client::ui {
namespace {

constexpr int kTextLeft = 56;
constexpr int kRight = 16;

}  // namespace

TwoLineDelegate::TwoLineDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent),
      theme_(theme) {}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {theme_.px(320), theme_.px(size::kRowLead)};
}

bool TwoLineDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid()) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    const QStringList cut =
        cutTexts(theme_, [&](QPainter& painter) { paint(&painter, option, index); });
    QToolTip::showText(event->globalPos(), cut.join(QLatin1Char('\n')), view);
    return true;
}

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    ThemePainter paint(*painter, theme_);
    const QRectF rect = option.rect;
    if ((option.state & QStyle::State_Selected) != 0) {
        // Of the window, as in the list of leads: the row stays the chosen one while its form is
        // filled in.
        const bool active = option.widget == nullptr || option.widget->isActiveWindow();
        paint.fill(rect, active ? Role::RowSelected : Role::RowSelectedInactive);
        paint.fill(QRectF(rect.left(), rect.top(), stroke::kSelectionBar, rect.height()),
                   Role::AccentFill);
    } else {
        paint.fill(rect,
                   (option.state & QStyle::State_MouseOver) != 0 ? Role::RowHover : Role::Surface);
    }
    paint.hairline(QPointF(rect.left(), rect.bottom() - 1),
                   QPointF(rect.right(), rect.bottom() - 1));
    const QString avatar = index.data(kAvatarRole).toString();
    const qreal side = theme_.px(size::kAvatar);
    const QRectF mark(rect.left() + theme_.px(16), std::floor(rect.center().y() - side / 2), side,
                      side);
    if (avatar.isEmpty()) {
        paintSourceTile(paint, mark, {icons::kChannelEmail, {}});
    } else {
        paintAvatar(paint, mark, initialsOf(avatar));
    }
    const QString right = index.data(kRightRole).toString();
    qreal end = rect.right() - theme_.px(kRight);
    if (!right.isEmpty()) {
        const QRectF column(rect.left(), rect.top(), end - rect.left(), rect.height());
        end -= paint.text(column, right, TextStyle::Meta, Role::TextSecondary,
                          Qt::AlignRight | Qt::AlignVCenter) +
               theme_.px(12);
    }
    if (index.data(kPendingRole).toBool()) {
        paint.icon(icons::kSyncPending, QPointF(end - theme_.px(8), rect.center().y()),
                   iconsize::kInline, Role::WarningText);
        end -= theme_.px(24);
    }
    const qreal left = rect.left() + theme_.px(kTextLeft);
    const QRectF first(left, rect.top() + theme_.px(7), end - left, theme_.line(TextStyle::Body));
    paint.text(first, index.data(kTitleRole).toString(), TextStyle::BodyStrong, Role::TextPrimary);
    const QRectF second(left, first.bottom() - 1, end - left, theme_.line(TextStyle::Meta));
    paint.text(second, index.data(kSecondRole).toString(), TextStyle::Meta, Role::TextSecondary);
    if ((option.state & QStyle::State_HasFocus) != 0 &&
        (option.state & QStyle::State_KeyboardFocusChange) != 0) {
        paint.focusRing(rect.adjusted(1, 1, -1, -2), theme_.px(radius::kChip));
    }
    painter->restore();
}

}  // namespace vorfahrt::client::ui
