// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/model/search_list_model.h"

namespace vorfahrt::client::model {

QVariant SearchListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const SearchEntry& entry = at(index.row());
    switch (role) {
        case kEntryRole: return QVariant::fromValue(entry);
        case Qt::DisplayRole: return entry.title.text;
        case Qt::AccessibleTextRole: {
            QStringList parts;
            for (const QString& part : {entry.title.text, entry.detail.text, entry.badge.text}) {
                if (!part.isEmpty()) {
                    parts.append(part);
                }
            }
            return parts.join(QStringLiteral(", "));
        }
        default: return {};
    }
}

Qt::ItemFlags SearchListModel::flags(const QModelIndex& index) const {
    const bool heading = index.isValid() && index.row() < rowCount() && at(index.row()).heading;
    return heading ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

int SearchListModel::firstResult() const {
    for (int row = 0; row < rowCount(); ++row) {
        if (!at(row).heading) {
            return row;
        }
    }
    return -1;
}

}  // namespace vorfahrt::client::model
