// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

#include <QWidget>

namespace vorfahrt::client::ui {

class TextField;

// What a person said about one number or address: for each channel not known, given or withdrawn,
// and how it was said. Each choice is stored at once and can be taken back.
class ConsentPanel final : public QWidget {
    Q_OBJECT

public:
    ConsentPanel(const Theme& theme, viewmodel::Customers& customers,
                 const replica::Item<record::ContactPoint>& point, const QString& source,
                 QWidget* parent = nullptr);
    QString source() const;
    // The choice for one of them, to give it the focus again.
    QWidget* choice(int what) const;
    int focusedChoice() const;  // -1: none
    void focusSource();

    static QString channel(viewmodel::ConsentFor what);

Q_SIGNALS:
    void closeRequested();

private:
    TextField* source_;
};

}  // namespace vorfahrt::client::ui
