// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/keys/key_store.h"

#include <memory>

namespace vorfahrt::client::keys {

// DPAPI on Windows, the Secret Service of the desktop on Linux; one that is Missing elsewhere.
[[nodiscard]] std::unique_ptr<KeyStore> makeSystemKeyStore();

// Of a computer without any: every password has to be typed.
class NoKeyStore final : public KeyStore {
public:
    State state() override { return State::Missing; }
    Result<std::string> protect(std::string_view, std::string_view) override {
        return fail(ErrorCode::Unavailable, "no key store");
    }
    Result<std::string> unprotect(std::string_view) override {
        return fail(ErrorCode::Unavailable, "no key store");
    }
    void forget(std::string_view) override {}
};

}  // namespace vorfahrt::client::keys
