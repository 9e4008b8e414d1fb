// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/session.h"

#include "common/base/log.h"
#include "server/session/hub.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace vorfahrt::server::session {
namespace {

namespace asio = boost::asio;

constexpr auto kUse = asio::as_tuple(asio::use_awaitable);

constexpr Millis kLeastThrottle{250};

bool isUrgent(const wire::Down& frame) {
    return frame.has_claim_result() || frame.has_results() || frame.has_throttle();
}

}  // namespace

Session::Session(std::shared_ptr<net::Connection> connection, Backend& backend, Hub& hub,
                 SessionLimits limits)
    : connection_(std::move(connection)),
      backend_(backend),
      hub_(hub),
      limits_(limits),
      feed_(limits.feed),
      meter_(limits.pushesPerSecond),
      readGate_(connection_->executor()),
      writeGate_(connection_->executor()),
      helloGate_(connection_->executor()) {}

// ------------------------------------------------------------------------------------ coroutines

asio::awaitable<void> Session::wait(asio::steady_timer& gate) {
    gate.expires_at(asio::steady_timer::time_point::max());
    co_await gate.async_wait(kUse);
}

asio::awaitable<void> Session::watchHello() {
    const auto self = shared_from_this();
    helloGate_.expires_after(limits_.helloTimeout);
    const auto [error] = co_await helloGate_.async_wait(kUse);
    if (!error && !ended_) {
        perform(machine_.helloTimeout());
    }
}

bool Session::isHeld() const {
    return backend_.clock().steady() < heldUntil_;
}

bool Session::mustPause() const {
    // Answers that a desk does not fetch must not pile up either.
    return !ended_ && !closing_ &&
           (waiting_ > 0 || pushes_ >= limits_.pushesInFlight ||
            claims_ >= limits_.claimsInFlight || queued_ >= limits_.outboundBytes / 2 || isHeld());
}

asio::awaitable<void> Session::pause() {
    if (!isHeld()) {
        co_await wait(readGate_);
        co_return;
    }
    readGate_.expires_after(heldUntil_ - backend_.clock().steady());
    co_await readGate_.async_wait(kUse);
}

asio::awaitable<void> Session::run() {
    const auto self = shared_from_this();
    const auto executor = connection_->executor();
    asio::co_spawn(executor, writeAll(), asio::detached);
    asio::co_spawn(executor, watchHello(), asio::detached);
    while (!ended_ && !closing_) {
        Result<std::string> message = co_await connection_->read();
        if (!message) {
            if (!closing_) {
                drop();
            }
            break;
        }
        perform(machine_.receive(*message));
        while (mustPause()) {
            co_await pause();
        }
    }
    helloGate_.cancel();
    // The last frame is written before the connection goes.
    while (!writerEnded_) {
        co_await wait(readGate_);
    }
    hub_.remove(this);
}

asio::awaitable<void> Session::writeAll() {
    const auto self = shared_from_this();
    while (!ended_) {
        if (urgent_.empty() && normal_.empty()) {
            if (closing_) {
                break;
            }
            co_await wait(writeGate_);
            continue;
        }
        std::deque<std::string>& lane = urgent_.empty() ? normal_ : urgent_;
        std::string frame = std::move(lane.front());
        lane.pop_front();
        const std::size_t size = frame.size();
        const Status done = co_await connection_->write(std::move(frame));
        if (!done) {
            break;
        }
        queued_ -= std::min(size, queued_);
        readGate_.cancel();
        maybePump();
    }
    const bool polite = closing_ && !ended_;
    ended_ = true;
    writerEnded_ = true;
    if (polite) {
        connection_->close(net::CloseCode::Normal);
    } else {
        connection_->abort();
    }
    readGate_.cancel();
}

// ----------------------------------------------------------------------------------- outbound

void Session::send(const wire::Down& frame) {
    enqueue(frame.SerializeAsString(), isUrgent(frame));
}

