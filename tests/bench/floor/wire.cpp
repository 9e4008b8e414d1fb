// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor/wire.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace vorfahrt::floor {

namespace asio = boost::asio;
using asio::ip::tcp;

// Boost's exceptions end the process: the parent sees the exit code.
struct Wire::Impl {
    explicit Impl(std::shared_ptr<asio::io_context> io)
        : context(std::move(io)),
          stream(*context) {}

    void configure() {
        stream.next_layer().set_option(tcp::no_delay(true));
        stream.binary(true);
        stream.auto_fragment(false);
        stream.write_buffer_bytes(256 * 1024);
        stream.read_message_max(1024 * 1024);
    }

    std::shared_ptr<asio::io_context> context;
    boost::beast::websocket::stream<tcp::socket, false> stream;
};

Wire::Wire(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}

Wire::Wire(Wire&& other) noexcept = default;

Wire::~Wire() = default;

Wire Wire::connect(std::uint16_t port) {
    auto impl = std::make_unique<Impl>(std::make_shared<asio::io_context>());
    impl->stream.next_layer().connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
    impl->configure();
    impl->stream.handshake("localhost", "/");
    return Wire(std::move(impl));
}

void Wire::send(const std::string& message) {
    impl_->stream.write(asio::buffer(message));
}

std::string Wire::receive() {
    std::string message;
    auto buffer = asio::dynamic_buffer(message);
    impl_->stream.read(buffer);
    return message;
}

struct WireServer::Impl {
    std::shared_ptr<asio::io_context> context = std::make_shared<asio::io_context>();
    tcp::acceptor acceptor{*context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
};

WireServer::WireServer()
    : impl_(std::make_unique<Impl>()) {}

WireServer::~WireServer() = default;

std::uint16_t WireServer::port() const {
    return impl_->acceptor.local_endpoint().port();
}

Wire WireServer::accept() {
    auto impl = std::make_unique<Wire::Impl>(impl_->context);
    impl_->acceptor.accept(impl->stream.next_layer());
    impl->configure();
    impl->stream.accept();
    return Wire(std::move(impl));
}

}  // namespace vorfahrt::floor
