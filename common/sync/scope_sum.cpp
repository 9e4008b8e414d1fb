// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sync/scope_sum.h"

#include "common/base/bytes.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace vorfahrt::sync {
namespace {

constexpr std::size_t kTableBytes = 2;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kFacetBytes = 1;
constexpr std::size_t kRevBytes = 8;

template <std::size_t N>
void putLittleEndian(char* out, std::uint64_t number) {
    for (std::size_t i = 0; i < N; ++i) {
        out[i] = static_cast<char>(number >> (8 * i) & 0xff);
    }
}

}  // namespace

std::uint64_t rowHash(TenantId tenant, std::uint32_t table, RowId id, schema::Facet facet,
                      Seq rev) {
    std::array<char, kTableBytes + kIdBytes + kFacetBytes + kRevBytes> bytes{};
    char* at = bytes.data();
    putLittleEndian<kTableBytes>(at, table);
    at += kTableBytes;
    std::memcpy(at, id.view().data(), kIdBytes);
    at += kIdBytes;
    putLittleEndian<kFacetBytes>(at, static_cast<std::uint64_t>(facet));
    at += kFacetBytes;
    putLittleEndian<kRevBytes>(at, value(rev));
    return keyedHash64(tenant.view(), std::string_view(bytes.data(), bytes.size()));
}

std::string scopesDigest(std::vector<std::string> names) {
    std::ranges::sort(names);
    std::string joined;
    for (const std::string& name : names) {
        joined += joined.empty() ? name : "\n" + name;
    }
    return digest32(joined);
}

}  // namespace vorfahrt::sync
