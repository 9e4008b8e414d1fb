// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/accept_loop.h"

#include "common/base/log.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

namespace vorfahrt::server::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto kAcceptPause = std::chrono::milliseconds(100);  // out of file descriptors
constexpr auto kAbortTime = std::chrono::milliseconds(1'000);
// A flood of refused connections is one line in this time.
constexpr auto kRefusalLines = std::chrono::seconds(10);
constexpr auto kUse = asio::as_tuple(asio::use_awaitable);

}  // namespace

std::string addressGroup(const asio::ip::address& address) {
    if (!address.is_v6()) {
        return address.to_string();
    }
    const asio::ip::address_v6 v6 = address.to_v6();
    if (v6.is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    }
    auto bytes = v6.to_bytes();
    std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), std::uint8_t{0});
    return asio::ip::address_v6(bytes).to_string() + "/64";
}

AcceptLoop::AcceptLoop(asio::any_io_executor executor, AcceptLimits limits)
    : executor_(std::move(executor)),
      acceptor_(asio::make_strand(executor_)),
      backoff_(acceptor_.get_executor()),
      limits_(limits) {}

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
    if (error) {
        return;
    }
    const std::string address = addressGroup(remote.address());
    if (!hasRoom(address)) {
        refused();
        return;
    }
    // A desk's small frames must not wait for the acknowledgement of the one before.
    socket.set_option(tcp::no_delay(true), error);
    socket.non_blocking(true, error);
    socket.native_non_blocking(true, error);
    const auto executor = socket.get_executor();
    std::shared_ptr<Peer> peer = factory_(std::move(socket), address);
    if (peer == nullptr) {
        refused();
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return;
        }
        peers_.emplace(peer, address);
        ++byAddress_[address];
    }
    asio::co_spawn(executor, serve(std::move(peer)), asio::detached);
}

bool AcceptLoop::hasRoom(const std::string& address) const {
    const std::lock_guard lock(mutex_);
    const auto it = byAddress_.find(address);
    const std::size_t same = it == byAddress_.end() ? 0 : it->second;
    return peers_.size() < limits_.peers &&
           (limits_.peersPerAddress == 0 || same < limits_.peersPerAddress);
}

void AcceptLoop::refused() {
    ++refused_;
    const auto now = std::chrono::steady_clock::now();
    if (now >= nextRefusalLine_) {
        nextRefusalLine_ = now + kRefusalLines;
        log::warning("net", "{} connections refused: too many in all or from one address; {} open",
                     std::exchange(refused_, 0), peers());
    }
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
    const auto it = peers_.find(peer);
    if (it != peers_.end()) {
        const auto same = byAddress_.find(it->second);
        if (same != byAddress_.end() && --same->second == 0) {
            byAddress_.erase(same);
        }
        peers_.erase(it);
    }
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
        for (const auto& [peer, address] : peers_) {
            all.push_back(peer);
        }
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
