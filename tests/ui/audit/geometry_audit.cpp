// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/audit/audit.h"
#include "tests/ui/audit/visible.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QLineEdit>
#include <QSplitterHandle>

namespace vorfahrt::test {
namespace {

QString box(const QRect& rect) {
    return QStringLiteral("%1,%2 %3x%4")
        .arg(rect.x())
        .arg(rect.y())
        .arg(rect.width())
        .arg(rect.height());
}

// Content of a scroll area may be longer than the area, in a direction that scrolls.
bool reachable(const QWidget& widget, const QRect& outside) {
    auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget()->parentWidget());
    if (area == nullptr || area->viewport() != widget.parentWidget()) {
        return false;
    }
    const QRect room = area->viewport()->rect();
    const bool wide = outside.left() < room.left() || outside.right() > room.right();
    return !wide || area->horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff;
}

bool mayOverlap(const QWidget& widget) {
    return widget.property(kLiesOver).toBool() || qobject_cast<const QSplitterHandle*>(&widget);
}

void checkInside(const QWidget& widget, QStringList& findings) {
    const QWidget* parent = widget.parentWidget();
    if (parent != nullptr && !parent->rect().contains(widget.geometry()) &&
        !reachable(widget, widget.geometry())) {
        findings << QStringLiteral("outside: %1 (%2) in %3 (%4)")
                        .arg(nameOf(widget), box(widget.geometry()), nameOf(*parent),
                             box(parent->rect()));
    }
}

void checkSiblings(const std::vector<QWidget*>& siblings, QStringList& findings) {
    for (std::size_t i = 0; i < siblings.size(); ++i) {
        for (std::size_t j = i + 1; j < siblings.size(); ++j) {
            const QRect common = siblings[i]->geometry() & siblings[j]->geometry();
            if (!common.isEmpty() && !mayOverlap(*siblings[i]) && !mayOverlap(*siblings[j])) {
                findings << QStringLiteral("overlap: %1 (%2) and %3 (%4)")
                                .arg(nameOf(*siblings[i]), box(siblings[i]->geometry()),
                                     nameOf(*siblings[j]), box(siblings[j]->geometry()));
            }
        }
    }
}

void checkHitArea(const QWidget& widget, QStringList& findings) {
    const bool hit = qobject_cast<const QAbstractButton*>(&widget) != nullptr ||
                     qobject_cast<const QLineEdit*>(&widget) != nullptr ||
                     qobject_cast<const QComboBox*>(&widget) != nullptr;
    const int least = client::ui::size::kHitMin;
    if (hit && (widget.width() < least || widget.height() < least)) {
        findings << QStringLiteral("small: %1 is %2").arg(nameOf(widget), box(widget.geometry()));
    }
}

}  // namespace

QStringList auditGeometry(QWidget& page) {
    QStringList findings;
    for (QWidget* widget : visibleWidgets(page)) {
        if (widget != &page) {
            checkInside(*widget, findings);
            checkHitArea(*widget, findings);
        }
        checkSiblings(visibleChildren(*widget), findings);
    }
    return findings;
}

}  // namespace vorfahrt::test
