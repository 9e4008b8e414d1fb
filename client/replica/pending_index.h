// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/meta_store.h"

#include <map>
#include <set>
#include <unordered_map>

namespace vorfahrt::client::replica {

// The edits that are visible and not yet covered by the server's image, in memory, and which rows
// they touch: exactly these rows have a shadow. Store thread.
class PendingIndex {
public:
    using Orders = std::set<std::int64_t>;

    void clear();
    // touches must be filled.
    void add(PendingMutation pending);
    void erase(std::int64_t order);

    [[nodiscard]] bool empty() const { return byOrder_.empty(); }
    [[nodiscard]] std::size_t size() const { return byOrder_.size(); }
    [[nodiscard]] bool touches(TenantId tenant, const vorfahrt::sync::RowKey& key) const {
        return !byRow_.empty() && byRow_.contains({tenant, key});
    }
    // nullptr: none.
    [[nodiscard]] const Orders* ordersOf(TenantId tenant, const vorfahrt::sync::RowKey& key) const;
    [[nodiscard]] PendingMutation& at(std::int64_t order) { return byOrder_.at(order); }
    [[nodiscard]] const PendingMutation& at(std::int64_t order) const { return byOrder_.at(order); }
    [[nodiscard]] PendingMutation* byMid(TenantId tenant, std::string_view replica, Mid mid);
    [[nodiscard]] const std::map<std::int64_t, PendingMutation>& all() const { return byOrder_; }
    // Orders of this replica id with mid >= from, in mid order.
    [[nodiscard]] std::vector<std::int64_t> fromMid(TenantId tenant, std::string_view replica,
                                                    Mid from, std::size_t limit) const;
    // After a change of mid or replica id of `order`.
    void rekey(std::int64_t order, std::string replica, Mid mid);

private:
    struct RowOf {
        TenantId tenant;
        vorfahrt::sync::RowKey key;
        friend bool operator==(const RowOf&, const RowOf&) = default;
    };
    struct Hash {
        std::size_t operator()(const RowOf& row) const noexcept {
            return std::hash<RowId>{}(row.key.id) ^ row.key.table;
        }
    };
    struct MidOf {
        TenantId tenant;
        std::string replica;
        Mid mid{0};
        friend auto operator<=>(const MidOf&, const MidOf&) = default;
    };

    std::map<std::int64_t, PendingMutation> byOrder_;
    std::unordered_map<RowOf, Orders, Hash> byRow_;
    std::map<MidOf, std::int64_t> byMid_;
};

}  // namespace vorfahrt::client::replica
