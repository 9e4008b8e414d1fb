// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/customer_list_model.h"
#include "client/viewmodel/desk.h"

#include <QObject>

namespace vorfahrt::client::viewmodel {

// What the form of a customer holds while it is edited.
struct CustomerForm {
    record::Customer customer;
    struct Contact {
        RowId id;
        record::ContactKind kind = record::PHONE;
        QString value;
        bool isNew = false;  // id is free so far: a second try adds nothing twice
    };
    std::vector<Contact> contacts;
};

// The page of customers: list, one customer, editing in place. GUI thread.
class Customers final : public QObject {
    Q_OBJECT

public:
    explicit Customers(Desk& desk, QObject* parent = nullptr);

    Desk& desk() { return desk_; }
    model::CustomerListModel& list() { return list_; }
    void choose(CustomerId customer);
    CustomerId chosen() const { return id_; }
    bool isLoading() const { return loading_; }
    const std::optional<replica::CustomerDetail>& detail() const { return detail_; }
    QString name() const;

    CustomerForm form() const;
    // Sends only what differs from what is shown; nothing where nothing was changed. saved() when
    // all of it is stored; until then, and where something is refused, the form keeps its text.
    void save(const CustomerForm& form);

    // Why the chosen one could not be read.
    ErrorCode readError() const { return readError_; }
    void reload();

Q_SIGNALS:
    void changed();
    void saved();

private:
    void stageChanged();
    void apply(const replica::ChangeSet& changes);
    std::vector<command::Command> editsOf(const CustomerForm& form) const;

    Desk& desk_;
    model::CustomerListModel list_;
    CustomerId id_;
    bool loading_ = false;
    bool saving_ = false;
    ErrorCode readError_ = ErrorCode::Ok;
    std::optional<replica::CustomerDetail> detail_;
};

}  // namespace vorfahrt::client::viewmodel
