// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/lead_row.h"
#include "client/viewmodel/leads.h"

#include <QIdentityProxyModel>

namespace vorfahrt::client::ui {

// The list model in words: what the delegate paints and what a screen reader says. Holds nothing of
// its own.
class LeadRows final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit LeadRows(viewmodel::Leads& leads, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    const model::LeadEntry& entryAt(const QModelIndex& index) const;
    // Runs against the clock: to be painted again each second.
    bool hasTimer(const QModelIndex& index) const;

    // How much of the tint of fresh rows is left, 1 to 0.
    void setFreshness(qreal freshness) { freshness_ = freshness; }

private:
    LeadGroup group(const model::LeadEntry& entry) const;
    LeadRow row(const model::LeadEntry& entry) const;
    void putDeadline(LeadRow& row, const model::LeadEntry& entry) const;

    viewmodel::Leads& leads_;
    qreal freshness_ = 0.0;
};

[[nodiscard]] SourceTile sourceTile(record::SourceKind kind);
[[nodiscard]] ChipTone statusTone(record::LeadStatus status);

}  // namespace vorfahrt::client::ui
