// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customers_page.h"

#include "client/ui/customers/customer_form_view.h"
#include "client/ui/customers/customer_rows.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/viewmodel/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;
using viewmodel::Words;

constexpr int kDetailWidth = 760;

Icon contactIcon(record::ContactKind kind) {
    switch (kind) {
        case record::EMAIL_ADDRESS: return icons::kChannelEmail;
        case record::MOBILE: return Icon::Smartphone;
        default: return icons::kNavPhone;
    }
}

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
    setModel(rows_);
    setDetail(makeDetail());
    addActions();
    connect(this, &ListPage::rowChosen, this, [this](const QModelIndex& index) {
        if (index.isValid()) {
            stopEditing();
            customers_.choose(rows_->rowAt(index).id);
        }
    });
    connect(this, &ListPage::listRetryRequested, this, [this] { customers_.list().reload(); });
    connect(this, &ListPage::detailRetryRequested, this, [this] { customers_.reload(); });
    connect(&customers, &viewmodel::Customers::changed, this, &CustomersPage::refresh);
    connect(&customers.desk(), &viewmodel::Desk::countsChanged, this, &CustomersPage::refresh);
    refresh();
}

QWidget* CustomersPage::makeDetail() {
    auto* area = new CardColumn(theme_, Role::Surface, this);
    QVBoxLayout& column = area->column();
    column.setContentsMargins(20, 14, 20, 20);
    auto* detail = new QWidget(area);
    detail->setMaximumWidth(theme_.px(kDetailWidth));
    auto* inner = new QVBoxLayout(detail);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(12);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    name_ = new Label(theme_, QString(), TextStyle::DetailTitle, Role::TextPrimary, detail);
    name_->setObjectName(QStringLiteral("customerName"));
    about_ = new Label(theme_, QString(), TextStyle::Body, Role::TextSecondary, detail);
    names->addWidget(name_);
    names->addWidget(about_);
    head->addLayout(names, 1);
    edit_ = new Button(theme_, ButtonKind::Secondary, tr("Edit"), detail);
    edit_->setSymbol(Icon::Pencil);
    head->addWidget(edit_, 0, Qt::AlignTop);
    inner->addLayout(head);
    form_ = new CustomerFormView(theme_, [this] { return customers_.desk().newId(); }, detail);
    form_->hide();
    inner->addWidget(form_);
    cardArea_ = new QWidget(detail);
    cards_ = new QVBoxLayout(cardArea_);
    cards_->setContentsMargins(0, 0, 0, 0);
    cards_->setSpacing(12);
    inner->addWidget(cardArea_);
    inner->addStretch();
    column.addWidget(detail, 1);
    connect(form_, &CustomerFormView::saveRequested, this,
            [this] { customers_.save(form_->form()); });
    connect(&customers_, &viewmodel::Customers::saved, this, &CustomersPage::stopEditing);
    connect(form_, &CustomerFormView::cancelled, this, &CustomersPage::stopEditing);
    return area;
}

void CustomersPage::addActions() {
    const QString group = tr("Customers");
    QAction* edit = actions_.add({QStringLiteral("customer.edit"),
                                  tr("Edit customer"),
                                  group,
                                  {QKeySequence(Qt::CTRL | Qt::Key_E)}},
                                 this, [this] { this->edit(); });
    actions_.add({QStringLiteral("customer.save"),
                  tr("Save customer"),
                  group,
                  {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter),
                   QKeySequence(Qt::CTRL | Qt::Key_S)}},
                 this, [this] { save(); });
    ActionRegistry::bind(*edit_, *edit);
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
}

bool CustomersPage::isEditing() const {
    return form_->isVisibleTo(form_->parentWidget());
}

void CustomersPage::edit() {
    if (customers_.detail()) {
        cardArea_->hide();
        edit_->hide();
        form_->show();
        form_->start(customers_.form());
    }
}

void CustomersPage::save() {
    if (isEditing()) {
        form_->save();
    }
}

void CustomersPage::stopEditing() {
    if (isEditing()) {
        form_->hide();
        cardArea_->show();
        edit_->show();
        // A list without a current row makes its first one current with the focus: another
        // customer.
        QWidget* next = list().currentIndex().isValid() ? static_cast<QWidget*>(&list()) : edit_;
        next->setFocus(Qt::OtherFocusReason);
    }
}

bool CustomersPage::back() {
    const bool editing = isEditing();
    stopEditing();
    return editing;
}

