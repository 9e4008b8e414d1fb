// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/timeline.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace vorfahrt::client::ui {
namespace {

// One entry as a list item. Belongs to the interface of its timeline.
class EntryInterface final : public QAccessibleInterface {
public:
    EntryInterface(Timeline* timeline, int index)
        : timeline_(timeline),
          index_(index) {}

    bool isValid() const override {
        return timeline_ != nullptr && index_ < static_cast<int>(timeline_->items().size());
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(timeline_);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name
                   ? accessibleSentence(timeline_->items()[static_cast<std::size_t>(index_)])
                   : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        const QRect box = timeline_->itemRect(index_);
        return {timeline_->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.readOnly = true;
        state.focused = timeline_->hasFocus() && timeline_->currentItem() == index_;
        state.offscreen = !timeline_->viewport()->rect().intersects(timeline_->itemRect(index_));
        return state;
    }

private:
    Timeline* timeline_;
    int index_;
};

// The list. Children are made on demand: a history can have thousands of entries.
class TimelineInterface final : public QAccessibleWidget {
public:
    explicit TimelineInterface(Timeline* timeline)
        : QAccessibleWidget(timeline, QAccessible::List),
          timeline_(timeline) {}
    ~TimelineInterface() override {
        for (const auto& [index, id] : children_) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    int childCount() const override { return static_cast<int>(timeline_->items().size()); }

    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        const auto known = children_.find(index);
        if (known != children_.end()) {
            return QAccessible::accessibleInterface(known->second);
        }
        auto* entry = new EntryInterface(timeline_, index);
        children_[index] = QAccessible::registerAccessibleInterface(entry);
        return entry;
    }

    int indexOfChild(const QAccessibleInterface* wanted) const override {
        for (const auto& [index, id] : children_) {
            if (QAccessible::accessibleInterface(id) == wanted) {
                return index;
            }
        }
        return -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override {
        return child(timeline_->itemAt(timeline_->viewport()->mapFromGlobal(QPoint(x, y))));
    }

private:
    Timeline* timeline_;
    mutable std::map<int, QAccessible::Id> children_;
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
