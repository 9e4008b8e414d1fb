// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/shell/list_page.h"
#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

class QStackedWidget;

namespace vorfahrt::client::ui {

class Button;
class CustomerFormView;
class CustomerRows;
class CustomerView;
class FilterField;
class SegmentedControl;
class ToastHost;

// The workspace of customers: list by name or last contact, one customer from all sides, editing in
// place, a new one.
class CustomersPage final : public ListPage {
    Q_OBJECT

public:
    CustomersPage(const Theme& theme, ActionRegistry& actions, viewmodel::Customers& customers,
                  QWidget* parent = nullptr);

    void open(CustomerId customer);
    // The form of a new customer. typed: a name, a number or an address that somebody looked for in
    // vain; it is filled in. The caller shows the page first.
    void startNew(const QString& typed = {});
    bool isEditing() const;
    bool back() override;
    CustomerView& view() { return *view_; }
    CustomerFormView& formView() { return *form_; }

Q_SIGNALS:
    void leadRequested(vorfahrt::LeadId lead);

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void makeTools();
    QWidget* makeDetail();
    void addActions();
    void refresh();
    void showEmpty();
    void edit(const QString& field = {});
    void save();
    void stopEditing();
    void toast(const QString& text);

    ActionRegistry& actions_;
    viewmodel::Customers& customers_;
    CustomerRows* rows_;
    Button* new_ = nullptr;
    FilterField* filter_ = nullptr;
    SegmentedControl* order_ = nullptr;
    QStackedWidget* sides_ = nullptr;
    CustomerView* view_ = nullptr;
    QWidget* formArea_ = nullptr;
    CustomerFormView* form_ = nullptr;
    ToastHost* toasts_ = nullptr;
};

}  // namespace vorfahrt::client::ui
