// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/keyed_list_model.h"
#include "client/model/replica_reader.h"
#include "client/replica/change_set.h"

#include <QMetaType>

namespace vorfahrt::client::model {

struct CustomerEntry {
    QByteArray key;
    replica::CustomerRow row;
    friend bool operator==(const CustomerEntry&, const CustomerEntry&) = default;
};

// Customers by name, read page after page by key. GUI thread.
class CustomerListModel final : public KeyedListModel<CustomerEntry> {
    Q_OBJECT

public:
    static constexpr int kEntryRole = Qt::UserRole + 1;
    static constexpr int kPage = 100;

    explicit CustomerListModel(ReplicaReader& reader, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    void setViewer(const replica::Viewer& viewer);
    void reload();
    void apply(const replica::ChangeSet& changes);
    // Why the last read failed; the rows shown are those of the read before.
    ErrorCode error() const { return error_; }
    bool loaded() const { return loaded_; }
    int rowOfCustomer(CustomerId id) const { return rowOf(QByteArray::fromStdString(id.bytes())); }

Q_SIGNALS:
    void pageLoaded();

private:
    ReplicaReader& reader_;
    replica::Viewer viewer_;
    std::optional<replica::CustomerKey> more_;
    bool fetching_ = false;
    bool loaded_ = false;
    ErrorCode error_ = ErrorCode::Ok;
};

}  // namespace vorfahrt::client::model

Q_DECLARE_METATYPE(vorfahrt::client::model::CustomerEntry)
