// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/command_line.h"

#include "server/app/admin.h"

#include <fmt/format.h>

namespace vorfahrt::server::app {

Arguments parseArguments(const std::vector<std::string>& words) {
    Arguments out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool hasValue = i + 1 < words.size();
        if (word == "--help" || word == "-h") {
            out.help = true;
        } else if (word == "--check-config") {
            out.checkConfig = true;
        } else if ((word == "--config" || word == "--data") && hasValue) {
            (word == "--config" ? out.configFile : out.dataDir) = words[++i];
        } else if (!word.starts_with("--")) {
            out.command.assign(words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
            // --data may also stand behind the command.
            for (std::size_t j = 0; j + 1 < out.command.size(); ++j) {
                if (out.command[j] == "--data" || out.command[j] == "--config") {
                    (out.command[j] == "--config" ? out.configFile : out.dataDir) =
                        out.command[j + 1];
                    const auto at = out.command.begin() + static_cast<std::ptrdiff_t>(j);
                    out.command.erase(at, at + 2);
                    --j;
                }
            }
            return out;
        } else {
            out.error = fmt::format("vorfahrt-server: {}: unknown option or missing value\n", word);
            return out;
        }
    }
    return out;
}

std::string usage() {
    return "usage: vorfahrt-server [--config FILE] [--data DIR] [--check-config] [COMMAND]\n"
           "\n"
           "Without a command it serves until SIGTERM. Commands (also while a server runs):\n"
           "  tenant add NAME [--colour 1..8]\n"
           "  tenant list\n"
           "  site add TENANT NAME [--return-seconds N] [--street S] [--postcode P] [--city C]\n"
           "  site list TENANT\n"
           "  source add TENANT SITE NAME --address MAIL --kind KIND\n"
           "      KIND: other homepage mobile_de autoscout24 email call_centre walk_in\n"
           "  user add TENANT LOGIN --name NAME --role sales|manager|admin --site SITE\n"
           "      (--role and --site may be repeated in pairs; the password comes on standard\n"
           "      input, at least 8 characters)\n"
           "  user passwd LOGIN      (password on standard input; ends all sessions)\n"
           "  user disable LOGIN\n"
           "  user enable LOGIN\n"
           "  user list\n"
           "  setup-code             a new one-time code for the first desk, while no tenant is "
           "there\n"
           "  seed-demo [--password P]   the demo dealer group\n"
           "TENANT and SITE are a name or an id.\n";
}

int runCommand(const Config& config, const std::vector<std::string>& words) {
    const Result<std::string> done = administer(config, words);
    if (!done) {
        fmt::print(stderr, "vorfahrt-server: {} ({})\n", done.error().detail,
                   name(done.error().code));
        return done.error().code == ErrorCode::Invalid ? 2 : 1;
    }
    fmt::print("{}\n", *done);
    return 0;
}

}  // namespace vorfahrt::server::app
