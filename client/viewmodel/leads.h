// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/lead_list_model.h"
#include "client/viewmodel/desk.h"
#include "client/viewmodel/lead_detail.h"

#include <QObject>

namespace vorfahrt::client::viewmodel {

// The page of leads: its list, the chosen lead and what can be done with it. GUI thread.
class Leads final : public QObject {
    Q_OBJECT

public:
    explicit Leads(Desk& desk, QObject* parent = nullptr);

    Desk& desk() { return desk_; }
    model::LeadListModel& list() { return list_; }
    LeadDetail& detail() { return detail_; }

    void setView(model::LeadView view) { list_.setView(view); }
    void setFilter(model::LeadFilter filter) { list_.setFilter(filter); }
    // The chosen lead; none closes the detail.
    void choose(LeadId lead);
    LeadId chosen() const { return detail_.id(); }
    void claim(LeadId lead);
    bool isClaimable(const replica::LeadRow& row) const;
    // The first one that waits for an owner.
    LeadId nextToClaim() const;

Q_SIGNALS:
    // Other counts or another state of a claim: titles and rows are to be painted again.
    void changed();
    void rowChanged(vorfahrt::LeadId lead);

private:
    void stageChanged();
    void setTime();

    Desk& desk_;
    model::LeadListModel list_;
    LeadDetail detail_;
    std::int64_t lastMinute_ = 0;
};

}  // namespace vorfahrt::client::viewmodel
