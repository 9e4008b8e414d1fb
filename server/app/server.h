// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/app/config.h"

#include <cstdint>
#include <memory>
#include <string>

namespace vorfahrt::server::app {

struct ServerInfo {
    std::uint16_t syncPort = 0;
    std::uint16_t lmtpPort = 0;  // 0: no LMTP
    std::string fingerprint;
    std::string setupCode;  // not empty: there is no tenant yet
};

// The running server: constructs everything in the order in which it is needed and takes it down
// in the other. Main thread.
class Server {
public:
    explicit Server(Config config);
    ~Server();  // stop()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] Result<ServerInfo> start();
    // Stops accepting, answers what was asked, ends the connections; at most 5 s.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The data directory, made where it is not there, readable by this user alone.
[[nodiscard]] Status prepareDataDir(const Config& config);

}  // namespace vorfahrt::server::app
