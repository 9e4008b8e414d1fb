// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/login_guard.h"

#include <algorithm>

namespace vorfahrt::server::service {
namespace {

// No folded login holds a control character.
std::string pairOf(const LoginTry& attempt) {
    return (attempt.isCode ? "\1" : "") + attempt.login + '\0' + attempt.address;
}

std::string deviceOf(const LoginTry& attempt) {
    return attempt.login + '\0' + attempt.device.bytes();
}

}  // namespace

LoginGuard::LoginGuard(const LoginLimits& limits)
    : asked_(limits.askedPerAddress),
      byAddress_(limits.perAddressMinute),
      byAccount_(limits.perAccountMinute),
      byPair_(limits.perPairMinute),
      byDevice_(limits.perPairMinute) {}

Millis LoginGuard::ask(const std::string& address, Millis steadyNow) {
    return asked_.take(address, steadyNow);
}

Millis LoginGuard::begin(const LoginTry& attempt, Millis steadyNow) {
    if (attempt.knownDevice) {
        return byDevice_.take(deviceOf(attempt), steadyNow);
    }
    // All or nothing: a try that one bucket refuses is not made, so it costs the others nothing.
    const Millis wait =
        std::max({byAddress_.wait(attempt.address, steadyNow),
                  attempt.isCode ? Millis(0) : byAccount_.wait(attempt.login, steadyNow),
                  byPair_.wait(pairOf(attempt), steadyNow)});
    if (wait > Millis(0)) {
        return wait;
    }
    static_cast<void>(byAddress_.take(attempt.address, steadyNow));
    if (!attempt.isCode) {
        static_cast<void>(byAccount_.take(attempt.login, steadyNow));
    }
    static_cast<void>(byPair_.take(pairOf(attempt), steadyNow));
    return Millis(0);
}

void LoginGuard::forget(const LoginTry& attempt) {
    if (attempt.knownDevice) {
        byDevice_.giveBack(deviceOf(attempt));
        return;
    }
    byAddress_.giveBack(attempt.address);
    if (!attempt.isCode) {
        byAccount_.giveBack(attempt.login);
    }
    byPair_.giveBack(pairOf(attempt));
}

}  // namespace vorfahrt::server::service
