// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/replay_desk.h"

#include "common/base/assert.h"
#include "common/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace vorfahrt::tests {

namespace core = client::sync;
using Kind = RecordedLine::Kind;

namespace {

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

template <class Frame>
Frame parsed(const RecordedLine& line) {
    Frame frame;
    VF_ASSERT(frame.ParseFromString(line.bytes));
    return frame;
}

// The time of the server in the first Welcome, which every connection here has.
std::int64_t serverTime(std::span<const RecordedLine> lines) {
    for (const RecordedLine& line : lines) {
        if (line.kind == Kind::Down && line.message == "Welcome") {
            return parsed<wire::Down>(line).welcome().server_time_ms();
        }
    }
    return 0;
}

}  // namespace

ReplayDesk::ReplayDesk(std::vector<RecordedLine> lines, std::filesystem::path file)
    : lines_(std::move(lines)),
      file_(std::move(file)),
      clock_(fromUnixMs(serverTime(lines_))) {}

ReplayDesk::~ReplayDesk() = default;

void ReplayDesk::fail(const std::string& what) {
    if (fault_.empty()) {
        fault_ = what;
    }
}

void ReplayDesk::runTo(std::int64_t unixMs) {
    clock_.advance(std::max(fromUnixMs(unixMs) - clock_.now(), Millis{0}));
}

std::string ReplayDesk::play() {
    start();
    for (std::size_t i = 0; i < lines_.size() && fault_.empty(); ++i) {
        const RecordedLine& line = lines_[i];
        switch (line.kind) {
            case Kind::Open: open(Lines(lines_).subspan(i)); break;
            case Kind::Close: close(); break;
            case Kind::Up: up(line); break;
            case Kind::Down: down(line); break;
        }
        carryOut();
        if (!fault_.empty()) {
            fault_ += fmt::format(" (line {}: {} {})", i + 1, line.connection, line.message);
        }
    }
    return fault_;
}

void ReplayDesk::start() {
    auto opened = client::replica::Replica::open(file_, clock_, random_);
    VF_ASSERT(opened.has_value());
    replica_ = std::move(*opened);
    core_ = std::make_unique<core::ClientCore>(
        clock_, random_,
        core::ClientCore::Options{.deviceId = std::string(16, 'd'), .deviceName = "replay"});
    if (!token_.empty()) {
        core_->attach(replica_.get(), token_);
    }
}

void ReplayDesk::open(Lines rest) {
    const auto next = std::find_if(rest.begin(), rest.end(), [](const RecordedLine& line) {
        return line.kind == Kind::Close;
    });
    const Lines connection(rest.begin(), next);
    const auto first = std::ranges::find(connection, Kind::Up, &RecordedLine::kind);
    if (first == connection.end()) {
        return;
    }
    const auto greeting = parsed<wire::Up>(*first);
    if (greeting.has_login()) {
        core_->login(greeting.login().account(), greeting.login().password());
    } else {
        if (token_.empty()) {  // signed in before the recording began
            wire::LoginResult result;
            result.set_token(greeting.hello().token());
            for (const wire::TenantHello& tenant : greeting.hello().tenants()) {
                result.add_tenants()->set_tenant(tenant.tenant());
                result.mutable_tenants()->rbegin()->set_user_id(std::string(16, 'u'));
            }
            loggedIn(result);
        }
        makeEdits(connection);
        core_->goOnline();
    }
    runTo(serverTime(connection));
    carryOut();
    if (!std::exchange(wantsConnection_, false)) {
        fail("no connection asked for");
    }
    core_->opened();
}

// What this connection pushes was done before it.
void ReplayDesk::makeEdits(Lines connection) {
    for (const RecordedLine& line : connection) {
        if (line.kind != Kind::Up || line.message != "Push") {
            continue;
        }
        const auto frame = parsed<wire::Up>(line);
        for (const wire::Mutation& mutation : frame.push().mutations()) {
            runTo(mutation.edit_time_ms());
            if (const Status done = core_->edit(viewer_.tenant, mutation); !done) {
                fail(fmt::format("{}: {} {}", mutation.name(), name(done.error().code),
                                 done.error().detail));
            }
        }
    }
}

