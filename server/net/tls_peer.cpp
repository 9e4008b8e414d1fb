// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/tls_peer.h"

#include "server/net/drain.h"
#include "server/net/http_io.h"
#include "server/net/tls_stream.h"
#include "server/net/watchdog.h"
#include "server/net/ws_connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <optional>
#include <utility>

namespace vorfahrt::server::net {

namespace asio = boost::asio;

bool HandshakeCounter::enter(const std::string& address) {
    const std::lock_guard lock(mutex_);
    std::size_t& count = open_[address];
    if (limit_ != 0 && count >= limit_) {
        return false;
    }
    ++count;
    return true;
}

void HandshakeCounter::leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(address);
    if (found != open_.end() && --found->second == 0) {
        open_.erase(found);
    }
}

namespace {

constexpr auto kUse = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadBytes = 4096;

class TlsPeer final : public Peer, public std::enable_shared_from_this<TlsPeer> {
public:
    TlsPeer(asio::ip::tcp::socket socket, std::shared_ptr<TlsPeerShared> shared,
            std::string address)
        : shared_(std::move(shared)),
          core_(std::make_shared<TlsCore>(std::move(socket), shared_->tls.native())),
          watch_(core_),
          address_(std::move(address)) {}

    ~TlsPeer() override { leaveHandshake(); }

    asio::awaitable<void> run() override {
        const auto self = shared_from_this();
        watch_.arm(options().handshakeTimeout);
        const bool secured = co_await handshake();
        if (!secured) {
            core_->close();
            co_return;
        }
        std::optional<HttpRequest> upgrade = co_await serveHttp();
        if (upgrade.has_value() && !stopping_) {
            co_await serveWebSocket(std::move(*upgrade));
        }
        watch_.disarm();
    }

    void goAway() override {
        asio::dispatch(core_->socket.get_executor(), [self = shared_from_this()] {
            self->stopping_ = true;
            if (self->webSocket_ != nullptr) {
                self->webSocket_->close(CloseCode::GoingAway);
            } else if (!self->answering_) {
                self->core_->close();
            }
        });
    }

    void abort() override {
        asio::dispatch(core_->socket.get_executor(), [core = core_] { core->close(); });
    }

private:
    const ListenerOptions& options() const { return shared_->options; }

    void leaveHandshake() {
        if (std::exchange(inHandshake_, false)) {
            shared_->handshakes.leave(address_);
        }
    }

    asio::awaitable<bool> handshake() {
        for (;;) {
            const TlsStep step = core_->handshake();
            if (step.want == Want::Nothing) {
                co_return !step.error;
            }
            const auto kind = step.want == Want::Read ? asio::socket_base::wait_read
                                                      : asio::socket_base::wait_write;
            const auto [error] = co_await core_->socket.async_wait(kind, kUse);
            if (error || !core_->socket.is_open()) {
                co_return false;
            }
        }
    }

    // Answers requests until the peer leaves, a limit is met, or one asks for a WebSocket.
    asio::awaitable<std::optional<HttpRequest>> serveHttp() {
        std::string input;
        for (unsigned served = 1;; ++served) {
            HttpParser parser(options().maxHttpHeaderBytes, options().maxHttpBodyBytes);
            const Status got = co_await receive(&parser, &input);
            leaveHandshake();
            if (!got) {
                co_await refuse(got.error().code);
                co_return std::nullopt;
            }
            HttpResponse response;
            const bool upgrade = parser.isUpgrade();
            bool keep = parser.isKeepAlive() && served < options().maxRequestsPerConnection;
            HttpRequest request = parser.take();
            request.peerAddress = address_;
            const std::string method = request.method;
            if (upgrade && request.target == options().webSocketPath && input.empty()) {
                co_return request;
            }
            watch_.arm(options().handlerTimeout);
            answering_ = true;
            if (upgrade) {
                response = HttpResponse(404, "text/plain; charset=utf-8", "no such WebSocket\n");
                keep = false;
            } else {
                response = co_await shared_->handler.onHttp(std::move(request));
            }
            keep = keep && !stopping_;
            const bool sent =
                co_await send(serialise(response, method, keep ? KeepAlive::Yes : KeepAlive::No));
            answering_ = false;
            if (!sent || !keep || stopping_) {
                co_await finish();
                co_return std::nullopt;
            }
            watch_.arm(options().keepAliveTimeout);
        }
    }

    // Pointers: both live in serveHttp's frame, which waits for this one.
    asio::awaitable<Status> receive(HttpParser* parser, std::string* input) {
        TlsStream stream(core_);
        for (;;) {
            Result<bool> complete = parser->feed(*input);
            if (!complete) {
                co_return fail(std::move(complete).error());
            }
            if (*complete) {
                co_return Status();
            }
            const std::size_t old = input->size();
            input->resize(old + kReadBytes);
            const auto buffer = asio::buffer(input->data() + old, kReadBytes);
            const auto [error, size] = co_await stream.async_read_some(buffer, kUse);
            input->resize(old + size);
            if (error) {
                co_return fail(ErrorCode::Unavailable, "closed");
            }
        }
    }

    asio::awaitable<bool> send(std::string bytes) {
        TlsStream stream(core_);
        const auto buffer = asio::buffer(bytes);
        watch_.arm(options().writeTimeout);
        const auto [error, size] = co_await asio::async_write(stream, buffer, kUse);
        co_return !error;
    }

    asio::awaitable<void> refuse(ErrorCode code) {
        if (code == ErrorCode::BadFrame || code == ErrorCode::NoSpace) {
            const int status = code == ErrorCode::NoSpace ? 413 : 400;
            const HttpResponse response(status, "text/plain; charset=utf-8",
                                        code == ErrorCode::NoSpace ? "too large\n" : "not HTTP\n");
            const bool sent = co_await send(serialise(response, "GET", KeepAlive::No));
            if (sent) {
                co_await finish();
            }
        }
        core_->close();
    }

    // The last answer must arrive: see asyncDrain.
    asio::awaitable<void> finish() {
        watch_.arm(options().closeTimeout);
        core_->sendCloseNotify();
        co_await asyncDrain(core_->socket, kUse);
    }

    asio::awaitable<void> serveWebSocket(HttpRequest request) {
        webSocket_ = makeWebSocket(core_, options(), address_);
        watch_.arm(options().handshakeTimeout);
        const Status accepted = co_await webSocket_->accept(std::move(request));
        watch_.disarm();
        if (accepted && stopping_) {
            webSocket_->close(CloseCode::GoingAway);
        }
        if (accepted) {
            co_await shared_->handler.onWebSocket(webSocket_);
        }
        webSocket_.reset();
    }

    std::shared_ptr<TlsPeerShared> shared_;
    std::shared_ptr<TlsCore> core_;
    Watchdog watch_;
    std::string address_;
    std::shared_ptr<UpgradingConnection> webSocket_;
    bool inHandshake_ = true;
    bool stopping_ = false;
    bool answering_ = false;
};

}  // namespace

std::shared_ptr<Peer> makeTlsPeer(asio::ip::tcp::socket socket,
                                  std::shared_ptr<TlsPeerShared> shared, std::string address) {
    if (!shared->handshakes.enter(address)) {
        return nullptr;
    }
    return std::make_shared<TlsPeer>(std::move(socket), std::move(shared), std::move(address));
}

}  // namespace vorfahrt::server::net
