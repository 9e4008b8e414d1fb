// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/theme/theme.h"
#include "client/viewmodel/leads.h"
#include "client/viewmodel/tray.h"

#include <QMap>
#include <QWidget>

namespace vorfahrt::client::ui {

class LeadContext;
class LeadDetailPane;
class LeadListPane;
class Splitter;
class ToastHost;

// The workspace of leads: list, detail, context. The context is a drawer in narrow windows.
class LeadsPage final : public QWidget {
    Q_OBJECT

public:
    LeadsPage(const Theme& theme, ActionRegistry& actions, viewmodel::Leads& leads,
              viewmodel::Tray& tray, QWidget* parent = nullptr);

    LeadListPane& list() { return *list_; }
    LeadDetailPane& detail() { return *detail_; }
    LeadContext& context() { return *context_; }
    ToastHost& toasts() { return *toasts_; }
    void openTray();
    // Width of the whole window decides the columns (design, section 2).
    void setWindowWidth(int width);
    // Widths that a person chose, by class of the window's width.
    QMap<int, QList<int>> widths() const { return widths_; }
    void setWidths(const QMap<int, QList<int>>& widths);
    // One step back; false where there is nothing to close.
    bool back();

Q_SIGNALS:
    void customerRequested(vorfahrt::CustomerId customer);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addActions();
    void addListActions();
    void claim();
    void updateActions();
    void followConnection();
    void applyWidths();
    void placeDrawer();
    void toggleContext();

    const Theme& theme_;
    ActionRegistry& actions_;
    viewmodel::Leads& leads_;
    LeadListPane* list_;
    LeadDetailPane* detail_;
    LeadContext* context_;
    Splitter* splitter_;
    ToastHost* toasts_;
    int contextWidth_ = 352;
    bool drawer_ = false;
    bool drawerOpen_ = false;
    bool wasOffline_ = false;
    int layoutClass_ = -1;
    int windowWidth_ = 0;
    QMap<int, QList<int>> widths_;
};

}  // namespace vorfahrt::client::ui
