// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ws_client.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cstring>
#include <deque>
#include <utility>

namespace vorfahrt::test {

namespace asio = boost::asio;
using asio::ip::tcp;

struct WsClientContext::Impl {
    Impl()
        : ssl(asio::ssl::context::tls_client) {
        ssl.set_verify_mode(asio::ssl::verify_none);  // the fingerprint decides
    }
    asio::ssl::context ssl;
};

WsClientContext::WsClientContext()
    : impl_(std::make_unique<Impl>()) {}

WsClientContext::~WsClientContext() = default;

namespace {

constexpr auto kUse = asio::as_tuple(asio::use_awaitable);
constexpr std::uint16_t kNoCode = 1006;

enum Opcode : unsigned char { kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

void appendBigEndian(std::string& to, std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) {
        to += static_cast<char>((value >> (8 * i)) & 0xFFU);
    }
}

// The mask keeps proxies from misreading content; there is none here, so a fixed key does.
std::string frame(Opcode opcode, std::string_view payload) {
    constexpr std::array<unsigned char, 4> kMask = {0x5A, 0x01, 0xC3, 0x77};
    std::string bytes;
    bytes.reserve(payload.size() + 14);
    bytes += static_cast<char>(0x80U | opcode);
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80U | payload.size());
    } else if (payload.size() < 65'536) {
        bytes += static_cast<char>(0x80U | 126U);
        appendBigEndian(bytes, payload.size(), 2);
    } else {
        bytes += static_cast<char>(0x80U | 127U);
        appendBigEndian(bytes, payload.size(), 8);
    }
    for (const unsigned char c : kMask) {
        bytes += static_cast<char>(c);
    }
    for (std::size_t i = 0; i < payload.size(); ++i) {
        bytes += static_cast<char>(static_cast<unsigned char>(payload[i]) ^ kMask[i % 4]);
    }
    return bytes;
}

std::string fingerprint(SSL* ssl) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509* certificate = SSL_get1_peer_certificate(ssl);
    if (certificate == nullptr ||
        X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) {
        size = 0;
    }
    X509_free(certificate);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        constexpr const char* kDigits = "0123456789ABCDEF";
        text += i == 0 ? "" : ":";
        text += kDigits[digest[i] >> 4U];
        text += kDigits[digest[i] & 0x0FU];
    }
    return text;
}

class Client final : public WsClient {
public:
    Client(asio::any_io_executor executor, asio::ssl::context& context, WsClientOptions options)
        : options_(std::move(options)),
          stream_(std::move(executor), context) {}

    void connect() override { asio::co_spawn(stream_.get_executor(), run(), asio::detached); }

    void send(std::string message) override { queue(frame(kBinary, message)); }
    void sendText(std::string message) override { queue(frame(kText, message)); }
    void sendRaw(std::string bytes) override { queue(std::move(bytes)); }

    void close(std::uint16_t code) override {
        std::string payload;
        appendBigEndian(payload, code, 2);
        queue(frame(kClose, payload));
    }

    void abort() override {
        boost::system::error_code ignored;
        stream_.lowest_layer().close(ignored);
    }

    unsigned pings() const override { return pings_; }

private:
    std::shared_ptr<Client> self() { return std::static_pointer_cast<Client>(shared_from_this()); }

    asio::awaitable<void> run() {
        const auto alive = self();
        std::string why = co_await open();
        if (why.empty()) {
            if (onOpen) {
                onOpen();
            }
            // Not as ?: with two co_await: g++ 12 destroys its string twice.
            if (options_.reads) {
                why = co_await readLoop();
            } else {
                why = co_await untilClosed();
            }
        }
        abort();
        // Callbacks often hold the client: without them nothing keeps it.
        const auto closed = std::exchange(onClosed, nullptr);
        onOpen = nullptr;
        onMessage = nullptr;
        if (closed) {
            closed(code_, std::move(why));
        }
    }