void CustomersPage::refresh() {
    const auto& detail = customers_.detail();
    showList(customers_.desk().counts().customers, customers_.list().loaded(),
             customers_.list().rowCount() == 0, customers_.list().error());
    showDetail(detail.has_value(), customers_.readError());
    const int row = customers_.list().rowOfCustomer(customers_.chosen());
    if (row >= 0 && !isEditing() && !list().currentIndex().isValid()) {
        list().setCurrentIndex(rows_->index(row, 0));
    }
    actions_.action(QStringLiteral("customer.edit"))->setEnabled(detail.has_value());
    if (!detail) {
        return;
    }
    name_->setText(customers_.name());
    QStringList about;
    if (detail->customer.customer_since_year() != 0) {
        about << tr("Customer since %1").arg(detail->customer.customer_since_year());
    }
    about << tr("%n vehicle(s)", nullptr, static_cast<int>(detail->vehicles.size()));
    if (detail->pending) {
        about << tr("Changes wait for the server");
    }
    about_->setText(about.join(QStringLiteral(" · ")));
    // What is being typed is never replaced by what arrives.
    if (!isEditing()) {
        fillCards();
    }
}

void CustomersPage::fillCards() {
    clearLayout(*cards_);
    addContactCard();
    addVehicleCard();
    addLeadCard();
}

void CustomersPage::addContactCard() {
    const replica::CustomerDetail& detail = *customers_.detail();
    auto* card = new ContextCard(theme_, Icon::User, tr("Contact"), this);
    for (const auto& point : detail.contactPoints) {
        card->addLine(contactIcon(point.value.kind()), qstr(point.value.value()),
                      point.value.preferred() ? tr("preferred") : qstr(point.value.label()));
    }
    const QString address = Words::addressLine(detail.customer.address());
    if (!address.isEmpty()) {
        card->addLine(Icon::MapPin, address);
    }
    if (detail.contactPoints.empty() && address.isEmpty()) {
        card->setEmpty(tr("No contact data yet."));
    }
    if (!detail.customer.note().empty()) {
        card->addRule();
        auto* note = new Label(theme_, qstr(detail.customer.note()), TextStyle::Body,
                               Role::TextSecondary, this);
        note->setWordWrap(true);
        card->body().addWidget(note);
    }
    cards_->addWidget(card);
}

void CustomersPage::addVehicleCard() {
    const replica::CustomerDetail& detail = *customers_.detail();
    auto* card = new ContextCard(theme_, icons::kNavVehicles, tr("Vehicles"), this);
    card->setCount(static_cast<int>(detail.vehicles.size()));
    if (detail.vehicles.empty()) {
        card->setEmpty(tr("No vehicle known."));
    }
    bool first = true;
    for (const auto& vehicle : detail.vehicles) {
        if (!first) {
            card->addRule();
        }
        first = false;
        auto* row = new QHBoxLayout;
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(new Label(theme_, Words::vehicleName(vehicle.value), TextStyle::BodyStrong,
                                   Role::TextPrimary, this));
        words->addWidget(new Label(theme_, Words::vehicleLine(vehicle.value), TextStyle::Meta,
                                   Role::TextSecondary, this));
        row->addLayout(words, 1);
        if (!vehicle.value.plate().empty()) {
            row->addWidget(new PlateLabel(theme_, qstr(vehicle.value.plate()), this), 0,
                           Qt::AlignVCenter);
        }
        card->body().addLayout(row);
    }
    cards_->addWidget(card);
}

void CustomersPage::addLeadCard() {
    const replica::CustomerDetail& detail = *customers_.detail();
    auto* card = new ContextCard(theme_, icons::kNavLeads, tr("Leads"), this);
    card->setCount(static_cast<int>(detail.leads.size()));
    if (detail.leads.empty()) {
        card->setEmpty(tr("No lead that you may see."));
    }
    bool first = true;
    for (const replica::LeadRow& lead : detail.leads) {
        if (!first) {
            card->addRule();
        }
        first = false;
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        auto* link = new LinkButton(theme_, qstr(lead.wish), this);
        connect(link, &QAbstractButton::clicked, this,
                [this, id = lead.id] { Q_EMIT leadRequested(id); });
        row->addWidget(link);
        row->addWidget(new ChipLabel(theme_, {Words::status(lead.status)}, this));
        row->addStretch();
        row->addWidget(new Label(theme_, Words::shortDay(lead.receivedMs), TextStyle::Meta,
                                 Role::TextMuted, this));
        card->body().addLayout(row);
    }
    cards_->addWidget(card);
}

}  // namespace vorfahrt::client::ui
