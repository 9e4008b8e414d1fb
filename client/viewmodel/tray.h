// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QObject>

#include <unordered_set>

namespace vorfahrt::client::viewmodel {

// What waits for the server and what it refused, for the sync tray. GUI thread.
class Tray final : public QObject {
    Q_OBJECT

public:
    explicit Tray(Desk& desk, QObject* parent = nullptr);

    Desk& desk() { return desk_; }
    const std::vector<replica::TrayItem>& pending() const { return pending_; }
    const std::vector<replica::TrayItem>& rejected() const { return rejected_; }
    // Why the lists could not be read; those of the read before are still there.
    ErrorCode readError() const { return readError_; }
    void reload();

    // Sends the same text again as a new edit of today's lead; false where that is not possible.
    bool canRetry(const replica::TrayItem& item) const;
    void retry(const replica::TrayItem& item);
    void markSeen(const replica::TrayItem& item);
    void discard(const replica::TrayItem& item);

Q_SIGNALS:
    void changed();

private:
    void sendAgain(const replica::TrayItem& item, const replica::LeadDetail& lead);

    Desk& desk_;
    std::unordered_set<std::int64_t> resent_;  // items on their way, or there
    std::vector<replica::TrayItem> pending_;
    std::vector<replica::TrayItem> rejected_;
    ErrorCode readError_ = ErrorCode::Ok;
};

}  // namespace vorfahrt::client::viewmodel
