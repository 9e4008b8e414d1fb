// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QList>
#include <QObject>
#include <QStringList>

namespace vorfahrt::client::viewmodel {

// What this person opened last and which commands he runs, for the empty search window. Stands in
// the file of the replica, by tenant, as ids alone: it goes with the replica, and a row that was
// taken away is not shown any more. GUI thread.
class Recents final : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype kMaxRows = 12;
    static constexpr qsizetype kMaxCommands = 40;

    explicit Recents(Desk& desk, QObject* parent = nullptr);

    void opened(const replica::SearchRef& row);
    void ran(const QString& command);
    // Newest first.
    const QList<replica::SearchRef>& rows() const { return rows_; }
    // Most used first.
    QStringList commands() const;

Q_SIGNALS:
    void changed();

private:
    struct Command {
        QString id;
        int count = 0;
    };

    void stageChanged();
    void read();
    void take(const QString& text);
    void save();
    QString key() const;
    QString text() const;

    Desk& desk_;
    TenantId tenant_;  // whose is shown; none: nobody's
    QList<replica::SearchRef> rows_;
    QList<Command> commands_;  // the one that ran last comes first
};

}  // namespace vorfahrt::client::viewmodel
