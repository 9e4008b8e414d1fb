// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/lead_row.h"
#include "client/ui/widgets/timeline.h"
#include "tests/ui/gallery/shots.h"

#include <QAbstractListModel>

#include <variant>

namespace vorfahrt::test {

// Invented leads as a flat list of groups and rows.
class SampleLeads final : public QAbstractListModel {
public:
    using Line = std::variant<client::ui::LeadGroup, client::ui::LeadRow>;

    SampleLeads(const ShotContext& context, bool offline);
    explicit SampleLeads(std::vector<Line> lines)
        : lines_(std::move(lines)) {}

    int rowCount(const QModelIndex&) const override { return static_cast<int>(lines_.size()); }
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Line> lines_;
};

std::vector<client::ui::TimelineItem> sampleTimeline(const ShotContext& context);

}  // namespace vorfahrt::test
