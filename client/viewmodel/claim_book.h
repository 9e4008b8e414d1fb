// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/sync_status.h"
#include "client/viewmodel/desk_port.h"

#include <QHash>
#include <QObject>

#include <unordered_map>

namespace vorfahrt::client::viewmodel {

enum class ClaimMark {
    None,
    Asking,  // sent, no answer yet: nothing is shown as won
    Noted,   // no connection: "vorgemerkt"
    Taken,   // a colleague was faster
    Failed,  // gone, refused or expired; code and text say why
};

struct ClaimState {
    ClaimMark mark = ClaimMark::None;
    QString owner;
    QString sentence;
};

// The wishes to claim of this desk and what became of them, by lead. GUI thread.
class ClaimBook final : public QObject {
    Q_OBJECT

public:
    explicit ClaimBook(DeskPort& port, QObject* parent = nullptr);

    void claim(TenantId tenant, LeadId lead);
    ClaimState state(LeadId lead) const;
    void forget(LeadId lead);
    void clear();
    int noted() const;

Q_SIGNALS:
    void changed(vorfahrt::LeadId lead);
    void won(vorfahrt::LeadId lead);

private:
    void finish(const sync::ClaimAnswer& answer);
    QString sentence(const sync::ClaimAnswer& answer) const;

    DeskPort& port_;
    std::unordered_map<LeadId, ClaimState> states_;
};

}  // namespace vorfahrt::client::viewmodel
