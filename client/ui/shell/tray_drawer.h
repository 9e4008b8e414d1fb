// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/tray.h"

#include <QPointer>
#include <QWidget>

namespace vorfahrt::client::ui {

class SyncTray;

// The sync tray at the right of any page, above it; a child of the window. Its cards exist while it
// is open. The focus goes into it and comes back.
class TrayDrawer final : public QWidget {
    Q_OBJECT

public:
    // below: the page it lies above; the drawer follows its size.
    TrayDrawer(const Theme& theme, viewmodel::Tray& tray, QWidget* below);

    void open();
    void closeAndReturn();
    bool isOpen() const { return isVisible(); }

Q_SIGNALS:
    void syncRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    const Theme& theme_;
    viewmodel::Tray& tray_;
    QWidget* below_;
    QWidget* cards_ = nullptr;
    QPointer<QWidget> before_;
};

}  // namespace vorfahrt::client::ui
