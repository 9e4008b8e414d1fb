// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/login_desk.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace vorfahrt::server::app {
namespace {

constexpr Millis kBusyRetry{2'000};

wire::LoginResult refusal(ErrorCode code, Millis retry = Millis(0)) {
    wire::LoginResult result;
    result.set_code(static_cast<std::uint32_t>(code));
    result.set_retry_after_ms(static_cast<std::uint32_t>(retry.count()));
    return result;
}

}  // namespace

LoginDesk::LoginDesk(PasswordWork& work, Writer& writer)
    : work_(work),
      writer_(writer) {}

void LoginDesk::login(session::LoginAttempt attempt, session::Backend::LoggedIn done) {
    const Millis wait = work_.ask(attempt.address);
    if (wait > Millis(0)) {
        done(refusal(ErrorCode::RateLimited, wait));
        return;
    }
    service::Request request =
        service::FindLoginRequest{.login = attempt.login, .device = attempt.device};
    auto next = [this, attempt = std::move(attempt),
                 done = std::move(done)](service::Outcome outcome) mutable {
        if (outcome.code != ErrorCode::Ok) {
            done(refusal(ErrorCode::Unavailable, kBusyRetry));
            return;
        }
        check(std::move(attempt), std::move(outcome), std::move(done));
    };
    writer_.submit(std::move(request), std::move(next));
}

void LoginDesk::check(session::LoginAttempt attempt, service::Outcome found,
                      session::Backend::LoggedIn done) {
    const service::LoginTry counted{
        .login = service::foldLogin(attempt.login).value_or(std::string()),
        .address = attempt.address,
        .device = attempt.device,
        .knownDevice = found.knownDevice};
    const Millis wait = work_.begin(counted);
    if (wait > Millis(0)) {
        done(refusal(ErrorCode::RateLimited, wait));
        return;
    }
    auto job = [this, attempt = std::move(attempt), counted, account = std::move(found.account),
                done] {
        const std::optional<std::string> hash =
            account ? std::optional(account->passwordHash) : std::nullopt;
        service::PasswordCheck result = work_.verifier().check(hash, attempt.password);
        if (!result.ok) {
            done(refusal(ErrorCode::Unauthenticated));
            return;
        }
        work_.forget(counted);
        issue({.account = account->id,
               .checkedHash = account->passwordHash,
               .device = attempt.device,
               .newHash = std::move(result.newHash)},
              done);
    };
    if (!work_.submit(std::move(job))) {
        work_.forget(counted);
        done(refusal(ErrorCode::RateLimited, kBusyRetry));
    }
}

void LoginDesk::issue(service::IssueTokenRequest request, session::Backend::LoggedIn done) {
    writer_.submit(service::Request(std::move(request)),
                   [done = std::move(done)](service::Outcome outcome) {
                       if (!outcome.token) {
                           const bool gone = outcome.code == ErrorCode::Unauthenticated;
                           done(gone ? refusal(ErrorCode::Unauthenticated)
                                     : refusal(ErrorCode::Unavailable, kBusyRetry));
                           return;
                       }
                       done(std::move(outcome.token->result));
                   });
}

}  // namespace vorfahrt::server::app
