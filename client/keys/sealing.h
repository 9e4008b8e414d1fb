// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace vorfahrt::client::keys {

inline constexpr std::size_t kKeyBytes = 32;

// Overwrites the bytes and empties the string.
void wipe(std::string& secret);

// XChaCha20-Poly1305. `context` is not stored; open() with another one fails, so that no sealed
// value can stand in another one's place. Corrupt: not sealed with this key and context.
[[nodiscard]] Result<std::string> seal(std::string_view key, std::string_view context,
                                       std::string_view plain, Random& random);
[[nodiscard]] Result<std::string> open(std::string_view key, std::string_view context,
                                       std::string_view sealed);

// How long one guess takes: 50 ms and 64 MiB, or nothing worth mentioning, for tests only.
enum class PasswordCost { Interactive, Test };

// A key that opens with a password: the key of Argon2id over password and salt seals it. It tells a
// right password from a wrong one, and holds nothing else about it.
struct PasswordLock {
    std::string salt;
    std::uint64_t operations = 0;
    std::uint64_t memory = 0;  // bytes
    std::string sealedKey;

    [[nodiscard]] bool isSet() const { return !sealedKey.empty(); }
};

// Blocking, for as long as the cost says.
[[nodiscard]] Result<PasswordLock> makeLock(std::string_view password, std::string_view context,
                                            std::string_view key, PasswordCost cost,
                                            Random& random);
// Unauthenticated: the wrong password. Corrupt: this is no lock that this program made.
[[nodiscard]] Result<std::string> openLock(const PasswordLock& lock, std::string_view password,
                                           std::string_view context);

}  // namespace vorfahrt::client::keys
