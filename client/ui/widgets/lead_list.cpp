// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/lead_list.h"

#include "client/ui/theme/text_probe.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/key_cap.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

namespace vorfahrt::client::ui {
namespace {

constexpr int kTextLeft = 56;
constexpr int kStatusFromRight = 279;
constexpr int kAgeFromRight = 113;
constexpr int kAgeWidth = 62;
constexpr int kDeadlineWidth = 90;
constexpr int kMaskWidth = 88;
constexpr int kMaskHeight = 10;
// Where no age stands between them, the status moves right and leaves its room to the names.
constexpr int kNarrowStatusFromRight = 210;
constexpr int kDropAgeBelow = 500;
constexpr int kDropStatusBelow = 380;

Role deadlineRole(const LeadRow& row) {
    if (row.ringShare) {
        return timerTextRole(*row.ringShare);
    }
    switch (row.deadlineTone) {
        case DeadlineTone::Normal: return Role::TextPrimary;
        case DeadlineTone::Soon: return Role::WarningText;
        case DeadlineTone::Overdue: return Role::DangerText;
    }
    return Role::TextPrimary;
}

ButtonLook claimButton(const QString& key) {
    ButtonLook look;
    look.kind = ButtonKind::Primary;
    look.size = ButtonSize::Small;
    look.text = LeadRowDelegate::tr("Claim");
    look.keyCap = key;
    return look;
}

}  // namespace

QString accessibleSentence(const LeadRow& row) {
    QStringList parts;
    if (row.masked) {
        parts << LeadRowDelegate::tr("Customer data hidden") << row.region;
    } else {
        parts << row.customer;
    }
    parts << row.vehicle << row.status;
    if (row.provisional) {
        parts << LeadRowDelegate::tr("pencilled in, not confirmed");
    }
    if (!row.takenBy.isEmpty()) {
        parts << LeadRowDelegate::tr("claimed by %1").arg(row.takenBy);
    }
    if (!row.deadline.isEmpty()) {
        parts << LeadRowDelegate::tr("due %1").arg(row.deadline);
    }
    parts << row.deadlineNote;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString accessibleSentence(const LeadGroup& group) {
    const QString sentence =
        LeadRowDelegate::tr("%1, %n entries", nullptr, group.count).arg(group.name);
    return group.collapsed ? LeadRowDelegate::tr("%1, collapsed").arg(sentence) : sentence;
}

struct LeadRowDelegate::Columns {
    qreal text;
    qreal status;
    qreal ageRight;
    qreal right;
    bool showAge;
    bool showStatus;
};

LeadRowDelegate::LeadRowDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent),
      theme_(theme) {}

LeadRowDelegate::Columns LeadRowDelegate::columns(const QRectF& row) const {
    const qreal right = row.right();
    return {row.left() + theme_.px(kTextLeft),
            right - theme_.px(row.width() >= theme_.px(kDropAgeBelow) ? kStatusFromRight
                                                                      : kNarrowStatusFromRight),
            right - theme_.px(kAgeFromRight),
            right - theme_.px(space::kS8) - 1,
            row.width() >= theme_.px(kDropAgeBelow),
            row.width() >= theme_.px(kDropStatusBelow)};
}

QSize LeadRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const bool group = index.data(kLeadGroupRole).isValid();
    return {theme_.px(size::kRowLead), theme_.px(group ? size::kGroupHeader : size::kRowLead)};
}

QRect LeadRowDelegate::claimRect(const QRect& row) const {
    const QSize wanted = buttonSize(theme_, claimButton(claimKey_));
    const int right = static_cast<int>(columns(row).ageRight);
    return {right - wanted.width(), row.top() + (row.height() - wanted.height()) / 2,
            wanted.width(), wanted.height()};
}

// Where the next column begins: the age, else the deadline.
qreal LeadRowDelegate::statusEnd(const Columns& at, const LeadRow& row) const {
    const qreal gap = theme_.px(space::kS4);
    if (!at.showAge) {
        return at.right - theme_.px(kDeadlineWidth) - gap;
    }
    const qreal age = theme_.textWidth(TextStyle::Meta, row.age);
    return at.ageRight - std::min<qreal>(age, theme_.px(kAgeWidth)) - gap;
}

