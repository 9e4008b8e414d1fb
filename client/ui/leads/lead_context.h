// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/lead_detail.h"
#include "client/viewmodel/tray.h"

#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class SyncTray;

// Right column: the sync tray when it is open, then customer, vehicles and trade-in of the lead.
class LeadContext final : public QWidget {
    Q_OBJECT

public:
    LeadContext(const Theme& theme, viewmodel::LeadDetail& lead, viewmodel::Tray& tray,
                QWidget* parent = nullptr);
    void setTrayOpen(bool open);
    bool isTrayOpen() const;
    SyncTray& tray() { return *tray_; }

Q_SIGNALS:
    void customerRequested(vorfahrt::CustomerId customer);

private:
    void fill();
    void addCustomer();
    void addVehicles();

    const Theme& theme_;
    viewmodel::LeadDetail& lead_;
    SyncTray* tray_;
    QVBoxLayout* cards_;
};

}  // namespace vorfahrt::client::ui
