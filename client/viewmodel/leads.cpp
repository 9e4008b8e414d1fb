// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/leads.h"

#include "client/viewmodel/words.h"

namespace vorfahrt::client::viewmodel {

Leads::Leads(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk),
      list_(desk.reader()),
      detail_(desk) {
    connect(&desk, &Desk::stageChanged, this, &Leads::stageChanged);
    connect(&desk, &Desk::changed, &list_, &model::LeadListModel::apply);
    connect(&desk, &Desk::countsChanged, this, &Leads::changed);
    connect(&list_, &model::LeadListModel::regrouped, this, &Leads::changed);
    connect(&desk.claims(), &ClaimBook::changed, this, &Leads::rowChanged);
    connect(&desk, &Desk::tick, this, &Leads::setTime);
    if (desk.stage() == Desk::Stage::Working) {
        stageChanged();
    }
}

void Leads::stageChanged() {
    if (desk_.stage() != Desk::Stage::Working) {
        detail_.open({});
        list_.clear();
        return;
    }
    const std::int64_t now = desk_.nowMs();
    list_.setTime(now, Words::endOfDay(now));
    list_.setViewer(desk_.viewer());
}

// Groups depend on the time: once a second while rows are about to leave, else once a minute.
void Leads::setTime() {
    const std::int64_t now = desk_.nowMs();
    if (now / 60000 != lastMinute_ || list_.hasGhosts()) {
        lastMinute_ = now / 60000;
        list_.setTime(now, Words::endOfDay(now));
    }
}

void Leads::choose(LeadId lead) {
    detail_.open(lead);
}

void Leads::claim(LeadId lead) {
    const int row = list_.rowOfLead(lead);
    const bool listed = row >= 0 && isClaimable(list_.at(row).row);
    if (listed || (detail_.id() == lead && detail_.isClaimable())) {
        desk_.claims().claim(desk_.viewer().tenant, lead);
    }
}

bool Leads::isClaimable(const replica::LeadRow& row) const {
    const ClaimMark mark = desk_.claims().state(row.id).mark;
    return row.owner.isNone() && mark != ClaimMark::Noted && mark != ClaimMark::Asking &&
           !row.provisional;
}

LeadId Leads::nextToClaim() const {
    for (const model::LeadEntry& entry : list_.entries()) {
        if (!entry.header && isClaimable(entry.row)) {
            return entry.row.id;
        }
    }
    return {};
}

}  // namespace vorfahrt::client::viewmodel