void LeadRowDelegate::paintGround(ThemePainter& paint, const QStyleOptionViewItem& option,
                                  const LeadRow& row) const {
    const QRectF rect = option.rect;
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    if (selected) {
        // Of the window: a row stays the chosen one while its own composer has the focus.
        const bool active = option.widget == nullptr || option.widget->isActiveWindow();
        paint.fill(rect, active ? Role::RowSelected : Role::RowSelectedInactive);
        paint.fill(QRectF(rect.left(), rect.top(), stroke::kSelectionBar, rect.height()),
                   Role::AccentFill);
    } else if ((option.state & QStyle::State_Sunken) != 0) {
        paint.fill(rect, Role::RowPressed);
    } else if ((option.state & QStyle::State_MouseOver) != 0) {
        paint.fill(rect, Role::RowHover);
    } else {
        paint.fill(rect, Role::Surface);
    }
    if (row.freshness > 0) {
        QColor tint = theme_.color(Role::AccentSoft);
        tint.setAlphaF(static_cast<float>(row.freshness));
        paint.raw().fillRect(rect, tint);
    }
    if (row.provisional) {
        // Dashes and not a plain bar: provisional must differ without colour too.
        QPen pen(theme_.color(Role::WarningFill), stroke::kAttentionBar, Qt::CustomDashLine,
                 Qt::FlatCap);
        pen.setDashPattern({1.25, 0.75});
        paint.raw().setPen(pen);
        const qreal x = rect.left() + stroke::kAttentionBar / 2.0;
        paint.raw().drawLine(QPointF(x, rect.top() + 1), QPointF(x, rect.bottom() - 1));
    }
    paint.hairline(QPointF(rect.left(), rect.bottom() - 1),
                   QPointF(rect.right(), rect.bottom() - 1));
}

void LeadRowDelegate::paintWho(ThemePainter& paint, const QRectF& rect, const Columns& at,
                               const LeadRow& row) const {
    const qreal top = rect.top() + theme_.px(7);
    qreal end = at.showStatus ? at.status : at.right - theme_.px(kDeadlineWidth);
    end -= theme_.px(space::kS4);
    QRectF line(at.text, top, end - at.text, theme_.line(TextStyle::Body));
    if (row.masked) {
        const QRectF bar(at.text, line.center().y() - theme_.px(kMaskHeight) / 2.0,
                         theme_.px(kMaskWidth), theme_.px(kMaskHeight));
        paint.box(bar, Role::Mask, theme_.px(3));
        line.setLeft(bar.right() + theme_.px(space::kS4));
        paint.text(line, row.region, TextStyle::BodyStrong, Role::TextSecondary);
    } else {
        paint.text(line, row.customer, TextStyle::BodyStrong, Role::TextPrimary);
    }
    const QRectF second(at.text, line.bottom(), end - at.text, theme_.line(TextStyle::Meta));
    paint.text(second, row.vehicle, TextStyle::Meta, Role::TextSecondary,
               Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideMiddle);
}

void LeadRowDelegate::paintDeadline(ThemePainter& paint, const QRectF& rect, const Columns& at,
                                    const LeadRow& row) const {
    const Role ink = deadlineRole(row);
    const qreal width = theme_.px(kDeadlineWidth);
    const QRectF column(at.right - width, rect.top(), width, rect.height());
    if (row.deadlineNote.isEmpty()) {
        const qreal drawn = paint.text(column, row.deadline, TextStyle::BodyStrong, ink,
                                       Qt::AlignRight | Qt::AlignVCenter);
        if (row.ringShare) {
            paintTimerRing(
                paint, QPointF(at.right - drawn - theme_.px(6) - theme_.px(9), rect.center().y()),
                *row.ringShare);
        }
        return;
    }
    const QRectF first(column.left(), rect.top() + theme_.px(7), width,
                       theme_.line(TextStyle::Body));
    paint.text(first, row.deadline, TextStyle::BodyMedium, ink, Qt::AlignRight | Qt::AlignVCenter);
    const bool urgent = row.deadlineTone != DeadlineTone::Normal;
    const QRectF second(column.left(), first.bottom(), width, theme_.line(TextStyle::Meta));
    paint.text(second, row.deadlineNote,
               urgent && !row.provisional ? TextStyle::MetaStrong : TextStyle::Meta,
               urgent && !row.provisional ? ink : Role::TextMuted,
               Qt::AlignRight | Qt::AlignVCenter);
}

