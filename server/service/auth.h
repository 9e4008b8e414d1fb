// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace vorfahrt::server::service {

inline constexpr std::size_t kMinPasswordChars = 8;

// How hard a password is to guess from its hash: Argon2id of libsodium. `Test` is for tests and
// demo data of the test programs only.
enum class HashCost { Interactive, Test };

// Blank-trimmed and in lower case; Invalid when empty or too long.
[[nodiscard]] Result<std::string> foldLogin(std::string_view login);

// Argon2id's text form. Slow on purpose (64 MiB and about 50 ms): never on the store thread.
[[nodiscard]] Result<std::string> hashPassword(std::string_view password,
                                               HashCost cost = HashCost::Interactive);

struct PasswordCheck {
    bool ok = false;
    std::string newHash;  // not empty: the stored hash is of an older cost, store this one instead
};

// Compares a password with the stored hash. Without a stored hash (unknown or disabled login) it
// does the same work against a dummy, so that both take the same time. Blocking, any thread.
class PasswordVerifier {
public:
    // Makes the dummy hash; blocking.
    explicit PasswordVerifier(HashCost cost = HashCost::Interactive);
    [[nodiscard]] PasswordCheck check(const std::optional<std::string>& storedHash,
                                      std::string_view password) const;

private:
    HashCost cost_;
    std::string dummy_;
};

// An opaque bearer token: 32 random bytes for the desk, their digest for the database.
struct NewToken {
    std::string token;
    std::string hash;
};
[[nodiscard]] NewToken makeToken(Random& random);
[[nodiscard]] std::string tokenHash(std::string_view token);

}  // namespace vorfahrt::server::service
