// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/listener.h"
#include "server/net/runtime.h"
#include "tests/support/ws_client.h"

#include <QTemporaryDir>
#include <QTest>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace vorfahrt::test {

namespace net = vorfahrt::server::net;

// Sends every message back, with "flood" until the peer takes no more; counts how sessions end.
class EchoHandler final : public net::ListenerHandler {
public:
    boost::asio::awaitable<void> onWebSocket(std::shared_ptr<net::Connection> connection) override {
        for (;;) {
            Result<std::string> message = co_await connection->read();
            if (!message) {
                lastError = message.error().code;
                ++ended;
                co_return;
            }
            Status written;
            do {
                std::string copy = *message == "flood" ? std::string(200'000, 'x') : *message;
                written = co_await connection->write(std::move(copy));
            } while (written && *message == "flood");
            if (!written) {
                lastWriteError = written.error().code;
            }
        }
    }

    boost::asio::awaitable<net::HttpResponse> onHttp(net::HttpRequest request) override {
        net::HttpResponse response(200, "text/plain",
                                   request.method + " " + request.target + " " + request.body);
        if (request.target == "/missing") {
            response.status = 404;
        }
        co_return response;
    }

    std::atomic<int> ended = 0;
    std::atomic<ErrorCode> lastError = ErrorCode::Ok;
    std::atomic<ErrorCode> lastWriteError = ErrorCode::Ok;
};

// A listener on a free loopback port with a certificate of its own.
class Echo {
public:
    explicit Echo(net::ListenerOptions options = net::ListenerOptions())
        : Echo(std::move(options), std::nullopt) {}

    Echo(net::ListenerOptions options, std::optional<net::TlsContext> own)
        : tls(own.has_value()
                  ? std::move(*own)
                  : net::TlsContext::loadOrCreate(directory.path().toStdString()).value()) {
        options.address = "127.0.0.1";
        listener =
            net::Listener::create(runtime.executor(), tls, std::move(options), handler).value();
    }

    WsClientOptions client() const { return WsClientOptions(listener->port(), tls.fingerprint()); }

    QTemporaryDir directory;
    net::TlsContext tls;
    EchoHandler handler;
    net::Runtime runtime;
    std::unique_ptr<net::Listener> listener;
};

// Runs the clients' io_context until the condition holds; false: it did not within the time.
template <class Condition>
bool pump(boost::asio::io_context& context, Condition condition,
          std::chrono::milliseconds time = std::chrono::milliseconds(15'000)) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        context.restart();
        context.run_one_for(std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace vorfahrt::test
