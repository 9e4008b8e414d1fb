// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vorfahrt::floor {

// How much of everything. The quick one checks counts only.
struct Plan {
    std::string directory;
    std::size_t customers = 100'000;
    std::size_t warmEdits = 20;
    std::size_t edits = 1'000;
    std::size_t offlineEdits = 10'000;
    std::size_t batch = 500;
    std::size_t rowsPerFrame = 500;
    std::size_t rowsPerCommit = 5'000;

    [[nodiscard]] std::string file(const std::string& name) const { return directory + "/" + name; }
    [[nodiscard]] std::size_t allEdits() const { return warmEdits + edits + offlineEdits; }
};

[[nodiscard]] std::int64_t nowNs();  // the same clock in every process

// Fixed-size values over pipes; a closed pipe ends the process.
void sendInt(int pipe, std::int64_t value);
[[nodiscard]] std::int64_t receiveInt(int pipe);

// Each runs in a process of its own. `out` takes figures for whoever waits at the other end.
void runServer(const Plan& plan, int out);  // seeds, then reports its port
void runFirstSync(const Plan& plan, std::uint16_t port, const std::string& file,
                  int out);  // ns, and ns with full-text search
void runListener(const Plan& plan, std::uint16_t port, int ready, int seen);  // desk B
// Desk A: ns of each edit, then ns of the offline push.
void runAuthor(const Plan& plan, std::uint16_t port, int seen, int out);

}  // namespace vorfahrt::floor
