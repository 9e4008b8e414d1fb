// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <sstream>
#include <toml++/toml.h>
#include <unistd.h>

namespace vorfahrt::server::app {
namespace {

// One value, as the file and the environment both can give it.
using Value = std::string;
using Store = std::function<bool(Config&, const Value&)>;

// More than the largest mail (LmtpLimits) and what waits beside it.
constexpr std::uint32_t kLeastQueueMib = 48;

enum class Kind { Text, Number, Flag };

struct Setting {
    std::string name;  // "sync.port"
    Kind kind = Kind::Text;
    std::string expects;
    Store store;
};

template <class Number>
std::optional<Number> number(const Value& text, Number least, Number most) {
    std::uint64_t parsed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || parsed < least || parsed > most) {
        return std::nullopt;
    }
    return static_cast<Number>(parsed);
}

template <class Number>
Setting numberSetting(std::string name, Number Config::* member, Number least, Number most) {
    return {.name = std::move(name),
            .kind = Kind::Number,
            .expects = fmt::format("a number from {} to {}", least, most),
            .store = [member, least, most](Config& config, const Value& text) {
                const auto parsed = number<Number>(text, least, most);
                config.*member = parsed.value_or(config.*member);
                return parsed.has_value();
            }};
}

Setting textSetting(std::string name, std::string Config::* member) {
    return {.name = std::move(name),
            .kind = Kind::Text,
            .expects = "a text that is not empty",
            .store = [member](Config& config, const Value& text) {
                config.*member = text;
                return !text.empty();
            }};
}

Setting pathSetting(std::string name, std::filesystem::path Config::* member) {
    return {.name = std::move(name),
            .kind = Kind::Text,
            .expects = "a path",
            .store = [member](Config& config, const Value& text) {
                config.*member = text;
                return !text.empty();
            }};
}

Setting loginSetting(std::string name, std::uint32_t service::LoginLimits::* member) {
    return {.name = std::move(name),
            .kind = Kind::Number,
            .expects = "a number from 1 to 1000000",
            .store = [member](Config& config, const Value& text) {
                const auto parsed = number<std::uint32_t>(text, 1, 1'000'000);
                auto& limit = config.login.limits.*member;
                limit = parsed.value_or(limit);
                return parsed.has_value();
            }};
}

Setting limitSetting(std::string name, std::uint32_t EdgeLimits::* member, std::uint32_t least,
                     std::uint32_t most) {
    return {.name = std::move(name),
            .kind = Kind::Number,
            .expects = fmt::format("a number from {} to {}", least, most),
            .store = [member, least, most](Config& config, const Value& text) {
                const auto parsed = number<std::uint32_t>(text, least, most);
                config.limits.*member = parsed.value_or(config.limits.*member);
                return parsed.has_value();
            }};
}

std::vector<Setting> allSettings() {
    constexpr std::uint16_t kAnyPort = std::numeric_limits<std::uint16_t>::max();
    std::vector<Setting> out;
    out.push_back(pathSetting("data_dir", &Config::dataDir));
    out.push_back(textSetting("sync.address", &Config::syncAddress));
    out.push_back(numberSetting<std::uint16_t>("sync.port", &Config::syncPort, 0, kAnyPort));
    out.push_back(pathSetting("sync.certificate", &Config::certificate));
    out.push_back(pathSetting("sync.key", &Config::key));
    out.push_back({.name = "lmtp.enabled",
                   .kind = Kind::Flag,
                   .expects = "true or false",
                   .store = [](Config& config, const Value& text) {
                       config.lmtpEnabled = text == "true";
                       return text == "true" || text == "false";
                   }});
    out.push_back(textSetting("lmtp.address", &Config::lmtpAddress));
    out.push_back(numberSetting<std::uint16_t>("lmtp.port", &Config::lmtpPort, 0, kAnyPort));
    out.push_back(textSetting("lmtp.host_name", &Config::lmtpHost));
    out.push_back(
        loginSetting("login.per_address_minute", &service::LoginLimits::perAddressMinute));
    out.push_back(
        loginSetting("login.per_account_minute", &service::LoginLimits::perAccountMinute));
    out.push_back(loginSetting("login.per_pair_minute", &service::LoginLimits::perPairMinute));
    out.push_back(limitSetting("limits.connections", &EdgeLimits::connections, 1, 1'000'000));
    out.push_back(limitSetting("limits.connections_per_address", &EdgeLimits::connectionsPerAddress,
                               1, 1'000'000));
    out.push_back(
        limitSetting("limits.claims_per_minute", &EdgeLimits::claimsPerMinute, 1, 1'000'000));
    out.push_back(
        limitSetting("limits.pushes_per_second", &EdgeLimits::pushesPerSecond, 1, 1'000'000));
    // Less than the largest mail and some more would refuse that mail for ever.
    out.push_back(limitSetting("limits.queue_mib", &EdgeLimits::queueMib, kLeastQueueMib, 65'536));
    out.push_back(numberSetting<unsigned>("runtime.net_threads", &Config::netThreads, 1, 64));
    out.push_back(numberSetting<unsigned>("runtime.reader_threads", &Config::readerThreads, 1, 64));
    out.push_back({.name = "log.level",
                   .kind = Kind::Text,
                   .expects = "debug, info, warning or error",
                   .store = [](Config& config, const Value& text) {
                       constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warning",
                                                                        "error"};
                       const auto it = std::ranges::find(kNames, text);
                       if (it == kNames.end()) {
                           return false;
                       }
                       config.logLevel = static_cast<log::Level>(std::distance(kNames.begin(), it));
                       return true;
                   }});
    return out;
}

std::string variableOf(const std::string& setting) {
    std::string name = "VORFAHRT_" + setting;
    std::ranges::transform(name, name.begin(), [](char c) {
        const bool lower = c >= 'a' && c <= 'z';
        return c == '.' ? '_' : lower ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return name;
}

// The value as text where its type fits the setting.
std::optional<Value> textOf(const toml::node& node, Kind kind) {
    if (kind == Kind::Text && node.is_string()) {
        return **node.as_string();
    }
    if (kind == Kind::Number && node.is_integer()) {
        return std::to_string(**node.as_integer());
    }
    if (kind == Kind::Flag && node.is_boolean()) {
        return **node.as_boolean() ? "true" : "false";
    }
    return std::nullopt;
}

// Reads both sources into one Config and remembers every error.
class Reader {
public:
    void readTable(const toml::table& table, const std::string& prefix) {
        for (const auto& [key, node] : table) {
            const std::string name = prefix + std::string(key.str());
            if (const toml::table* inner = node.as_table(); inner != nullptr && prefix.empty()) {
                readTable(*inner, name + ".");
                continue;
            }
            const Setting* setting = find(name);
            if (setting == nullptr) {
                out_.errors.push_back(
                    fmt::format("{}: unknown key (line {})", name, node.source().begin.line));
                continue;
            }
            take(*setting, name, textOf(node, setting->kind));
        }
    }

    void readEnvironment(const Environment& environment) {
        for (const auto& [name, value] : environment) {
            const auto it = std::ranges::find_if(
                settings_, [&](const Setting& s) { return variableOf(s.name) == name; });
            if (it != settings_.end()) {
                take(*it, name, value);
            } else if (ofOurSections(name)) {
                out_.errors.push_back(name + ": unknown variable");
            }
        }
    }

    ConfigOutcome finish() {
        if (out_.config.certificate.empty() != out_.config.key.empty()) {
            out_.errors.emplace_back("sync.certificate and sync.key: both or none");
        }
        return std::move(out_);
    }

    void fail(std::string line) { out_.errors.push_back(std::move(line)); }

private:
    [[nodiscard]] const Setting* find(const std::string& name) const {
        const auto it = std::ranges::find(settings_, name, &Setting::name);
        return it == settings_.end() ? nullptr : &*it;
    }

    void take(const Setting& setting, const std::string& name, const std::optional<Value>& value) {
        if (!value || !setting.store(out_.config, *value)) {
            out_.errors.push_back(fmt::format("{}: expected {}", name, setting.expects));
        }
    }

    static bool ofOurSections(std::string_view name) {
        constexpr std::array<std::string_view, 6> kSections{"SYNC_",   "LMTP_",    "LOGIN_",
                                                            "LIMITS_", "RUNTIME_", "LOG_"};
        return std::ranges::any_of(kSections, [&](std::string_view section) {
            return name.starts_with(std::string("VORFAHRT_") + std::string(section));
        });
    }

    std::vector<Setting> settings_ = allSettings();
    ConfigOutcome out_;
};

}  // namespace

ConfigOutcome parseConfig(std::string_view text, const Environment& environment) {
    Reader reader;
    try {
        reader.readTable(toml::parse(text), "");
    } catch (const toml::parse_error& error) {
        reader.fail(fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
    reader.readEnvironment(environment);
    return reader.finish();
}

ConfigOutcome loadConfig(const std::optional<std::filesystem::path>& file,
                         const Environment& environment) {
    if (!file) {
        return parseConfig("", environment);
    }
    std::ifstream stream(*file, std::ios::binary);
    if (!stream) {
        ConfigOutcome out = parseConfig("", environment);
        out.errors.push_back(file->string() + ": cannot be read");
        return out;
    }
    std::ostringstream text;
    text << stream.rdbuf();
    return parseConfig(text.str(), environment);
}

Environment processEnvironment() {
    Environment out;
    for (char** line = environ; line != nullptr && *line != nullptr; ++line) {
        const std::string_view text(*line);
        const std::size_t equals = text.find('=');
        if (text.starts_with("VORFAHRT_") && equals != std::string_view::npos) {
            out.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return out;
}

}  // namespace vorfahrt::server::app
