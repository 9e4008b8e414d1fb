// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customer_rows.h"

#include "client/ui/shell/two_line_delegate.h"
#include "client/viewmodel/words.h"

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;

QString second(const replica::CustomerRow& row) {
    QStringList parts{qstr(row.city), qstr(row.email)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

CustomerRows::CustomerRows(model::CustomerListModel& list, QObject* parent)
    : QIdentityProxyModel(parent),
      list_(list) {
    setSourceModel(&list);
}

const replica::CustomerRow& CustomerRows::rowAt(const QModelIndex& index) const {
    return list_.at(index.row()).row;
}

QVariant CustomerRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= list_.rowCount()) {
        return {};
    }
    const replica::CustomerRow& row = rowAt(index);
    switch (role) {
        case TwoLineDelegate::kTitleRole:
        case TwoLineDelegate::kAvatarRole:
        case Qt::DisplayRole: return qstr(row.name);
        case TwoLineDelegate::kSecondRole: return second(row);
        case TwoLineDelegate::kRightRole: return qstr(row.phone);
        case TwoLineDelegate::kPendingRole: return row.pending;
        case Qt::AccessibleTextRole: {
            QStringList parts{qstr(row.name), second(row), qstr(row.phone)};
            if (row.pending) {
                parts << tr("changes wait for the server");
            }
            parts.removeAll(QString());
            return parts.join(QStringLiteral(", "));
        }
        default: return {};
    }
}

}  // namespace vorfahrt::client::ui
