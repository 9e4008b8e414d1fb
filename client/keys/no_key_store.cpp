// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/keys/system_key_store.h"

namespace vorfahrt::client::keys {

std::unique_ptr<KeyStore> makeSystemKeyStore() {
    return std::make_unique<NoKeyStore>();
}

}  // namespace vorfahrt::client::keys
