// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/timeline.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kBodyLeft = 38;
constexpr int kMargin = 20;
constexpr int kDayHeight = 34;
constexpr int kSystemHeight = 24;
constexpr int kHeadHeight = 24;
constexpr int kBubblePaddingX = 12;
constexpr int kBubblePaddingY = 8;
constexpr int kAttachmentHeight = 30;
constexpr int kGap = 4;
constexpr int kScrollStep = 48;

bool isMessage(TimelineKind kind) {
    return kind == TimelineKind::Incoming || kind == TimelineKind::Outgoing ||
           kind == TimelineKind::Note || kind == TimelineKind::Call;
}

}  // namespace

// Where an entry stands and its wrapped text.
struct Timeline::Box {
    qreal top = 0;
    qreal height = 0;
    qreal bubble = 0;
    TextBlock text;
};

QString accessibleSentence(const TimelineItem& item) {
    if (item.kind == TimelineKind::Day) {
        return item.text;
    }
    QStringList parts{item.author, item.meta, item.time, item.lead};
    if (item.chip) {
        parts << item.chip->text;
    }
    parts << item.text << item.attachment << item.deliveryText;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

Timeline::Timeline(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent),
      theme_(theme) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Timeline"));
    verticalScrollBar()->setSingleStep(kScrollStep);
    connect(&theme, &Theme::changed, this, [this] {
        laidOutWidth_ = -1;
        relayout();
        viewport()->update();
    });
}

Timeline::~Timeline() = default;

QSize Timeline::sizeHint() const {
    return {theme_.px(560), theme_.px(400)};
}

void Timeline::setItems(std::vector<TimelineItem> items) {
    items_ = std::move(items);
    current_ = -1;
    laidOutWidth_ = -1;
    relayout();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
}

void Timeline::prependItems(std::vector<TimelineItem> older) {
    const qreal before = total_;
    const int offset = verticalScrollBar()->value();
    if (current_ >= 0) {
        current_ += static_cast<int>(older.size());
    }
    older.insert(older.end(), std::make_move_iterator(items_.begin()),
                 std::make_move_iterator(items_.end()));
    items_ = std::move(older);
    laidOutWidth_ = -1;
    relayout();
    verticalScrollBar()->setValue(offset + static_cast<int>(total_ - before));
    viewport()->update();
}

void Timeline::appendItem(TimelineItem item) {
    const QScrollBar* bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - theme_.px(space::kS10);
    items_.push_back(std::move(item));
    laidOutWidth_ = -1;
    relayout();
    if (atEnd) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
    viewport()->update();
}

void Timeline::layoutItem(std::size_t index, qreal width) {
    const TimelineItem& item = items_[index];
    Box& box = boxes_[index];
    const qreal body = width - theme_.px(kBodyLeft);
    if (item.kind == TimelineKind::Day) {
        box.height = theme_.px(kDayHeight);
        return;
    }
    if (item.kind == TimelineKind::System) {
        box.text = TextBlock({{item.text, TextStyle::Meta, Role::TextSecondary}});
        const qreal text = box.text.layout(theme_, body - theme_.px(56));
        box.height = std::max<qreal>(theme_.px(kSystemHeight), text + theme_.px(space::kS4));
        return;
    }
    const bool call = item.kind == TimelineKind::Call;
    box.text = TextBlock({{item.text, call ? TextStyle::Body : TextStyle::Reading,
                           call ? Role::TextSecondary : Role::TextPrimary}});
    qreal room = body - 2 * theme_.px(kBubblePaddingX);
    if (call) {
        room -= theme_.textWidth(TextStyle::BodyStrong, item.lead) + theme_.px(space::kS5);
        room -= item.chip ? chipSize(theme_, *item.chip).width() + theme_.px(space::kS5) : 0;
    }
    const qreal text =
        item.text.isEmpty() ? theme_.line(TextStyle::Reading) : box.text.layout(theme_, room);
    box.bubble = text + 2 * theme_.px(kBubblePaddingY) + (call ? 2 : 0);
    if (!item.attachment.isEmpty()) {
        box.bubble += theme_.px(kAttachmentHeight) + theme_.px(space::kS3);
    }
    box.height = theme_.px(kHeadHeight) + box.bubble + theme_.px(kGap);
}

