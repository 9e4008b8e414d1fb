// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/intake_list_model.h"
#include "client/viewmodel/desk.h"

#include <QObject>

namespace vorfahrt::client::viewmodel {

// Messages that no rule understood: read, make a lead of one, or put it away. For managers.
class Inbox final : public QObject {
    Q_OBJECT

public:
    explicit Inbox(Desk& desk, QObject* parent = nullptr);

    Desk& desk() { return desk_; }
    model::IntakeListModel& list() { return list_; }
    void choose(RowId intake);
    RowId chosen() const { return id_; }
    const std::optional<replica::IntakeDetail>& detail() const { return detail_; }

    void dismiss();
    // What can be read out of sender and text; the form shows it for correction.
    command::ConvertedEnquiry suggestion() const;
    // The message stays chosen, and the form open, until the lead is stored.
    void convert(const command::ConvertedEnquiry& enquiry);

    // Why the chosen one could not be read.
    ErrorCode readError() const { return readError_; }
    void reload();

Q_SIGNALS:
    void changed();

private:
    void stageChanged();
    void perform(const command::Command& command);

    Desk& desk_;
    model::IntakeListModel list_;
    RowId id_;
    RowId sent_;  // whose edit is on its way to the disk
    ErrorCode readError_ = ErrorCode::Ok;
    std::optional<replica::IntakeDetail> detail_;
};

}  // namespace vorfahrt::client::viewmodel
