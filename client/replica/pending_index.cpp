// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/pending_index.h"

#include "common/base/assert.h"

#include <utility>

namespace vorfahrt::client::replica {

void PendingIndex::clear() {
    byOrder_.clear();
    byRow_.clear();
    byMid_.clear();
}

void PendingIndex::add(PendingMutation pending) {
    const std::int64_t order = pending.order;
    VF_ASSERT(order > 0 && !byOrder_.contains(order));
    for (const auto& key : pending.touches) {
        byRow_[{pending.tenant, key}].insert(order);
    }
    byMid_[{pending.tenant, pending.replica, Mid(pending.mutation.mid())}] = order;
    byOrder_.emplace(order, std::move(pending));
}

void PendingIndex::erase(std::int64_t order) {
    const auto it = byOrder_.find(order);
    VF_ASSERT(it != byOrder_.end());
    const PendingMutation& pending = it->second;
    for (const auto& key : pending.touches) {
        const auto row = byRow_.find({pending.tenant, key});
        if (row != byRow_.end()) {
            row->second.erase(order);
            if (row->second.empty()) {
                byRow_.erase(row);
            }
        }
    }
    byMid_.erase({pending.tenant, pending.replica, Mid(pending.mutation.mid())});
    byOrder_.erase(it);
}

const PendingIndex::Orders* PendingIndex::ordersOf(TenantId tenant,
                                                   const vorfahrt::sync::RowKey& key) const {
    const auto it = byRow_.find({tenant, key});
    return it == byRow_.end() ? nullptr : &it->second;
}

PendingMutation* PendingIndex::byMid(TenantId tenant, std::string_view replica, Mid mid) {
    const auto it = byMid_.find({tenant, std::string(replica), mid});
    return it == byMid_.end() ? nullptr : &byOrder_.at(it->second);
}

std::vector<std::int64_t> PendingIndex::fromMid(TenantId tenant, std::string_view replica, Mid from,
                                                std::size_t limit) const {
    std::vector<std::int64_t> out;
    for (auto it = byMid_.lower_bound({tenant, std::string(replica), from});
         it != byMid_.end() && it->first.tenant == tenant && it->first.replica == replica &&
         out.size() < limit;
         ++it) {
        out.push_back(it->second);
    }
    return out;
}

void PendingIndex::rekey(std::int64_t order, std::string replica, Mid mid) {
    PendingMutation& pending = byOrder_.at(order);
    byMid_.erase({pending.tenant, pending.replica, Mid(pending.mutation.mid())});
    pending.replica = std::move(replica);
    pending.mutation.set_mid(value(mid));
    byMid_[{pending.tenant, pending.replica, mid}] = order;
}

}  // namespace vorfahrt::client::replica
