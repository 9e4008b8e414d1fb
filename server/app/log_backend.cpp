// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/log_backend.h"

#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>

#include <memory>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string>

namespace vorfahrt::server::app {
namespace {

spdlog::level::level_enum levelOf(log::Level level) {
    switch (level) {
        case log::Level::Debug: return spdlog::level::debug;
        case log::Level::Info: return spdlog::level::info;
        case log::Level::Warning: return spdlog::level::warn;
        default: return spdlog::level::err;
    }
}

// RFC 8259 section 7.
std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20U) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            out.push_back(c);
        }
    }
    return out;
}

void toJson(log::Level level, std::string_view area, std::string_view text) {
    spdlog::default_logger_raw()->log(levelOf(level), R"("area":"{}","text":"{}")", area,
                                      escaped(text));
}

// libprotobuf prints plain lines by itself, one for each text that is not UTF-8. Where it happened
// is said, its text is not: it may quote what a peer has sent.
void fromProtobuf(google::protobuf::LogLevel level, const char* file, int line,
                  const std::string& /*text*/) {
    const bool bad = level >= google::protobuf::LOGLEVEL_ERROR;
    const std::string_view path(file);
    const std::string_view name = path.substr(path.rfind('/') + 1);
    log::write(bad ? log::Level::Warning : log::Level::Info, "protobuf",
               fmt::format("{}:{}", name, line));
}

}  // namespace

void useJsonLog(log::Level least) {
    auto logger = std::make_shared<spdlog::logger>(
        "vorfahrt", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_level(levelOf(least));
    logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                        spdlog::pattern_time_type::utc);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
    log::setSink(toJson);
    google::protobuf::SetLogHandler(fromProtobuf);
}

}  // namespace vorfahrt::server::app
