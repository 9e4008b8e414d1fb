// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/new_rows_bar.h"

#include <QAccessible>
#include <QEvent>

namespace vorfahrt::client::ui {

NewRowsBar::NewRowsBar(const Theme& theme, QWidget* list)
    : QAbstractButton(list),
      theme_(theme) {
    setObjectName(QStringLiteral("newRows"));
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    // A click takes the rows in and the keys stay in the list.
    setFocusPolicy(Qt::TabFocus);
    list->installEventFilter(this);
    followTheme(*this, theme);
    hide();
}

void NewRowsBar::setCount(int count) {
    if (count_ == count) {
        return;
    }
    const bool more = count > count_;
    count_ = count;
    setText(tr("%n new", "leads that wait above the list", count));
    setAccessibleName(tr("Show %n new lead(s)", nullptr, count));
    setVisible(count > 0);
    place();
    update();
    if (more) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

QSize NewRowsBar::sizeHint() const {
    return {theme_.px(160), theme_.px(size::kGroupHeader)};
}

void NewRowsBar::place() {
    setGeometry(0, 0, parentWidget()->width(), sizeHint().height());
    raise();
}

bool NewRowsBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        place();
    }
    return QAbstractButton::eventFilter(watched, event);
}

void NewRowsBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::AccentSoft);
    if (underMouse()) {
        paint.hairline(QPointF(0, 0), QPointF(width(), 0), Role::AccentBorder);
    }
    paint.hairline(QPointF(0, height() - 1), QPointF(width(), height() - 1), Role::AccentBorder);
    const qreal mark = theme_.px(iconsize::kInline);
    const qreal content =
        mark + theme_.px(space::kS3) + theme_.textWidth(TextStyle::MetaStrong, text());
    const qreal x = std::round((width() - content) / 2);
    paint.icon(Icon::ChevronUp, QPointF(x + mark / 2, height() / 2.0), iconsize::kInline,
               Role::AccentText);
    const qreal left = x + mark + theme_.px(space::kS3);
    paint.text(QRectF(left, 0, width() - left, height()), text(), TextStyle::MetaStrong,
               Role::AccentText);
    if (ring_->visible()) {
        paint.focusRing(rect(), theme_.px(radius::kChip));
    }
}

}  // namespace vorfahrt::client::ui
