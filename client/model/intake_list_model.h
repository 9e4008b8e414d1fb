// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/keyed_list_model.h"
#include "client/model/replica_reader.h"
#include "client/replica/change_set.h"

#include <QMetaType>

namespace vorfahrt::client::model {

struct IntakeEntry {
    QByteArray key;
    replica::IntakeRow row;
    friend bool operator==(const IntakeEntry&, const IntakeEntry&) = default;
};

// Messages that no rule understood, newest first; for managers. GUI thread.
class IntakeListModel final : public KeyedListModel<IntakeEntry> {
    Q_OBJECT

public:
    static constexpr int kEntryRole = Qt::UserRole + 1;

    explicit IntakeListModel(ReplicaReader& reader, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    void setViewer(const replica::Viewer& viewer);
    void reload();
    void apply(const replica::ChangeSet& changes);
    // Why the last read failed; the rows shown are those of the read before.
    ErrorCode error() const { return error_; }
    bool loaded() const { return loaded_; }

Q_SIGNALS:
    void listLoaded();

private:
    ReplicaReader& reader_;
    replica::Viewer viewer_;
    bool loaded_ = false;
    ErrorCode error_ = ErrorCode::Ok;
};

}  // namespace vorfahrt::client::model

Q_DECLARE_METATYPE(vorfahrt::client::model::IntakeEntry)