void LeadRowDelegate::paintGroup(ThemePainter& paint, const QRectF& rect,
                                 const LeadGroup& group) const {
    paint.fill(rect, Role::Surface);
    const qreal middle = rect.center().y();
    paint.icon(group.collapsed ? Icon::ChevronRight : Icon::ChevronDown,
               QPointF(rect.left() + theme_.px(23), middle), iconsize::kInline,
               Role::TextSecondary);
    qreal x = rect.left() + theme_.px(38);
    if (group.next) {
        paint.diamond(QPointF(x + theme_.px(6), middle), theme_.px(8), false);
        x += theme_.px(20);
    }
    QRectF line(x, rect.top(), rect.right() - x, rect.height());
    line.setLeft(x + paint.text(line, group.name, TextStyle::MetaStrong, Role::TextSecondary) +
                 theme_.px(space::kS4));
    line.setLeft(line.left() +
                 paint.text(line, QString::number(group.count), TextStyle::Meta, Role::TextMuted));
    qreal right = rect.right() - theme_.px(space::kS8) - 1;
    const QSize cap = group.noteKey.isEmpty() || !theme_.keyCapsVisible()
                          ? QSize()
                          : keyCapSize(theme_, group.noteKey);
    // The remark is the first to go where the line is short.
    const qreal noteWidth = theme_.textWidth(TextStyle::Meta, group.note) + theme_.px(space::kS8);
    const bool note = line.left() + noteWidth + std::max(0, cap.width()) <= right;
    if (note && !cap.isEmpty()) {
        right -= cap.width();
        paintKeyCap(
            paint,
            QRectF(right, std::round(middle - cap.height() / 2.0), cap.width(), cap.height()),
            group.noteKey, KeyCapGround::Surface);
        right -= theme_.px(space::kS2) + 1;
    }
    if (note) {
        paint.text(QRectF(rect.left(), rect.top(), right - rect.left(), rect.height()), group.note,
                   TextStyle::Meta, Role::TextMuted, Qt::AlignRight | Qt::AlignVCenter);
    }
    paint.hairline(QPointF(rect.left(), rect.bottom() - 1),
                   QPointF(rect.right(), rect.bottom() - 1));
}

void LeadRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    ThemePainter paint(*painter, theme_);
    const QRectF rect = option.rect;
    const QVariant group = index.data(kLeadGroupRole);
    const auto* view = qobject_cast<const LeadListView*>(option.widget);
    if (group.isValid()) {
        paintGroup(paint, rect, group.value<LeadGroup>());
        if ((option.state & QStyle::State_HasFocus) != 0) {
            paint.focusRing(rect.adjusted(1, 1, -1, -2), theme_.px(radius::kChip));
        }
        painter->restore();
        return;
    }
    const auto row = index.data(kLeadRowRole).value<LeadRow>();
    QStyleOptionViewItem shown(option);
    if (view != nullptr && view->picturedHover() == index) {
        shown.state |= QStyle::State_MouseOver;
    }
    const bool hover = (shown.state & QStyle::State_MouseOver) != 0;
    Columns at = columns(rect);
    const bool button = row.claimable && row.takenBy.isEmpty() && (hover || row.claiming);
    if (button) {
        at.status = at.showStatus
                        ? std::min(at.status, static_cast<qreal>(claimRect(option.rect).left()))
                        : claimRect(option.rect).left();
    }
    // Something stands in the column of the status in any case: names end before it.
    at.showStatus = at.showStatus || button || !row.takenBy.isEmpty();
    paintGround(paint, shown, row);
    painter->setOpacity(row.takenBy.isEmpty() ? 1.0 : std::max(0.0, row.takenOpacity));
    const qreal tile = theme_.px(size::kSourceTile);
    paintSourceTile(paint,
                    QRectF(rect.left() + theme_.px(space::kS8),
                           std::floor(rect.center().y() - tile / 2), tile, tile),
                    row.source);
    paintWho(paint, rect, at, row);
    if (!row.takenBy.isEmpty()) {
        const QRectF note(at.status, rect.top(), at.right - at.status, rect.height());
        paint.text(note, tr("claimed by %1").arg(row.takenBy), TextStyle::MetaMedium,
                   Role::TextSecondary, Qt::AlignRight | Qt::AlignVCenter);
    } else {
        if (button) {
            ButtonLook look = claimButton(claimKey_);
            look.busy = row.claiming;
            paintButton(paint, claimRect(option.rect), look);
        } else {
            if (at.showStatus && !row.status.isEmpty()) {
                ChipLook chip{row.status, row.statusTone};
                chip.onSelection = (option.state & QStyle::State_Selected) != 0;
                const QSize wanted = chipSize(theme_, chip);
                const qreal wide = std::min<qreal>(wanted.width(), statusEnd(at, row) - at.status);
                paintChip(paint,
                          QRectF(at.status, std::floor(rect.center().y() - wanted.height() / 2.0),
                                 wide, wanted.height()),
                          chip);
            }
            if (at.showAge) {
                const qreal width = theme_.px(kAgeWidth);
                paint.text(QRectF(at.ageRight - width, rect.top(), width, rect.height()), row.age,
                           TextStyle::Meta, Role::TextMuted, Qt::AlignRight | Qt::AlignVCenter);
            }
        }
        paintDeadline(paint, rect, at, row);
    }
    painter->setOpacity(1.0);
    // The selection shows where the list stands; the ring is for those who move with the keyboard.
    const auto keyboard = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
    if ((option.state & keyboard) == keyboard) {
        paint.focusRing(rect.adjusted(1, 1, -1, -2), theme_.px(radius::kChip));
    }
    painter->restore();
}

