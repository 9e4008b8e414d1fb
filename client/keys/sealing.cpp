// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/keys/sealing.h"

#include <sodium.h>

namespace vorfahrt::client::keys {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// A damaged file must not make the desk work for minutes or take all memory.
constexpr std::uint64_t kMaxOperations = 16;
constexpr std::uint64_t kMaxMemory = 512ULL * 1024 * 1024;

static_assert(kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

Result<std::string> passwordKey(const PasswordLock& lock, std::string_view password) {
    if (lock.salt.size() != crypto_pwhash_SALTBYTES || lock.operations < 1 ||
        lock.operations > kMaxOperations || lock.memory < crypto_pwhash_MEMLIMIT_MIN ||
        lock.memory > kMaxMemory) {
        return fail(ErrorCode::Corrupt, "password lock");
    }
    std::string key(kKeyBytes, '\0');
    if (crypto_pwhash(raw(key), key.size(), password.data(), password.size(), raw(lock.salt),
                      lock.operations, static_cast<std::size_t>(lock.memory),
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::Unavailable, "no memory for a password hash");
    }
    return key;
}

}  // namespace

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

Result<std::string> seal(std::string_view key, std::string_view context, std::string_view plain,
                         Random& random) {
    if (sodium_init() < 0 || key.size() != kKeyBytes) {
        return fail(ErrorCode::Internal, "sealing");
    }
    const std::string nonce = random.bytes(kNonceBytes);
    std::string box(plain.size() + kTagBytes, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(box), nullptr, raw(plain), plain.size(),
                                               raw(context), context.size(), nullptr, raw(nonce),
                                               raw(key));
    return nonce + box;
}

Result<std::string> open(std::string_view key, std::string_view context, std::string_view sealed) {
    if (sodium_init() < 0 || key.size() != kKeyBytes) {
        return fail(ErrorCode::Internal, "sealing");
    }
    if (sealed.size() < kNonceBytes + kTagBytes) {
        return fail(ErrorCode::Corrupt, "sealed value");
    }
    const std::string_view box = sealed.substr(kNonceBytes);
    std::string plain(box.size() - kTagBytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(box),
                                                   box.size(), raw(context), context.size(),
                                                   raw(sealed), raw(key)) != 0) {
        return fail(ErrorCode::Corrupt, "sealed value");
    }
    return plain;
}

Result<PasswordLock> makeLock(std::string_view password, std::string_view context,
                              std::string_view key, PasswordCost cost, Random& random) {
    if (sodium_init() < 0) {
        return fail(ErrorCode::Internal, "libsodium");
    }
    PasswordLock lock;
    lock.salt = random.bytes(crypto_pwhash_SALTBYTES);
    const bool real = cost == PasswordCost::Interactive;
    lock.operations = real ? crypto_pwhash_OPSLIMIT_INTERACTIVE : crypto_pwhash_OPSLIMIT_MIN;
    lock.memory = real ? crypto_pwhash_MEMLIMIT_INTERACTIVE : crypto_pwhash_MEMLIMIT_MIN;
    VF_TRY(std::string wrapping, passwordKey(lock, password));
    auto sealed = seal(wrapping, context, key, random);
    wipe(wrapping);
    if (!sealed) {
        return fail(std::move(sealed).error());
    }
    lock.sealedKey = std::move(*sealed);
    return lock;
}

Result<std::string> openLock(const PasswordLock& lock, std::string_view password,
                             std::string_view context) {
    if (sodium_init() < 0) {
        return fail(ErrorCode::Internal, "libsodium");
    }
    VF_TRY(std::string wrapping, passwordKey(lock, password));
    auto key = open(wrapping, context, lock.sealedKey);
    wipe(wrapping);
    if (!key || key->size() != kKeyBytes) {
        return fail(ErrorCode::Unauthenticated, "password");
    }
    return key;
}

}  // namespace vorfahrt::client::keys
