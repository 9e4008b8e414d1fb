// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/intake/mail.h"

#include <string_view>

namespace vorfahrt::server::intake {

// Bounds of one parse. What lies beyond is left out and Mail::truncated says so; the raw bytes are
// stored before anything is parsed, so nothing is lost.
struct MimeLimits {
    std::size_t raw = 64U << 20U;
    std::size_t parts = 500;
    std::size_t depth = 32;
    std::size_t text = 4U << 20U;  // bytes of all text parts, and of all HTML parts
    std::size_t html = 1U << 20U;  // bytes of one HTML part that are converted to text
    std::size_t attachments = 48U << 20U;
    std::size_t header = 8U << 10U;  // bytes of one decoded header value
    std::size_t addresses = 200;
};

// Any bytes give a Mail or an error value. Thread-safe.
[[nodiscard]] Result<Mail> parseMail(std::string_view raw, const MimeLimits& limits = {});

}  // namespace vorfahrt::server::intake
