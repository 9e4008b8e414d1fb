// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/session_machine.h"

#include "common/schema/limits.h"
#include "common/schema/row.h"

#include <algorithm>
#include <utility>

namespace vorfahrt::server::session {

wire::Down refused(ErrorCode code, bool closing) {
    wire::Down frame;
    frame.mutable_refused()->set_code(static_cast<std::uint32_t>(code));
    frame.mutable_refused()->set_closing(closing);
    return frame;
}

namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::uint32_t kBusyMs = 1'000;

Effects one(Effect effect) {
    Effects out;
    out.push_back(std::move(effect));
    return out;
}

bool isReserved(const wire::Up& up) {
    return up.has_repair() || up.has_blob_have() || up.has_blob_put();
}

bool withinBounds(const wire::Push& push) {
    if (push.mutations_size() == 0 || push.mutations_size() > schema::kMaxPushMutations) {
        return false;
    }
    std::size_t args = 0;
    std::uint64_t last = 0;
    for (const wire::Mutation& mutation : push.mutations()) {
        if (mutation.mid() <= last) {
            return false;
        }
        last = mutation.mid();
        args += mutation.args().size();
    }
    return args <= schema::kMaxPushArgs;
}

}  // namespace

Effects SessionMachine::end(ErrorCode why) {
    if (state_ == State::Closed) {
        return {};
    }
    state_ = State::Closed;
    Effects out = one(effect::Send{refused(why, true)});
    out.emplace_back(effect::Close{});
    return out;
}

Effects SessionMachine::helloTimeout() {
    const bool said = state_ == State::Ready || state_ == State::Greeting;
    return said ? Effects{} : end(ErrorCode::Timeout);
}

Effects SessionMachine::receive(std::string_view message) {
    if (state_ == State::Closed) {
        return {};
    }
    wire::Up up;
    if (message.size() > schema::kMaxFrameBytes || !schema::parseBounded(up, message)) {
        return end(ErrorCode::BadFrame);
    }
    if (isReserved(up)) {
        return one(effect::Send{refused(ErrorCode::Unsupported, false)});
    }
    switch (up.kind_case()) {
        case wire::Up::kLogin: return onLogin(std::move(*up.mutable_login()));
        case wire::Up::kHello: return onHello(std::move(*up.mutable_hello()));
        case wire::Up::kCursors: return onCursors(std::move(*up.mutable_cursors()));
        case wire::Up::kPush: return onPush(std::move(*up.mutable_push()));
        case wire::Up::kClaim: return onClaim(std::move(*up.mutable_claim()));
        case wire::Up::kAccount: return onAccount(std::move(*up.mutable_account()));
        case wire::Up::kCredit:
            return ready() ? one(effect::Credit{up.credit().bytes()}) : end(ErrorCode::BadOrder);
        case wire::Up::kLogout:
            if (!ready()) {
                return end(ErrorCode::BadOrder);
            }
            state_ = State::Closed;
            return one(effect::Logout{});
        default: return end(ErrorCode::BadFrame);
    }
}

Effects SessionMachine::onLogin(wire::Login login) {
    if (state_ != State::Connected) {
        return end(ErrorCode::BadOrder);
    }
    const auto device = DeviceId::fromBytes(login.device_id());
    const bool valid = device && !device->isNone() && !login.account().empty() &&
                       login.account().size() <= schema::kMaxLoginBytes &&
                       login.password().size() <= schema::kMaxPasswordBytes;
    if (!valid) {
        wire::Down frame;
        frame.mutable_login_result()->set_code(static_cast<std::uint32_t>(ErrorCode::Invalid));
        return one(effect::Send{std::move(frame)});
    }
    state_ = State::LoggingIn;
    return one(effect::Login{.login = std::move(login), .device = *device});
}

