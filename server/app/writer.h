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

// What waits for the store at most, in requests and in bytes of their encoded frames and mails. The
// bytes of the batch that is being stored count until it is answered. Claims and logouts, which are
// small, may go an eighth beyond, so that a flood of edits or mails does not refuse them.
struct WriterLimits {
    std::size_t requests = 8'192;
    std::size_t bytes = 64U << 20U;      // more than the largest mail
    std::size_t batchBytes = 8U << 20U;  // a batch ends with the request that passes this
};

// The one store thread: collects requests, runs them as one durable batch (group commit), answers.
// Claims overtake everything else. It also wakes at the earliest deadline of a lead, and looks four
// times a second whether another process (the command line) has committed. submit() comes from any
// thread; answers are given on this thread.
class Writer {
public:
    using ParseSink = std::function<void(service::ParseJob)>;

    Writer(store::Engine& engine, const Clock& clock, session::Hub& hub, ParseSink parse,
           WriterLimits limits = {});
    ~Writer();  // stop()
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Opens (and migrates) the database on the caller's thread, then starts.
    [[nodiscard]] Status start();
    // When too much waits the answer is Unavailable, at once and on the caller's thread; nothing of
    // the request was done.
    void submit(service::Request request, session::Backend::Done done);
    // Zero while less than half of a bound is in use; beyond, how long a desk had better keep its
    // next push, somewhat different for each who asks.
    [[nodiscard]] Millis patience();
    // Answers everything that was submitted, then ends.
    void stop();

private:
    struct Item {
        service::Request request;
        session::Backend::Done done;
        std::size_t bytes = 0;
    };

    void run();
    [[nodiscard]] bool hasRoom(std::size_t bytes, bool small) const;
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
    WriterLimits limits_;
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
    std::size_t bytes_ = 0;  // of both lanes and of the batch that runs
    unsigned asked_ = 0;     // spreads what patience() says
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace vorfahrt::server::app
