// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/connection.h"
#include "server/net/http.h"
#include "server/net/listener.h"
#include "server/net/tls_stream.h"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace vorfahrt::server::net {

// A Connection before its handshake. The only heavy translation unit (Beast's WebSocket) is behind
// this factory.
class UpgradingConnection : public Connection {
public:
    // Answers the upgrade request, or refuses it with 400.
    [[nodiscard]] virtual boost::asio::awaitable<Status> accept(HttpRequest request) = 0;
};

[[nodiscard]] std::shared_ptr<UpgradingConnection> makeWebSocket(std::shared_ptr<TlsCore> core,
                                                                 const ListenerOptions& options,
                                                                 std::string peerAddress);

}  // namespace vorfahrt::server::net
