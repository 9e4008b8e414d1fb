// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/inbox.h"

#include <QIdentityProxyModel>

namespace vorfahrt::client::ui {

// Messages in words, for TwoLineDelegate and screen readers.
class InboxRows final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit InboxRows(viewmodel::Inbox& inbox, QObject* parent = nullptr);
    QVariant data(const QModelIndex& index, int role) const override;
    RowId idAt(const QModelIndex& index) const;

private:
    viewmodel::Inbox& inbox_;
};

}  // namespace vorfahrt::client::ui
