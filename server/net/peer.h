// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/awaitable.hpp>

namespace vorfahrt::server::net {

// What an accept loop knows of one accepted socket. goAway() and abort() come from any thread.
class Peer {
public:
    Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    virtual ~Peer() = default;

    // The whole life of the connection, on its own executor.
    [[nodiscard]] virtual boost::asio::awaitable<void> run() = 0;
    virtual void goAway() = 0;
    virtual void abort() = 0;
};

}  // namespace vorfahrt::server::net
