// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/action_registry.h"

#include <QWidget>

#include <algorithm>

namespace vorfahrt::client::ui {

QAction* ActionRegistry::add(const ActionSpec& spec, QWidget* where, std::function<void()> run) {
    auto* action = new QAction(spec.text, where);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.keys);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setToolTip(toolTip(*action));
    where->addAction(action);
    connect(action, &QAction::triggered, where, std::move(run));
    entries_.push_back({action, spec.group});
    connect(action, &QObject::destroyed, this, [this, action] {
        std::erase_if(entries_, [action](const Entry& entry) { return entry.action == action; });
    });
    return action;
}

QAction* ActionRegistry::action(const QString& id) const {
    const auto it = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.action->objectName() == id;
    });
    return it == entries_.end() ? nullptr : it->action;
}

QString ActionRegistry::keyText(const QAction& action) {
    if (action.shortcuts().isEmpty()) {
        return {};
    }
    QString text = action.shortcuts().constFirst().toString(QKeySequence::PortableText);
    text.replace(QStringLiteral("Ctrl+"), tr("Ctrl") + QLatin1Char('+'));
    text.replace(QStringLiteral("Shift+"), tr("Shift") + QLatin1Char('+'));
    text.replace(QStringLiteral("Return"), tr("Enter"));
    text.replace(QStringLiteral("Del"), tr("Del", "key"));
    text.replace(QStringLiteral(", "), QStringLiteral(" "));
    return text;
}

QString ActionRegistry::capText(const QAction& action) {
    QString text = keyText(action);
    text.replace(tr("Enter"), QStringLiteral("↵"));
    text.replace(QLatin1Char('+'), QLatin1Char(' '));
    return text;
}

QString ActionRegistry::toolTip(const QAction& action) {
    const QString key = keyText(action);
    return key.isEmpty() ? action.text() : QStringLiteral("%1 (%2)").arg(action.text(), key);
}

void ActionRegistry::bind(QAbstractButton& button, QAction& action) {
    if (button.objectName().isEmpty()) {
        button.setObjectName(action.objectName() + QStringLiteral(".button"));
    }
    if (button.accessibleName().isEmpty()) {
        button.setAccessibleName(action.text());
    }
    const auto follow = [&button, &action] {
        button.setToolTip(toolTip(action));
        button.setEnabled(action.isEnabled());
    };
    follow();
    connect(&action, &QAction::changed, &button, follow);
    connect(&button, &QAbstractButton::clicked, &action, [&action] { action.trigger(); });
}

}  // namespace vorfahrt::client::ui
