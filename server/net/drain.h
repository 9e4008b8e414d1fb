// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace vorfahrt::server::net {

// Reads and drops what the peer still sends until its FIN, at most 1 MiB. The caller bounds the
// time by closing the socket.
class DrainOperation {
public:
    explicit DrainOperation(boost::asio::ip::tcp::socket& socket)
        : socket_(&socket) {}

    template <class Self>
    void operator()(Self& self, boost::system::error_code error = {}) {
        std::array<char, 4096> dropped{};
        while (started_ && !error && left_ > 0) {
            const std::size_t size = socket_->read_some(boost::asio::buffer(dropped), error);
            left_ -= size < left_ ? size : left_;
        }
        const bool wait = !started_ || error == boost::asio::error::would_block;
        started_ = true;
        if (wait) {
            socket_->async_wait(boost::asio::socket_base::wait_read, std::move(self));
            return;
        }
        boost::system::error_code ignored;
        socket_->close(ignored);
        self.complete({});
    }

private:
    boost::asio::ip::tcp::socket* socket_;
    std::size_t left_ = 1024 * 1024;
    bool started_ = false;
};

template <class Token>
auto asyncDrain(boost::asio::ip::tcp::socket& socket, Token&& token) {
    return boost::asio::async_compose<Token, void(boost::system::error_code)>(
        DrainOperation(socket), token, socket);
}

}  // namespace vorfahrt::server::net
