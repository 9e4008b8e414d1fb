// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vorfahrt {

// Binary data travels as std::string, as Protobuf's bytes do.
[[nodiscard]] std::string toHex(std::string_view bytes);
[[nodiscard]] std::optional<std::string> fromHex(std::string_view hex);

// Same length and content, in time that does not depend on the content.
[[nodiscard]] bool constantTimeEqual(std::string_view a, std::string_view b);

// 32 bytes, BLAKE2b. For tokens and content addresses, not for passwords.
[[nodiscard]] std::string digest32(std::string_view bytes);

// SipHash-2-4 under a 16-byte key. Sums of these compare two copies of a scope (sync.md 2.2); they
// find bugs and bit rot, not an attacker.
[[nodiscard]] std::uint64_t keyedHash64(std::string_view key16, std::string_view bytes);

}  // namespace vorfahrt
