// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/inbox_rows.h"

#include "client/ui/shell/two_line_delegate.h"
#include "client/viewmodel/words.h"

namespace vorfahrt::client::ui {

using viewmodel::qstr;
using viewmodel::Words;

InboxRows::InboxRows(viewmodel::Inbox& inbox, QObject* parent)
    : QIdentityProxyModel(parent),
      inbox_(inbox) {
    setSourceModel(&inbox.list());
}

RowId InboxRows::idAt(const QModelIndex& index) const {
    return inbox_.list().at(index.row()).row.id;
}

QVariant InboxRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= inbox_.list().rowCount()) {
        return {};
    }
    const replica::IntakeRow& row = inbox_.list().at(index.row()).row;
    const QString subject = row.subject.empty() ? tr("(no subject)") : qstr(row.subject);
    const QString when = Words::moment(inbox_.desk().nowMs(), row.receivedMs);
    switch (role) {
        case TwoLineDelegate::kTitleRole:
        case Qt::DisplayRole: return subject;
        case TwoLineDelegate::kSecondRole: return qstr(row.sender);
        case TwoLineDelegate::kRightRole: return when;
        case TwoLineDelegate::kPendingRole: return row.pending;
        case Qt::AccessibleTextRole:
            return tr("%1, from %2, %3").arg(subject, qstr(row.sender), when);
        default: return {};
    }
}

}  // namespace vorfahrt::client::ui
