// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>

namespace vorfahrt::server::net {

class TlsCore;

// Closes the socket when an operation takes too long, which makes it fail. On the socket's
// executor.
class Watchdog {
public:
    explicit Watchdog(const std::shared_ptr<TlsCore>& core);
    ~Watchdog() = default;
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    void arm(std::chrono::milliseconds time);  // replaces an earlier time
    bool disarm();                             // true: it had expired

private:
    boost::asio::steady_timer timer_;
    std::weak_ptr<TlsCore> core_;
    std::shared_ptr<bool> expired_;
};

}  // namespace vorfahrt::server::net