void Timeline::relayout() {
    const qreal width = viewport()->width() - 2 * theme_.px(kMargin);
    if (std::abs(width - laidOutWidth_) < 0.5) {
        return;
    }
    laidOutWidth_ = width;
    boxes_.clear();
    boxes_.resize(items_.size());
    qreal top = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        layoutItem(i, width);
        boxes_[i].top = top;
        top += boxes_[i].height;
    }
    total_ = top + theme_.px(space::kS4);
    updateScrollBar();
}

void Timeline::updateScrollBar() {
    const int page = viewport()->height();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(total_)) - page));
}

void Timeline::resizeEvent(QResizeEvent*) {
    const QScrollBar* bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    relayout();
    updateScrollBar();
    if (atEnd) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
}

void Timeline::scrollContentsBy(int dx, int dy) {
    QAbstractScrollArea::scrollContentsBy(dx, dy);
    viewport()->update();
    if (dy > 0 && verticalScrollBar()->value() < viewport()->height()) {
        Q_EMIT olderNeeded();
    }
}

QRect Timeline::itemRect(int index) const {
    if (index < 0 || index >= static_cast<int>(boxes_.size())) {
        return {};
    }
    const Box& box = boxes_[static_cast<std::size_t>(index)];
    return QRectF(theme_.px(kMargin), box.top - verticalScrollBar()->value(), laidOutWidth_,
                  box.height)
        .toAlignedRect();
}

int Timeline::itemAt(const QPoint& at) const {
    const qreal y = at.y() + verticalScrollBar()->value();
    const auto found = std::find_if(boxes_.begin(), boxes_.end(), [y](const Box& box) {
        return y >= box.top && y < box.top + box.height;
    });
    return found == boxes_.end() ? -1 : static_cast<int>(found - boxes_.begin());
}

void Timeline::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    ThemePainter paint(painter, theme_);
    const qreal offset = verticalScrollBar()->value();
    const QRectF dirty = event->rect();
    const auto first = std::partition_point(boxes_.begin(), boxes_.end(), [&](const Box& box) {
        return box.top + box.height - offset < dirty.top();
    });
    for (auto box = first; box != boxes_.end() && box->top - offset <= dirty.bottom(); ++box) {
        paintItem(paint, static_cast<std::size_t>(box - boxes_.begin()), box->top - offset);
    }
    if (hasFocus() && current_ >= 0) {
        paint.focusRing(QRectF(itemRect(current_)).adjusted(-6, 0, 6, -2),
                        theme_.px(radius::kControl));
    }
}

void Timeline::paintItem(ThemePainter& paint, std::size_t index, qreal top) const {
    const TimelineItem& item = items_[index];
    const Box& box = boxes_[index];
    const qreal left = theme_.px(kMargin);
    const qreal right = left + laidOutWidth_;
    if (item.kind == TimelineKind::Day) {
        const qreal middle = std::round(top + box.height / 2);
        const qreal words = theme_.textWidth(TextStyle::Meta, item.text);
        const qreal centre = (left + right) / 2;
        const qreal gap = words / 2 + theme_.px(space::kS4);
        paint.hairline(QPointF(left, middle), QPointF(centre - gap, middle));
        paint.hairline(QPointF(centre + gap, middle), QPointF(right, middle));
        paint.text(QRectF(left, top, laidOutWidth_, box.height), item.text, TextStyle::Meta,
                   Role::TextMuted, Qt::AlignCenter);
        return;
    }
    if (isMessage(item.kind)) {
        paintMessage(paint, index, top);
        return;
    }
    if (item.icon) {
        paint.icon(*item.icon, QPointF(left + theme_.px(14), top + theme_.px(kSystemHeight) / 2.0),
                   iconsize::kInline, Role::TextMuted);
    }
    box.text.draw(paint, QPointF(left + theme_.px(kBodyLeft), top + theme_.px(space::kS2)));
    paint.text(QRectF(left, top, laidOutWidth_, theme_.px(kSystemHeight)), item.time,
               TextStyle::Meta, Role::TextMuted, Qt::AlignRight | Qt::AlignVCenter);
}

