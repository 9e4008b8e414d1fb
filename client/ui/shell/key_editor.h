// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/theme/theme_painter.h"

#include <QKeySequence>
#include <QWidget>

namespace vorfahrt::client::ui {

class Label;

// Shows the keys that are pressed in it, one chord, or two when the first is G. Enter takes it,
// Esc gives up; Tab leaves.
class KeyField final : public QWidget {
    Q_OBJECT

public:
    explicit KeyField(const Theme& theme, QWidget* parent = nullptr);
    const QKeySequence& key() const { return key_; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void keyChanged();
    void accepted();
    void cancelled();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QKeySequence key_;
};

// Changes the key of one action, or goes back to its first one; says why a key is refused, and
// keeps the old one until then.
class KeyEditor final : public QWidget {
    Q_OBJECT

public:
    KeyEditor(const Theme& theme, ActionRegistry& actions, const QString& id,
              QWidget* parent = nullptr);
    KeyField& field() { return *field_; }

Q_SIGNALS:
    void finished();

private:
    void save();
    void check();

    ActionRegistry& actions_;
    QString id_;
    KeyField* field_;
    Label* problem_;
};

}  // namespace vorfahrt::client::ui
