// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace vorfahrt {

// Source of random bytes, injected so that a seed reproduces a run. Not thread-safe.
class Random {
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::string bytes(std::size_t count) = 0;
    // 0 <= result < bound; bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

// The operating system's generator: tokens, keys, ids.
class SystemRandom final : public Random {
public:
    SystemRandom();
    [[nodiscard]] std::string bytes(std::size_t count) override;
};

// Deterministic (ChaCha20 over a counter). Tests, simulator and demo data only.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed)
        : seed_(seed) {}
    [[nodiscard]] std::string bytes(std::size_t count) override;

private:
    std::uint64_t seed_;
    std::uint64_t counter_ = 0;
};

}  // namespace vorfahrt
