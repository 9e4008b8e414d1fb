// SPDX-License-Identifier: GPL-3.0-or-later
// DPAPI: the kept value is the secret itself, sealed by Windows for this account.
#include "client/keys/system_key_store.h"

#include <windows.h>
// After windows.h, which it needs.
#include <dpapi.h>

namespace vorfahrt::client::keys {
namespace {

DATA_BLOB blobOf(std::string_view bytes) {
    DATA_BLOB blob;
    blob.cbData = static_cast<DWORD>(bytes.size());
    // The functions only read it.
    blob.pbData = reinterpret_cast<BYTE*>(const_cast<char*>(bytes.data()));
    return blob;
}

std::string take(DATA_BLOB& blob) {
    std::string bytes(reinterpret_cast<const char*>(blob.pbData), blob.cbData);
    SecureZeroMemory(blob.pbData, blob.cbData);
    LocalFree(blob.pbData);
    return bytes;
}

class Dpapi final : public KeyStore {
public:
    State state() override { return State::Ready; }

    Result<std::string> protect(std::string_view, std::string_view secret) override {
        DATA_BLOB plain = blobOf(secret);
        DATA_BLOB sealed{};
        if (CryptProtectData(&plain, L"Vorfahrt", nullptr, nullptr, nullptr,
                             CRYPTPROTECT_UI_FORBIDDEN, &sealed) == 0) {
            return fail(ErrorCode::Unavailable, "CryptProtectData");
        }
        return take(sealed);
    }

    Result<std::string> unprotect(std::string_view kept) override {
        DATA_BLOB sealed = blobOf(kept);
        DATA_BLOB plain{};
        if (CryptUnprotectData(&sealed, nullptr, nullptr, nullptr, nullptr,
                               CRYPTPROTECT_UI_FORBIDDEN, &plain) == 0) {
            return fail(ErrorCode::NotFound, "CryptUnprotectData");
        }
        return take(plain);
    }

    void forget(std::string_view) override {}
};

}  // namespace

std::unique_ptr<KeyStore> makeSystemKeyStore() {
    return std::make_unique<Dpapi>();
}

}  // namespace vorfahrt::client::keys
