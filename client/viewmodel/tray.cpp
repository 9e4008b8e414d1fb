// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/tray.h"

#include "client/viewmodel/tray_words.h"

#include <utility>

namespace vorfahrt::client::viewmodel {
namespace {

struct Lists {
    std::vector<replica::TrayItem> pending;
    std::vector<replica::TrayItem> rejected;
};

}  // namespace

Tray::Tray(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    connect(&desk, &Desk::changed, this, [this](const replica::ChangeSet& changes) {
        if (changes.trayChanged) {
            reload();
        }
    });
    connect(&desk, &Desk::stageChanged, this, [this] {
        if (desk_.stage() == Desk::Stage::Working) {
            reload();
        } else {
            resent_.clear();
            pending_.clear();
            rejected_.clear();
            Q_EMIT changed();
        }
    });
    connect(&desk.reader(), &model::ReplicaReader::failed, this,
            [this](const QString& key, ErrorCode code) {
                if (key == QStringLiteral("tray")) {
                    readError_ = code;
                    Q_EMIT changed();
                }
            });
    if (desk.stage() == Desk::Stage::Working) {
        reload();
    }
}

void Tray::reload() {
    desk_.reader().ask(
        QStringLiteral("tray"), this,
        [](replica::Reader& reader) -> Result<Lists> {
            Lists lists;
            VF_TRY(lists.pending, reader.pending());
            VF_TRY(lists.rejected, reader.rejected());
            return lists;
        },
        [this](Lists lists) {
            const bool recovered = std::exchange(readError_, ErrorCode::Ok) != ErrorCode::Ok;
            if (recovered || !(lists.pending == pending_) || !(lists.rejected == rejected_)) {
                pending_ = std::move(lists.pending);
                rejected_ = std::move(lists.rejected);
                Q_EMIT changed();
            }
        });
}

bool Tray::canRetry(const replica::TrayItem& item) const {
    return !leadOfNote(item).isNone();
}

void Tray::retry(const replica::TrayItem& item) {
    const LeadId lead = leadOfNote(item);
    if (lead.isNone()) {
        return;
    }
    desk_.reader().ask(
        QStringLiteral("tray.retry"), this,
        [viewer = desk_.viewer(), lead](replica::Reader& reader) {
            return reader.lead(viewer, lead);
        },
        [this, item](const std::optional<replica::LeadDetail>& detail) {
            if (detail) {
                sendAgain(item, *detail);
            }
        });
}

void Tray::sendAgain(const replica::TrayItem& item, const replica::LeadDetail& lead) {
    if (!resent_.insert(item.id).second) {
        return;
    }
    desk_.perform(
        command::addNote(desk_.viewer(), lead, desk_.newId(), typedText(item).toStdString()), {},
        this, [this, id = item.id](ErrorCode code) {
            if (code == ErrorCode::Ok) {
                desk_.port().discardRejected(id);
            } else {
                resent_.erase(id);
            }
        });
}

void Tray::markSeen(const replica::TrayItem& item) {
    desk_.port().markRejectedSeen(item.id);
}

void Tray::discard(const replica::TrayItem& item) {
    desk_.port().discardRejected(item.id);
}

}  // namespace vorfahrt::client::viewmodel
