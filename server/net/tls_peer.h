// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/listener.h"
#include "server/net/peer.h"

#include <boost/asio/ip/tcp.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace vorfahrt::server::net {

// How many handshakes each address has under way. Shared by the sessions of all threads.
class HandshakeCounter {
public:
    explicit HandshakeCounter(std::size_t limit)
        : limit_(limit) {}

    [[nodiscard]] bool enter(const std::string& address);
    void leave(const std::string& address);

private:
    std::size_t limit_;
    std::mutex mutex_;
    std::map<std::string, std::size_t> open_;
};

// The surroundings of a session; owned by the listener, which outlives every session.
class TlsPeerShared {
public:
    TlsPeerShared(TlsContext tlsContext, ListenerOptions listenerOptions,
                  ListenerHandler& listenerHandler)
        : tls(std::move(tlsContext)),
          options(std::move(listenerOptions)),
          handler(listenerHandler),
          handshakes(options.maxHandshakesPerAddress) {}

    TlsContext tls;
    ListenerOptions options;
    ListenerHandler& handler;
    HandshakeCounter handshakes;
};

// TLS handshake, then HTTP requests until one of them upgrades. Null: the address has too many
// handshakes under way.
[[nodiscard]] std::shared_ptr<Peer> makeTlsPeer(boost::asio::ip::tcp::socket socket,
                                                std::shared_ptr<TlsPeerShared> shared,
                                                std::string address);

}  // namespace vorfahrt::server::net