void Timeline::paintMessage(ThemePainter& paint, std::size_t index, qreal top) const {
    const TimelineItem& item = items_[index];
    const Box& box = boxes_[index];
    const qreal left = theme_.px(kMargin);
    const qreal right = left + laidOutWidth_;
    const qreal circle = theme_.px(size::kAvatar);
    paint.box(QRectF(left, top + theme_.px(3), circle, circle), Role::BubbleIn, circle / 2);
    if (item.icon) {
        paint.icon(*item.icon, QPointF(left + circle / 2, top + theme_.px(3) + circle / 2),
                   iconsize::kInline, Role::TextSecondary);
    }
    const qreal body = left + theme_.px(kBodyLeft);
    QRectF head(body, top, right - body, theme_.px(kHeadHeight));
    const qreal time = paint.text(head, item.time, TextStyle::Meta, Role::TextMuted,
                                  Qt::AlignRight | Qt::AlignVCenter);
    head.setRight(head.right() - time - theme_.px(space::kS4));
    head.setLeft(head.left() +
                 paint.text(head, item.author, TextStyle::BodyStrong, Role::TextPrimary) +
                 theme_.px(space::kS3));
    const bool failed = item.delivery == Delivery::Failed;
    const qreal meta = paint.text(head, item.meta, TextStyle::Meta, Role::TextMuted);
    if (!item.deliveryText.isEmpty()) {
        head.setLeft(head.left() + meta + theme_.px(space::kS3));
        const Icon sign = failed                            ? icons::kSyncRejected
                          : item.delivery == Delivery::Read ? icons::kStateRead
                          : item.delivery == Delivery::Sent || item.delivery == Delivery::Delivered
                              ? icons::kActionDone
                              : icons::kSyncPending;
        const Role ink = failed                               ? Role::DangerText
                         : item.delivery == Delivery::Waiting ? Role::WarningText
                                                              : Role::TextMuted;
        paint.icon(sign, QPointF(head.left() + theme_.px(7), head.center().y()), iconsize::kInline,
                   ink);
        head.setLeft(head.left() + theme_.px(18));
        paint.text(head, item.deliveryText, failed ? TextStyle::MetaMedium : TextStyle::Meta, ink);
    }
    const QRectF bubble(body, top + theme_.px(kHeadHeight), right - body, box.bubble);
    const qreal corner = theme_.px(radius::kCard);
    switch (item.kind) {
        case TimelineKind::Incoming: paint.box(bubble, Role::BubbleIn, corner); break;
        case TimelineKind::Outgoing: paint.box(bubble, Role::BubbleOut, corner); break;
        case TimelineKind::Note: paint.box(bubble, Role::NoteSoft, Role::NoteBorder, corner); break;
        default: paint.box(bubble, Role::Surface, Role::BorderHairline, corner); break;
    }
    QPointF at(bubble.left() + theme_.px(kBubblePaddingX),
               bubble.top() + theme_.px(kBubblePaddingY));
    if (item.kind == TimelineKind::Call) {
        at.ry() += 1;
        const qreal line = theme_.line(TextStyle::Body);
        at.rx() += paint.text(QRectF(at, QSizeF(bubble.width(), line)), item.lead,
                              TextStyle::BodyStrong, Role::TextPrimary) +
                   theme_.px(space::kS5);
        if (item.chip) {
            const QSize wanted = chipSize(theme_, *item.chip);
            paintChip(paint,
                      QRectF(at.x(), std::round(at.y() + (line - wanted.height()) / 2),
                             wanted.width(), wanted.height()),
                      *item.chip);
            at.rx() += wanted.width() + theme_.px(space::kS5);
        }
    }
    box.text.draw(paint, at);
    if (!item.attachment.isEmpty()) {
        const qreal words = theme_.textWidth(TextStyle::Body, item.attachment);
        const qreal size = theme_.textWidth(TextStyle::Meta, item.attachmentSize);
        const QRectF chip(at.x(),
                          bubble.bottom() - theme_.px(kBubblePaddingY) -
                              theme_.px(kAttachmentHeight) + theme_.px(2),
                          words + size + theme_.px(46), theme_.px(kAttachmentHeight) - 2);
        paint.box(chip, Role::Surface, Role::BorderStrong, theme_.px(radius::kControl));
        paint.icon(Icon::FileText, QPointF(chip.left() + theme_.px(17), chip.center().y()),
                   iconsize::kDefault, Role::TextPrimary);
        paint.text(chip.adjusted(theme_.px(30), 0, 0, 0), item.attachment, TextStyle::Body,
                   Role::TextPrimary);
        paint.text(chip.adjusted(0, 0, -theme_.px(space::kS5), 0), item.attachmentSize,
                   TextStyle::Meta, Role::TextMuted, Qt::AlignRight | Qt::AlignVCenter);
    }
}

