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

// Customers by name or by last contact, read page after page by key; with a filter the best hits of
// the search. A change of a few rows changes these rows alone, however many are here. GUI thread.
class CustomerListModel final : public KeyedListModel<CustomerEntry> {
    Q_OBJECT

public:
    static constexpr int kEntryRole = Qt::UserRole + 1;
    static constexpr int kPage = 200;

    explicit CustomerListModel(ReplicaReader& reader, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    void setViewer(const replica::Viewer& viewer);
    void setOrder(replica::CustomerOrder order);
    replica::CustomerOrder order() const { return order_; }
    void setFilter(const QString& text);
    const QString& filter() const { return filter_; }
    void reload();
    void apply(const replica::ChangeSet& changes);
    // Why the last read failed; the rows shown are those of the read before.
    ErrorCode error() const { return error_; }
    bool loaded() const { return loaded_; }
    int rowOfCustomer(CustomerId id) const { return rowOf(QByteArray::fromStdString(id.bytes())); }

Q_SIGNALS:
    void pageLoaded();

private:
    // More changed rows than these are read again as pages.
    static constexpr std::size_t kMostSingle = 200;
    static constexpr int kMostAtOnce = 1000;

    void readFirst(int rows);
    void readSingle(std::vector<CustomerId> ids, std::vector<RowId> contacts);
    void put(replica::CustomerRow row);
    void take(CustomerId id);

    ReplicaReader& reader_;
    replica::Viewer viewer_;
    replica::CustomerOrder order_ = replica::CustomerOrder::Name;
    QString filter_;
    std::optional<replica::CustomerKey> more_;
    bool fetching_ = false;
    bool loaded_ = false;
    ErrorCode error_ = ErrorCode::Ok;
};

}  // namespace vorfahrt::client::model

Q_DECLARE_METATYPE(vorfahrt::client::model::CustomerEntry)
