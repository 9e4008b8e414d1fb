// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/shell/list_page.h"
#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class ContextCard;
class CustomerFormView;
class CustomerRows;
class Label;

// The workspace of customers: list by name, one customer, editing in place.
class CustomersPage final : public ListPage {
    Q_OBJECT

public:
    CustomersPage(const Theme& theme, ActionRegistry& actions, viewmodel::Customers& customers,
                  QWidget* parent = nullptr);

    void open(CustomerId customer);
    bool isEditing() const;
    bool back() override;

Q_SIGNALS:
    void leadRequested(vorfahrt::LeadId lead);

private:
    QWidget* makeDetail();
    void addActions();
    void refresh();
    void fillCards();
    void addContactCard();
    void addVehicleCard();
    void addLeadCard();
    void edit();
    void save();
    void stopEditing();

    ActionRegistry& actions_;
    viewmodel::Customers& customers_;
    CustomerRows* rows_;
    Label* name_ = nullptr;
    Label* about_ = nullptr;
    Button* edit_ = nullptr;
    QWidget* cardArea_ = nullptr;
    QVBoxLayout* cards_ = nullptr;
    CustomerFormView* form_ = nullptr;
};

}  // namespace vorfahrt::client::ui
