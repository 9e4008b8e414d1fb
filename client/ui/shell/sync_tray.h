// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/tray.h"

#include <QTimer>
#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class Label;

// Cards about the sync: connection, what waits, what was rejected with the words that were typed.
class SyncTray final : public QWidget {
    Q_OBJECT

public:
    SyncTray(const Theme& theme, viewmodel::Tray& tray, QWidget* parent = nullptr);
    // A way to close it also while there is no connection; in a drawer of its own.
    void setCanClose(bool canClose);

Q_SIGNALS:
    void syncRequested();
    void closeRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void changed();
    void fill();
    QString focusedName() const;
    void focusAgain(const QString& name);
    void addState();
    void addRejected();
    void addRejectedCard(const QString& title, const char* name, bool seen);
    void addRejectedItem(QVBoxLayout& into, const replica::TrayItem& item);
    void addPending();
    QString retryWords() const;

    const Theme& theme_;
    viewmodel::Tray& tray_;
    QWidget* body_ = nullptr;
    QVBoxLayout* column_ = nullptr;
    Label* retry_ = nullptr;
    QTimer soon_;
    bool stale_ = true;
    bool canClose_ = false;
};

}  // namespace vorfahrt::client::ui
