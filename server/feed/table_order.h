// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace vorfahrt::server::feed {

// Which tables of a scope, and which scopes, a new desk gets first: what the first screen needs
// (the group, its people, the leads) before the mass of customers. Pure.

// Numbers of all records, the first to send first.
[[nodiscard]] std::span<const std::uint32_t> tableOrder();
// Place of a table in tableOrder(); nothing for an unknown one.
[[nodiscard]] std::optional<std::size_t> tablePlace(std::uint32_t table);
// Smaller goes first.
[[nodiscard]] int scopeRank(std::string_view name);

}  // namespace vorfahrt::server::feed
