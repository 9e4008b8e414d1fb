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

RateLimiter::Bucket& RateLimiter::refilled(std::string_view key, Millis steadyNow) {
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
    return bucket;
}

Millis RateLimiter::waitOf(const Bucket& bucket) const {
    return bucket.units >= kUnit ? Millis(0)
                                 : Millis((kUnit - bucket.units + perMinute_ - 1) / perMinute_);
}

Millis RateLimiter::wait(std::string_view key, Millis steadyNow) {
    return waitOf(refilled(key, steadyNow));
}

Millis RateLimiter::take(std::string_view key, Millis steadyNow) {
    Bucket& bucket = refilled(key, steadyNow);
    const Millis missing = waitOf(bucket);
    if (missing == Millis(0)) {
        bucket.units -= kUnit;
    }
    return missing;
}

void RateLimiter::giveBack(std::string_view key) {
    const auto known = byKey_.find(digest32(key));
    if (known != byKey_.end()) {
        Bucket& bucket = *known->second;
        bucket.units = std::min(perMinute_ * kUnit, bucket.units + kUnit);
    }
}

}  // namespace vorfahrt::server::service
