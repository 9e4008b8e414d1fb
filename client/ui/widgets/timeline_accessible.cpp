// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/indexed_children.h"
#include "client/ui/widgets/timeline.h"

namespace vorfahrt::client::ui {
namespace {

// One entry as a list item.
class EntryInterface final : public IndexedChild {
public:
    EntryInterface(Timeline* timeline, int index)
        : IndexedChild(*timeline, index),
          timeline_(timeline) {}

    bool isValid() const override { return index() < static_cast<int>(timeline_->items().size()); }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name
                   ? accessibleSentence(timeline_->items()[static_cast<std::size_t>(index())])
                   : QString();
    }
    QRect rect() const override {
        const QRect box = timeline_->itemRect(index());
        return {timeline_->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.readOnly = true;
        state.focused = timeline_->hasFocus() && timeline_->currentItem() == index();
        state.offscreen = !timeline_->viewport()->rect().intersects(timeline_->itemRect(index()));
        return state;
    }

private:
    Timeline* timeline_;
};

class TimelineInterface final : public IndexedChildren {
public:
    explicit TimelineInterface(Timeline* timeline)
        : IndexedChildren(timeline, QAccessible::List),
          timeline_(timeline) {}

    int childCount() const override { return static_cast<int>(timeline_->items().size()); }
    QAccessibleInterface* childAt(int x, int y) const override {
        return child(timeline_->itemAt(timeline_->viewport()->mapFromGlobal(QPoint(x, y))));
    }

protected:
    QAccessibleInterface* make(int index) const override {
        return new EntryInterface(timeline_, index);
    }

private:
    Timeline* timeline_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* timeline = qobject_cast<Timeline*>(object);
    return timeline == nullptr ? nullptr : new TimelineInterface(timeline);
}

}  // namespace

void installTimelineAccessibility() {
    QAccessible::installFactory(makeInterface);
}

}  // namespace vorfahrt::client::ui
