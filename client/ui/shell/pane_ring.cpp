// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/pane_ring.h"

#include <QApplication>

namespace vorfahrt::client::ui {
namespace {

bool isIn(const QWidget* area, const QWidget* widget) {
    return widget != nullptr && (area == widget || area->isAncestorOf(widget));
}

bool takesFocus(const QWidget& widget) {
    return (widget.focusPolicy() & Qt::TabFocus) != 0 && widget.isVisible() && widget.isEnabled();
}

}  // namespace

PaneRing::PaneRing(std::function<QList<Pane>()> panes, QObject* parent)
    : QObject(parent),
      panes_(std::move(panes)) {
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { remember(now); });
}

void PaneRing::remember(QWidget* focused) {
    if (focused == nullptr) {
        return;
    }
    for (const Pane& pane : panes_()) {
        if (isIn(pane.area, focused)) {
            last_.insert(pane.area, focused);
        }
    }
}

QWidget* PaneRing::targetIn(const Pane& pane) const {
    if (!pane.area->isVisible()) {
        return nullptr;
    }
    QWidget* last = last_.value(pane.area);
    if (last != nullptr && isIn(pane.area, last) && takesFocus(*last)) {
        return last;
    }
    if (pane.first != nullptr && takesFocus(*pane.first)) {
        return pane.first;
    }
    if (takesFocus(*pane.area)) {
        return pane.area;
    }
    for (QWidget* widget : pane.area->findChildren<QWidget*>()) {
        if (takesFocus(*widget)) {
            return widget;
        }
    }
    return nullptr;
}

void PaneRing::step(int by) {
    const QList<Pane> panes = panes_();
    const QWidget* focused = QApplication::focusWidget();
    qsizetype at = by > 0 ? -1 : 0;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (isIn(panes[i].area, focused)) {
            at = i;
        }
    }
    const qsizetype count = panes.size();
    for (qsizetype tried = 1; tried <= count; ++tried) {
        const Pane& pane = panes[((at + by * tried) % count + count) % count];
        if (QWidget* target = targetIn(pane)) {
            target->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

}  // namespace vorfahrt::client::ui
