// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>

struct ssl_ctx_st;
struct ssl_st;

namespace vorfahrt::server::net {

using ErrorCondition = boost::system::error_code;

// One non-blocking step of OpenSSL. want: what to wait for before the same step is tried again.
enum class Want { Nothing, Read, Write };

class TlsStep {
public:
    TlsStep() = default;
    TlsStep(Want w, std::size_t n, ErrorCondition e)
        : want(w),
          bytes(n),
          error(e) {}

    Want want = Want::Nothing;
    std::size_t bytes = 0;
    ErrorCondition error;
};

// A socket with OpenSSL working directly on it. Boost's ssl::stream holds 70 KiB of buffers for
// each connection; this one holds none while idle (SSL_MODE_RELEASE_BUFFERS), which is what lets
// ten thousand desks stay under 64 KiB each. Used on the socket's executor only.
class TlsCore {
public:
    TlsCore(boost::asio::ip::tcp::socket peer, ssl_ctx_st* context);
    ~TlsCore();
    TlsCore(const TlsCore&) = delete;
    TlsCore& operator=(const TlsCore&) = delete;

    [[nodiscard]] TlsStep handshake();
    [[nodiscard]] TlsStep read(boost::asio::mutable_buffer into);
    // Small buffers are joined into one record, so that a frame's header never travels alone.
    [[nodiscard]] TlsStep write(std::span<const boost::asio::const_buffer> from);
    void sendCloseNotify();  // and FIN
    void close();

    boost::asio::ip::tcp::socket socket;

private:
    [[nodiscard]] TlsStep outcome(int result, std::size_t done);

    ssl_st* ssl_;
};

// Beast's view of a TlsCore: an AsyncStream. Copies share the core.
class TlsStream {
public:
    using executor_type = boost::asio::any_io_executor;
    using next_layer_type = boost::asio::ip::tcp::socket;
    using lowest_layer_type = boost::asio::ip::tcp::socket;

    explicit TlsStream(std::shared_ptr<TlsCore> core)
        : core_(std::move(core)) {}

    [[nodiscard]] executor_type get_executor() { return core_->socket.get_executor(); }
    [[nodiscard]] next_layer_type& next_layer() { return core_->socket; }
    [[nodiscard]] const next_layer_type& next_layer() const { return core_->socket; }
    [[nodiscard]] TlsCore& core() { return *core_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        boost::asio::mutable_buffer first;
        for (auto it = boost::asio::buffer_sequence_begin(buffers);
             it != boost::asio::buffer_sequence_end(buffers) && first.size() == 0; ++it) {
            first = *it;
        }
        return boost::asio::async_compose<Token, void(ErrorCondition, std::size_t)>(
            Operation<ReadStep>(core_, ReadStep(first)), token, core_->socket);
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        WriteStep step;
        for (auto it = boost::asio::buffer_sequence_begin(buffers);
             it != boost::asio::buffer_sequence_end(buffers) && step.count < step.buffers.size();
             ++it) {
            step.buffers[step.count] = *it;
            step.count += step.buffers[step.count].size() > 0 ? 1U : 0U;
        }
        return boost::asio::async_compose<Token, void(ErrorCondition, std::size_t)>(
            Operation<WriteStep>(core_, step), token, core_->socket);
    }

private:
    struct ReadStep {
        explicit ReadStep(boost::asio::mutable_buffer b)
            : buffer(b) {}
        TlsStep operator()(TlsCore& core) const { return core.read(buffer); }
        boost::asio::mutable_buffer buffer;
    };

    struct WriteStep {
        TlsStep operator()(TlsCore& core) const {
            return core.write(std::span(buffers.data(), count));
        }
        std::array<boost::asio::const_buffer, 4> buffers;
        std::size_t count = 0;
    };

    template <class Step>
    class Operation {
    public:
        Operation(std::shared_ptr<TlsCore> core, Step step)
            : core_(std::move(core)),
              step_(step) {}

        template <class Self>
        void operator()(Self& self, ErrorCondition error = {}) {
            if (finished_) {
                self.complete(result_.error, result_.bytes);
                return;
            }
            if (error) {
                self.complete(error, 0);
                return;
            }
            TlsCore& core = *core_;
            result_ = step_(core);
            if (result_.want != Want::Nothing) {
                waited_ = true;
                core.socket.async_wait(result_.want == Want::Read
                                           ? boost::asio::socket_base::wait_read
                                           : boost::asio::socket_base::wait_write,
                                       std::move(self));
            } else if (waited_) {
                self.complete(result_.error, result_.bytes);
            } else {
                // A handler never runs inside the call that starts the operation.
                finished_ = true;
                boost::asio::post(core.socket.get_executor(), std::move(self));
            }
        }

    private:
        std::shared_ptr<TlsCore> core_;
        Step step_;
        TlsStep result_;
        bool waited_ = false;
        bool finished_ = false;
    };

    std::shared_ptr<TlsCore> core_;
};

}  // namespace vorfahrt::server::net
