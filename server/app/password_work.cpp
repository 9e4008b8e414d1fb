// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/password_work.h"

namespace vorfahrt::server::app {

PasswordWork::PasswordWork(const LoginSettings& settings, const Clock& clock)
    : clock_(clock),
      guard_(settings.limits),
      pool_("login", settings.workers, settings.queue) {}

Millis PasswordWork::ask(const std::string& address) {
    const std::lock_guard lock(mutex_);
    return guard_.ask(address, clock_.steady());
}

Millis PasswordWork::begin(const service::LoginTry& attempt) {
    const std::lock_guard lock(mutex_);
    return guard_.begin(attempt, clock_.steady());
}

void PasswordWork::forget(const service::LoginTry& attempt) {
    const std::lock_guard lock(mutex_);
    guard_.forget(attempt);
}

}  // namespace vorfahrt::server::app
