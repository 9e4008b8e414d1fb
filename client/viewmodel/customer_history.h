// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/draft.h"

#include <QObject>

namespace vorfahrt::client::viewmodel {

// The timeline of a customer, read page after page upwards, and the note being typed. GUI thread.
class CustomerHistory final : public QObject {
    Q_OBJECT

public:
    explicit CustomerHistory(Desk& desk, QObject* parent = nullptr);

    void open(CustomerId customer);
    // The newest pages again, as many entries as are here.
    void reload();
    const std::vector<replica::TimelineItem>& items() const { return items_; }
    bool hasOlder() const { return older_.has_value(); }
    bool isLoading() const { return loading_; }
    ErrorCode readError() const { return readError_; }
    void loadOlder();

    QString note() const;
    void setNote(const QString& text);
    Draft& draft() { return draft_; }
    // The note is emptied when it is stored, and stays where it is refused.
    void addNote(const replica::CustomerDetail& detail);

Q_SIGNALS:
    // All of it, or at the newer end.
    void changed();
    // So many older ones were put before the first.
    void prepended(int count);
    void noteLoaded();
    void noteSaved();

private:
    void read(const std::optional<replica::TimelineKey>& before, int limit);

    Desk& desk_;
    Draft draft_;
    CustomerId id_;
    std::vector<replica::TimelineItem> items_;
    std::optional<replica::TimelineKey> older_;
    bool loading_ = false;
    bool savingNote_ = false;
    ErrorCode readError_ = ErrorCode::Ok;
};

}  // namespace vorfahrt::client::viewmodel
