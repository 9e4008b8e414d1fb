// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vorfahrt {

// 16 bytes of a UUID, big-endian. All zero means "none"; none is never stored as a key.
class Uuid {
public:
    constexpr Uuid() = default;
    // Exactly 16 bytes, as in Protobuf and SQL; anything else is nullopt.
    [[nodiscard]] static std::optional<Uuid> fromBytes(std::string_view bytes);
    // With or without hyphens.
    [[nodiscard]] static std::optional<Uuid> fromText(std::string_view text);
    // RFC 9562 version 7: sorts by creation time.
    [[nodiscard]] static Uuid v7(TimePoint now, Random& random);

    [[nodiscard]] std::string bytes() const;
    [[nodiscard]] std::string_view view() const {
        return {reinterpret_cast<const char*>(data_.data()), data_.size()};
    }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool isNone() const { return *this == Uuid{}; }
    friend auto operator<=>(const Uuid&, const Uuid&) = default;

private:
    std::array<std::uint8_t, 16> data_{};
};

// A Uuid that names one kind of thing. No implicit conversion in either direction.
template <class Tag>
class StrongId {
public:
    constexpr StrongId() = default;
    explicit constexpr StrongId(Uuid uuid)
        : uuid_(uuid) {}
    [[nodiscard]] static std::optional<StrongId> fromBytes(std::string_view bytes) {
        const auto uuid = Uuid::fromBytes(bytes);
        return uuid ? std::optional(StrongId(*uuid)) : std::nullopt;
    }
    [[nodiscard]] const Uuid& uuid() const { return uuid_; }
    [[nodiscard]] std::string bytes() const { return uuid_.bytes(); }
    [[nodiscard]] std::string_view view() const { return uuid_.view(); }
    [[nodiscard]] std::string text() const { return uuid_.text(); }
    [[nodiscard]] bool isNone() const { return uuid_.isNone(); }
    friend auto operator<=>(const StrongId&, const StrongId&) = default;

private:
    Uuid uuid_;
};

using TenantId = StrongId<struct TenantTag>;
using SiteId = StrongId<struct SiteTag>;
using UserId = StrongId<struct UserTag>;
using AccountId = StrongId<struct AccountTag>;
using ReplicaId = StrongId<struct ReplicaTag>;
using DeviceId = StrongId<struct DeviceTag>;
using CustomerId = StrongId<struct CustomerTag>;
using LeadId = StrongId<struct LeadTag>;
using ClaimId = StrongId<struct ClaimTag>;
// A row of any record table, where the table is known beside it.
using RowId = StrongId<struct RowTag>;

// A position in a tenant's log (dense, from 1). 0 is "before everything".
enum class Seq : std::uint64_t {};
[[nodiscard]] constexpr std::uint64_t value(Seq s) {
    return static_cast<std::uint64_t>(s);
}
// A replica's own number of a mutation (dense per replica and tenant, from 1).
enum class Mid : std::uint64_t {};
[[nodiscard]] constexpr std::uint64_t value(Mid m) {
    return static_cast<std::uint64_t>(m);
}
[[nodiscard]] constexpr Mid next(Mid m) {
    return Mid(value(m) + 1);
}

}  // namespace vorfahrt

template <>
struct std::hash<vorfahrt::Uuid> {
    std::size_t operator()(const vorfahrt::Uuid& id) const noexcept {
        return std::hash<std::string_view>{}(id.view());
    }
};
template <class Tag>
struct std::hash<vorfahrt::StrongId<Tag>> {
    std::size_t operator()(const vorfahrt::StrongId<Tag>& id) const noexcept {
        return std::hash<vorfahrt::Uuid>{}(id.uuid());
    }
};
