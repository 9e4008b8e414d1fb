// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/log.h"

#include <cstdio>

namespace vorfahrt::log {
namespace {

void toStandardError(Level level, std::string_view area, std::string_view text) {
    static constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
    std::fprintf(stderr, "%s %.*s: %.*s\n", kNames[static_cast<int>(level)],
                 static_cast<int>(area.size()), area.data(), static_cast<int>(text.size()),
                 text.data());
}

Sink g_sink = toStandardError;  // set once before threads start, then only read

}  // namespace

void setSink(Sink sink) {
    g_sink = sink != nullptr ? sink : toStandardError;
}

void write(Level level, std::string_view area, std::string_view text) {
    g_sink(level, area, text);
}

}  // namespace vorfahrt::log
