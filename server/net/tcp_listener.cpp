// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/tcp_listener.h"

#include "server/net/accept_loop.h"
#include "server/net/drain.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <mutex>
#include <utility>

namespace vorfahrt::server::net {

namespace asio = boost::asio;

namespace {

constexpr auto kUse = asio::as_tuple(asio::use_awaitable);
constexpr auto kDrainTime = std::chrono::milliseconds(3'000);

// Closes the socket when its time is over; the operation under way then fails with an abort.
class Deadline {
public:
    Deadline(std::shared_ptr<asio::ip::tcp::socket> socket, std::chrono::milliseconds time)
        : timer_(socket->get_executor(), time),
          expired_(std::make_shared<bool>(false)) {
        timer_.async_wait([socket = std::move(socket),
                           flag = std::weak_ptr(expired_)](boost::system::error_code error) {
            const auto expired = flag.lock();
            if (!error && expired != nullptr) {
                *expired = true;
                boost::system::error_code ignored;
                socket->close(ignored);
            }
        });
    }

    [[nodiscard]] ErrorCode reason() const {
        return *expired_ ? ErrorCode::Timeout : ErrorCode::Unavailable;
    }

private:
    asio::steady_timer timer_;
    std::shared_ptr<bool> expired_;
};

class TcpPeer final : public Peer,
                      public TcpConnection,
                      public std::enable_shared_from_this<TcpPeer> {
public:
    TcpPeer(asio::ip::tcp::socket socket, std::shared_ptr<const TcpListenerOptions> options,
            TcpHandler& handler, std::string address)
        : socket_(std::make_shared<asio::ip::tcp::socket>(std::move(socket))),
          options_(std::move(options)),
          handler_(handler),
          address_(std::move(address)) {}

    asio::awaitable<void> run() override {
        const auto self = shared_from_this();
        co_await handler_.onConnection(self);
        boost::system::error_code ignored;
        socket_->shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        const Deadline deadline(socket_, kDrainTime);
        co_await asyncDrain(*socket_, kUse);
    }

    // The protocol above says its own good-bye (LMTP: 421); an idle peer is dropped by abort().
    void goAway() override {}

    void abort() override {
        asio::dispatch(socket_->get_executor(), [socket = socket_] {
            boost::system::error_code ignored;
            socket->close(ignored);
        });
    }

    asio::awaitable<Result<std::string>> readSome() override {
        const auto self = shared_from_this();
        const Deadline deadline(socket_, options_->readTimeout);
        // Waiting first: an idle connection holds no buffer.
        const auto [waited] = co_await socket_->async_wait(asio::socket_base::wait_read, kUse);
        if (waited) {
            co_return fail(deadline.reason(), "closed");
        }
        std::string bytes(options_->readChunkBytes, '\0');
        const auto buffer = asio::buffer(bytes);
        const auto [error, size] = co_await socket_->async_read_some(buffer, kUse);
        if (error) {
            co_return fail(deadline.reason(), "closed");
        }
        bytes.resize(size);
        co_return bytes;
    }

    asio::awaitable<Status> write(std::string bytes) override {
        const auto self = shared_from_this();
        const Deadline deadline(socket_, options_->writeTimeout);
        const auto buffer = asio::buffer(bytes);
        const auto [error, size] = co_await asio::async_write(*socket_, buffer, kUse);
        if (error) {
            co_return fail(deadline.reason(), "not written");
        }
        co_return Status();
    }

    const std::string& peerAddress() const override { return address_; }
    asio::any_io_executor executor() const override { return socket_->get_executor(); }

private:
    std::shared_ptr<asio::ip::tcp::socket> socket_;
    std::shared_ptr<const TcpListenerOptions> options_;
    TcpHandler& handler_;
    std::string address_;
};

}  // namespace

struct TcpListener::Impl {
    Impl(asio::any_io_executor executor, TcpListenerOptions tcpOptions, TcpHandler& tcpHandler)
        : options(std::make_shared<const TcpListenerOptions>(std::move(tcpOptions))),
          handler(tcpHandler),
          loop(std::make_shared<AcceptLoop>(std::move(executor),
                                            AcceptLimits{.peers = options->maxConnections})) {}

    std::shared_ptr<const TcpListenerOptions> options;
    TcpHandler& handler;
    std::shared_ptr<AcceptLoop> loop;
    std::once_flag stopped;
};

Result<std::unique_ptr<TcpListener>> TcpListener::create(asio::any_io_executor executor,
                                                         TcpListenerOptions options,
                                                         TcpHandler& handler) {
    auto impl = std::make_shared<Impl>(std::move(executor), std::move(options), handler);
    VF_CHECK(impl->loop->open(impl->options->address, impl->options->port));
    impl->loop->start([shared = impl->options, &handler](asio::ip::tcp::socket socket,
                                                         std::string address) {
        return std::make_shared<TcpPeer>(std::move(socket), shared, handler, std::move(address));
    });
    return std::unique_ptr<TcpListener>(new TcpListener(std::move(impl)));
}

TcpListener::TcpListener(std::shared_ptr<Impl> impl)
    : impl_(std::move(impl)) {}

TcpListener::~TcpListener() {
    stop();
}

std::uint16_t TcpListener::port() const {
    return impl_->loop->port();
}

std::size_t TcpListener::openConnections() const {
    return impl_->loop->peers();
}

void TcpListener::stop() {
    std::call_once(impl_->stopped, [this] {
        impl_->handler.onStopping();
        impl_->loop->stop(impl_->options->stopTimeout);
    });
}

}  // namespace vorfahrt::server::net
