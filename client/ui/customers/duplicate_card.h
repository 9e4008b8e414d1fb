// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "client/ui/theme/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

// Beside the form of a new customer: who may be the same, why, and a link that opens them instead.
// A hint; nothing waits for it.
class DuplicateCard final : public QWidget {
    Q_OBJECT

public:
    explicit DuplicateCard(const Theme& theme, QWidget* parent = nullptr);
    void show(const std::vector<replica::DuplicateMatch>& matches);

Q_SIGNALS:
    void openRequested(vorfahrt::CustomerId customer);

private:
    const Theme& theme_;
    QVBoxLayout* column_;
};

}  // namespace vorfahrt::client::ui
