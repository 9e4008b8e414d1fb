// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace vorfahrt::server::net {

// RFC 6455 section 7.4.1.
enum class CloseCode : std::uint16_t {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,  // a text message
    PolicyViolation = 1008,
    TooBig = 1009,
    InternalError = 1011,
    TryAgainLater = 1013,
};

// One WebSocket with binary messages, TLS below it. Held by shared_ptr: the network and the session
// each keep it alive while they wait on it. read() and write() run on executor(), one of each at a
// time; close(), abort() and peerAddress() may be called from any thread.
class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    // The next whole message. Fails with BadFrame (text or too large; the peer gets the close
    // code), Timeout (peer silent beyond the idle time) or Unavailable (closed by either side).
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::string>> read() = 0;

    // Returns when the message is handed to the kernel; Timeout when the peer does not take it.
    [[nodiscard]] virtual boost::asio::awaitable<Status> write(std::string message) = 0;

    // Polite: sends the close code, waits a bounded time for the answer; a pending read() fails.
    virtual void close(CloseCode code) = 0;

    // Drops the socket at once.
    virtual void abort() = 0;

    // Numeric address without port (of IPv6 the network). For rate limits only; never logged.
    [[nodiscard]] virtual const std::string& peerAddress() const = 0;

    [[nodiscard]] virtual boost::asio::any_io_executor executor() const = 0;
};

}  // namespace vorfahrt::server::net
