// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/transport_factory.h"

#include "client/sync/socket_transport.h"
#include "common/base/assert.h"
#ifdef VF_HAS_QT_WEBSOCKETS
#include "client/sync/qt_transport.h"
#endif

namespace vorfahrt::client::sync {

bool isAvailable(TransportKind kind) {
#ifdef VF_HAS_QT_WEBSOCKETS
    static_cast<void>(kind);
    return true;
#else
    return kind != TransportKind::QtWebSocket;
#endif
}

std::unique_ptr<Transport> makeTransport(TransportKind kind, QSsl::SslProtocol tls) {
    VF_ASSERT(isAvailable(kind));
#ifdef VF_HAS_QT_WEBSOCKETS
    if (kind != TransportKind::Socket) {
        return std::make_unique<QtTransport>(tls);
    }
#endif
    return std::make_unique<SocketTransport>(tls);
}

}  // namespace vorfahrt::client::sync
