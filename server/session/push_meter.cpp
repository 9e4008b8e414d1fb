// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/push_meter.h"

#include <algorithm>

namespace vorfahrt::server::session {
namespace {

constexpr std::int64_t kUnit = 1'000;
constexpr std::int64_t kBurstSeconds = 10;
constexpr std::int64_t kPerPush = 10;         // mutations that a push costs beside its own
constexpr std::int64_t kLongestSeconds = 60;  // nobody waits longer
constexpr std::int64_t kRefillMs = (kBurstSeconds + kLongestSeconds) * kUnit;

}  // namespace

PushMeter::PushMeter(std::uint32_t perSecond)
    : perSecond_(std::max<std::int64_t>(perSecond, 1)),
      left_(perSecond_ * kBurstSeconds * kUnit) {}

Millis PushMeter::pushed(std::size_t mutations, Millis steadyNow) {
    const std::int64_t passed = std::clamp<std::int64_t>((steadyNow - at_).count(), 0, kRefillMs);
    at_ = std::max(at_, steadyNow);
    left_ = std::min(left_ + passed * perSecond_, perSecond_ * kBurstSeconds * kUnit);
    left_ -= (static_cast<std::int64_t>(mutations) + kPerPush) * kUnit;
    left_ = std::max(left_, -perSecond_ * kLongestSeconds * kUnit);
    return left_ >= 0 ? Millis(0) : Millis((-left_ + perSecond_ - 1) / perSecond_);
}

}  // namespace vorfahrt::server::session
