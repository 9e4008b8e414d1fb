// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/model/customer_list_model.h"

#include "common/schema/record.h"

#include <algorithm>

namespace vorfahrt::client::model {
namespace {

std::vector<CustomerEntry> entriesOf(std::vector<replica::CustomerRow> rows) {
    std::vector<CustomerEntry> entries;
    entries.reserve(rows.size());
    for (auto& row : rows) {
        entries.push_back({QByteArray::fromStdString(row.id.bytes()), std::move(row)});
    }
    return entries;
}

}  // namespace

CustomerListModel::CustomerListModel(ReplicaReader& reader, QObject* parent)
    : KeyedListModel<CustomerEntry>(parent),
      reader_(reader) {
    connect(&reader, &ReplicaReader::failed, this, [this](const QString& key, ErrorCode code) {
        if (key == QStringLiteral("customers")) {
            error_ = code;
            fetching_ = false;
            Q_EMIT pageLoaded();
        }
    });
}

QVariant CustomerListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const CustomerEntry& entry = at(index.row());
    if (role == kEntryRole) {
        return QVariant::fromValue(entry);
    }
    return role == Qt::DisplayRole ? QString::fromStdString(entry.row.name) : QVariant();
}

bool CustomerListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && more_.has_value() && !fetching_;
}

// Only the next page is read; what is shown stays as it is.
void CustomerListModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) {
        return;
    }
    fetching_ = true;
    reader_.ask(
        QStringLiteral("customers"), this,
        [viewer = viewer_, after = more_](replica::Reader& reader) {
            return reader.customers(viewer, after, kPage);
        },
        [this](replica::CustomerPage page) {
            fetching_ = false;
            more_ = page.next;
            std::vector<CustomerEntry> all = entries();
            for (CustomerEntry& entry : entriesOf(std::move(page.rows))) {
                if (rowOf(entry.key) < 0) {
                    all.push_back(std::move(entry));
                }
            }
            become(std::move(all));
            Q_EMIT pageLoaded();
        });
}

void CustomerListModel::setViewer(const replica::Viewer& viewer) {
    viewer_ = viewer;
    loaded_ = false;
    more_.reset();
    become({});
    reload();
}

void CustomerListModel::reload() {
    const int rows = std::max(kPage, rowCount());
    fetching_ = true;
    reader_.ask(
        QStringLiteral("customers"), this,
        [viewer = viewer_, rows](replica::Reader& reader) {
            return reader.customers(viewer, {}, rows);
        },
        [this](replica::CustomerPage page) {
            fetching_ = false;
            loaded_ = true;
            error_ = ErrorCode::Ok;
            more_ = page.next;
            become(entriesOf(std::move(page.rows)));
            Q_EMIT pageLoaded();
        });
}

void CustomerListModel::apply(const replica::ChangeSet& changes) {
    if (changes.tenant != viewer_.tenant) {
        return;
    }
    for (const char* table : {"customer", "contact_point"}) {
        if (changes.touches(schema::recordByTable(table)->number)) {
            reload();
            return;
        }
    }
}

}  // namespace vorfahrt::client::model
