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
        [viewer = viewer_, after = more_, order = order_](replica::Reader& reader) {
            return reader.customers(viewer, after, kPage, order);
        },
        [this](replica::CustomerPage page) {
            fetching_ = false;
            more_ = page.next;
            // A row that moved down since its page was read comes twice.
            std::vector<CustomerEntry> next;
            for (CustomerEntry& entry : entriesOf(std::move(page.rows))) {
                if (rowOf(entry.key) < 0) {
                    next.push_back(std::move(entry));
                }
            }
            append(std::move(next));
            Q_EMIT pageLoaded();
        });
}

void CustomerListModel::setViewer(const replica::Viewer& viewer) {
    viewer_ = viewer;
    filter_.clear();
    loaded_ = false;
    more_.reset();
    become({});
    reload();
}

void CustomerListModel::setOrder(replica::CustomerOrder order) {
    if (order != order_) {
        order_ = order;
        more_.reset();
        readFirst(kPage);
    }
}

void CustomerListModel::setFilter(const QString& text) {
    if (text != filter_) {
        filter_ = text;
        more_.reset();
        readFirst(kPage);
    }
}

void CustomerListModel::reload() {
    readFirst(std::clamp(rowCount(), kPage, kMostAtOnce));
}

void CustomerListModel::readFirst(int rows) {
    fetching_ = true;
    reader_.ask(
        QStringLiteral("customers"), this,
        [viewer = viewer_, rows, order = order_,
         typed = filter_.toStdString()](replica::Reader& reader) -> Result<replica::CustomerPage> {
            if (typed.empty()) {
                return reader.customers(viewer, {}, rows, order);
            }
            replica::CustomerPage page;
            VF_TRY(page.rows, reader.customersLike(viewer, typed));
            return page;
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

void CustomerListModel::readSingle(std::vector<CustomerId> ids, std::vector<RowId> contacts) {
    using Answer = std::pair<std::vector<CustomerId>, std::vector<replica::CustomerRow>>;
    reader_.ask(
        QStringLiteral("customers.single"), this,
        [viewer = viewer_, ids = std::move(ids),
         contacts = std::move(contacts)](replica::Reader& reader) -> Result<Answer> {
            Answer answer;
            VF_TRY(answer.first, reader.customersOf(viewer, contacts));
            answer.first.insert(answer.first.end(), ids.begin(), ids.end());
            VF_TRY(answer.second, reader.customerRows(viewer, answer.first));
            return answer;
        },
        [this](Answer answer) {
            auto& [asked, rows] = answer;
            if (!filter_.isEmpty() || order_ != replica::CustomerOrder::Name) {
                return;
            }
            for (const CustomerId id : asked) {
                if (std::ranges::find(rows, id, &replica::CustomerRow::id) == rows.end()) {
                    take(id);
                }
            }
            for (replica::CustomerRow& row : rows) {
                put(std::move(row));
            }
            Q_EMIT pageLoaded();
        });
}

void CustomerListModel::take(CustomerId id) {
    if (const int row = rowOfCustomer(id); row >= 0) {
        removeAt(row);
    }
}

// Where the list has it by name; beyond the pages that are here it comes with its page.
void CustomerListModel::put(replica::CustomerRow row) {
    const auto place = [](const replica::CustomerRow& of) {
        return std::pair(std::string_view(of.sortName), of.id);
    };
    const int old = rowOfCustomer(row.id);
    if (old >= 0 && place(at(old).row) == place(row)) {
        replaceAt(old, {at(old).key, std::move(row)});
        return;
    }
    if (old >= 0) {
        removeAt(old);
    }
    const auto after = std::ranges::lower_bound(
        entries(), place(row), {}, [&](const CustomerEntry& entry) { return place(entry.row); });
    if (after == entries().end() && more_) {
        return;
    }
    QByteArray key = QByteArray::fromStdString(row.id.bytes());
    insertAt(static_cast<int>(after - entries().begin()), {std::move(key), std::move(row)});
}

void CustomerListModel::apply(const replica::ChangeSet& changes) {
    if (changes.tenant != viewer_.tenant) {
        return;
    }
    const std::uint32_t customer = schema::recordByTable("customer")->number;
    const std::uint32_t contact = schema::recordByTable("contact_point")->number;
    const bool byContact = order_ == replica::CustomerOrder::LastContact &&
                           changes.touches(schema::recordByTable("activity")->number);
    const bool touched = changes.touches(customer) || changes.touches(contact);
    if (!touched && !byContact) {
        return;
    }
    std::vector<CustomerId> ids;
    std::vector<RowId> contacts;
    bool few = !byContact && filter_.isEmpty() && order_ == replica::CustomerOrder::Name &&
               loaded_ && !fetching_;
    for (const auto& [table, rows] : changes.tables) {
        few = few && ((table != customer && table != contact) || !rows.many);
        for (const RowId id : rows.ids) {
            if (table == customer) {
                ids.emplace_back(id.uuid());
            } else if (table == contact) {
                contacts.push_back(id);
            }
        }
    }
    if (few && ids.size() + contacts.size() <= kMostSingle) {
        readSingle(std::move(ids), std::move(contacts));
        return;
    }
    reload();
}

}  // namespace vorfahrt::client::model
