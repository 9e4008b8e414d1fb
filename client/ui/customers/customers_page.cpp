// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customers_page.h"

#include "client/ui/customers/customer_cards.h"
#include "client/ui/customers/customer_form_view.h"
#include "client/ui/customers/customer_rows.h"
#include "client/ui/customers/customer_view.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/ui/widgets/toast.h"
#include "client/viewmodel/words.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using Mode = viewmodel::CustomerForm::Mode;

}  // namespace

CustomersPage::CustomersPage(const Theme& theme, ActionRegistry& actions,
                             viewmodel::Customers& customers, QWidget* parent)
    : ListPage(theme,
               {tr("Customers"),
                {},
                tr("Customers"),
                QStringLiteral("customerList"),
                icons::kNavCustomers,
                tr("No customers yet. They appear with the first claimed lead."),
                tr("Choose a customer on the left.")},
               parent),
      actions_(actions),
      customers_(customers),
      rows_(new CustomerRows(customers.list(), this)) {
    setObjectName(QStringLiteral("customersPage"));
    makeTools();
    setModel(rows_);
    setDetail(makeDetail());
    addActions();
    view_->bind(actions);
    ActionRegistry::bind(*new_, *actions.action(QStringLiteral("customer.new")));
    new_->setKeyCap(ActionRegistry::capText(*actions.action(QStringLiteral("customer.new"))));
    connect(this, &ListPage::rowChosen, this, [this](const QModelIndex& index) {
        if (index.isValid()) {
            stopEditing();
            customers_.choose(rows_->rowAt(index).id);
        }
    });
    connect(this, &ListPage::listRetryRequested, this, [this] { customers_.list().reload(); });
    connect(this, &ListPage::detailRetryRequested, this, [this] { customers_.reload(); });
    connect(this, &ListPage::emptyActionTriggered, this, [this] {
        if (filter_->edit().text().isEmpty()) {
            startNew();
        } else {
            filter_->edit().clear();
        }
    });
    connect(&customers, &viewmodel::Customers::changed, this, &CustomersPage::refresh);
    connect(&customers.desk(), &viewmodel::Desk::countsChanged, this, &CustomersPage::refresh);
    connect(&customers.desk(), &viewmodel::Desk::performed, this, &CustomersPage::toast);
    connect(&customers.form(), &viewmodel::CustomerForm::created, this, [this](CustomerId id) {
        customers_.choose({});
        open(id);
        list().setFocus(Qt::MouseFocusReason);
        toasts_->show({ToastTone::Success, tr("Customer created."), {}});
    });
    refresh();
}

void CustomersPage::makeTools() {
    new_ = new Button(theme_, ButtonKind::Primary, tr("New"), this);
    new_->setSymbol(icons::kActionNew);
    head().addWidget(new_);
    filter_ =
        new FilterField(theme_, tr("Filter: name, number, place ..."), QStringLiteral("/"), this);
    filter_->edit().setObjectName(QStringLiteral("customerFilter"));
    filter_->edit().setAccessibleName(tr("Filter customers"));
    filter_->edit().setClearButtonEnabled(false);
    tools().addWidget(filter_);
    order_ =
        new SegmentedControl(theme_, tr("Order"), {tr("By name"), tr("By last contact")}, this);
    order_->setObjectName(QStringLiteral("customerOrder"));
    order_->setCurrent(0);
    tools().addWidget(order_, 0, Qt::AlignLeft);
    tools().addSpacing(4);
    connect(&filter_->edit(), &QLineEdit::textChanged, this,
            [this](const QString& text) { customers_.setFilter(text); });
    connect(&filter_->edit(), &QLineEdit::returnPressed, this, [this] {
        if (rows_->rowCount() > 0) {
            list().setCurrentIndex(rows_->index(0, 0));
            list().setFocus(Qt::OtherFocusReason);
        }
    });
    connect(order_, &SegmentedControl::currentChanged, this, [this](int at) {
        customers_.list().setOrder(at == 1 ? replica::CustomerOrder::LastContact
                                           : replica::CustomerOrder::Name);
    });
}

QWidget* CustomersPage::makeDetail() {
    sides_ = new QStackedWidget(this);
    view_ = new CustomerView(theme_, customers_, sides_);
    sides_->addWidget(view_);
    auto* area = new CardColumn(theme_, Role::Surface, sides_);
    area->column().setContentsMargins(20, 14, 20, 20);
    form_ = new CustomerFormView(theme_, customers_, area);
    area->column().addWidget(form_);
    area->column().addStretch();
    formArea_ = area;
    sides_->addWidget(area);
    toasts_ = new ToastHost(theme_, sides_);
    connect(toasts_, &ToastHost::undoRequested, this, [this] { customers_.desk().undo(); });
    connect(form_, &CustomerFormView::closed, this, &CustomersPage::stopEditing);
    connect(form_, &CustomerFormView::openRequested, this, &CustomersPage::open);
    connect(&view_->cards(), &CustomerCards::leadRequested, this, &CustomersPage::leadRequested);
    connect(&view_->cards(), &CustomerCards::editRequested, this, &CustomersPage::edit);
    connect(&view_->cards(), &CustomerCards::vehicleRequested, this, [this] {
        edit();
        form_->addVehicle();
    });
    return sides_;
}