void Session::enqueue(std::string frame, bool urgent) {
    if (closing_ || ended_) {
        return;
    }
    queued_ += frame.size();
    if (queued_ > limits_.outboundBytes) {
        log::warning("session", "outbound queue is full, connection dropped");
        drop();
        return;
    }
    (urgent ? urgent_ : normal_).push_back(std::move(frame));
    writeGate_.cancel();
}

void Session::finish() {
    closing_ = true;
    writeGate_.cancel();
    readGate_.cancel();
}

void Session::drop() {
    ended_ = true;
    urgent_.clear();
    normal_.clear();
    queued_ = 0;
    connection_->abort();
    writeGate_.cancel();
    readGate_.cancel();
}

// ------------------------------------------------------------------------------------ effects

void Session::perform(Effects effects) {
    struct Visitor {
        Session& self;
        void operator()(effect::Send& e) const { self.send(e.frame); }
        void operator()(effect::Login& e) const { self.startLogin(std::move(e)); }
        void operator()(effect::Hello& e) const { self.startHello(std::move(e)); }
        void operator()(effect::Cursors& e) const { self.startCursors(std::move(e)); }
        void operator()(effect::Push& e) const { self.startPush(std::move(e)); }
        void operator()(effect::Claim& e) const { self.startClaim(std::move(e)); }
        void operator()(effect::Credit& e) const { self.giveCredit(e.bytes); }
        void operator()(effect::Logout&) const { self.startLogout(); }
        void operator()(effect::Account& e) const { self.startAccount(std::move(e)); }
        void operator()(effect::Close&) const { self.finish(); }
    };
    for (Effect& effect : effects) {
        std::visit(Visitor{*this}, effect);
    }
}

void Session::startLogin(effect::Login effect) {
    ++waiting_;
    LoginAttempt attempt{.login = std::move(*effect.login.mutable_account()),
                         .password = std::move(*effect.login.mutable_password()),
                         .device = effect.device,
                         .address = connection_->peerAddress()};
    backend_.login(std::move(attempt), [self = shared_from_this()](wire::LoginResult result) {
        asio::post(self->connection_->executor(), [self, result = std::move(result)] {
            --self->waiting_;
            self->perform(self->machine_.loginDone(result));
            self->readGate_.cancel();
        });
    });
}

void Session::startHello(effect::Hello effect) {
    ++waiting_;
    withFeed([self = shared_from_this(), hello = std::move(effect.hello)](feed::SessionFeed& feed,
                                                                          store::ReadStore& store) {
        const std::uint64_t rechecks = self->hub_.rechecks();
        Result<wire::Down> welcome = feed.hello(hello, store, self->backend_.clock().now());
        asio::post(self->connection_->executor(),
                   [self, rechecks, welcome = std::move(welcome)]() mutable {
                       --self->waiting_;
                       const bool open = welcome.has_value();
                       self->perform(self->machine_.helloDone(std::move(welcome)));
                       if (open && !self->ended_) {
                           self->principal_ = self->principal();
                           self->keepTokenUse();
                           self->hub_.add(self, self->feed_.tenants());
                           // A token revoked since it was read for Hello.
                           self->pendingRecheck_ = rechecks != self->hub_.rechecks();
                           self->helloGate_.cancel();
                       }
                       self->feedDone();
                       self->maybePump();
                       self->readGate_.cancel();
                   });
    });
}

void Session::startCursors(effect::Cursors effect) {
    withFeed([self = shared_from_this(), cursors = std::move(effect.cursors)](
                 feed::SessionFeed& feed, store::ReadStore& store) {
        Result<wire::Down> welcome = feed.cursors(cursors, store, self->backend_.clock().now());
        asio::post(self->connection_->executor(), [self, welcome = std::move(welcome)]() mutable {
            self->perform(self->machine_.cursorsDone(std::move(welcome)));
            self->feedDone();
            self->maybePump();
        });
    });
}

