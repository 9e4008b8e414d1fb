// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/log.h"
#include "server/app/password_work.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::server::app {

// What one server takes on at most (PROTOCOL.md, section 7). Generous: dozens of desks sit behind
// one address, and a desk that was away for a week has much to say.
struct EdgeLimits {
    std::uint32_t connections = 12'000;
    std::uint32_t connectionsPerAddress = 2'048;
    std::uint32_t claimsPerMinute = 120;    // of one account; as many at once
    std::uint32_t pushesPerSecond = 2'000;  // of one connection, in mutations
    std::uint32_t queueMib = 64;            // waiting for the store
};

// Everything that can be set, with what holds when nothing is: one TOML file and environment
// variables (VORFAHRT_SYNC_PORT for [sync] port), which win.
struct Config {
    std::filesystem::path dataDir = "var";

    std::string syncAddress = "0.0.0.0";
    std::uint16_t syncPort = 4433;
    // PEM; both or none. None: a certificate of our own in the data directory.
    std::filesystem::path certificate;
    std::filesystem::path key;

    bool lmtpEnabled = true;
    std::string lmtpAddress = "127.0.0.1";
    std::uint16_t lmtpPort = 2424;
    std::string lmtpHost = "vorfahrt.invalid";

    LoginSettings login;
    EdgeLimits limits;
    unsigned netThreads = 2;
    unsigned readerThreads = 2;
    log::Level logLevel = log::Level::Info;

    [[nodiscard]] std::filesystem::path databaseFile() const { return dataDir / "server.db"; }
};

using Environment = std::map<std::string, std::string>;

struct ConfigOutcome {
    Config config;
    std::vector<std::string> errors;  // one line each, all that were found
};

// Pure but for reading the file. An unknown key is an error, in the file and in the environment
// alike (there within our sections).
[[nodiscard]] ConfigOutcome loadConfig(const std::optional<std::filesystem::path>& file,
                                       const Environment& environment);
[[nodiscard]] ConfigOutcome parseConfig(std::string_view toml, const Environment& environment);

// The variables of this process that begin with VORFAHRT_.
[[nodiscard]] Environment processEnvironment();

}  // namespace vorfahrt::server::app
