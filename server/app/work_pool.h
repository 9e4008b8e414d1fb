// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace vorfahrt::server::app {

// A few threads for work that takes long and touches no store: password hashes, parsing of mails.
// Bounded: what does not fit is refused at once.
class WorkPool {
public:
    WorkPool(std::string name, unsigned threads, std::size_t maxQueued);
    ~WorkPool();  // stop()
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    // false: the queue is full or the pool has stopped; the job was not taken.
    [[nodiscard]] bool submit(std::function<void()> job);
    // Finishes what runs and drops what waits.
    void stop();

private:
    void run();

    std::string name_;
    std::size_t maxQueued_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace vorfahrt::server::app
