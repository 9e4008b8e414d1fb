// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/id.h"
#include "server/service/rate_limiter.h"

#include <cstdint>
#include <string>

namespace vorfahrt::server::service {

// PROTOCOL.md, "Bounds". Wrong passwords a minute, except `askedPerAddress`.
struct LoginLimits {
    std::uint32_t perPairMinute = 10;      // an account from one address, or from a known device
    std::uint32_t perAccountMinute = 20;   // an account from all devices that are new to it
    std::uint32_t perAddressMinute = 120;  // all accounts behind one address: a dealership's NAT
    std::uint32_t askedPerAddress = 600;   // tries of an address, right or wrong: bounds the work
};

// One try to sign in, as it is counted.
struct LoginTry {
    std::string login;    // folded
    std::string address;  // of the peer
    DeviceId device;
    bool knownDevice = false;  // it signed in to this account before
    // A code of 60 bits, not a password: it is not counted per account from everywhere, so that
    // nobody keeps its owner out.
    bool isCode = false;
};

// Slows guessing down without locking people out. Failures count, and each try counts as one until
// it is known to be right, so that parallel guesses gain nothing. A device that has signed in to
// the account before has a bucket of its own and no other: neither guesses from elsewhere nor
// those of its neighbours behind the same address keep it out. What is unknown (no such account)
// is counted like the rest, so that a limit says nothing about who exists. Pure: time is given,
// the steady clock's. One thread.
class LoginGuard {
public:
    explicit LoginGuard(const LoginLimits& limits);

    // Before anything is looked up. Zero: go on; otherwise how long to wait.
    [[nodiscard]] Millis ask(const std::string& address, Millis steadyNow);
    // Before the password is checked. Zero: go on, the try is counted.
    [[nodiscard]] Millis begin(const LoginTry& attempt, Millis steadyNow);
    // The password was right, or was not checked after all: the try does not count.
    void forget(const LoginTry& attempt);

private:
    RateLimiter asked_;
    RateLimiter byAddress_;
    RateLimiter byAccount_;
    RateLimiter byPair_;
    RateLimiter byDevice_;
};

}  // namespace vorfahrt::server::service
