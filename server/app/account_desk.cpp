// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/account_desk.h"

#include "common/domain/password.h"

#include <utility>

namespace vorfahrt::server::app {
namespace {

using Done = session::Backend::AccountDone;

constexpr Millis kBusyRetry{2'000};
// Nobody's login: no folded one has a control character.
constexpr const char* kSetupLogin = "\2set-up";

wire::AccountResult resultOf(const std::string& id, ErrorCode code, std::string field = {},
                             Millis retry = Millis(0)) {
    wire::AccountResult result;
    result.set_request_id(id);
    result.set_code(static_cast<std::uint32_t>(code));
    result.set_field(std::move(field));
    result.set_retry_after_ms(static_cast<std::uint32_t>(retry.count()));
    return result;
}

bool isGood(std::string_view password, std::string_view login) {
    return domain::checkNewPassword(password, login) == domain::PasswordFault::None;
}

// Whoever is told one of these had the right secret, or none was asked for.
bool wasRight(const wire::AccountResult& result) {
    const auto code = static_cast<ErrorCode>(result.code());
    return code == ErrorCode::Ok || code == ErrorCode::Invalid || code == ErrorCode::Duplicate;
}

}  // namespace

AccountDesk::AccountDesk(PasswordWork& work, Writer& writer)
    : work_(work),
      writer_(writer) {}

void AccountDesk::ask(session::AccountAttempt attempt, Done done) {
    const wire::AccountRequest& request = attempt.request;
    const bool isTry = request.has_setup() || request.has_redeem() || request.has_change_password();
    if (isTry) {
        const Millis wait = work_.ask(attempt.address);
        if (wait > Millis(0)) {
            done(resultOf(request.request_id(), ErrorCode::RateLimited, {}, wait));
            return;
        }
    }
    switch (request.kind_case()) {
        case wire::AccountRequest::kSetup: setUp(std::move(attempt), std::move(done)); return;
        case wire::AccountRequest::kRedeem: redeem(std::move(attempt), std::move(done)); return;
        case wire::AccountRequest::kChangePassword:
            findPassword(std::move(attempt), std::move(done));
            return;
        default: break;
    }
    const std::string id = request.request_id();
    service::Request admin =
        service::AccountAdminRequest{.who = *attempt.who, .request = std::move(attempt.request)};
    finish(std::move(admin), {}, id, std::move(done));
}

void AccountDesk::inPool(const service::LoginTry& counted, const std::string& id, const Done& done,
                         std::function<void()> job) {
    const Millis wait = work_.begin(counted);
    if (wait > Millis(0)) {
        done(resultOf(id, ErrorCode::RateLimited, {}, wait));
    } else if (!work_.submit(std::move(job))) {
        work_.forget(counted);
        done(resultOf(id, ErrorCode::RateLimited, {}, kBusyRetry));
    }
}

void AccountDesk::finish(service::Request request, std::optional<service::LoginTry> counted,
                         std::string id, Done done) {
    auto next = [this, counted = std::move(counted), id = std::move(id),
                 done = std::move(done)](service::Outcome outcome) {
        const bool answered = outcome.accountResult.has_value();
        if (counted && (!answered || wasRight(*outcome.accountResult))) {
            work_.forget(*counted);
        }
        if (answered) {
            done(std::move(*outcome.accountResult));
        } else if (outcome.code == ErrorCode::Unauthenticated) {
            done(fail(ErrorCode::Unauthenticated, "token"));
        } else {
            done(resultOf(id, ErrorCode::Unavailable, {}, kBusyRetry));
        }
    };
    writer_.submit(std::move(request), std::move(next));
}

void AccountDesk::setUp(session::AccountAttempt attempt, Done done) {
    const std::string id = attempt.request.request_id();
    const wire::Setup& setup = attempt.request.setup();
    if (!isGood(setup.password(), setup.administrator().login())) {
        done(resultOf(id, ErrorCode::Invalid, "password"));
        return;
    }
    const service::LoginTry counted{.login = kSetupLogin, .address = attempt.address, .device = {}};
    auto job = [this, counted, id, done, request = std::move(attempt.request)]() mutable {
        const std::string password =
            std::exchange(*request.mutable_setup()->mutable_password(), {});
        auto hash = service::hashPassword(password);
        if (!hash) {
            work_.forget(counted);
            done(resultOf(id, ErrorCode::Unavailable, {}, kBusyRetry));
            return;
        }
        service::Request stored =
            service::SetupRequest{.request = std::move(request), .passwordHash = std::move(*hash)};
        finish(std::move(stored), counted, id, done);
    };
    inPool(counted, id, done, std::move(job));
}

void AccountDesk::redeem(session::AccountAttempt attempt, Done done) {
    const std::string id = attempt.request.request_id();
    wire::RedeemCode form = std::move(*attempt.request.mutable_redeem());
    if (!isGood(form.password(), form.login())) {
        done(resultOf(id, ErrorCode::Invalid, "password"));
        return;
    }
    const service::LoginTry counted{
        .login = service::foldLogin(form.login()).value_or(std::string()),
        .address = attempt.address,
        .device = {},
        .knownDevice = false,
        .isCode = true};
    // Hashed before the code is looked at: the same work for every answer.
    auto job = [this, counted, id, done, form = std::move(form)]() mutable {
        auto hash = service::hashPassword(form.password());
        if (!hash) {
            work_.forget(counted);
            done(resultOf(id, ErrorCode::Unavailable, {}, kBusyRetry));
            return;
        }
        service::Request stored = service::RedeemRequest{.id = id,
                                                         .login = counted.login,
                                                         .code = std::move(*form.mutable_code()),
                                                         .passwordHash = std::move(*hash)};
        finish(std::move(stored), counted, id, done);
    };
    inPool(counted, id, done, std::move(job));
}

void AccountDesk::findPassword(session::AccountAttempt attempt, Done done) {
    service::Request request =
        service::FindPasswordRequest{.who = *attempt.who, .id = attempt.request.request_id()};
    auto next = [this, attempt = std::move(attempt),
                 done = std::move(done)](service::Outcome outcome) mutable {
        if (outcome.account) {
            changePassword(std::move(attempt), *outcome.account, std::move(done));
        } else if (outcome.accountResult) {
            done(std::move(*outcome.accountResult));
        } else if (outcome.code == ErrorCode::Unauthenticated) {
            done(fail(ErrorCode::Unauthenticated, "token"));
        } else {
            done(resultOf(attempt.request.request_id(), ErrorCode::Unavailable, {}, kBusyRetry));
        }
    };
    writer_.submit(std::move(request), std::move(next));
}

void AccountDesk::changePassword(session::AccountAttempt attempt, const store::Account& account,
                                 Done done) {
    const std::string id = attempt.request.request_id();
    wire::ChangePassword form = std::move(*attempt.request.mutable_change_password());
    if (!isGood(form.new_password(), account.login)) {
        done(resultOf(id, ErrorCode::Invalid, "new_password"));
        return;
    }
    const service::LoginTry counted{.login = account.login,
                                    .address = attempt.address,
                                    .device = attempt.who->device,
                                    .knownDevice = true};
    auto job = [this, counted, id, done, who = *attempt.who, stored = account.passwordHash,
                form = std::move(form)] {
        if (!work_.verifier().check(stored, form.old_password()).ok) {
            done(resultOf(id, ErrorCode::Unauthenticated));
            return;
        }
        auto hash = service::hashPassword(form.new_password());
        if (!hash) {
            work_.forget(counted);
            done(resultOf(id, ErrorCode::Unavailable, {}, kBusyRetry));
            return;
        }
        service::Request request = service::ChangePasswordRequest{
            .who = who, .id = id, .checkedHash = stored, .newHash = std::move(*hash)};
        finish(std::move(request), counted, id, done);
    };
    inPool(counted, id, done, std::move(job));
}

}  // namespace vorfahrt::server::app