service::Principal Session::principal() const {
    return {.account = feed_.account(),
            .tokenHash = feed_.tokenHash(),
            .replica = feed_.replica(),
            .device = feed_.device()};
}

void Session::keepTokenUse() {
    if (feed_.tokenUseDue()) {
        service::Request request = service::TokenUsedRequest{.tokenHash = principal_.tokenHash};
        backend_.submit(std::move(request), [](const service::Outcome&) {});
    }
}

// The desk is asked to wait when it, or everybody, pushes faster than is stored. What crosses the
// request on its way is taken; a desk that goes on after that is not read until its time is over.
void Session::throttle(std::size_t mutations) {
    const Millis now = backend_.clock().steady();
    Millis wait = std::max(meter_.pushed(mutations, now), backend_.patience());
    if (now < throttledUntil_) {
        if (++ignored_ > limits_.pushesInFlight && !isHeld()) {
            heldUntil_ = throttledUntil_;
            if (!std::exchange(heldSaid_, true)) {
                log::info("session", "pushes in spite of Throttle: not read for a while");
            }
        }
        return;
    }
    if (wait == Millis(0)) {
        return;
    }
    wait = std::max(wait, kLeastThrottle);
    if (throttledUntil_ == Millis(0)) {
        log::info("session", "throttled for {} ms", wait.count());
    }
    throttledUntil_ = now + wait;
    ignored_ = 0;
    wire::Down frame;
    frame.mutable_throttle()->set_after_ms(static_cast<std::uint32_t>(wait.count()));
    send(frame);
}

void Session::startPush(effect::Push effect) {
    ++pushes_;
    throttle(static_cast<std::size_t>(effect.push.mutations_size()));
    service::Request request =
        service::PushRequest{.who = principal_, .push = std::move(effect.push)};
    backend_.submit(std::move(request), [self = shared_from_this()](service::Outcome outcome) {
        asio::post(self->connection_->executor(), [self, outcome = std::move(outcome)] {
            --self->pushes_;
            self->answered(outcome);
            self->readGate_.cancel();
        });
    });
}

void Session::startClaim(effect::Claim effect) {
    const Millis wait = backend_.admitClaim(principal_.account);
    if (wait > Millis(0)) {
        wire::Down frame;
        wire::ClaimResult& result = *frame.mutable_claim_result();
        result.set_tenant(effect.claim.tenant());
        result.set_claim_id(effect.claim.claim_id());
        result.set_lead_id(effect.claim.lead_id());
        result.set_outcome(wire::CLAIM_REFUSED);
        result.set_code(static_cast<std::uint32_t>(ErrorCode::RateLimited));
        result.set_retry_after_ms(static_cast<std::uint32_t>(wait.count()));
        send(frame);
        return;
    }
    ++claims_;
    service::Request request =
        service::ClaimRequest{.who = principal_, .claim = std::move(effect.claim)};
    backend_.submit(std::move(request), [self = shared_from_this()](service::Outcome outcome) {
        asio::post(self->connection_->executor(), [self, outcome = std::move(outcome)] {
            --self->claims_;
            self->answered(outcome);
            self->readGate_.cancel();
        });
    });
}

void Session::startLogout() {
    service::Request request = service::LogoutRequest{.who = principal_};
    backend_.submit(std::move(request), [self = shared_from_this()](service::Outcome outcome) {
        asio::post(self->connection_->executor(), [self, code = outcome.code] {
            // The desk must know that its token is still good.
            if (code != ErrorCode::Ok) {
                self->send(refused(code, true));
            }
            self->finish();
        });
    });
}

