// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/text_block.h"

#include <QAbstractScrollArea>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace vorfahrt::client::ui {

enum class TimelineKind : std::uint8_t { Day, Incoming, Outgoing, Note, Call, System };
enum class Delivery : std::uint8_t { None, Waiting, Sending, Sent, Delivered, Read, Failed };

// One entry of the history of a customer. Texts are ready to show; times are formatted by the view
// model. A Day has only its text.
struct TimelineItem {
    QString id;
    TimelineKind kind = TimelineKind::System;
    std::optional<Icon> icon = std::nullopt;
    QString author;
    QString meta;  // "E-Mail · read 17:31"
    QString time;
    QString text;
    QString attachment;
    QString attachmentSize;
    std::optional<ChipLook> chip = std::nullopt;  // outcome of a call
    QString lead;                                 // strong word before a call's text: "4:12 min"
    Delivery delivery = Delivery::None;
    QString deliveryText;
};

// The sentence a screen reader says for an entry.
QString accessibleSentence(const TimelineItem& item);

// History of a lead or case. Entries are laid out once per width; only visible ones are painted.
// Long histories open at the newest entry, short ones align to the top; prepending keeps the
// reader's place. Screen readers see a list with one child per entry.
class Timeline final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit Timeline(const Theme& theme, QWidget* parent = nullptr);
    ~Timeline() override;

    void setItems(std::vector<TimelineItem> items);
    void prependItems(std::vector<TimelineItem> older);
    void appendItem(TimelineItem item);
    const std::vector<TimelineItem>& items() const { return items_; }
    // Viewport rectangle of an entry.
    QRect itemRect(int index) const;
    int itemAt(const QPoint& at) const;
    int currentItem() const { return current_; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void olderNeeded();
    void attachmentOpened(const QString& itemId);
    void retryRequested(const QString& itemId);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    struct Box;
    void relayout();
    void layoutItem(std::size_t index, qreal width);
    void updateScrollBar();
    void moveTo(int index);
    void paintItem(ThemePainter& paint, std::size_t index, qreal top) const;
    void paintMessage(ThemePainter& paint, std::size_t index, qreal top) const;

    const Theme& theme_;
    std::vector<TimelineItem> items_;
    std::vector<Box> boxes_;
    qreal total_ = 0;
    qreal laidOutWidth_ = -1;
    int current_ = -1;
};

// Makes the entries of timelines known to screen readers; call once per program.
void installTimelineAccessibility();

}  // namespace vorfahrt::client::ui
