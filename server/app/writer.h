// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"
#include "server/service/requests.h"
#include "server/session/backend.h"
#include "server/session/hub.h"
#include "server/store/store.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace vorfahrt::server::app {

// The one store thread: collects requests, runs them as one durable batch (group commit), answers.
// Claims overtake everything else. It also wakes at the earliest deadline of a lead, and looks four
// times a second whether another process (the command line) has committed. submit() comes from any
// thread; answers are given on this thread.
class Writer {
public:
    using ParseSink = std::function<void(service::ParseJob)>;

    Writer(store::Engine& engine, const Clock& clock, session::Hub& hub, ParseSink parse);
    ~Writer();  // stop()
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Opens (and migrates) the database on the caller's thread, then starts.
    [[nodiscard]] Status start();
    // When too much waits the answer is Unavailable, at once and on the caller's thread.
    void submit(service::Request request, session::Backend::Done done);
    // Answers everything that was submitted, then ends.
    void stop();

private:
    struct Item {
        service::Request request;
        session::Backend::Done done;
    };

    void run();
    [[nodiscard]] std::vector<Item> gather();
    void runItems(std::vector<Item> items);
    void answer(std::vector<Item>& items, std::vector<service::Outcome>& outcomes);
    void reopen();
    void poll();
    void planTimer();

    store::Engine& engine_;
    const Clock& clock_;
    session::Hub& hub_;
    ParseSink parse_;
    SystemRandom random_;
    std::unique_ptr<store::WriteStore> store_;
    std::map<TenantId, Seq> heads_;
    std::optional<TimePoint> deadline_;
    Millis nextPoll_{0};
    std::optional<std::int64_t> outside_;  // WriteStore::outsideVersion() at the last poll
    Millis nextUnparsed_{0};

    std::mutex mutex_;  // guards what follows; held for moments only
    std::condition_variable wake_;
    std::deque<Item> claims_;
    std::deque<Item> others_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace vorfahrt::server::app
