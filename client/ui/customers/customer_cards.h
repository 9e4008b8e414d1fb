// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class ConsentPanel;
class ContextCard;

// What is known of a customer, as cards: how to reach them and what they allowed, letter forms,
// vehicles, leads, note. Everything from the replica, nothing that this person may not see.
class CustomerCards final : public QWidget {
    Q_OBJECT

public:
    CustomerCards(const Theme& theme, viewmodel::Customers& customers, QWidget* parent = nullptr);
    void fill();
    // One step back: the open panel of consents; false where there is none.
    bool closePanel();
    void copyLetter();

Q_SIGNALS:
    void leadRequested(vorfahrt::LeadId lead);
    // A field of the form, by its name; empty: the first one.
    void editRequested(const QString& field);
    void vehicleRequested();

private:
    void addContacts();
    void addConsents(ContextCard& card, const replica::Item<record::ContactPoint>& point);
    void addLetter();
    void addVehicles();
    void addVehicle(ContextCard& card, const replica::Item<record::Vehicle>& vehicle);
    void addLeads();
    void addNote();

    const Theme& theme_;
    viewmodel::Customers& customers_;
    QVBoxLayout* column_;
    RowId open_;  // whose consents are shown to be changed
    QPointer<ConsentPanel> panel_;
    QString source_;  // typed there; stays while the cards are made again
};

}  // namespace vorfahrt::client::ui
