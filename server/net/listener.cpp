// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/listener.h"

#include "server/net/accept_loop.h"
#include "server/net/tls_peer.h"

namespace vorfahrt::server::net {

struct Listener::Impl {
    Impl(boost::asio::any_io_executor executor, std::shared_ptr<TlsPeerShared> peerShared)
        : shared(std::move(peerShared)),
          loop(std::make_shared<AcceptLoop>(
              std::move(executor),
              AcceptLimits{.peers = shared->options.maxConnections,
                           .peersPerAddress = shared->options.maxConnectionsPerAddress})) {}

    std::shared_ptr<TlsPeerShared> shared;
    std::shared_ptr<AcceptLoop> loop;
};

Result<std::unique_ptr<Listener>> Listener::create(boost::asio::any_io_executor executor,
                                                   TlsContext tls, ListenerOptions options,
                                                   ListenerHandler& handler) {
    auto shared = std::make_shared<TlsPeerShared>(std::move(tls), std::move(options), handler);
    auto impl = std::make_shared<Impl>(std::move(executor), shared);
    VF_CHECK(impl->loop->open(shared->options.address, shared->options.port));
    impl->loop->start([shared](boost::asio::ip::tcp::socket socket, std::string address) {
        return makeTlsPeer(std::move(socket), shared, std::move(address));
    });
    return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

Listener::Listener(std::shared_ptr<Impl> impl)
    : impl_(std::move(impl)) {}

Listener::~Listener() {
    stop();
}

std::uint16_t Listener::port() const {
    return impl_->loop->port();
}

std::size_t Listener::openConnections() const {
    return impl_->loop->peers();
}

void Listener::stop() {
    impl_->loop->stop(impl_->shared->options.stopTimeout);
}

}  // namespace vorfahrt::server::net
