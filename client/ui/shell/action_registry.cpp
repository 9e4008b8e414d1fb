// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/action_registry.h"

#include "client/ui/widgets/button.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>
#include <array>

namespace vorfahrt::client::ui {
namespace {

constexpr std::array kTextKeys{Qt::Key_A, Qt::Key_C, Qt::Key_V, Qt::Key_X, Qt::Key_Y, Qt::Key_Z};
// Lists, fields and windows of every program live by these.
constexpr std::array kOwnKeys{Qt::Key_Tab,    Qt::Key_Backtab,  Qt::Key_Return, Qt::Key_Enter,
                              Qt::Key_Escape, Qt::Key_Space,    Qt::Key_Up,     Qt::Key_Down,
                              Qt::Key_Left,   Qt::Key_Right,    Qt::Key_Home,   Qt::Key_End,
                              Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Delete, Qt::Key_Backspace};

template <class Keys>
bool has(const Keys& keys, Qt::Key key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// What begins with G can be typed inside a text with Ctrl+G.
QList<QKeySequence> withTextVariants(const QList<QKeySequence>& keys) {
    QList<QKeySequence> all = keys;
    for (const QKeySequence& key : keys) {
        if (key.count() == 2 && key[0] == QKeyCombination(Qt::Key_G)) {
            all.append(QKeySequence(QKeyCombination(Qt::CTRL | Qt::Key_G), key[1]));
        }
    }
    return all;
}

// One of them would fire while the other is typed.
bool collide(const QKeySequence& a, const QKeySequence& b) {
    return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch;
}

// Both can be active at a time: on one page, or one of them everywhere.
bool meet(const QWidget* a, const QWidget* b) {
    return a == b || a->isAncestorOf(b) || b->isAncestorOf(a);
}

}  // namespace

ActionRegistry::ActionRegistry(QObject* parent)
    : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

ActionRegistry::~ActionRegistry() = default;

QAction* ActionRegistry::add(const ActionSpec& spec, QWidget* where, std::function<void()> run) {
    auto* action = new QAction(spec.text, where);
    action->setObjectName(spec.id);
    action->setShortcutContext(Qt::WindowShortcut);
    where->addAction(action);
    connect(action, &QAction::triggered, where, std::move(run));
    entries_.push_back({action, spec.group, where, spec.icon, withTextVariants(spec.keys)});
    apply(entries_.back(), entries_.back().defaults);
    connect(action, &QObject::destroyed, this, [this, action] {
        std::erase_if(entries_, [action](const Entry& entry) { return entry.action == action; });
    });
    return action;
}

void ActionRegistry::apply(Entry& entry, const QList<QKeySequence>& keys) {
    entry.changed = keys != entry.defaults;
    entry.action->setShortcuts(keys);
    entry.action->setToolTip(toolTip(*entry.action));
}

ActionRegistry::Entry* ActionRegistry::find(const QString& id) {
    const auto it = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.action->objectName() == id;
    });
    return it == entries_.end() ? nullptr : &*it;
}

const ActionRegistry::Entry* ActionRegistry::entry(const QString& id) const {
    const auto it = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.action->objectName() == id;
    });
    return it == entries_.end() ? nullptr : &*it;
}

QAction* ActionRegistry::action(const QString& id) const {
    const Entry* found = entry(id);
    return found == nullptr ? nullptr : found->action;
}

QString ActionRegistry::keyProblem(const QString& id, const QKeySequence& key) const {
    const Entry* mine = entry(id);
    if (mine == nullptr || key.isEmpty()) {
        return tr("Press a key.");
    }
    for (int i = 0; i < key.count(); ++i) {
        const QKeyCombination chord = key[static_cast<uint>(i)];
        const Qt::KeyboardModifiers held = chord.keyboardModifiers();
        if (chord.key() == Qt::Key_unknown) {
            return tr("Press a key.");
        }
        if ((held & Qt::ControlModifier) != 0 && (held & Qt::AltModifier) != 0) {
            return tr("Ctrl and Alt together are AltGr on German keyboards.");
        }
        if (chord.key() == Qt::Key_F10 ||
            ((held & Qt::AltModifier) != 0 && chord.key() == Qt::Key_F4)) {
            return tr("This key belongs to Windows.");
        }
        if ((held == Qt::NoModifier || held == Qt::ShiftModifier) && has(kOwnKeys, chord.key())) {
            return tr("Lists and text fields need this key.");
        }
        if (held == Qt::ControlModifier && has(kTextKeys, chord.key()) &&
            !mine->defaults.contains(key)) {
            return tr("Text fields need this key.");
        }
    }
    const QList<QKeySequence> wanted = withTextVariants({key});
    for (const Entry& other : entries_) {
        if (&other == mine || !meet(mine->where, other.where)) {
            continue;
        }
        for (const QKeySequence& taken : other.action->shortcuts()) {
            if (std::any_of(wanted.begin(), wanted.end(),
                            [&](const QKeySequence& one) { return collide(one, taken); })) {
                return tr("Already the key of “%1”.").arg(other.action->text());
            }
        }
    }
    return {};
}

