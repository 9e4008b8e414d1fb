// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/palette/palette_list.h"

#include "client/ui/shell/action_registry.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/marks.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace vorfahrt::client::ui {
namespace {

using model::SearchEntry;
using model::SearchSection;
using model::SearchText;

constexpr int kInset = 8;
constexpr int kTextLeft = 58;
constexpr int kMarkLeft = 18;
constexpr int kMoreSide = 28;
constexpr int kLinesOfAPage = 8;

SearchEntry entryOf(const QModelIndex& index) {
    return index.data(model::SearchListModel::kEntryRole).value<SearchEntry>();
}

// The text with a marked ground under what matched; what does not fit is cut at its end.
void paintMarked(ThemePainter& paint, const QRectF& rect, const SearchText& text, TextStyle style,
                 Role ink) {
    const Theme& theme = paint.theme();
    const QString shown = theme.textWidth(style, text.text) > rect.width() + 0.5
                              ? theme.elided(style, text.text, rect.width())
                              : text.text;
    const int whole = static_cast<int>(shown.size()) - (shown == text.text ? 0 : 1);
    const QFontMetricsF& metrics = theme.metrics(style);
    const qreal height = metrics.height();
    const qreal top = rect.top() + (rect.height() - height) / 2;
    for (const auto& [begin, length] : text.marks) {
        const int end = std::min(begin + length, whole);
        if (begin >= end) {
            continue;
        }
        const qreal left = rect.left() + metrics.horizontalAdvance(shown.left(begin));
        const qreal right = rect.left() + metrics.horizontalAdvance(shown.left(end));
        paint.box(QRectF(left - 1, top, right - left + 2, height), Role::Highlight, 2);
    }
    paint.text(rect, shown, style, ink);
}

bool isPlate(const SearchEntry& entry) {
    return entry.section == SearchSection::Vehicles && !entry.badge.text.isEmpty();
}

void paintMarkedPlate(ThemePainter& paint, const QRectF& rect, const SearchText& plate) {
    paintPlate(paint, rect, plate.text);
    const Theme& theme = paint.theme();
    const QFontMetricsF& metrics = theme.metrics(TextStyle::MetaStrong);
    // As paintPlate centres it: beside the blue band of 11 px.
    const QRectF inner = rect.adjusted(theme.px(11), 0, 0, 0);
    const qreal left = inner.left() + (inner.width() - metrics.horizontalAdvance(plate.text)) / 2;
    const qreal baseline =
        std::round(inner.top() + (inner.height() - metrics.height()) / 2 + metrics.ascent());
    for (const auto& [begin, length] : plate.marks) {
        const qreal from = left + metrics.horizontalAdvance(plate.text.left(begin));
        const QString part = plate.text.mid(begin, length);
        const QRectF ground(from - 0.5, rect.top() + 2, metrics.horizontalAdvance(part) + 1,
                            rect.height() - 4);
        paint.box(ground, Role::Highlight, 1);
        paint.textAt(QPointF(from, baseline), part, TextStyle::MetaStrong, Role::TextPrimary);
    }
}

ChipTone statusTone(record::LeadStatus status) {
    switch (status) {
        case record::NEW: return ChipTone::Accent;
        case record::WON: return ChipTone::Success;
        default: return ChipTone::Neutral;
    }
}

Icon activityIcon(record::ActivityKind kind) {
    switch (kind) {
        case record::NOTE: return icons::kChannelNote;
        case record::MESSAGE_IN:
        case record::MESSAGE_OUT: return icons::kChannelEmail;
        case record::CALL: return icons::kNavPhone;
        default: return icons::kChannelSystem;
    }
}

}  // namespace

PaletteDelegate::PaletteDelegate(const Theme& theme, IconOf iconOf, QObject* parent)
    : QStyledItemDelegate(parent),
      theme_(theme),
      iconOf_(std::move(iconOf)) {}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const SearchEntry entry = entryOf(index);
    const int height = entry.heading                              ? size::kGroupHeader
                       : entry.section == SearchSection::Commands ? size::kRowCommand
                                                                  : size::kRowSearch;
    return {theme_.px(320), theme_.px(height)};
}

QRect PaletteDelegate::moreRect(const QRect& row) const {
    const int side = theme_.px(kMoreSide);
    return {row.right() - theme_.px(kInset + 6) - side, row.center().y() - side / 2, side, side};
}