void ReplayDesk::close() {
    lastState_ = core_->state();
    core_.reset();
    replica_.reset();
    sent_.clear();
    start();
}

wire::Up ReplayDesk::nextSent(wire::Up::KindCase kind) {
    carryOut();
    const auto it = std::ranges::find(sent_, kind, &wire::Up::kind_case);
    if (it == sent_.end()) {
        fail("the desk did not send this");
        return {};
    }
    const wire::Up found = *it;
    sent_.erase(it);
    return found;
}

void ReplayDesk::up(const RecordedLine& line) {
    const auto frame = parsed<wire::Up>(line);
    switch (frame.kind_case()) {
        case wire::Up::kCredit:
        case wire::Up::kRepair:
            return;  // when it is given is the desk's own matter; not sent by it
        case wire::Up::kClaim:
            core_->claim(viewer_.tenant, *LeadId::fromBytes(frame.claim().lead_id()));
            claimId_ = nextSent(frame.kind_case()).claim().claim_id();
            return;
        case wire::Up::kLogout: core_->logout(); break;
        default: break;
    }
    const wire::Up sent = nextSent(frame.kind_case());
    for (int i = 0; i < frame.push().mutations_size() && fault_.empty(); ++i) {
        const bool same =
            i < sent.push().mutations_size() && sent.push().mutations(i).SerializeAsString() ==
                                                    frame.push().mutations(i).SerializeAsString();
        if (!same) {
            fail(fmt::format("mutation {} differs: {}", i, sent.push().ShortDebugString()));
        }
    }
}

void ReplayDesk::down(const RecordedLine& line) {
    auto frame = parsed<wire::Down>(line);
    if (frame.has_claim_result()) {
        frame.mutable_claim_result()->set_claim_id(claimId_);
        core_->frame(frame.SerializeAsString());
        return;
    }
    core_->frame(line.bytes);
}

void ReplayDesk::loggedIn(const wire::LoginResult& result) {
    const std::vector<wire::AccountTenant> tenants(result.tenants().begin(),
                                                   result.tenants().end());
    VF_ASSERT(tenants.size() == 1 && replica_->setTenants(tenants).has_value());
    viewer_ = {.tenant = *TenantId::fromBytes(tenants[0].tenant()),
               .user = *UserId::fromBytes(tenants[0].user_id())};
    token_ = result.token();
    core_->attach(replica_.get(), token_);
}

void ReplayDesk::carryOut() {
    for (auto effects = core_->take(); !effects.empty(); effects = core_->take()) {
        for (auto& one : effects) {
            std::visit(
                Match{[&](core::effect::Connect&) { wantsConnection_ = true; },
                      [&](core::effect::Send& send) {
                          wire::Up up;
                          VF_ASSERT(up.ParseFromString(send.frame));
                          creditGiven_ += up.credit().bytes();
                          sent_.push_back(std::move(up));
                      },
                      [&](core::effect::Disconnect&) {
                          if (core_->status().wantsOnline) {
                              fail("the desk gave the connection up");
                          }
                      },
                      [&](core::effect::LoggedIn& login) { loggedIn(login.result); },
                      [&](core::effect::LoginFailed&) { fail("the login failed"); },
                      [&](core::effect::TokenLost&) { fail("the token was lost"); },
                      [&](core::effect::Fault& fault) { fail(std::string(name(fault.code))); },
                      [&](core::effect::ClaimAnswered& claim) { claims_.push_back(claim.answer); },
                      [&](core::effect::Rejected& edit) { rejected_.push_back(edit.edit); },
                      [](auto&) {}},
                one);
        }
    }
}

}  // namespace vorfahrt::tests
