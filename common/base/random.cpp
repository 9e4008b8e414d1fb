// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/random.h"

#include "common/base/assert.h"

#include <sodium.h>

#include <cstring>

namespace vorfahrt {

std::uint64_t Random::below(std::uint64_t bound) {
    VF_ASSERT(bound > 0);
    // Rejection keeps the result unbiased.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
        const std::string b = bytes(sizeof(std::uint64_t));
        std::uint64_t value = 0;
        std::memcpy(&value, b.data(), sizeof value);
        if (value < limit) {
            return value % bound;
        }
    }
}

SystemRandom::SystemRandom() {
    VF_ASSERT(sodium_init() >= 0);
}

std::string SystemRandom::bytes(std::size_t count) {
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

std::string SeededRandom::bytes(std::size_t count) {
    unsigned char seed[randombytes_SEEDBYTES] = {};
    std::memcpy(seed, &seed_, sizeof seed_);
    std::memcpy(seed + sizeof seed_, &counter_, sizeof counter_);
    ++counter_;
    std::string out(count, '\0');
    randombytes_buf_deterministic(out.data(), out.size(), seed);
    return out;
}

}  // namespace vorfahrt