void PaletteDelegate::paintMark(ThemePainter& paint, const QRectF& row,
                                const SearchEntry& entry) const {
    const qreal side = theme_.px(size::kAvatar);
    const QRectF mark(row.left() + theme_.px(kMarkLeft), std::floor(row.center().y() - side / 2),
                      side, side);
    switch (entry.section) {
        case SearchSection::Customers:
            paintAvatar(paint, mark, initialsOf(entry.title.text));
            return;
        case SearchSection::Vehicles:
            paintSourceTile(paint, mark, {icons::kNavVehicles, {}});
            return;
        case SearchSection::Leads: paintSourceTile(paint, mark, {icons::kNavLeads, {}}); return;
        case SearchSection::Activities:
            paintSourceTile(paint, mark,
                            {activityIcon(entry.hit ? entry.hit->activity : record::NOTE), {}});
            return;
        case SearchSection::Commands:
            paintSourceTile(
                paint, mark,
                {entry.command.isEmpty() ? icons::kActionNew : iconOf_(entry.command), {}});
            return;
    }
}

qreal PaletteDelegate::paintRight(ThemePainter& paint, const QRectF& row, const SearchEntry& entry,
                                  bool selected, bool hovered) const {
    qreal right = row.right() - theme_.px(kInset + 6);
    const qreal middle = row.center().y();
    const auto at = [&](const QSize& wanted) {
        right -= wanted.width();
        return QRectF(right, std::round(middle - wanted.height() / 2.0), wanted.width(),
                      wanted.height());
    };
    if (hovered && entry.hit) {
        const QRectF more = moreRect(row.toRect());
        paint.icon(icons::kActionMore, more.center(), iconsize::kDefault, Role::TextSecondary);
        right = more.left() - theme_.px(space::kS2);
    }
    if (isPlate(entry)) {
        paintMarkedPlate(paint, at(plateSize(theme_, entry.badge.text)), entry.badge);
    } else if (entry.section == SearchSection::Leads && entry.hit) {
        const ChipLook chip{entry.badge.text, statusTone(entry.hit->status), std::nullopt,
                            selected};
        paintChip(paint, at(chipSize(theme_, chip)), chip);
    } else if (entry.section == SearchSection::Commands) {
        if (theme_.keyCapsVisible()) {
            QStringList caps = ActionRegistry::capText(entry.badge.text)
                                   .split(QLatin1Char(' '), Qt::SkipEmptyParts);
            std::reverse(caps.begin(), caps.end());
            for (const QString& cap : caps) {
                paintKeyCap(paint, at(keyCapSize(theme_, cap)), cap, KeyCapGround::Surface);
                right -= theme_.px(space::kS1);
            }
        }
    } else if (!entry.badge.text.isEmpty()) {
        right -= paint.text(QRectF(row.left(), row.top(), right - row.left(), row.height()),
                            entry.badge.text, TextStyle::Meta, Role::TextSecondary,
                            Qt::AlignRight | Qt::AlignVCenter);
    } else if (selected) {
        if (theme_.keyCapsVisible()) {
            const QString enter = QStringLiteral("↵");
            paintKeyCap(paint, at(keyCapSize(theme_, enter)), enter, KeyCapGround::Surface);
            right -= theme_.px(space::kS2);
        }
        right -=
            paint.text(QRectF(row.left(), row.top(), right - row.left(), row.height()), tr("open"),
                       TextStyle::Meta, Role::TextSecondary, Qt::AlignRight | Qt::AlignVCenter);
    }
    return right - theme_.px(space::kS5);
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    ThemePainter paint(*painter, theme_);
    const QRectF row = option.rect;
    const SearchEntry entry = entryOf(index);
    if (entry.heading) {
        QRectF line = row.adjusted(theme_.px(kMarkLeft), 0, -theme_.px(kInset), 0);
        line.setLeft(
            line.left() +
            paint.text(line, entry.title.text, TextStyle::MetaStrong, Role::TextSecondary) +
            theme_.px(space::kS3));
        if (entry.count > 0) {
            paint.text(line, QString::number(entry.count), TextStyle::Meta, Role::TextMuted);
        }
        painter->restore();
        return;
    }
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
    const QRectF ground = row.adjusted(theme_.px(kInset), 0, -theme_.px(kInset), 0);
    if (selected) {
        paint.box(ground, Role::RowSelected, theme_.px(radius::kControl));
    } else if (hovered) {
        paint.box(ground, Role::RowHover, theme_.px(radius::kControl));
    }
    paintMark(paint, row, entry);
    const qreal end = paintRight(paint, row, entry, selected, hovered);
    const qreal left = row.left() + theme_.px(kTextLeft);
    if (entry.detail.text.isEmpty()) {
        paintMarked(paint, QRectF(left, row.top(), end - left, row.height()), entry.title,
                    entry.section == SearchSection::Commands ? TextStyle::BodyMedium
                                                             : TextStyle::BodyStrong,
                    Role::TextPrimary);
    } else {
        const qreal first = theme_.line(TextStyle::Body);
        const qreal second = theme_.line(TextStyle::Meta);
        const qreal top = row.top() + std::floor((row.height() - first - second) / 2);
        paintMarked(paint, QRectF(left, top, end - left, first), entry.title, TextStyle::BodyStrong,
                    Role::TextPrimary);
        paintMarked(paint, QRectF(left, top + first, end - left, second), entry.detail,
                    TextStyle::Meta, Role::TextSecondary);
    }
    painter->restore();
}

