// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "tests/bench/sync/plan.h"
#include "tests/support/server_data.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::bench {

// ---- Processes of their own: desks with the product's store thread, replica and socket.

struct DeskOptions {
    QString dataDir;
    QString server;       // wss://...
    QString fingerprint;  // "AA:BB:..."
    QString login;
    int seen = -1;  // pipe from the listener to the author
};

// Each returns the exit code and prints one line of JSON.
// A new desk: {"first_ms", "search_ms", "screen_ms"} from the answer to its login; search_ms when
// the search has all rows, too.
int runFirstSync(const Plan& plan, const DeskOptions& options);
// Connects with what it has: {"synchronized_ms"}.
int runReconnect(const DeskOptions& options);
// Desk B: says {"ready"}, then tells the pipe what it sees, until the last edit is there.
int runListener(const Plan& plan, const DeskOptions& options);
// Desk A: {"edit_ms": [...], "offline_s"}.
int runAuthor(const Plan& plan, const DeskOptions& options);

// ---- In the process that runs the others.

struct Seeded {
    TenantId tenant;
    std::uint64_t head = 0;
    std::vector<test::SignedIn> people;  // as kLogins
};
// Fills the database of the server that is not running yet. passwordHash: of kPassword, where
// somebody logs in.
[[nodiscard]] Seeded seed(const Plan& plan, const std::filesystem::path& database,
                          std::string_view passwordHash);

// Bytes of all messages, both ways, of a desk that comes back and finds nothing changed.
struct ReconnectBytes {
    std::uint64_t up = 0;
    std::uint64_t down = 0;
    [[nodiscard]] std::uint64_t all() const { return up + down; }
};
[[nodiscard]] ReconnectBytes measureReconnect(const std::filesystem::path& deskDir,
                                              const std::string& server, std::uint16_t port);

// Not empty: what is wrong. Server and both desks hold every edit once.
[[nodiscard]] std::vector<std::string> compare(const Plan& plan, const Seeded& seeded,
                                               const std::filesystem::path& database,
                                               const std::filesystem::path& replicaA,
                                               const std::filesystem::path& replicaB);

// Customers of a replica whose last name begins with kOfflinePrefix.
[[nodiscard]] Result<std::size_t> countOffline(const std::filesystem::path& replica);

}  // namespace vorfahrt::bench
