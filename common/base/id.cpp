// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/id.h"

#include "common/base/bytes.h"

#include <algorithm>
#include <cstring>

namespace vorfahrt {

std::optional<Uuid> Uuid::fromBytes(std::string_view bytes) {
    if (bytes.size() != 16) {
        return std::nullopt;
    }
    Uuid out;
    std::memcpy(out.data_.data(), bytes.data(), 16);
    return out;
}

std::optional<Uuid> Uuid::fromText(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c != '-'; });
    const auto bytes = fromHex(digits);
    return bytes ? fromBytes(*bytes) : std::nullopt;
}

Uuid Uuid::v7(TimePoint now, Random& random) {
    Uuid out;
    const std::string r = random.bytes(10);
    const auto ms = static_cast<std::uint64_t>(toUnixMs(now));
    for (std::size_t i = 0; i < 6; ++i) {
        out.data_[i] = static_cast<std::uint8_t>(ms >> (40U - 8U * i));
    }
    std::memcpy(out.data_.data() + 6, r.data(), 10);
    out.data_[6] = static_cast<std::uint8_t>((out.data_[6] & 0x0fU) | 0x70U);
    out.data_[8] = static_cast<std::uint8_t>((out.data_[8] & 0x3fU) | 0x80U);
    return out;
}

std::string Uuid::bytes() const {
    return std::string(view());
}

std::string Uuid::text() const {
    std::string hex = toHex(view());
    for (const std::size_t at : {20U, 16U, 12U, 8U}) {
        hex.insert(at, 1, '-');
    }
    return hex;
}

}  // namespace vorfahrt