bool PaletteDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid()) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    const SearchEntry entry = entryOf(index);
    // The right side takes at most a third of a row.
    const qreal room = option.rect.width() * 2 / 3.0 - theme_.px(kTextLeft);
    QStringList cut;
    if (theme_.textWidth(TextStyle::BodyStrong, entry.title.text) > room) {
        cut << entry.title.text;
    }
    if (theme_.textWidth(TextStyle::Meta, entry.detail.text) > room) {
        cut << entry.detail.text;
    }
    QToolTip::showText(event->globalPos(), cut.join(QLatin1Char('\n')), view);
    return true;
}

PaletteList::PaletteList(const Theme& theme, PaletteDelegate::IconOf iconOf, QWidget* parent)
    : QListView(parent),
      delegate_(new PaletteDelegate(theme, std::move(iconOf), this)) {
    setObjectName(QStringLiteral("searchResults"));
    setAccessibleName(tr("Results"));
    setItemDelegate(delegate_);
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&theme, &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout();
        viewport()->update();
    });
}

bool PaletteList::isLine(int row) const {
    return model() != nullptr && row >= 0 && row < model()->rowCount() &&
           (model()->flags(model()->index(row, 0)) & Qt::ItemIsSelectable) != 0;
}

void PaletteList::choose(int row) {
    if (isLine(row)) {
        setCurrentIndex(model()->index(row, 0));
        // The heading of the first line is seen too.
        scrollTo(model()->index(row == 1 ? 0 : row, 0));
    }
}

void PaletteList::step(int by) {
    const int direction = by < 0 ? -1 : 1;
    int row = chosen();
    for (int left = std::abs(by); left > 0; --left) {
        int next = row + direction;
        while (next >= 0 && next < model()->rowCount() && !isLine(next)) {
            next += direction;
        }
        if (!isLine(next)) {
            break;
        }
        row = next;
    }
    choose(row);
}

void PaletteList::toEnd(bool last) {
    step(last ? model()->rowCount() : -model()->rowCount());
}

void PaletteList::pageBy(int pages) {
    step(pages * kLinesOfAPage);
}

void PaletteList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (current.isValid() && QAccessible::isActive()) {
        // The focus is in the field; a screen reader is told of the line all the same.
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(current.row());
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT currentRowChanged(current.isValid() ? current.row() : -1);
}

void PaletteList::mousePressEvent(QMouseEvent* event) {
    // A line opens when the button is let go, as buttons do.
    event->accept();
}

void PaletteList::mouseReleaseEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !isLine(index.row())) {
        return;
    }
    if (delegate_->moreRect(visualRect(index)).contains(event->pos()) && entryOf(index).hit) {
        Q_EMIT actionsRequested(index.row());
        return;
    }
    Q_EMIT opened(index.row());
}

void PaletteList::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (isLine(index.row())) {
        Q_EMIT actionsRequested(index.row());
    }
}

}  // namespace vorfahrt::client::ui
