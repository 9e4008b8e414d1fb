// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/audit/audit.h"
#include "tests/ui/audit/visible.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace vorfahrt::test {
namespace {

bool takesFocus(const QWidget& widget) {
    return (widget.focusPolicy() & Qt::TabFocus) != 0 && widget.isEnabled() && widget.isVisible() &&
           !widget.size().isEmpty();
}

// Where the Tab key leads, from the first widget of the page on.
std::vector<QWidget*> chain(QWidget& page) {
    std::vector<QWidget*> order;
    for (QWidget* at = page.nextInFocusChain(); at != &page; at = at->nextInFocusChain()) {
        // A proxy hands the focus on; the one it names stands in the chain itself.
        if (page.isAncestorOf(at) && takesFocus(*at) && at->focusProxy() == nullptr) {
            order.push_back(at);
        }
    }
    return order;
}

struct Pane {
    const QWidget* widget;
    int rank;
};

// The pane that the widget stands in, ranked as the design wants the panes to be walked through:
// top bar, rail, then what a splitter divides from left to right; a page without one is a pane.
Pane paneOf(const QWidget& widget, const QWidget& page) {
    constexpr int kFirstOfPage = 2;
    for (const QWidget* at = &widget; at != nullptr && at != &page; at = at->parentWidget()) {
        if (at->objectName() == QStringLiteral("topBar")) {
            return {at, 0};
        }
        if (at->objectName() == QStringLiteral("rail")) {
            return {at, 1};
        }
        const auto* splitter = qobject_cast<const QSplitter*>(at->parentWidget());
        if (splitter != nullptr) {
            return {at, kFirstOfPage + splitter->indexOf(const_cast<QWidget*>(at))};
        }
        if (qobject_cast<const QStackedWidget*>(at->parentWidget()) != nullptr &&
            at->parentWidget()->parentWidget() != &page) {
            return {at, kFirstOfPage};
        }
    }
    return {&page, kFirstOfPage};
}

QRect placeOf(const QWidget& widget, const QWidget& page) {
    return {widget.mapTo(&page, QPoint()), widget.size()};
}

bool comesBefore(const QRect& a, const QRect& b) {
    const bool above = a.bottom() <= b.top();
    const bool sameLine = a.top() < b.bottom() && b.top() < a.bottom();
    return above || (sameLine && a.right() <= b.left());
}

}  // namespace

QStringList auditNames(QWidget& page) {
    QStringList findings;
    for (QWidget* widget : visibleWidgets(page)) {
        QAccessibleInterface* said = QAccessible::queryAccessibleInterface(widget);
        const bool named = said != nullptr && !said->text(QAccessible::Name).trimmed().isEmpty();
        if (takesFocus(*widget) && widget->focusProxy() == nullptr && !named) {
            findings << QStringLiteral("no name: %1").arg(nameOf(*widget));
        }
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (button != nullptr && button->text().trimmed().isEmpty()) {
            if (!named) {
                findings << QStringLiteral("no name: %1").arg(nameOf(*widget));
            }
            if (button->toolTip().trimmed().isEmpty()) {
                findings << QStringLiteral("no tooltip: %1").arg(nameOf(*widget));
            }
        }
    }
    findings.removeDuplicates();
    return findings;
}

QStringList auditTabOrder(QWidget& page) {
    QStringList findings;
    std::vector<Pane> panes;
    const QWidget* last = nullptr;
    for (QWidget* widget : chain(page)) {
        const Pane pane = paneOf(*widget, page);
        const auto same = [&](const Pane& other) { return other.widget == pane.widget; };
        if (last != nullptr && same(panes.back())) {
            if (comesBefore(placeOf(*widget, page), placeOf(*last, page))) {
                findings << QStringLiteral("tab order: %1 comes before %2")
                                .arg(nameOf(*last), nameOf(*widget));
            }
        } else {
            if (std::any_of(panes.begin(), panes.end(), same)) {
                findings << QStringLiteral("tab order: %1 is entered twice, by %2")
                                .arg(nameOf(*pane.widget), nameOf(*widget));
            }
            panes.push_back(pane);
        }
        last = widget;
    }
    for (std::size_t i = 1; i < panes.size(); ++i) {
        if (panes[i].rank < panes[i - 1].rank) {
            findings << QStringLiteral("tab order: pane %1 comes before %2")
                            .arg(nameOf(*panes[i - 1].widget), nameOf(*panes[i].widget));
        }
    }
    return findings;
}

}  // namespace vorfahrt::test