Effects SessionMachine::loginDone(const wire::LoginResult& result) {
    if (state_ != State::LoggingIn) {
        return {};
    }
    state_ = State::Connected;
    wire::Down frame;
    *frame.mutable_login_result() = result;
    return one(effect::Send{std::move(frame)});
}

Effects SessionMachine::onHello(wire::Hello hello) {
    if (state_ != State::Connected) {
        return end(ErrorCode::BadOrder);
    }
    for (const wire::TenantHello& tenant : hello.tenants()) {
        if (tenant.tenant().size() != kIdBytes) {
            return end(ErrorCode::BadFrame);
        }
        tenants_.push_back(tenant.tenant());
    }
    state_ = State::Greeting;
    return one(effect::Hello{std::move(hello)});
}

Effects SessionMachine::helloDone(Result<wire::Down> welcome) {
    if (state_ != State::Greeting) {
        return {};
    }
    if (!welcome) {
        return end(welcome.error().code);
    }
    state_ = State::Ready;
    return one(effect::Send{std::move(*welcome)});
}

Effects SessionMachine::onCursors(wire::Cursors cursors) {
    if (!ready() || awaitingCursors_ || !isTenant(cursors.tenant())) {
        return end(ErrorCode::BadOrder);
    }
    awaitingCursors_ = true;
    return one(effect::Cursors{std::move(cursors)});
}

Effects SessionMachine::cursorsDone(Result<wire::Down> welcome) {
    awaitingCursors_ = false;
    if (state_ != State::Ready) {
        return {};
    }
    return welcome ? one(effect::Send{std::move(*welcome)}) : end(welcome.error().code);
}

Effects SessionMachine::onPush(wire::Push push) {
    if (!ready() || !isTenant(push.tenant())) {
        return end(ErrorCode::BadOrder);
    }
    return withinBounds(push) ? one(effect::Push{std::move(push)}) : end(ErrorCode::BadFrame);
}

Effects SessionMachine::onClaim(wire::Claim claim) {
    if (!ready() || !isTenant(claim.tenant())) {
        return end(ErrorCode::BadOrder);
    }
    const auto id = ClaimId::fromBytes(claim.claim_id());
    const auto lead = LeadId::fromBytes(claim.lead_id());
    const bool valid = id && !id->isNone() && lead && !lead->isNone();
    return valid ? one(effect::Claim{std::move(claim)}) : end(ErrorCode::BadFrame);
}

Effects SessionMachine::onAccount(wire::AccountRequest request) {
    if (request.request_id().size() != kIdBytes ||
        request.kind_case() == wire::AccountRequest::KIND_NOT_SET) {
        return end(ErrorCode::BadFrame);
    }
    const bool session = !request.has_setup() && !request.has_redeem();
    if (state_ != (session ? State::Ready : State::Connected)) {
        return end(ErrorCode::BadOrder);
    }
    if (std::exchange(accountUnderWay_, true)) {
        wire::Down frame;
        frame.mutable_account_result()->set_request_id(request.request_id());
        frame.mutable_account_result()->set_code(
            static_cast<std::uint32_t>(ErrorCode::RateLimited));
        frame.mutable_account_result()->set_retry_after_ms(kBusyMs);
        return one(effect::Send{std::move(frame)});
    }
    if (!session) {
        state_ = State::Asking;
    }
    return one(effect::Account{.request = std::move(request), .session = session});
}

Effects SessionMachine::accountDone(Result<wire::AccountResult> result) {
    accountUnderWay_ = false;
    if (state_ != State::Asking && state_ != State::Ready) {
        return {};
    }
    if (state_ == State::Asking) {
        state_ = State::Connected;
    }
    if (!result) {
        return end(result.error().code);
    }
    wire::Down frame;
    *frame.mutable_account_result() = std::move(*result);
    return one(effect::Send{std::move(frame)});
}

bool SessionMachine::isTenant(const std::string& id) const {
    return std::ranges::find(tenants_, id) != tenants_.end();
}

}  // namespace vorfahrt::server::session
