// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace vorfahrt::server::net {

// Plain bytes over TCP (LMTP on loopback). One read and one write at a time, on executor(); abort()
// from any thread.
class TcpConnection {
public:
    TcpConnection() = default;
    TcpConnection(const TcpConnection&) = delete;
    TcpConnection& operator=(const TcpConnection&) = delete;
    virtual ~TcpConnection() = default;

    // Some bytes, at least one. Unavailable: the peer has closed; Timeout: it was silent too long.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::string>> readSome() = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Status> write(std::string bytes) = 0;
    virtual void abort() = 0;
    [[nodiscard]] virtual const std::string& peerAddress() const = 0;
    [[nodiscard]] virtual boost::asio::any_io_executor executor() const = 0;
};

class TcpListenerOptions {
public:
    TcpListenerOptions() = default;

    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free port
    std::size_t maxConnections = 64;
    std::size_t readChunkBytes = 64 * 1024;
    std::chrono::milliseconds readTimeout{300'000};  // RFC 5321 4.5.3.2
    std::chrono::milliseconds writeTimeout{60'000};
    std::chrono::milliseconds stopTimeout{4'000};
};

class TcpHandler {
public:
    TcpHandler() = default;
    TcpHandler(const TcpHandler&) = delete;
    TcpHandler& operator=(const TcpHandler&) = delete;
    virtual ~TcpHandler() = default;

    // Runs on the connection's executor; the connection is closed (FIN after what was written) when
    // it returns.
    [[nodiscard]] virtual boost::asio::awaitable<void> onConnection(
        std::shared_ptr<TcpConnection> connection) = 0;

    // stop() has begun: finish what is under way. Called on the
    // thread that calls stop().
    virtual void onStopping() {}
};

// Accepts plain TCP connections for one handler, which outlives it. Starts at once.
class TcpListener {
public:
    [[nodiscard]] static Result<std::unique_ptr<TcpListener>> create(
        boost::asio::any_io_executor executor, TcpListenerOptions options, TcpHandler& handler);
    ~TcpListener();  // stop()
    TcpListener(const TcpListener&) = delete;
    TcpListener& operator=(const TcpListener&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::size_t openConnections() const;

    // Stops accepting, lets sessions end for stopTimeout, aborts the rest and returns when all have
    // ended. Blocks: not from a network thread.
    void stop();

private:
    struct Impl;
    explicit TcpListener(std::shared_ptr<Impl> impl);

    std::shared_ptr<Impl> impl_;
};

}  // namespace vorfahrt::server::net
