// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"

#include <cstdint>
#include <map>
#include <set>

namespace vorfahrt::client::replica {

// Rows that look different after a transaction, for whoever shows them. A value; crosses threads.
struct ChangeSet {
    // Beyond this many rows only the table is named: read the page again.
    static constexpr std::size_t kMaxIds = 2000;

    struct Rows {
        std::set<RowId> ids;
        bool many = false;
    };
    TenantId tenant;
    std::map<std::uint32_t, Rows> tables;  // by record number
    bool trayChanged = false;              // pending or rejected mutations
    bool draftsChanged = false;
    bool searchChanged = false;  // more rows can be found than before

    [[nodiscard]] bool empty() const {
        return tables.empty() && !trayChanged && !draftsChanged && !searchChanged;
    }
    void add(std::uint32_t table, RowId id) {
        Rows& rows = tables[table];
        if (rows.many) {
            return;
        }
        rows.ids.insert(rows.ids.end(), id);
        if (rows.ids.size() > kMaxIds) {
            rows.ids.clear();
            rows.many = true;
        }
    }
    void addMany(std::uint32_t table) {
        tables[table].many = true;
        tables[table].ids.clear();
    }
    [[nodiscard]] bool touches(std::uint32_t table) const { return tables.contains(table); }
    [[nodiscard]] bool touches(std::uint32_t table, RowId id) const {
        const auto it = tables.find(table);
        return it != tables.end() && (it->second.many || it->second.ids.contains(id));
    }
};

}  // namespace vorfahrt::client::replica
