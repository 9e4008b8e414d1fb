// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/claim_book.h"

#include "client/viewmodel/words.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {

ClaimBook::ClaimBook(DeskPort& port, QObject* parent)
    : QObject(parent),
      port_(port) {
    connect(&port, &DeskPort::claimFinished, this, &ClaimBook::finish);
}

void ClaimBook::claim(TenantId tenant, LeadId lead) {
    const ClaimMark mark = state(lead).mark;
    if (mark == ClaimMark::Asking || mark == ClaimMark::Noted) {
        return;
    }
    states_[lead] = {ClaimMark::Asking, {}, {}};
    Q_EMIT changed(lead);
    port_.claim(tenant, lead);
}

ClaimState ClaimBook::state(LeadId lead) const {
    const auto it = states_.find(lead);
    return it == states_.end() ? ClaimState{} : it->second;
}

void ClaimBook::forget(LeadId lead) {
    if (states_.erase(lead) > 0) {
        Q_EMIT changed(lead);
    }
}

void ClaimBook::clear() {
    states_.clear();
}

int ClaimBook::noted() const {
    return static_cast<int>(std::count_if(states_.begin(), states_.end(), [](const auto& item) {
        return item.second.mark == ClaimMark::Noted;
    }));
}

QString ClaimBook::sentence(const sync::ClaimAnswer& answer) const {
    using Outcome = sync::ClaimAnswer::Outcome;
    switch (answer.outcome) {
        case Outcome::Noted:
            return tr("Pencilled in. It is sent as soon as there is a connection.");
        case Outcome::Taken: return tr("%1 was faster.").arg(qstr(answer.ownerName));
        case Outcome::Gone: return tr("This lead is closed or no longer at your site.");
        case Outcome::Expired:
            return tr(
                "Not claimed: there was no connection for two minutes. Claim it again when "
                "you are online.");
        case Outcome::Refused: return tr("Not claimed: you have no right to claim this lead.");
        case Outcome::Won: break;
    }
    return {};
}

void ClaimBook::finish(const sync::ClaimAnswer& answer) {
    using Outcome = sync::ClaimAnswer::Outcome;
    if (answer.outcome == Outcome::Won) {
        states_.erase(answer.lead);
        Q_EMIT won(answer.lead);
        Q_EMIT changed(answer.lead);
        return;
    }
    const ClaimMark mark = answer.outcome == Outcome::Noted   ? ClaimMark::Noted
                           : answer.outcome == Outcome::Taken ? ClaimMark::Taken
                                                              : ClaimMark::Failed;
    states_[answer.lead] = {mark, qstr(answer.ownerName), sentence(answer)};
    Q_EMIT changed(answer.lead);
}

}  // namespace vorfahrt::client::viewmodel
