// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace vorfahrt::log {

enum class Level { Debug, Info, Warning, Error };

// Receives finished lines; set once in main before any thread starts. Must be thread-safe.
using Sink = void (*)(Level level, std::string_view area, std::string_view text);
void setSink(Sink sink);
void write(Level level, std::string_view area, std::string_view text);

// area is the folder ("feed", "intake"). Never pass message bodies, names, numbers, addresses or
// tokens: ids, codes, counts and durations are enough to find a fault, and a test greps the logs
// for seeded secrets.
template <class... Args>
void info(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::Info, area, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::Warning, area, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::Error, area, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace vorfahrt::log
