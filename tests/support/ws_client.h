// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace vorfahrt::test {

// TLS settings shared by any number of clients.
class WsClientContext {
public:
    WsClientContext();
    ~WsClientContext();
    WsClientContext(const WsClientContext&) = delete;
    WsClientContext& operator=(const WsClientContext&) = delete;

private:
    friend class WsClient;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

class WsClientOptions {
public:
    WsClientOptions() = default;
    WsClientOptions(std::uint16_t serverPort, std::string pinned)
        : port(serverPort),
          fingerprint(std::move(pinned)) {}

    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string path = "/v1/sync";
    std::string fingerprint;  // "AA:BB:..."; any other certificate is refused; empty: none is
    bool answersPings = true;
    bool answersClose = true;
    bool reads = true;  // false: takes nothing after the upgrade
};

// A WebSocket client for tests and load, written from RFC 6455 and apart from the server's Beast,
// so that the two check each other. Nothing blocks: hundreds run on one io_context. Callbacks come
// on the executor, which must not run them in parallel (one thread, or a strand a client); all
// calls are made there too. It keeps itself alive until onClosed was called.
class WsClient : public std::enable_shared_from_this<WsClient> {
public:
    [[nodiscard]] static std::shared_ptr<WsClient> create(boost::asio::any_io_executor executor,
                                                          WsClientContext& context,
                                                          WsClientOptions options);
    virtual ~WsClient() = default;

    std::function<void()> onOpen;
    std::function<void(std::string)> onMessage;  // binary messages
    // Close code of the server; 1006: the connection ended without one. The text is for messages of
    // tests ("wrong certificate", "HTTP 404", "connection lost").
    std::function<void(std::uint16_t, std::string)> onClosed;

    virtual void connect() = 0;
    virtual void send(std::string message) = 0;      // one binary frame
    virtual void sendText(std::string message) = 0;  // what the server refuses
    virtual void sendRaw(std::string bytes) = 0;     // any bytes below the WebSocket
    virtual void close(std::uint16_t code) = 0;
    virtual void abort() = 0;  // no close frame, no TLS shutdown
    [[nodiscard]] virtual unsigned pings() const = 0;
};

}  // namespace vorfahrt::test
