// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <string>
#include <string_view>

namespace vorfahrt::client::keys {

// Keeps small secrets for the person who is signed in to the operating system, so that they can be
// had again after a restart without a password. Blocking, a second at most where the other side
// hangs; used by one thread.
class KeyStore {
public:
    enum class State {
        Ready,
        Missing,  // this computer has none
        Locked,   // it is there and asks its owner to unlock it
    };

    virtual ~KeyStore() = default;

    [[nodiscard]] virtual State state() = 0;
    // Returns what to keep in a file: with it, and only for the same person of the operating
    // system, unprotect() gives the secret back. name: of the thing that the secret belongs to,
    // shown to who looks into the store. Errors: Unavailable (missing), Forbidden (locked).
    [[nodiscard]] virtual Result<std::string> protect(std::string_view name,
                                                      std::string_view secret) = 0;
    // Also NotFound: forgotten, or of another computer.
    [[nodiscard]] virtual Result<std::string> unprotect(std::string_view kept) = 0;
    // The kept value opens nothing any more, as far as the store can do that.
    virtual void forget(std::string_view kept) = 0;
};

}  // namespace vorfahrt::client::keys
