// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/log.h"
#include "server/app/command_line.h"
#include "server/app/config.h"
#include "server/app/log_backend.h"
#include "server/app/server.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <pthread.h>

namespace {

namespace app = vorfahrt::server::app;

// One line of JSON on standard output: who starts the server waits for it.
void printReady(const app::ServerInfo& info) {
    // The set-up code goes here and nowhere else: never through the log.
    const std::string code =
        info.setupCode.empty() ? "" : fmt::format(",\"setup_code\":\"{}\"", info.setupCode);
    fmt::print(
        "{{\"event\":\"ready\",\"sync_port\":{},\"lmtp_port\":{},\"fingerprint\":\"{}\"{}}}\n",
        info.syncPort, info.lmtpPort, info.fingerprint, code);
    std::fflush(stdout);
}

int serve(const app::Config& config) {
    // Every thread inherits the mask; this one waits for the signal.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    app::useJsonLog(config.logLevel);
    app::Server server(config);
    const auto info = server.start();
    if (!info) {
        fmt::print(stderr, "vorfahrt-server: {} ({})\n", info.error().detail,
                   vorfahrt::name(info.error().code));
        return 1;
    }
    printReady(*info);
    vorfahrt::log::info("app", "ready on port {}, LMTP on port {}", info->syncPort, info->lmtpPort);
    int signal = 0;
    sigwait(&signals, &signal);
    vorfahrt::log::info("app", "stopping");
    server.stop();
    vorfahrt::log::info("app", "stopped");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const app::Arguments arguments = app::parseArguments({argv + 1, argv + argc});
    if (!arguments.error.empty() || arguments.help) {
        fmt::print(arguments.help ? stdout : stderr, "{}{}", arguments.error, app::usage());
        return arguments.help ? 0 : 2;
    }
    app::ConfigOutcome outcome = app::loadConfig(arguments.configFile, app::processEnvironment());
    if (arguments.dataDir) {
        outcome.config.dataDir = *arguments.dataDir;
    }
    for (const std::string& error : outcome.errors) {
        fmt::print(stderr, "vorfahrt-server: {}\n", error);
    }
    if (!outcome.errors.empty()) {
        return 2;
    }
    if (arguments.checkConfig) {
        fmt::print("configuration is valid\n");
        return 0;
    }
    if (!arguments.command.empty()) {
        return app::runCommand(outcome.config, arguments.command);
    }
    return serve(outcome.config);
}