bool LeadRowDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid()) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    const QStringList cut =
        cutTexts(theme_, [&](QPainter& painter) { paint(&painter, option, index); });
    QToolTip::showText(event->globalPos(), cut.join(QLatin1Char('\n')), view);
    return true;
}

LeadListView::LeadListView(const Theme& theme, QWidget* parent)
    : QListView(parent),
      delegate_(new LeadRowDelegate(theme, this)) {
    setItemDelegate(delegate_);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAccessibleName(tr("Leads"));
    connect(&theme, &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout();
        viewport()->update();
    });
}

void LeadListView::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.data(kLeadGroupRole).isValid()) {
        Q_EMIT groupToggled(index);
        return;
    }
    const auto row = index.data(kLeadRowRole).value<LeadRow>();
    if (row.claimable && delegate_->claimRect(visualRect(index)).contains(event->pos())) {
        return;
    }
    QListView::mousePressEvent(event);
}

void LeadListView::mouseReleaseEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    const auto row = index.data(kLeadRowRole).value<LeadRow>();
    if (event->button() == Qt::LeftButton && row.claimable && !row.claiming &&
        delegate_->claimRect(visualRect(index)).contains(event->pos())) {
        Q_EMIT claimRequested(index);
        return;
    }
    QListView::mouseReleaseEvent(event);
}

void LeadListView::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const QModelIndex index = currentIndex();
    if (index.data(kLeadGroupRole).isValid() && (key == Qt::Key_Return || key == Qt::Key_Space ||
                                                 key == Qt::Key_Left || key == Qt::Key_Right)) {
        Q_EMIT groupToggled(index);
        return;
    }
    QListView::keyPressEvent(event);
}

void LeadListView::focusInEvent(QFocusEvent* event) {
    QListView::focusInEvent(event);
    viewport()->update();
}

LeadListHeader::LeadListHeader(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize LeadListHeader::sizeHint() const {
    return {theme_.px(360), theme_.px(size::kListHeader)};
}

void LeadListHeader::setRightInset(int pixels) {
    if (inset_ != pixels) {
        inset_ = pixels;
        update();
    }
}

void LeadListHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const QRectF box = rect();
    paint.fill(box, Role::SurfaceSunken);
    paint.hairline(box.topLeft(), box.topRight());
    paint.hairline(QPointF(0, height() - 1), QPointF(width(), height() - 1));
    const auto put = [&](qreal left, qreal right, const QString& text, Qt::Alignment side) {
        paint.text(QRectF(left, 0, right - left, height()), text, TextStyle::Meta, Role::TextMuted,
                   side | Qt::AlignVCenter);
    };
    const qreal right = width() - inset_;
    const qreal status =
        right -
        theme_.px(right >= theme_.px(kDropAgeBelow) ? kStatusFromRight : kNarrowStatusFromRight);
    const qreal age = right - theme_.px(kAgeFromRight);
    put(theme_.px(kTextLeft), status, tr("Customer / vehicle"), Qt::AlignLeft);
    if (right >= theme_.px(kDropStatusBelow)) {
        put(status, age, tr("Status"), Qt::AlignLeft);
    }
    if (right >= theme_.px(kDropAgeBelow)) {
        put(status, age, tr("Age"), Qt::AlignRight);
    }
    put(age, right - theme_.px(space::kS8) - 1, tr("Due"), Qt::AlignRight);
}

}  // namespace vorfahrt::client::ui
