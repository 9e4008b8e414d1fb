// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/tab_order.h"

#include <QWidget>

#include <vector>

namespace vorfahrt::client::ui {
namespace {

bool belongsTo(const QWidget& whole, const QWidget* part) {
    return part == &whole || whole.isAncestorOf(part);
}

}  // namespace

void tabBehind(QWidget& before, QWidget& later) {
    std::vector<QWidget*> moved;
    QWidget* last = nullptr;
    QWidget* const window = before.window();
    for (QWidget* at = window->nextInFocusChain(); at != window; at = at->nextInFocusChain()) {
        if ((at->focusPolicy() & Qt::TabFocus) == 0) {
            continue;
        }
        if (belongsTo(later, at)) {
            moved.push_back(at);
        } else if (belongsTo(before, at)) {
            last = at;
        }
    }
    for (QWidget* widget : moved) {
        if (last != nullptr) {
            QWidget::setTabOrder(last, widget);
        }
        last = widget;
    }
}

}  // namespace vorfahrt::client::ui
