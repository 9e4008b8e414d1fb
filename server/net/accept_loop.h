// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/net/peer.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace vorfahrt::server::net {

// How many peers may be there at once; beyond, a socket is closed at once.
struct AcceptLimits {
    std::size_t peers = 0;
    std::size_t peersPerAddress = 0;  // 0: no limit
};

// Who counts as one address: the address itself, of IPv6 its network of 64 bits, which one
// subscriber has to himself.
[[nodiscard]] std::string addressGroup(const boost::asio::ip::address& address);

// Accepts sockets, each on a strand of its own, and keeps count of the peers made for them. Shared
// by the TLS and the plain listener. Its mutex guards the table of peers only and is never held
// while anything waits.
class AcceptLoop : public std::enable_shared_from_this<AcceptLoop> {
public:
    // May return null: the socket is closed at once. Called on a network thread.
    using Factory = std::function<std::shared_ptr<Peer>(boost::asio::ip::tcp::socket, std::string)>;

    AcceptLoop(boost::asio::any_io_executor executor, AcceptLimits limits);

    [[nodiscard]] Status open(const std::string& address, std::uint16_t port);
    void start(Factory factory);
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::size_t peers() const;

    // See Listener::stop(). Safe to call twice.
    void stop(std::chrono::milliseconds graceful);

private:
    [[nodiscard]] boost::asio::awaitable<void> accept();
    [[nodiscard]] boost::asio::awaitable<void> serve(std::shared_ptr<Peer> peer);
    void admit(boost::asio::ip::tcp::socket socket);
    [[nodiscard]] bool hasRoom(const std::string& address) const;
    void refused();
    void remove(const std::shared_ptr<Peer>& peer);
    [[nodiscard]] bool waitEmpty(std::chrono::milliseconds time);
    void forEach(void (Peer::*call)());

    boost::asio::any_io_executor executor_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer backoff_;
    AcceptLimits limits_;
    std::uint16_t port_ = 0;
    Factory factory_;
    // On the acceptor's strand.
    std::size_t refused_ = 0;
    std::chrono::steady_clock::time_point nextRefusalLine_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<std::shared_ptr<Peer>, std::string> peers_;  // and their address
    std::unordered_map<std::string, std::size_t> byAddress_;
    bool stopping_ = false;
};

}  // namespace vorfahrt::server::net
