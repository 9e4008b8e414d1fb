// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QList>
#include <QMap>
#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace vorfahrt::client::ui {

// One thing a user can do. The registry is the only place where keys and names of actions stand:
// shortcuts, menus, tooltips, the search window, the list of keys and the tests read it.
struct ActionSpec {
    QString id;     // "lead.claim"; the objectName of the action
    QString text;   // "Claim"
    QString group;  // heading in the list of keys
    QList<QKeySequence> keys;
    std::optional<Icon> icon = std::nullopt;
};

// All actions of one window. An action is active while the widget it was added to is visible, so
// pages may use the same key; single letters never fire inside text fields (Qt gives the text
// field precedence), and what begins with G works there with Ctrl+G. Keys with Ctrl are the desk's
// also in text fields, except those that edit text. GUI thread; owned by the window.
class ActionRegistry final : public QObject {
    Q_OBJECT

public:
    explicit ActionRegistry(QObject* parent = nullptr);
    ~ActionRegistry() override;

    // The action belongs to `where` and runs `run` with `where` as its context.
    QAction* add(const ActionSpec& spec, QWidget* where, std::function<void()> run);
    QAction* action(const QString& id) const;
    struct Entry {
        QAction* action;
        QString group;
        QWidget* where;
        std::optional<Icon> icon;
        QList<QKeySequence> defaults;
        bool changed = false;
    };
    const std::vector<Entry>& entries() const { return entries_; }
    const Entry* entry(const QString& id) const;

    // Why this action may not have that key, as a sentence; empty: it may.
    QString keyProblem(const QString& id, const QKeySequence& key) const;
    // The key becomes the only one of the action; refused with the same sentence.
    QString setKey(const QString& id, const QKeySequence& key);
    void resetKey(const QString& id);
    void resetKeys();
    // What differs from the first keys, by action, as portable text; to be stored by person.
    QMap<QString, QString> changedKeys() const;
    // Replaces all changes; what is refused today (an action that is gone, a conflict) is left out.
    void restoreKeys(const QMap<QString, QString>& keys);

    // The first key in the words of the keyboard: "Strg+Enter"; empty where there is none.
    static QString keyText(const QAction& action);
    static QString keyText(const QKeySequence& key);
    // The same as caps show it: "Strg ↵".
    static QString capText(const QAction& action);
    static QString capText(const QString& keyText);
    // "Claim (Ü)".
    static QString toolTip(const QAction& action);
    // The button does, says and allows what the action does, says and allows; a key cap that it
    // has follows the key.
    static void bind(QAbstractButton& button, QAction& action);

Q_SIGNALS:
    void keysChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Entry* find(const QString& id);
    void apply(Entry& entry, const QList<QKeySequence>& keys);

    std::vector<Entry> entries_;
};

}  // namespace vorfahrt::client::ui
