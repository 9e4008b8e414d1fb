// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "server/feed/session_feed.h"
#include "server/net/connection.h"
#include "server/session/backend.h"
#include "server/session/push_meter.h"
#include "server/session/session_machine.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vorfahrt::server::session {

class Hub;

// Bounds of one session; tests make them small.
struct SessionLimits {
    std::size_t outboundBytes = 1024 * 1024;  // beyond: the connection is dropped
    std::size_t pumpBytes = 384 * 1024;       // what is queued at most before the feed pauses
    std::size_t pushesInFlight = 4;           // then reading pauses
    std::size_t claimsInFlight = 64;          // likewise: one desk must not fill the writer's queue
    std::uint32_t pushesPerSecond = 2'000;    // mutations; beyond: Throttle
    std::chrono::milliseconds helloTimeout{20'000};
    feed::FeedLimits feed;
};

// One connection: a reader, a writer with two bounded lanes (answers to claims and mutations
// overtake data), and the feed, which is worked by one reader thread of the backend at a time.
// Everything else runs on the connection's executor. Held by its coroutines and by answers under
// way; the hub only knows it weakly.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(std::shared_ptr<net::Connection> connection, Backend& backend, Hub& hub,
            SessionLimits limits = {});

    // The whole life of the connection; returns when it has ended.
    [[nodiscard]] boost::asio::awaitable<void> run();

    // Any thread.
    void committed(TenantId tenant, Seq head);
    void recheckRights();

private:
    [[nodiscard]] boost::asio::awaitable<void> writeAll();
    [[nodiscard]] boost::asio::awaitable<void> watchHello();
    [[nodiscard]] boost::asio::awaitable<void> wait(boost::asio::steady_timer& gate);
    [[nodiscard]] boost::asio::awaitable<void> pause();
    [[nodiscard]] bool mustPause() const;
    [[nodiscard]] bool isHeld() const;

    void perform(Effects effects);
    void startLogin(effect::Login effect);
    void startHello(effect::Hello effect);
    void startCursors(effect::Cursors effect);
    void keepTokenUse();
    void startPush(effect::Push effect);
    void throttle(std::size_t mutations);
    void startClaim(effect::Claim effect);
    void startLogout();
    void startAccount(effect::Account effect);
    void answered(const service::Outcome& outcome);
    void giveCredit(std::uint64_t bytes);

    // The feed belongs to one reader thread from here until feedDone.
    void withFeed(std::function<void(feed::SessionFeed&, store::ReadStore&)> job);
    void feedDone();
    void maybePump();
    void pumped(Result<std::vector<std::string>> frames);

    void send(const wire::Down& frame);
    void enqueue(std::string frame, bool urgent);
    void finish();  // after what is queued
    void drop();    // at once
    [[nodiscard]] service::Principal principal() const;

    std::shared_ptr<net::Connection> connection_;
    Backend& backend_;
    Hub& hub_;
    SessionLimits limits_;
    SessionMachine machine_;
    service::Principal principal_;

    feed::SessionFeed feed_;
    bool feedBusy_ = false;
    std::vector<std::function<void(feed::SessionFeed&, store::ReadStore&)>> feedJobs_;
    std::uint64_t pendingCredit_ = 0;
    std::vector<std::pair<TenantId, Seq>> pendingHeads_;
    bool pendingRecheck_ = false;

    std::deque<std::string> urgent_;
    std::deque<std::string> normal_;
    std::size_t queued_ = 0;
    std::size_t pushes_ = 0;
    std::size_t claims_ = 0;
    std::size_t waiting_ = 0;  // logins and hellos under way
    PushMeter meter_;
    Millis throttledUntil_{0};  // steady, as the desk was told
    Millis heldUntil_{0};       // it goes on pushing: nothing is read until then
    std::size_t ignored_ = 0;   // pushes since the desk was told
    bool heldSaid_ = false;     // in the log, once a connection
    bool closing_ = false;      // write what is queued, then close
    bool ended_ = false;        // nothing is written any more
    bool writerEnded_ = false;
    boost::asio::steady_timer readGate_;
    boost::asio::steady_timer writeGate_;
    boost::asio::steady_timer helloGate_;
};

}  // namespace vorfahrt::server::session
