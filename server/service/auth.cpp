// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/auth.h"

#include "common/base/assert.h"
#include "common/base/bytes.h"
#include "common/schema/limits.h"

#include <sodium.h>

#include <array>

namespace vorfahrt::server::service {
namespace {

constexpr std::size_t kTokenBytes = 32;

struct Limits {
    unsigned long long operations = 0;
    std::size_t memory = 0;
};

Limits limitsOf(HashCost cost) {
    return cost == HashCost::Interactive
               ? Limits{crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE}
               : Limits{crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

}  // namespace

Result<std::string> foldLogin(std::string_view login) {
    const auto first = login.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return fail(ErrorCode::Invalid, "login is empty");
    }
    login = login.substr(first, login.find_last_not_of(" \t\r\n") - first + 1);
    if (login.size() > schema::kMaxLoginBytes) {
        return fail(ErrorCode::Invalid, "login too long");
    }
    std::string folded(login);
    for (char& c : folded) {
        if (static_cast<unsigned char>(c) < 0x20U) {
            return fail(ErrorCode::Invalid, "login has control characters");
        }
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return folded;
}

Result<std::string> hashPassword(std::string_view password, HashCost cost) {
    if (password.size() < kMinPasswordChars || password.size() > schema::kMaxPasswordBytes) {
        return fail(ErrorCode::Invalid, "password length");
    }
    if (sodium_init() < 0) {
        return fail(ErrorCode::Internal, "libsodium");
    }
    const Limits limits = limitsOf(cost);
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), limits.operations,
                              limits.memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::Unavailable, "no memory for a password hash");
    }
    return std::string(out.data());
}

PasswordVerifier::PasswordVerifier(HashCost cost)
    : cost_(cost) {
    auto dummy = hashPassword("no account has this password", cost);
    VF_ASSERT(dummy.has_value());
    dummy_ = std::move(*dummy);
}

PasswordCheck PasswordVerifier::check(const std::optional<std::string>& storedHash,
                                      std::string_view password) const {
    PasswordCheck result;
    if (password.size() > schema::kMaxPasswordBytes) {
        return result;
    }
    const std::string& hash = storedHash ? *storedHash : dummy_;
    const bool same = crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    result.ok = same && storedHash.has_value();
    const Limits limits = limitsOf(cost_);
    if (result.ok &&
        crypto_pwhash_str_needs_rehash(hash.c_str(), limits.operations, limits.memory) != 0) {
        // A hash that cannot be renewed now is renewed at a later login.
        result.newHash = hashPassword(password, cost_).value_or(std::string());
    }
    return result;
}

NewToken makeToken(Random& random) {
    std::string token = random.bytes(kTokenBytes);
    std::string hash = tokenHash(token);
    return {.token = std::move(token), .hash = std::move(hash)};
}

std::string tokenHash(std::string_view token) {
    return digest32(token);
}

}  // namespace vorfahrt::server::service
