// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/writer.h"
#include "server/intake/lmtp.h"
#include "server/net/tcp_listener.h"
#include "server/service/requests.h"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace vorfahrt::server::app {

// LMTP on a plain TCP port: moves bytes and answers between server/intake's machine, the connection
// and the writer. 250 only after the durable commit. Network threads.
class MailReceiver final : public net::TcpHandler {
public:
    MailReceiver(Writer& writer, std::string hostName)
        : writer_(writer),
          host_(std::move(hostName)) {}

    [[nodiscard]] boost::asio::awaitable<void> onConnection(
        std::shared_ptr<net::TcpConnection> connection) override;

private:
    [[nodiscard]] boost::asio::awaitable<service::Outcome> ask(
        std::shared_ptr<net::TcpConnection> connection, service::Request request);
    // Works off effects until bytes are needed; false: the connection ends.
    [[nodiscard]] boost::asio::awaitable<bool> perform(
        std::shared_ptr<net::TcpConnection> connection, intake::LmtpSession& session,
        intake::LmtpSession::Effects effects);
    [[nodiscard]] boost::asio::awaitable<intake::LmtpSession::Effects> deliver(
        std::shared_ptr<net::TcpConnection> connection, intake::LmtpSession& session,
        std::shared_ptr<intake::lmtp::Deliver> mail);

    Writer& writer_;
    std::string host_;
};

}  // namespace vorfahrt::server::app
