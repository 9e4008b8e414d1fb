// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAction>
#include <QList>
#include <QObject>

#include <functional>
#include <vector>

namespace vorfahrt::client::ui {

// One thing a user can do. The registry is the only place where keys and names of actions stand:
// shortcuts, menus, tooltips, the list of keys and the tests read it.
struct ActionSpec {
    QString id;     // "lead.claim"; the objectName of the action
    QString text;   // "Claim"
    QString group;  // heading in the list of keys
    QList<QKeySequence> keys;
};

// All actions of one window. An action is active while the widget it was added to is visible, so
// pages may use the same key; single letters never fire inside text fields (Qt gives the text
// field precedence). GUI thread; owned by the window.
class ActionRegistry final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // The action belongs to `where` and runs `run` with `where` as its context.
    QAction* add(const ActionSpec& spec, QWidget* where, std::function<void()> run);
    QAction* action(const QString& id) const;
    struct Entry {
        QAction* action;
        QString group;
    };
    const std::vector<Entry>& entries() const { return entries_; }

    // The first key in the words of the keyboard: "Strg+Enter"; empty where there is none.
    static QString keyText(const QAction& action);
    // The same as caps show it: "Strg ↵".
    static QString capText(const QAction& action);
    // "Claim (Ü)".
    static QString toolTip(const QAction& action);
    // The button does, says and allows what the action does, says and allows.
    static void bind(QAbstractButton& button, QAction& action);

private:
    std::vector<Entry> entries_;
};

}  // namespace vorfahrt::client::ui
