// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/session/backend.h"
#include "server/store/store.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace vorfahrt::server::app {

// Reader threads, each with its own view of the database. A session has one job here at a time, so
// the queue is bounded by the connections.
class ReaderPool {
public:
    ReaderPool() = default;
    ~ReaderPool();  // stop()
    ReaderPool(const ReaderPool&) = delete;
    ReaderPool& operator=(const ReaderPool&) = delete;

    [[nodiscard]] Status start(store::Engine& engine, unsigned threads);
    void submit(session::Backend::ReadJob job);
    // Drops what waits.
    void stop();

private:
    void run(store::ReadStore& store);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<session::Backend::ReadJob> jobs_;
    bool stopping_ = false;
    std::vector<std::unique_ptr<store::ReadStore>> stores_;
    std::vector<std::thread> threads_;
};

}  // namespace vorfahrt::server::app