QString ActionRegistry::setKey(const QString& id, const QKeySequence& key) {
    const QString problem = keyProblem(id, key);
    if (problem.isEmpty()) {
        apply(*find(id), withTextVariants({key}));
        Q_EMIT keysChanged();
    }
    return problem;
}

void ActionRegistry::resetKey(const QString& id) {
    if (Entry* mine = find(id)) {
        // The first key may belong to somebody else by now: he goes back to his own.
        for (Entry& other : entries_) {
            const bool clash =
                &other != mine && other.changed && meet(mine->where, other.where) &&
                std::any_of(mine->defaults.begin(), mine->defaults.end(), [&](const auto& key) {
                    const auto taken = other.action->shortcuts();
                    return std::any_of(taken.begin(), taken.end(),
                                       [&](const auto& one) { return collide(one, key); });
                });
            if (clash) {
                apply(other, other.defaults);
            }
        }
        apply(*mine, mine->defaults);
        Q_EMIT keysChanged();
    }
}

void ActionRegistry::resetKeys() {
    for (Entry& entry : entries_) {
        apply(entry, entry.defaults);
    }
    Q_EMIT keysChanged();
}

QMap<QString, QString> ActionRegistry::changedKeys() const {
    QMap<QString, QString> changed;
    for (const Entry& entry : entries_) {
        if (entry.changed && !entry.action->shortcuts().isEmpty()) {
            changed.insert(
                entry.action->objectName(),
                entry.action->shortcuts().constFirst().toString(QKeySequence::PortableText));
        }
    }
    return changed;
}

void ActionRegistry::restoreKeys(const QMap<QString, QString>& keys) {
    for (Entry& entry : entries_) {
        apply(entry, entry.defaults);
    }
    for (auto it = keys.begin(); it != keys.end(); ++it) {
        const QKeySequence key(it.value(), QKeySequence::PortableText);
        if (Entry* entry = find(it.key());
            entry != nullptr && keyProblem(it.key(), key).isEmpty()) {
            apply(*entry, withTextVariants({key}));
        }
    }
    Q_EMIT keysChanged();
}

// Platforms differ in the keys that their text fields take (Ctrl+K, Ctrl+E): the desk does not.
bool ActionRegistry::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) {
        return false;
    }
    const auto* pressed = static_cast<QKeyEvent*>(event);
    const bool control = (pressed->modifiers() & Qt::ControlModifier) != 0 &&
                         (pressed->modifiers() & Qt::AltModifier) == 0;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!control || widget == nullptr || widget->property("takesKeys").toBool() ||
        has(kTextKeys, static_cast<Qt::Key>(pressed->key())) || pressed->key() < Qt::Key_A ||
        pressed->key() > Qt::Key_Z) {
        return false;
    }
    const QKeySequence key(pressed->keyCombination());
    for (const Entry& entry : entries_) {
        if (!entry.action->isEnabled() || !entry.where->isVisible() ||
            entry.where->window() != widget->window()) {
            continue;
        }
        const QList<QKeySequence> keys = entry.action->shortcuts();
        // While a window of ours lies above, its own keys count.
        if (std::any_of(keys.begin(), keys.end(), [&](const QKeySequence& one) {
                return key.matches(one) != QKeySequence::NoMatch;
            })) {
            return entry.where->isAncestorOf(widget) && (event->ignore(), true);
        }
    }
    return false;
}

QString ActionRegistry::keyText(const QKeySequence& key) {
    QString text = key.toString(QKeySequence::PortableText);
    text.replace(QStringLiteral("Ctrl+"), tr("Ctrl") + QLatin1Char('+'));
    text.replace(QStringLiteral("Shift+"), tr("Shift") + QLatin1Char('+'));
    text.replace(QStringLiteral("Return"), tr("Enter"));
    text.replace(QStringLiteral("Del"), tr("Del", "key"));
    text.replace(QStringLiteral(", "), QStringLiteral(" "));
    return text;
}

QString ActionRegistry::keyText(const QAction& action) {
    return action.shortcuts().isEmpty() ? QString() : keyText(action.shortcuts().constFirst());
}

QString ActionRegistry::capText(const QString& keyText) {
    QString text = keyText;
    text.replace(tr("Enter"), QStringLiteral("↵"));
    text.replace(QLatin1Char('+'), QLatin1Char(' '));
    return text;
}

QString ActionRegistry::capText(const QAction& action) {
    return capText(keyText(action));
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
        auto* desk = qobject_cast<Button*>(&button);
        if (desk != nullptr && !desk->keyCap().isEmpty()) {
            desk->setKeyCap(capText(action));
        }
    };
    follow();
    connect(&action, &QAction::changed, &button, follow);
    connect(&button, &QAbstractButton::clicked, &action, [&action] { action.trigger(); });
}

}  // namespace vorfahrt::client::ui
