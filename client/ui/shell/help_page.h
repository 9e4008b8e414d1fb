// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/theme/theme.h"

#include <QWidget>

namespace vorfahrt::client::ui {

class CardColumn;

// Every action and its key, read from the registry each time the page is shown.
class HelpPage final : public QWidget {
    Q_OBJECT

public:
    HelpPage(const Theme& theme, const ActionRegistry& actions, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fill();

    const Theme& theme_;
    const ActionRegistry& actions_;
    CardColumn* cards_;
};

}  // namespace vorfahrt::client::ui
