// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/theme/theme.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class CardColumn;
class KeyEditor;
class Label;
class TextField;

// The list of keys: every action and its key, read from the registry each time the page is shown,
// grouped, to be searched; a press on a line changes its key.
class HelpPage final : public QWidget {
    Q_OBJECT

public:
    HelpPage(const Theme& theme, ActionRegistry& actions, QWidget* parent = nullptr);

    TextField& search() { return *search_; }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Row;
    int columnsThatFit() const;
    void fill();
    void filter();
    void edit(Row& row);
    void stopEditing();

    const Theme& theme_;
    ActionRegistry& actions_;
    CardColumn* cards_;
    TextField* search_;
    Label* nothing_;
    QHBoxLayout* columns_;
    int shownColumns_ = 0;
    QList<Row*> rows_;
    QPointer<KeyEditor> editor_;
    QString edited_;
};

}  // namespace vorfahrt::client::ui
