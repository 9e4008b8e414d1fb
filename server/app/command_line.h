// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::server::app {

struct Arguments {
    std::optional<std::filesystem::path> configFile;
    std::optional<std::filesystem::path> dataDir;
    bool checkConfig = false;
    bool help = false;
    std::vector<std::string> command;  // "tenant", "add", ...; empty: serve
    std::string error;
};

[[nodiscard]] Arguments parseArguments(const std::vector<std::string>& words);
[[nodiscard]] std::string usage();

// One command of administration on the database of the configuration, also while a server runs on
// it. Prints one line of JSON, or the error on standard error; returns the exit code.
[[nodiscard]] int runCommand(const Config& config, const std::vector<std::string>& words);

}  // namespace vorfahrt::server::app
