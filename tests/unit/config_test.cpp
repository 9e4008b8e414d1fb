// SPDX-License-Identifier: GPL-3.0-or-later
// The server's configuration: defaults, file, environment, and every error at once.
#include "server/app/config.h"

#include "server/app/command_line.h"

#include <QTest>

namespace vorfahrt {

using namespace server::app;

class ConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNeeded() {
        const ConfigOutcome outcome = parseConfig("", {});
        QVERIFY(outcome.errors.empty());
        QCOMPARE(outcome.config.syncPort, std::uint16_t(4433));
        QCOMPARE(outcome.config.lmtpPort, std::uint16_t(2424));
        QCOMPARE(outcome.config.lmtpAddress, std::string("127.0.0.1"));
        QCOMPARE(outcome.config.databaseFile(), std::filesystem::path("var/server.db"));
    }

    void theEnvironmentWins() {
        const auto outcome = parseConfig(
            "data_dir = \"/srv/vf\"\n[sync]\nport = 1\n[lmtp]\n"
            "enabled = false\n[log]\nlevel = \"error\"\n",
            {{"VORFAHRT_SYNC_PORT", "0"},
             {"VORFAHRT_LOGIN_PER_ADDRESS_MINUTE", "500"},
             {"VORFAHRT_LIMITS_CONNECTIONS_PER_ADDRESS", "9"},
             {"VORFAHRT_OTHER_PROGRAM", "x"}});
        QVERIFY(outcome.errors.empty());
        QCOMPARE(outcome.config.syncPort, std::uint16_t(0));
        QCOMPARE(outcome.config.login.limits.perAddressMinute, 500U);
        QCOMPARE(outcome.config.limits.connectionsPerAddress, 9U);
        QCOMPARE(outcome.config.dataDir, std::filesystem::path("/srv/vf"));
        QVERIFY(!outcome.config.lmtpEnabled);
        QCOMPARE(outcome.config.logLevel, log::Level::Error);
    }

    void everyErrorIsSaid() {
        const auto outcome = parseConfig(
            "colour = 1\n[sync]\nport = 70000\naddress = 5\nprot = 1\n"
            "certificate = \"a.pem\"\n[lmtp]\nenabled = \"yes\"\n",
            {{"VORFAHRT_RUNTIME_READER_THREADS", "0"},
             {"VORFAHRT_SYNC_PROT", "1"},
             {"VORFAHRT_LIMITS_QUEUE_MIB", "1"},
             {"VORFAHRT_LIMITS_QUEUE", "64"}});
        // colour, port, address, prot, enabled, four variables, certificate without key
        QCOMPARE(outcome.errors.size(), std::size_t(10));
        for (const char* part :
             {"colour: unknown key", "sync.port", "sync.address", "sync.prot: unknown key",
              "lmtp.enabled: expected true or false", "VORFAHRT_RUNTIME_READER_THREADS",
              "VORFAHRT_SYNC_PROT: unknown", "VORFAHRT_LIMITS_QUEUE_MIB: expected a number from 48",
              "VORFAHRT_LIMITS_QUEUE: unknown", "both or none"}) {
            const bool said = std::ranges::any_of(outcome.errors, [&](const std::string& line) {
                return line.find(part) != std::string::npos;
            });
            QVERIFY2(said, part);
        }
    }

    void brokenTomlNamesTheLine() {
        const auto outcome = parseConfig("[sync]\nport = = 5\n", {});
        QCOMPARE(outcome.errors.size(), std::size_t(1));
        QVERIFY(outcome.errors.front().starts_with("line 2"));
        QVERIFY(!loadConfig("/nonexistent/vorfahrt.toml", {}).errors.empty());
    }

    void arguments() {
        const Arguments serve = parseArguments({"--data", "d", "--check-config"});
        QVERIFY(serve.command.empty() && serve.checkConfig && serve.error.empty());
        const Arguments behind = parseArguments({"user", "list", "--data", "d"});
        QCOMPARE(behind.command, (std::vector<std::string>{"user", "list"}));
        QCOMPARE(behind.dataDir, std::optional(std::filesystem::path("d")));
        QVERIFY(!parseArguments({"--wrong"}).error.empty());
        QVERIFY(!parseArguments({"--data"}).error.empty());
    }
};

}  // namespace vorfahrt

QTEST_APPLESS_MAIN(vorfahrt::ConfigTest)
#include "config_test.moc"
