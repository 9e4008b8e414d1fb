// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/indexed_children.h"

namespace vorfahrt::client::ui {

IndexedChildren::~IndexedChildren() {
    for (const auto& [index, id] : made_) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

QAccessibleInterface* IndexedChildren::child(int index) const {
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    const auto known = made_.find(index);
    if (known != made_.end()) {
        return QAccessible::accessibleInterface(known->second);
    }
    QAccessibleInterface* part = make(index);
    made_[index] = QAccessible::registerAccessibleInterface(part);
    return part;
}

int IndexedChildren::indexOfChild(const QAccessibleInterface* wanted) const {
    for (const auto& [index, id] : made_) {
        if (QAccessible::accessibleInterface(id) == wanted) {
            return index;
        }
    }
    return -1;
}

}  // namespace vorfahrt::client::ui