void Timeline::moveTo(int index) {
    if (items_.empty()) {
        return;
    }
    current_ = std::clamp(index, 0, static_cast<int>(items_.size()) - 1);
    const Box& box = boxes_[static_cast<std::size_t>(current_)];
    QScrollBar* bar = verticalScrollBar();
    if (box.top < bar->value()) {
        bar->setValue(static_cast<int>(box.top));
    } else if (box.top + box.height > bar->value() + viewport()->height()) {
        bar->setValue(static_cast<int>(box.top + box.height) - viewport()->height() + 1);
    }
    viewport()->update();
}

void Timeline::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(items_.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Up: moveTo(current_ < 0 ? last : current_ - 1); break;
        case Qt::Key_Down: moveTo(current_ < 0 ? last : current_ + 1); break;
        case Qt::Key_Home: moveTo(0); break;
        case Qt::Key_End: moveTo(last); break;
        case Qt::Key_Return: {
            if (current_ >= 0 && current_ <= last) {
                const TimelineItem& item = items_[static_cast<std::size_t>(current_)];
                if (item.delivery == Delivery::Failed) {
                    Q_EMIT retryRequested(item.id);
                } else if (!item.attachment.isEmpty()) {
                    Q_EMIT attachmentOpened(item.id);
                }
            }
            break;
        }
        default: QAbstractScrollArea::keyPressEvent(event); break;
    }
}

void Timeline::mouseReleaseEvent(QMouseEvent* event) {
    const int at = itemAt(event->pos());
    if (event->button() != Qt::LeftButton || at < 0) {
        return;
    }
    const TimelineItem& item = items_[static_cast<std::size_t>(at)];
    const QRect box = itemRect(at);
    const bool head = event->pos().y() < box.top() + theme_.px(kHeadHeight);
    const bool foot = event->pos().y() > box.bottom() - theme_.px(kGap + kAttachmentHeight + 8);
    if (head && item.delivery == Delivery::Failed) {
        Q_EMIT retryRequested(item.id);
    } else if (foot && !item.attachment.isEmpty()) {
        Q_EMIT attachmentOpened(item.id);
    }
}

void Timeline::focusInEvent(QFocusEvent* event) {
    if (current_ < 0 && isKeyboardFocus(event->reason())) {
        moveTo(static_cast<int>(items_.size()) - 1);
    }
    QAbstractScrollArea::focusInEvent(event);
}

}  // namespace vorfahrt::client::ui
