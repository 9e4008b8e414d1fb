// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/net/connection.h"
#include "server/net/http.h"
#include "server/net/tls.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace vorfahrt::server::net {

// Every bound of the listener. A class with a constructor, not an aggregate (g++ 12, style.md 3.4).
class ListenerOptions {
public:
    ListenerOptions() = default;

    std::string address = "0.0.0.0";
    std::uint16_t port = 0;  // 0: any free port
    std::string webSocketPath = "/v1/sync";

    std::size_t maxMessageBytes = 256 * 1024;
    std::size_t maxHttpHeaderBytes = 8 * 1024;
    std::size_t maxHttpBodyBytes = 64 * 1024;
    std::size_t maxConnections = 12'000;
    // A dealer group behind one address has hundreds of desks. 0: no limit.
    std::size_t maxConnectionsPerAddress = 2'048;
    std::size_t maxHandshakesPerAddress = 1'024;  // at the same time; 0: no limit
    unsigned maxRequestsPerConnection = 100;

    std::chrono::milliseconds handshakeTimeout{10'000};  // TLS and the first request
    std::chrono::milliseconds keepAliveTimeout{15'000};  // between two requests
    std::chrono::milliseconds handlerTimeout{30'000};    // onHttp; the connection is dropped
    std::chrono::milliseconds idleTimeout{60'000};       // WebSocket; a ping goes out at half of it
    std::chrono::milliseconds writeTimeout{30'000};      // for one message
    std::chrono::milliseconds closeTimeout{3'000};       // for the answer to a close
    std::chrono::milliseconds stopTimeout{4'000};        // graceful part of stop()
};

// What the composition root plugs in. Called on a network thread, several at the same time, and
// must not block; outlives the listener.
class ListenerHandler {
public:
    ListenerHandler() = default;
    ListenerHandler(const ListenerHandler&) = delete;
    ListenerHandler& operator=(const ListenerHandler&) = delete;
    virtual ~ListenerHandler() = default;

    // Runs on the connection's executor; the connection is dropped when it returns.
    [[nodiscard]] virtual boost::asio::awaitable<void> onWebSocket(
        std::shared_ptr<Connection> connection) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<HttpResponse> onHttp(HttpRequest request) = 0;
};

// One TLS port for HTTP and WebSocket. Starts at once; stop() before the runtime ends.
class Listener {
public:
    [[nodiscard]] static Result<std::unique_ptr<Listener>> create(
        boost::asio::any_io_executor executor, TlsContext tls, ListenerOptions options,
        ListenerHandler& handler);
    ~Listener();  // stop()
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::size_t openConnections() const;

    // Stops accepting, closes sessions with GoingAway, aborts what is left after stopTimeout and
    // returns when every session has ended, at most a second later. Blocks: not from a network
    // thread.
    void stop();

private:
    struct Impl;
    explicit Listener(std::shared_ptr<Impl> impl);

    std::shared_ptr<Impl> impl_;
};

}  // namespace vorfahrt::server::net
