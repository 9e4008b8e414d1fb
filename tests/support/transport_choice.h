// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/transport_kind.h"

#include <QString>

namespace vorfahrt::test {

// Which WebSocket client a desk of the tests has: ctest runs a program that needs one once with
// each (vf_test_with_socket in tests/CMakeLists.txt).
inline client::sync::TransportKind chosenTransport() {
    return qEnvironmentVariable("VF_TRANSPORT") == QStringLiteral("socket")
               ? client::sync::TransportKind::Socket
               : client::sync::TransportKind::Best;
}

}  // namespace vorfahrt::test
