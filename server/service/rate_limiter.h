// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vorfahrt::server::service {

// Token buckets by key (an address, an account's login): `perMinute` tries at once, refilled
// evenly; a try that turned out to be harmless is given back. Pure: time is given, the steady
// clock's. The table is bounded: the key that was used longest ago is forgotten first. Keys are
// kept as digests, so no name stays in memory. One thread.
class RateLimiter {
public:
    explicit RateLimiter(std::uint32_t perMinute = 10, std::size_t maxKeys = 10'000);

    // Zero: go on, one try is taken. Otherwise nothing is taken and this is how long to wait.
    [[nodiscard]] Millis take(std::string_view key, Millis steadyNow);
    // What take would answer; takes nothing.
    [[nodiscard]] Millis wait(std::string_view key, Millis steadyNow);
    // Undoes one take. A key that is forgotten meanwhile is full anyway.
    void giveBack(std::string_view key);
    [[nodiscard]] std::size_t size() const { return buckets_.size(); }

private:
    struct Bucket {
        std::string key;
        // Tries are counted in units of 1/60000 so that a millisecond refills a whole number.
        std::int64_t units = 0;
        Millis at{0};
    };
    [[nodiscard]] Bucket& refilled(std::string_view key, Millis steadyNow);
    [[nodiscard]] Millis waitOf(const Bucket& bucket) const;

    std::int64_t perMinute_;
    std::size_t maxKeys_;
    std::list<Bucket> buckets_;  // used last first
    std::unordered_map<std::string, std::list<Bucket>::iterator> byKey_;
};

}  // namespace vorfahrt::server::service
