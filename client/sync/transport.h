// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/client_core.h"

#include <functional>
#include <string>
#include <string_view>

namespace vorfahrt::client::sync {

// One binary WebSocket connection at a time, to a server that shows a certificate of a known
// fingerprint and to no other. Callbacks come from the event loop of the store thread, never from
// inside a call; none comes after close() or a new open().
class Transport {
public:
    struct Callbacks {
        std::function<void()> opened;
        std::function<void(CloseReason)> closed;
        std::function<void(std::string_view)> frame;
    };
    virtual ~Transport() = default;

    virtual void setCallbacks(Callbacks callbacks) = 0;
    // url: wss only. fingerprint: SHA-256 of the certificate, 32 bytes.
    virtual void open(const std::string& url, const std::string& fingerprint) = 0;
    virtual void send(std::string_view frame) = 0;
    virtual void close() = 0;
};

}  // namespace vorfahrt::client::sync
