// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/tray.h"

#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class Label;

// Cards about the sync: connection, what waits, what was rejected with the words that were typed.
class SyncTray final : public QWidget {
    Q_OBJECT

public:
    SyncTray(const Theme& theme, viewmodel::Tray& tray, QWidget* parent = nullptr);

Q_SIGNALS:
    void syncRequested();
    void closeRequested();

private:
    void fill();
    void addState();
    void addRejected();
    void addRejectedItem(QVBoxLayout& into, const replica::TrayItem& item);
    void addPending();
    QString retryWords() const;

    const Theme& theme_;
    viewmodel::Tray& tray_;
    QVBoxLayout* column_;
    Label* retry_ = nullptr;
};

}  // namespace vorfahrt::client::ui
