// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"
#include "client/viewmodel/notifications.h"

#include <QObject>

#include <functional>

namespace vorfahrt::client::viewmodel {

// What an earlier run had seen.
struct NotificationMemory {
    std::set<LeadId> claimable;
    std::set<LeadId> mine;
    friend bool operator==(const NotificationMemory&, const NotificationMemory&) = default;
};

// Looks at the replica for new leads and for those that were taken back, asks the decider, and says
// in words what is to be shown. It holds no window: an announcer (client/app) shows it. GUI thread.
class Notifier final : public QObject {
    Q_OBJECT

public:
    // How the window stands; asked before anything is told.
    struct Presence {
        bool inFront = false;
        bool busy = false;
    };
    struct Storage {
        std::function<std::optional<NotificationMemory>(AccountId, TenantId)> load;
        std::function<void(AccountId, TenantId, const NotificationMemory&)> save;
    };

    Notifier(Desk& desk, const Clock& clock, Storage storage = {}, QObject* parent = nullptr);

    void setPresence(std::function<Presence()> presence) { presence_ = std::move(presence); }
    void setSettings(const NotificationSettings& settings);
    [[nodiscard]] const NotificationSettings& settings() const { return decider_.settings(); }
    // Leads that wait to be claimed: the same number as on the rail.
    [[nodiscard]] int count() const;

Q_SIGNALS:
    // lead: none where it stands for several.
    void toast(const QString& text, vorfahrt::LeadId lead);
    void system(const QString& title, const QString& text, vorfahrt::LeadId lead);
    void sound();
    void countChanged(int count);
    void settingsChanged();

private:
    struct Look {
        std::vector<Notice> claimable;
        std::vector<Notice> takenBack;
        std::set<LeadId> mine;
    };

    void stageChanged();
    void changed(const replica::ChangeSet& changes);
    void read();
    void take(Look look);
    void decide();
    void announce(const Announcement& announcement);
    [[nodiscard]] bool isCaughtUp();
    [[nodiscard]] QString textOf(const Notice& notice) const;

    Desk& desk_;
    const Clock& clock_;
    Storage storage_;
    std::function<Presence()> presence_;
    NotificationDecider decider_;
    // Of whom the memory is.
    AccountId account_;
    TenantId tenant_;
    std::set<LeadId> mine_;
    NotificationMemory saved_;
    std::optional<Millis> behindSince_;
};

}  // namespace vorfahrt::client::viewmodel
