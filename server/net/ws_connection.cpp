// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/ws_connection.h"

#include "server/net/drain.h"
#include "server/net/watchdog.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <utility>

namespace vorfahrt::server::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

// Found by Beast through the argument. Close notify and FIN first, then read until the peer's FIN:
// closing with unread bytes would reset the connection and could lose the close code.
void teardown(beast::role_type, TlsStream& stream, ErrorCondition& error) {
    stream.core().sendCloseNotify();
    stream.core().close();
    error = {};
}

template <class Handler>
void async_teardown(beast::role_type, TlsStream& stream, Handler&& handler) {
    stream.core().sendCloseNotify();
    asyncDrain(stream.next_layer(), std::forward<Handler>(handler));
}

namespace {

constexpr auto kUse = asio::as_tuple(asio::use_awaitable);

Error readError(const boost::system::error_code& error) {
    if (error == beast::error::timeout) {
        return Error(ErrorCode::Timeout, "peer silent");
    }
    if (error == websocket::error::message_too_big) {
        return Error(ErrorCode::BadFrame, "message too large");
    }
    if (error == websocket::error::closed || error == asio::error::eof ||
        error == asio::error::operation_aborted || error == asio::error::connection_reset) {
        return Error(ErrorCode::Unavailable, "closed");
    }
    const bool protocol =
        error.category() == websocket::make_error_code(websocket::error::closed).category();
    return Error(protocol ? ErrorCode::BadFrame : ErrorCode::Unavailable, error.message());
}

class WebSocket final : public UpgradingConnection, public std::enable_shared_from_this<WebSocket> {
public:
    WebSocket(std::shared_ptr<TlsCore> core, const ListenerOptions& options, std::string address)
        : core_(core),
          stream_(TlsStream(std::move(core))),
          writeWatch_(core_),
          closeWatch_(core_),
          writeTimeout_(options.writeTimeout),
          closeTimeout_(options.closeTimeout),
          address_(std::move(address)) {
        websocket::stream_base::timeout timeouts{};
        timeouts.handshake_timeout = options.closeTimeout;
        timeouts.idle_timeout = options.idleTimeout;
        timeouts.keep_alive_pings = true;
        stream_.set_option(timeouts);
        stream_.read_message_max(options.maxMessageBytes);
        stream_.auto_fragment(false);  // one message, one frame, no buffer of Beast's own
        stream_.binary(true);
    }

    asio::awaitable<Status> accept(HttpRequest request) override {
        const auto self = shared_from_this();
        beast::http::request<beast::http::empty_body> upgrade;
        upgrade.method_string(request.method);
        upgrade.target(request.target);
        upgrade.version(11);
        for (const auto& [name, value] : request.headers) {
            upgrade.insert(name, value);
        }
        const auto [error] = co_await stream_.async_accept(upgrade, kUse);
        if (error) {
            co_return fail(readError(error));
        }
        co_return Status();
    }

    asio::awaitable<Result<std::string>> read() override {
        const auto self = shared_from_this();
        std::string message;
        auto buffer = asio::dynamic_buffer(message);
        const auto [error, size] = co_await stream_.async_read(buffer, kUse);
        if (error) {
            co_return fail(readError(error));
        }
        if (stream_.got_text()) {
            co_await sendClose(CloseCode::UnsupportedData);
            co_return fail(ErrorCode::BadFrame, "text message");
        }
        co_return message;
    }

    asio::awaitable<Status> write(std::string message) override {
        const auto self = shared_from_this();
        const auto buffer = asio::buffer(message);
        writeWatch_.arm(writeTimeout_);
        const auto [error, size] = co_await stream_.async_write(buffer, kUse);
        const bool expired = writeWatch_.disarm();
        if (error) {
            co_return fail(expired ? ErrorCode::Timeout : ErrorCode::Unavailable, "not written");
        }
        co_return Status();
    }

    void close(CloseCode code) override {
        const auto ex = executor();
        asio::co_spawn(ex, sendClose(code), asio::detached);
    }

    void abort() override {
        const auto ex = executor();
        asio::dispatch(ex, [core = core_] { core->close(); });
    }

    const std::string& peerAddress() const override { return address_; }
    asio::any_io_executor executor() const override { return core_->socket.get_executor(); }

private:
    asio::awaitable<void> sendClose(CloseCode code) {
        const auto self = shared_from_this();
        if (std::exchange(closing_, true)) {
            co_return;
        }
        // Also bounds the wait for a write that is still under way.
        closeWatch_.arm(closeTimeout_);
        const websocket::close_reason reason(static_cast<std::uint16_t>(code));
        co_await stream_.async_close(reason, kUse);
        closeWatch_.disarm();
    }

    std::shared_ptr<TlsCore> core_;
    websocket::stream<TlsStream, false> stream_;
    Watchdog writeWatch_;
    Watchdog closeWatch_;
    std::chrono::milliseconds writeTimeout_;
    std::chrono::milliseconds closeTimeout_;
    std::string address_;
    bool closing_ = false;
};

}  // namespace

std::shared_ptr<UpgradingConnection> makeWebSocket(std::shared_ptr<TlsCore> core,
                                                   const ListenerOptions& options,
                                                   std::string peerAddress) {
    return std::make_shared<WebSocket>(std::move(core), options, std::move(peerAddress));
}

}  // namespace vorfahrt::server::net