void CustomersPage::addActions() {
    const QString group = tr("Customers");
    const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys,
                         std::function<void()> run) {
        return actions_.add({QString::fromLatin1(id), text, group, std::move(keys)}, this,
                            std::move(run));
    };
    add("customer.new", tr("New customer"), {QKeySequence(Qt::Key_N)}, [this] { startNew(); });
    add("customer.edit", tr("Edit customer"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
        [this] { edit(); });
    add("customer.save", tr("Save customer"),
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter),
         QKeySequence(Qt::CTRL | Qt::Key_S)},
        [this] { save(); });
    add("customer.call", tr("Call customer"), {QKeySequence(Qt::Key_F6)},
        [this] { customers_.contact(nullptr, false); });
    add("customer.mail", tr("Write to customer"), {QKeySequence(Qt::ALT | Qt::Key_M)},
        [this] { customers_.contact(nullptr, true); });
    add("customer.note", tr("Write a note"), {QKeySequence(Qt::ALT | Qt::Key_N)}, [this] {
        if (!isEditing()) {
            view_->focusNote();
        }
    });
    add("customer.copyLetter", tr("Copy address and salutation"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] {
            view_->cards().copyLetter();
            toasts_->show({ToastTone::Info, tr("Address and salutation copied."), {}});
        });
    add("customer.filter", tr("Filter customers"), {QKeySequence(Qt::Key_Slash)}, [this] {
        filter_->edit().setFocus(Qt::ShortcutFocusReason);
        filter_->edit().selectAll();
    });
}

void CustomersPage::open(CustomerId customer) {
    stopEditing();
    customers_.choose(customer);
    const int row = customers_.list().rowOfCustomer(customer);
    if (row >= 0) {
        list().setCurrentIndex(rows_->index(row, 0));
    } else {
        list().selectionModel()->clear();
    }
    refresh();
}

void CustomersPage::startNew(const QString& typed) {
    stopEditing();
    customers_.form().startNew(typed);
    sides_->setCurrentWidget(formArea_);
    refresh();
    form_->focusField();
}

bool CustomersPage::isEditing() const {
    return customers_.form().mode() != Mode::Closed;
}

void CustomersPage::edit(const QString& field) {
    if (!customers_.detail()) {
        return;
    }
    if (customers_.form().mode() != Mode::Edit) {
        customers_.form().startEdit(*customers_.detail());
        sides_->setCurrentWidget(formArea_);
        refresh();
    }
    form_->focusField(field);
}

void CustomersPage::save() {
    if (isEditing()) {
        form_->save();
    } else if (view_->composer().edit().hasFocus()) {
        customers_.addNote();
    }
}

void CustomersPage::stopEditing() {
    if (!isEditing()) {
        return;
    }
    // What the cursor stands in is stored as when it is left.
    if (customers_.form().mode() == Mode::Edit) {
        customers_.form().commit(customers_.form().changedFields());
    }
    customers_.form().close();
    sides_->setCurrentWidget(view_);
    // A list without a current row makes its first one current with the focus: another customer.
    if (isVisible()) {
        list().setFocus(list().currentIndex().isValid() ? Qt::OtherFocusReason
                                                        : Qt::MouseFocusReason);
    }
    refresh();
}

bool CustomersPage::back() {
    if (isEditing()) {
        if (!form_->restoreField()) {
            stopEditing();
        }
        return true;
    }
    if (view_->cards().closePanel()) {
        return true;
    }
    if (filter_->edit().hasFocus() || !filter_->edit().text().isEmpty()) {
        filter_->edit().clear();
        list().setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void CustomersPage::showEmpty() {
    if (!filter_->edit().text().isEmpty()) {
        setEmpty(icons::kActionSearch, tr("No match with this filter."), tr("Reset filter"));
    } else {
        setEmpty(icons::kNavCustomers,
                 tr("No customers yet. They appear with the first claimed lead."),
                 tr("New customer"));
    }
}

void CustomersPage::refresh() {
    const auto& detail = customers_.detail();
    const bool filtered = !customers_.list().filter().isEmpty();
    showEmpty();
    showList(filtered ? customers_.list().rowCount() : customers_.desk().counts().customers,
             customers_.list().loaded(), customers_.list().rowCount() == 0,
             customers_.list().error());
    const bool isNew = customers_.form().mode() == Mode::New;
    showDetail(detail.has_value() || isNew, customers_.readError());
    const int row = customers_.list().rowOfCustomer(customers_.chosen());
    if (row >= 0 && !isEditing() && !list().currentIndex().isValid()) {
        list().setCurrentIndex(rows_->index(row, 0));
    }
    const bool shown = detail.has_value() && !isEditing();
    actions_.action(QStringLiteral("customer.edit"))->setEnabled(detail.has_value());
    actions_.action(QStringLiteral("customer.copyLetter"))->setEnabled(shown);
    actions_.action(QStringLiteral("customer.note"))->setEnabled(shown);
    actions_.action(QStringLiteral("customer.call"))
        ->setEnabled(shown && customers_.canContact(false));
    actions_.action(QStringLiteral("customer.mail"))
        ->setEnabled(shown && customers_.canContact(true));
    // What is being typed is never replaced by what arrives.
    if (!isEditing()) {
        sides_->setCurrentWidget(view_);
        view_->refresh();
    }
}

void CustomersPage::toast(const QString& text) {
    if (isVisible()) {
        toasts_->setBottomMargin(isEditing() ? 16 : view_->footHeight());
        toasts_->show({ToastTone::Success, text, QStringLiteral("undo")});
    }
}

// What is typed is on the disk before another page is looked at.
void CustomersPage::hideEvent(QHideEvent* event) {
    customers_.form().draft().flush();
    customers_.history().draft().flush();
    ListPage::hideEvent(event);
}

}  // namespace vorfahrt::client::ui
