// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/flow_layout.h"

#include <algorithm>

namespace vorfahrt::client::ui {

FlowLayout::FlowLayout(int gap)
    : gap_(gap) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) {
    items_.emplace_back(item);
    invalidate();
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    QLayoutItem* item = items_[static_cast<std::size_t>(index)].release();
    items_.erase(items_.begin() + index);
    invalidate();
    return item;
}

int FlowLayout::heightForWidth(int width) const {
    return flow(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const {
    QSize size;
    for (const auto& item : items_) {
        if (!item->isEmpty()) {
            const QSize wanted = item->sizeHint();
            size.setWidth(size.width() + wanted.width() + (size.width() > 0 ? gap_ : 0));
            size.setHeight(std::max(size.height(), wanted.height()));
        }
    }
    return size;
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const auto& item : items_) {
        size = item->isEmpty() ? size : size.expandedTo(item->minimumSize());
    }
    return size;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    flow(rect, true);
}

int FlowLayout::flow(const QRect& rect, bool move) const {
    int x = rect.left();
    int y = rect.top();
    int line = 0;
    for (const auto& item : items_) {
        if (item->isEmpty()) {
            continue;
        }
        const QSize wanted = item->sizeHint();
        const int width =
            std::min(wanted.width(), std::max(rect.width(), item->minimumSize().width()));
        if (x > rect.left() && x + width > rect.left() + rect.width()) {
            x = rect.left();
            y += line + gap_;
            line = 0;
        }
        if (move) {
            item->setGeometry(QRect(x, y, width, wanted.height()));
        }
        x += width + gap_;
        line = std::max(line, wanted.height());
    }
    return y + line - rect.top();
}

}  // namespace vorfahrt::client::ui
