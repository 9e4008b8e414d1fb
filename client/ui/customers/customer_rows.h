// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/customer_list_model.h"

#include <QIdentityProxyModel>

namespace vorfahrt::client::ui {

// Customers in words, for TwoLineDelegate and screen readers.
class CustomerRows final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit CustomerRows(model::CustomerListModel& list, QObject* parent = nullptr);
    QVariant data(const QModelIndex& index, int role) const override;
    const replica::CustomerRow& rowAt(const QModelIndex& index) const;

private:
    model::CustomerListModel& list_;
};

}  // namespace vorfahrt::client::ui