// Before Hello nothing else is read meanwhile; in a session everything else goes on.
void Session::startAccount(effect::Account effect) {
    const bool session = effect.session;
    AccountAttempt attempt{
        .request = std::move(effect.request), .who = {}, .address = connection_->peerAddress()};
    if (session) {
        attempt.who = principal_;
    } else {
        ++waiting_;
    }
    backend_.account(std::move(attempt), [self = shared_from_this(),
                                          session](Result<wire::AccountResult> result) {
        asio::post(self->connection_->executor(),
                   [self, session, result = std::move(result)]() mutable {
                       if (!session) {
                           --self->waiting_;
                       }
                       self->perform(self->machine_.accountDone(std::move(result)));
                       self->readGate_.cancel();
                   });
    });
}

void Session::answered(const service::Outcome& outcome) {
    for (const wire::Down& frame : outcome.replies) {
        if (frame.has_refused() && frame.refused().closing()) {
            perform(machine_.end(static_cast<ErrorCode>(frame.refused().code())));
            return;
        }
        send(frame);
    }
}

// --------------------------------------------------------------------------------------- feed

void Session::withFeed(std::function<void(feed::SessionFeed&, store::ReadStore&)> job) {
    if (feedBusy_) {
        feedJobs_.push_back(std::move(job));
        return;
    }
    feedBusy_ = true;
    backend_.read([self = shared_from_this(), job = std::move(job)](store::ReadStore& store) {
        job(self->feed_, store);
    });
}

void Session::feedDone() {
    feedBusy_ = false;
    if (pendingCredit_ > 0) {
        feed_.credit(std::exchange(pendingCredit_, 0));
    }
    for (const auto& [tenant, head] : std::exchange(pendingHeads_, {})) {
        feed_.committed(tenant, head);
    }
    if (std::exchange(pendingRecheck_, false)) {
        feed_.recheckRights();
    }
    if (!feedJobs_.empty()) {
        auto job = std::move(feedJobs_.front());
        feedJobs_.erase(feedJobs_.begin());
        withFeed(std::move(job));
    }
}

void Session::maybePump() {
    const bool wanted = machine_.ready() && !feedBusy_ && !ended_ && !closing_ &&
                        queued_ < limits_.pumpBytes && feed_.wantsPump();
    if (!wanted) {
        return;
    }
    withFeed([self = shared_from_this(), budget = limits_.pumpBytes - queued_](
                 feed::SessionFeed& feed, store::ReadStore& store) {
        Result<std::vector<wire::Down>> frames =
            feed.pump(store, self->backend_.clock().now(), budget);
        Result<std::vector<std::string>> encoded;
        if (frames) {
            for (const wire::Down& frame : *frames) {
                encoded->push_back(frame.SerializeAsString());
            }
        } else {
            encoded = fail(std::move(frames).error());
        }
        asio::post(self->connection_->executor(), [self, encoded = std::move(encoded)]() mutable {
            self->pumped(std::move(encoded));
        });
    });
}

void Session::pumped(Result<std::vector<std::string>> frames) {
    if (!frames) {
        log::info("session", "feed ended: {}", name(frames.error().code));
        perform(machine_.end(frames.error().code));
    } else {
        for (std::string& frame : *frames) {
            enqueue(std::move(frame), false);
        }
    }
    feedDone();
    maybePump();
}

void Session::giveCredit(std::uint64_t bytes) {
    if (feedBusy_) {
        pendingCredit_ += std::min<std::uint64_t>(bytes, limits_.feed.creditBytes);
        return;
    }
    feed_.credit(bytes);
    maybePump();
}

void Session::committed(TenantId tenant, Seq head) {
    asio::post(connection_->executor(), [self = shared_from_this(), tenant, head] {
        if (self->feedBusy_) {
            self->pendingHeads_.emplace_back(tenant, head);
            return;
        }
        self->feed_.committed(tenant, head);
        self->maybePump();
    });
}

void Session::recheckRights() {
    asio::post(connection_->executor(), [self = shared_from_this()] {
        if (self->feedBusy_) {
            self->pendingRecheck_ = true;
            return;
        }
        self->feed_.recheckRights();
        self->maybePump();
    });
}

}  // namespace vorfahrt::server::session
