// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vorfahrt::client::sync {

// The WebSocket clients that a desk may have.
enum class TransportKind {
    Best,         // Qt's where this build has it, else ours
    QtWebSocket,  // QtTransport
    Socket        // SocketTransport
};

}  // namespace vorfahrt::client::sync
