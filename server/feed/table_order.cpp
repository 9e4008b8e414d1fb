// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/feed/table_order.h"

#include "common/schema/record.h"

#include <algorithm>
#include <array>
#include <vector>

namespace vorfahrt::server::feed {
namespace {

std::vector<std::uint32_t> makeOrder() {
    constexpr std::array<std::string_view, 3> kLater{"customer", "contact_point", "vehicle"};
    std::vector<std::uint32_t> order;
    for (const schema::RecordInfo& info : schema::records()) {
        order.push_back(info.number);
    }
    std::ranges::stable_partition(order, [&](std::uint32_t number) {
        return std::ranges::find(kLater, schema::recordByNumber(number)->table) == kLater.end();
    });
    return order;
}

}  // namespace

std::span<const std::uint32_t> tableOrder() {
    static const std::vector<std::uint32_t> kOrder = makeOrder();
    return kOrder;
}

std::optional<std::size_t> tablePlace(std::uint32_t table) {
    const auto order = tableOrder();
    const auto it = std::ranges::find(order, table);
    return it == order.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(std::distance(order.begin(), it)));
}

int scopeRank(std::string_view name) {
    constexpr std::array<std::string_view, 5> kKinds{"base",
                                                     "leads:", "user:", "manager:", "site:"};
    const auto it =
        std::ranges::find_if(kKinds, [&](std::string_view kind) { return name.starts_with(kind); });
    return static_cast<int>(std::distance(kKinds.begin(), it));
}

}  // namespace vorfahrt::server::feed
