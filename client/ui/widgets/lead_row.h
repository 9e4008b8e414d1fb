// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/marks.h"

#include <QMetaType>

namespace vorfahrt::client::ui {

enum class DeadlineTone : std::uint8_t { Normal, Soon, Overdue };

// What one lead row shows; view models fill it, the delegate only paints. While masked, customer is
// empty: hidden data never reaches the view (rule 12.7 of the design).
struct LeadRow {
    SourceTile source;
    QString sourceName;
    bool masked = false;
    QString customer;
    QString region;
    QString vehicle;
    QString status;
    ChipTone statusTone = ChipTone::Neutral;
    QString age;
    QString deadline;
    QString deadlineNote;
    DeadlineTone deadlineTone = DeadlineTone::Normal;
    std::optional<qreal> ringShare = std::nullopt;
    bool claimable = false;
    bool claiming = false;
    bool provisional = false;
    // Set when a colleague was faster; the row fades from 1 to 0 in 1.2 s and then leaves.
    QString takenBy;
    qreal takenOpacity = 1.0;
    // Tint of a new row, 1 to 0 in 1.2 s.
    qreal freshness = 0.0;
};

struct LeadGroup {
    QString name;
    int count = 0;
    bool collapsed = false;
    bool next = false;  // carries the yellow diamond
    QString note;
    QString noteKey;
};

// Item roles of a lead list: a row has one of the two values.
inline constexpr int kLeadRowRole = Qt::UserRole + 100;
inline constexpr int kLeadGroupRole = Qt::UserRole + 101;

// The sentence a screen reader says for the row (Qt::AccessibleTextRole of the model).
QString accessibleSentence(const LeadRow& row);
QString accessibleSentence(const LeadGroup& group);

}  // namespace vorfahrt::client::ui

Q_DECLARE_METATYPE(vorfahrt::client::ui::LeadRow)
Q_DECLARE_METATYPE(vorfahrt::client::ui::LeadGroup)