    // Empty: open.
    asio::awaitable<std::string> open() {
        const tcp::endpoint server(asio::ip::make_address(options_.address), options_.port);
        const auto [connected] = co_await stream_.lowest_layer().async_connect(server, kUse);
        if (connected) {
            co_return "not connected: " + connected.message();
        }
        boost::system::error_code ignored;
        stream_.lowest_layer().set_option(tcp::no_delay(true), ignored);
        const auto [secured] =
            co_await stream_.async_handshake(asio::ssl::stream_base::client, kUse);
        if (secured) {
            co_return "no TLS: " + secured.message();
        }
        if (!options_.fingerprint.empty() &&
            fingerprint(stream_.native_handle()) != options_.fingerprint) {
            co_return "wrong certificate";
        }
        const std::string request = "GET " + options_.path +
                                    " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        const auto out = asio::buffer(request);
        const auto [asked, size] = co_await asio::async_write(stream_, out, kUse);
        std::size_t end = std::string::npos;
        while (!asked && (end = input_.find("\r\n\r\n")) == std::string::npos) {
            const bool more = co_await fill();
            if (!more) {
                co_return "connection lost";
            }
        }
        // RFC 6455, section 1.3: the answer to exactly that key.
        if (asked || input_.rfind("HTTP/1.1 101", 0) != 0 ||
            input_.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") > end) {
            co_return "HTTP " + input_.substr(9, 3);
        }
        input_.erase(0, end + 4);
        co_return std::string();
    }

    asio::awaitable<bool> fill() {
        const auto buffer = asio::buffer(chunk_);
        const auto [error, size] = co_await stream_.async_read_some(buffer, kUse);
        input_.append(chunk_.data(), size);
        co_return !error;
    }

    asio::awaitable<std::string> readLoop() {
        for (;;) {
            while (takeFrame()) {
            }
            if (closed_) {
                co_return "closed by the server";
            }
            const bool more = co_await fill();
            if (!more) {
                co_return "connection lost";
            }
        }
    }

    asio::awaitable<std::string> untilClosed() {
        co_await stream_.lowest_layer().async_wait(tcp::socket::wait_error, kUse);
        co_return "connection lost";
    }

    // The server sends unfragmented, unmasked frames.
    bool takeFrame() {
        const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(input_[at]); };
        if (input_.size() < 2) {
            return false;
        }
        std::uint64_t size = byte(1) & 0x7FU;
        const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (input_.size() < 2 + extra) {
            return false;
        }
        if (extra > 0) {
            size = 0;
            for (std::size_t i = 0; i < extra; ++i) {
                size = (size << 8U) | byte(2 + i);
            }
        }
        if (input_.size() < 2 + extra + size) {
            return false;
        }
        const auto opcode = static_cast<unsigned char>(byte(0) & 0x0FU);
        std::string payload = input_.substr(2 + extra, size);
        input_.erase(0, 2 + extra + size);
        handle(opcode, std::move(payload));
        return !closed_;
    }

    void handle(unsigned char opcode, std::string payload) {
        if (opcode == kBinary && onMessage) {
            onMessage(std::move(payload));
        } else if (opcode == kPing) {
            ++pings_;
            if (options_.answersPings) {
                queue(frame(kPong, payload));
            }
        } else if (opcode == kClose) {
            code_ =
                payload.size() < 2
                    ? std::uint16_t{1005}
                    : static_cast<std::uint16_t>((static_cast<unsigned char>(payload[0]) << 8U) |
                                                 static_cast<unsigned char>(payload[1]));
            if (options_.answersClose) {
                closed_ = true;
                queue(frame(kClose, payload));
            }
        }
    }

    void queue(std::string bytes) {
        output_.push_back(std::move(bytes));
        if (output_.size() == 1) {
            writeNext();
        }
    }

    void writeNext() {
        asio::async_write(stream_, asio::buffer(output_.front()),
                          [me = self()](boost::system::error_code error, std::size_t) {
                              me->output_.pop_front();
                              if (!error && !me->output_.empty()) {
                                  me->writeNext();
                              }
                          });
    }

    WsClientOptions options_;
    asio::ssl::stream<tcp::socket> stream_;
    std::array<char, 16 * 1024> chunk_{};
    std::string input_;
    std::deque<std::string> output_;
    std::uint16_t code_ = kNoCode;
    unsigned pings_ = 0;
    bool closed_ = false;
};

}  // namespace

std::shared_ptr<WsClient> WsClient::create(asio::any_io_executor executor, WsClientContext& context,
                                           WsClientOptions options) {
    return std::make_shared<Client>(std::move(executor), context.impl_->ssl, std::move(options));
}

}  // namespace vorfahrt::test
