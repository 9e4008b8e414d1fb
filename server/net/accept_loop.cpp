// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/accept_loop.h"

#include "common/base/log.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <vector>

namespace vorfahrt::server::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto kAcceptPause = std::chrono::milliseconds(100);  // out of file descriptors
constexpr auto kAbortTime = std::chrono::milliseconds(1'000);
constexpr auto kUse = asio::as_tuple(asio::use_awaitable);

}  // namespace

AcceptLoop::AcceptLoop(asio::any_io_executor executor, std::size_t maxPeers)
    : executor_(std::move(executor)),
      acceptor_(asio::make_strand(executor_)),
      backoff_(acceptor_.get_executor()),
      maxPeers_(maxPeers) {}

Status AcceptLoop::open(const std::string& address, std::uint16_t port) {
    boost::system::error_code error;
    const asio::ip::address host = asio::ip::make_address(address, error);
    if (error) {
        return fail(ErrorCode::Invalid, "not an address to listen on: " + address);
    }
    const tcp::endpoint endpoint(host, port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
        acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return fail(ErrorCode::Unavailable, "cannot listen on " + address + " port " +
                                                std::to_string(port) + ": " + error.message());
    }
    port_ = acceptor_.local_endpoint(error).port();
    return {};
}

void AcceptLoop::start(Factory factory) {
    factory_ = std::move(factory);
    asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
}

std::size_t AcceptLoop::peers() const {
    const std::lock_guard lock(mutex_);
    return peers_.size();
}

asio::awaitable<void> AcceptLoop::accept() {
    const auto self = shared_from_this();
    while (acceptor_.is_open()) {
        tcp::socket socket(asio::make_strand(executor_));
        const auto [error] = co_await acceptor_.async_accept(socket, kUse);
        if (!error) {
            admit(std::move(socket));
        } else if (error == asio::error::operation_aborted) {
            co_return;
        } else if (error != asio::error::connection_aborted) {
            log::warning("net", "accept failed ({}), pausing", error.value());
            backoff_.expires_after(kAcceptPause);
            co_await backoff_.async_wait(kUse);
        }
    }
}

void AcceptLoop::admit(tcp::socket socket) {
    boost::system::error_code error;
    const tcp::endpoint remote = socket.remote_endpoint(error);
    if (error || peers() >= maxPeers_) {
        return;
    }
    // A desk's small frames must not wait for the acknowledgement of the one before.
    socket.set_option(tcp::no_delay(true), error);
    socket.non_blocking(true, error);
    socket.native_non_blocking(true, error);
    const auto executor = socket.get_executor();
    std::shared_ptr<Peer> peer = factory_(std::move(socket), remote.address().to_string());
    if (peer == nullptr) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return;
        }
        peers_.insert(peer);
    }
    asio::co_spawn(executor, serve(std::move(peer)), asio::detached);
}

asio::awaitable<void> AcceptLoop::serve(std::shared_ptr<Peer> peer) {
    const auto self = shared_from_this();
    try {
        co_await peer->run();
    } catch (const std::exception& error) {
        log::error("net", "session ended by an exception: {}", error.what());
    }
    peer->abort();
    remove(peer);
}

void AcceptLoop::remove(const std::shared_ptr<Peer>& peer) {
    const std::lock_guard lock(mutex_);
    peers_.erase(peer);
    changed_.notify_all();
}

bool AcceptLoop::waitEmpty(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return peers_.empty(); });
}

void AcceptLoop::forEach(void (Peer::*call)()) {
    std::vector<std::shared_ptr<Peer>> all;
    {
        const std::lock_guard lock(mutex_);
        all.assign(peers_.begin(), peers_.end());
    }
    for (const auto& peer : all) {
        (peer.get()->*call)();
    }
}

void AcceptLoop::stop(std::chrono::milliseconds graceful) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return;
        }
        stopping_ = true;
    }
    asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
        boost::system::error_code ignored;
        self->acceptor_.close(ignored);
        self->backoff_.cancel();
    });
    forEach(&Peer::goAway);
    if (!waitEmpty(graceful)) {
        forEach(&Peer::abort);
        if (!waitEmpty(kAbortTime)) {
            log::error("net", "{} sessions did not end", peers());
        }
    }
}

}  // namespace vorfahrt::server::net
