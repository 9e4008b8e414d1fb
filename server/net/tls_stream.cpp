// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/tls_stream.h"

#include "common/base/assert.h"

#include <boost/asio/error.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <limits>
#include <sys/socket.h>

namespace vorfahrt::server::net {

namespace {

constexpr std::size_t kRecordBytes = 16 * 1024;  // the largest TLS record
constexpr std::size_t kBurstBytes = 64 * 1024;   // then other connections get their turn

int descriptor(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool wouldBlock() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int writeSocket(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t n = ::send(descriptor(bio), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (n < 0 && wouldBlock()) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(n);
}

int readSocket(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t n = ::recv(descriptor(bio), data, static_cast<std::size_t>(size), 0);
    if (n < 0 && wouldBlock()) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(n);
}

long controlSocket(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// OpenSSL's own socket BIO uses write(), which raises SIGPIPE; this one leaves the process's
// signals alone.
BIO_METHOD* socketMethod() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "vorfahrt");
        VF_ASSERT(made != nullptr);
        BIO_meth_set_write(made, writeSocket);
        BIO_meth_set_read(made, readSocket);
        BIO_meth_set_ctrl(made, controlSocket);
        return made;
    }();
    return method;
}

}  // namespace

TlsCore::TlsCore(boost::asio::ip::tcp::socket peer, ssl_ctx_st* context)
    : socket(std::move(peer)),
      ssl_(SSL_new(context)) {
    BIO* bio = BIO_new(socketMethod());
    VF_ASSERT(ssl_ != nullptr && bio != nullptr);
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket.native_handle())));
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_accept_state(ssl_);
}

TlsCore::~TlsCore() {
    SSL_free(ssl_);
}

TlsStep TlsCore::outcome(int result, std::size_t done) {
    switch (SSL_get_error(ssl_, result)) {
        case SSL_ERROR_WANT_READ: return TlsStep(Want::Read, done, {});
        case SSL_ERROR_WANT_WRITE: return TlsStep(Want::Write, done, {});
        case SSL_ERROR_ZERO_RETURN: return TlsStep(Want::Nothing, done, boost::asio::error::eof);
        case SSL_ERROR_SYSCALL:
            return TlsStep(Want::Nothing, done, boost::asio::error::connection_reset);
        default:
            if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
                return TlsStep(Want::Nothing, done, boost::asio::error::eof);
            }
            return TlsStep(
                Want::Nothing, done,
                boost::system::errc::make_error_code(boost::system::errc::protocol_error));
    }
}

TlsStep TlsCore::handshake() {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_);
    return result == 1 ? TlsStep() : outcome(result, 0);
}

TlsStep TlsCore::read(boost::asio::mutable_buffer into) {
    if (!socket.is_open()) {
        return TlsStep(Want::Nothing, 0, boost::asio::error::operation_aborted);
    }
    if (into.size() == 0) {
        return TlsStep();
    }
    ERR_clear_error();
    std::size_t done = 0;
    const int result = SSL_read_ex(ssl_, into.data(), into.size(), &done);
    return result == 1 ? TlsStep(Want::Nothing, done, {}) : outcome(result, 0);
}

TlsStep TlsCore::write(std::span<const boost::asio::const_buffer> from) {
    if (!socket.is_open()) {
        return TlsStep(Want::Nothing, 0, boost::asio::error::operation_aborted);
    }
    std::array<char, kRecordBytes> joined;  // NOLINT: filled before use
    std::size_t total = 0;
    std::size_t index = 0;
    std::size_t offset = 0;
    while (index < from.size() && total < kBurstBytes) {
        const char* record = static_cast<const char*>(from[index].data()) + offset;
        std::size_t size = std::min(from[index].size() - offset, kRecordBytes);
        if (size < kRecordBytes && index + 1 < from.size()) {
            size = 0;
            std::size_t skip = offset;
            for (std::size_t i = index; i < from.size() && size < kRecordBytes; ++i) {
                const std::size_t part = std::min(from[i].size() - skip, kRecordBytes - size);
                std::memcpy(joined.data() + size, static_cast<const char*>(from[i].data()) + skip,
                            part);
                size += part;
                skip = 0;
            }
            record = joined.data();
        }
        ERR_clear_error();
        std::size_t done = 0;
        const int result = SSL_write_ex(ssl_, record, size, &done);
        if (result != 1) {
            // A record that OpenSSL has begun is offered again with the same bytes: the caller's
            // next call starts exactly here (SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER).
            const TlsStep step = outcome(result, total);
            return total > 0 && !step.error ? TlsStep(Want::Nothing, total, {}) : step;
        }
        total += done;
        for (offset += done; index < from.size() && offset >= from[index].size(); ++index) {
            offset -= from[index].size();
        }
    }
    return TlsStep(Want::Nothing, total, {});
}

void TlsCore::sendCloseNotify() {
    ErrorCondition ignored;
    ERR_clear_error();
    if (socket.is_open() && SSL_is_init_finished(ssl_) == 1) {
        SSL_shutdown(ssl_);
    }
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
}

void TlsCore::close() {
    ErrorCondition ignored;
    socket.close(ignored);
}

}  // namespace vorfahrt::server::net
