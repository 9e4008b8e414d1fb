// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/transport.h"
#include "client/sync/transport_kind.h"

#include <QSsl>

#include <memory>

namespace vorfahrt::client::sync {

[[nodiscard]] bool isAvailable(TransportKind kind);

// On the thread that will use it. kind is available; tls: for tests that play an older system.
[[nodiscard]] std::unique_ptr<Transport> makeTransport(
    TransportKind kind = TransportKind::Best, QSsl::SslProtocol tls = QSsl::TlsV1_2OrLater);

}  // namespace vorfahrt::client::sync
