// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/rate_limiter.h"

#include "common/base/bytes.h"

#include <algorithm>

namespace vorfahrt::server::service {
namespace {

constexpr std::int64_t kUnit = 60'000;

}  // namespace

RateLimiter::RateLimiter(std::uint32_t perMinute, std::size_t maxKeys)
    : perMinute_(std::max<std::int64_t>(perMinute, 1)),
      maxKeys_(std::max<std::size_t>(maxKeys, 1)) {}

Millis RateLimiter::take(std::string_view key, Millis steadyNow) {
    const std::int64_t full = perMinute_ * kUnit;
    const std::string hashed = digest32(key);
    const auto known = byKey_.find(hashed);
    if (known == byKey_.end()) {
        if (buckets_.size() >= maxKeys_) {
            byKey_.erase(buckets_.back().key);
            buckets_.pop_back();
        }
        buckets_.push_front({.key = hashed, .units = full, .at = steadyNow});
        byKey_.emplace(hashed, buckets_.begin());
    } else {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
    }
    Bucket& bucket = buckets_.front();
    const std::int64_t passed = std::clamp<std::int64_t>((steadyNow - bucket.at).count(), 0, kUnit);
    bucket.units = std::min(full, bucket.units + passed * perMinute_);
    bucket.at = std::max(bucket.at, steadyNow);
    if (bucket.units >= kUnit) {
        bucket.units -= kUnit;
        return Millis(0);
    }
    return Millis((kUnit - bucket.units + perMinute_ - 1) / perMinute_);
}

}  // namespace vorfahrt::server::service
