// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/audit/visible.h"

#include "tests/ui/audit/audit.h"

#include <QAbstractButton>
#include <QLabel>
#include <QScrollBar>

namespace vorfahrt::test {
namespace {

bool isQtPart(const QWidget& widget) {
    const QString name = widget.objectName();
    return (name.startsWith(QStringLiteral("qt_")) &&
            name != QStringLiteral("qt_scrollarea_viewport")) ||
           qobject_cast<const QScrollBar*>(&widget) != nullptr;
}

void collect(QWidget& widget, std::vector<QWidget*>& all) {
    all.push_back(&widget);
    for (QWidget* child : visibleChildren(widget)) {
        collect(*child, all);
    }
}

}  // namespace

std::vector<QWidget*> visibleChildren(QWidget& parent) {
    std::vector<QWidget*> children;
    for (QObject* object : parent.children()) {
        auto* widget = qobject_cast<QWidget*>(object);
        if (widget != nullptr && !widget->isWindow() && widget->isVisible() &&
            !widget->size().isEmpty() && !isQtPart(*widget)) {
            children.push_back(widget);
        }
    }
    return children;
}

std::vector<QWidget*> visibleWidgets(QWidget& page) {
    std::vector<QWidget*> all;
    collect(page, all);
    return all;
}

QString nameOf(const QWidget& widget) {
    QString name = QString::fromLatin1(widget.metaObject()->className());
    name.remove(QStringLiteral("vorfahrt::client::ui::"));
    QString said = widget.objectName();
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        said = label->text();
    } else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
        said = button->text().isEmpty() ? button->accessibleName() : button->text();
    } else if (said.isEmpty()) {
        said = widget.accessibleName();
    }
    if (said.isEmpty() && widget.parentWidget() != nullptr) {
        return name + QStringLiteral(" in ") + nameOf(*widget.parentWidget());
    }
    return QStringLiteral("%1 '%2'").arg(name, said.left(60));
}

}  // namespace vorfahrt::test
