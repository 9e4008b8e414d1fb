// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/model/intake_list_model.h"

#include "common/schema/record.h"

namespace vorfahrt::client::model {

IntakeListModel::IntakeListModel(ReplicaReader& reader, QObject* parent)
    : KeyedListModel<IntakeEntry>(parent),
      reader_(reader) {
    connect(&reader, &ReplicaReader::failed, this, [this](const QString& key, ErrorCode code) {
        if (key == QStringLiteral("intake.list")) {
            error_ = code;
            Q_EMIT listLoaded();
        }
    });
}

QVariant IntakeListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const IntakeEntry& entry = at(index.row());
    if (role == kEntryRole) {
        return QVariant::fromValue(entry);
    }
    return role == Qt::DisplayRole ? QString::fromStdString(entry.row.subject) : QVariant();
}

void IntakeListModel::setViewer(const replica::Viewer& viewer) {
    viewer_ = viewer;
    loaded_ = false;
    become({});
    reload();
}

void IntakeListModel::reload() {
    reader_.ask(
        QStringLiteral("intake.list"), this,
        [viewer = viewer_](replica::Reader& reader) { return reader.notRecognised(viewer); },
        [this](std::vector<replica::IntakeRow> rows) {
            std::vector<IntakeEntry> entries;
            entries.reserve(rows.size());
            for (auto& row : rows) {
                // What was dealt with here is gone from this list, confirmed or not.
                if (!row.pending) {
                    entries.push_back({QByteArray::fromStdString(row.id.bytes()), std::move(row)});
                }
            }
            loaded_ = true;
            error_ = ErrorCode::Ok;
            become(std::move(entries));
            Q_EMIT listLoaded();
        });
}

void IntakeListModel::apply(const replica::ChangeSet& changes) {
    if (changes.tenant == viewer_.tenant &&
        (changes.trayChanged || changes.touches(schema::recordByTable("intake_message")->number))) {
        reload();
    }
}

}  // namespace vorfahrt::client::model
