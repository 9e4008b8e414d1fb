// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/watchdog.h"

#include "server/net/tls_stream.h"

namespace vorfahrt::server::net {

Watchdog::Watchdog(const std::shared_ptr<TlsCore>& core)
    : timer_(core->socket.get_executor()),
      core_(core) {}

void Watchdog::arm(std::chrono::milliseconds time) {
    timer_.expires_after(time);  // cancels the wait before
    expired_ = std::make_shared<bool>(false);
    timer_.async_wait([core = core_, expired = std::weak_ptr(expired_)](ErrorCondition error) {
        // A handler that was already queued when it was disarmed finds no flag.
        const auto flag = expired.lock();
        const auto target = core.lock();
        if (!error && flag != nullptr && target != nullptr) {
            *flag = true;
            target->close();
        }
    });
}

bool Watchdog::disarm() {
    const bool expired = expired_ != nullptr && *expired_;
    expired_.reset();
    timer_.cancel();
    return expired;
}

}  // namespace vorfahrt::server::net
