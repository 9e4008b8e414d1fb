// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/customer_list_model.h"
#include "client/viewmodel/customer_form.h"
#include "client/viewmodel/customer_history.h"
#include "client/viewmodel/desk.h"

#include <QObject>
#include <QTimer>

namespace vorfahrt::client::viewmodel {

// The ways a consent is given for: advertising by each channel, and being reached at all.
enum class ConsentFor { AdsCall, AdsSms, AdsWhatsapp, AdsEmail, Contract };

// The page of customers: list, one customer with his history, editing in place, a new one. GUI
// thread.
class Customers final : public QObject {
    Q_OBJECT

public:
    explicit Customers(Desk& desk, QObject* parent = nullptr);

    Desk& desk() { return desk_; }
    model::CustomerListModel& list() { return list_; }
    // Text over the list; empty: all of them.
    void setFilter(const QString& text);
    void choose(CustomerId customer);
    CustomerId chosen() const { return id_; }
    bool isLoading() const { return loading_; }
    const std::optional<replica::CustomerDetail>& detail() const { return detail_; }
    QString name() const;
    CustomerHistory& history() { return history_; }
    CustomerForm& form() { return form_; }

    void addNote();
    // Opens the program of the system and notes it; point: one of the customer's, null: the best.
    void contact(const record::ContactPoint* point, bool mail);
    bool canContact(bool mail) const;

    // Which consents can be given for a way to reach somebody.
    static std::vector<ConsentFor> consentsOf(record::ContactKind kind);
    static const record::Consent& consent(const record::ContactPoint& point, ConsentFor what);
    void setConsent(RowId point, ConsentFor what, record::ConsentState state,
                    const QString& source);

    // Why the chosen one could not be read.
    ErrorCode readError() const { return readError_; }
    void reload();

Q_SIGNALS:
    void changed();

private:
    void stageChanged();
    void apply(const replica::ChangeSet& changes);

    Desk& desk_;
    model::CustomerListModel list_;
    CustomerHistory history_;
    CustomerForm form_;
    CustomerId id_;
    bool loading_ = false;
    ErrorCode readError_ = ErrorCode::Ok;
    std::optional<replica::CustomerDetail> detail_;
    QTimer filterTimer_;
    QString filter_;
};

}  // namespace vorfahrt::client::viewmodel
