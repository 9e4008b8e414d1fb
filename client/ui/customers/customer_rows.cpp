// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customer_rows.h"

#include "client/ui/shell/two_line_delegate.h"
#include "client/viewmodel/words.h"
#include "common/domain/phone_display.h"

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;

QString right(const replica::CustomerRow& row, replica::CustomerOrder order) {
    if (order == replica::CustomerOrder::LastContact) {
        return row.lastContactMs == 0 ? QString() : viewmodel::Words::shortDay(row.lastContactMs);
    }
    return qstr(domain::displayPhone(row.phone));
}

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
        case TwoLineDelegate::kRightRole: return right(row, list_.order());
        case TwoLineDelegate::kPendingRole: return row.pending;
        case Qt::AccessibleTextRole: {
            QStringList parts{qstr(row.name), second(row), right(row, list_.order())};
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
