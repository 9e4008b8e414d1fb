// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/timeline.h"
#include "client/viewmodel/lead_detail.h"

#include <QCoreApplication>

namespace vorfahrt::client::ui {

// The history of a lead as the timeline shows it, with a line for each day.
class LeadTimeline {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::ui::LeadTimeline)

public:
    static std::vector<TimelineItem> items(const std::vector<replica::TimelineItem>& history,
                                           const QString& customer, UserId me);

private:
    static TimelineItem item(const replica::TimelineItem& event, const QString& customer,
                             UserId me);
    static QString eventText(const replica::TimelineItem& event, UserId me);
};

}  // namespace vorfahrt::client::ui
