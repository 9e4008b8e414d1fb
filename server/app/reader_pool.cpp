// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/reader_pool.h"

#include <pthread.h>
#include <utility>

namespace vorfahrt::server::app {

ReaderPool::~ReaderPool() {
    stop();
}

Status ReaderPool::start(store::Engine& engine, unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) {
        VF_TRY(std::unique_ptr<store::ReadStore> store, engine.openReader());
        stores_.push_back(std::move(store));
    }
    for (auto& store : stores_) {
        threads_.emplace_back([this, reader = store.get()] { run(*reader); });
    }
    return {};
}

void ReaderPool::submit(session::Backend::ReadJob job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return;
        }
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void ReaderPool::run(store::ReadStore& store) {
    pthread_setname_np(pthread_self(), "reader");
    for (;;) {
        session::Backend::ReadJob job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
            if (stopping_) {
                return;
            }
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        job(store);
    }
}

void ReaderPool::stop() {
    std::deque<session::Backend::ReadJob> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(jobs_);
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

}  // namespace vorfahrt::server::app
