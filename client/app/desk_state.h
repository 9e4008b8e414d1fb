// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

#include <filesystem>

namespace vorfahrt::client::app {

// Where a person left the desk: in desk.ini of the data folder, by account. Convenience only: a
// file that is damaged, too large or from another program is read as far as it makes sense, and
// never keeps the desk from opening. No names, no texts; ids only.
struct DeskState {
    QString page;
    LeadId lead;
    CustomerId customer;
    TenantId tenant;  // of an account with several
    int view = 0;     // of the leads
    QList<int> collapsed;
    QMap<QString, QList<int>> widths;  // by splitter and width class
    QMap<QString, QString> keys;       // that the person changed, by action, as portable text

    friend bool operator==(const DeskState&, const DeskState&) = default;

    static DeskState load(const std::filesystem::path& dataDir, AccountId account);
    // now: to know which accounts were not here for the longest time.
    void save(const std::filesystem::path& dataDir, AccountId account, std::int64_t nowMs) const;
};

// Place of the window, the same for all accounts; empty where there is none.
[[nodiscard]] QByteArray loadGeometry(const std::filesystem::path& dataDir);
void saveGeometry(const std::filesystem::path& dataDir, const QByteArray& geometry);

}  // namespace vorfahrt::client::app
