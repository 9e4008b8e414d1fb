// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

#include <functional>

namespace vorfahrt::client::ui {

// A part of the window that Ctrl+F6 jumps to.
struct Pane {
    QWidget* area = nullptr;
    QWidget* first = nullptr;  // gets the focus the first time; null: the first that takes it
};

// Jumps between the panes of the page that is shown; each remembers where its focus was last. GUI
// thread; owned by the window.
class PaneRing final : public QObject {
    Q_OBJECT

public:
    // panes: those of now, in tab order; hidden ones are passed over.
    PaneRing(std::function<QList<Pane>()> panes, QObject* parent);
    void step(int by);

private:
    void remember(QWidget* focused);
    QWidget* targetIn(const Pane& pane) const;

    std::function<QList<Pane>()> panes_;
    QHash<QWidget*, QPointer<QWidget>> last_;
};

}  // namespace vorfahrt::client::ui
