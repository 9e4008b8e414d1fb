// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/account.h"

class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;

// Codes that were just handed out, to be copied or printed; they are shown once.
class CodesView final : public QWidget {
    Q_OBJECT

public:
    CodesView(const Theme& theme, viewmodel::Account& account, QWidget* parent = nullptr);

private:
    void refresh();
    void print();

    const Theme& theme_;
    viewmodel::Account& account_;
    QVBoxLayout* rows_;
    Button* copy_;
    QString shown_;
};

}  // namespace vorfahrt::client::ui
