// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/model/replica_reader.h"

#include <algorithm>

namespace vorfahrt::client::model {

ReplicaReader::ReplicaReader(QObject* parent)
    : QObject(parent),
      thread_([this] { run(); }) {}

ReplicaReader::~ReplicaReader() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        waiting_.clear();
        if (reader_ && !running_.isEmpty()) {
            reader_->interrupt();
        }
    }
    wake_.notify_all();
    thread_.join();
}

void ReplicaReader::open(const std::filesystem::path& file) {
    {
        const std::lock_guard lock(mutex_);
        wanted_ = file;
        inFlight_ -= static_cast<int>(waiting_.size());
        waiting_.clear();
        // What is on its way belongs to the old file.
        for (quint64& generation : generations_) {
            ++generation;
        }
        if (reader_ && !running_.isEmpty()) {
            reader_->interrupt();
        }
    }
    wake_.notify_all();
}

bool ReplicaReader::idle() const {
    const std::lock_guard lock(mutex_);
    return inFlight_ == 0;
}

void ReplicaReader::enqueue(const QString& key, QObject* context, Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (wanted_.empty()) {
            return;
        }
        const quint64 generation = ++generations_[key];
        const auto old = std::find_if(waiting_.begin(), waiting_.end(),
                                      [&](const Job& job) { return job.key == key; });
        if (old != waiting_.end()) {
            waiting_.erase(old);
            --inFlight_;
        }
        if (reader_ && running_ == key) {
            reader_->interrupt();
        }
        waiting_.push_back({key, generation, context, std::move(work)});
        ++inFlight_;
    }
    wake_.notify_all();
}

// Opens the wanted file; Unavailable when there is none. Called without the mutex.
ErrorCode ReplicaReader::prepare() {
    std::filesystem::path file;
    {
        const std::lock_guard lock(mutex_);
        file = wanted_;
        if (file == opened_) {
            return reader_ != nullptr ? ErrorCode::Ok : ErrorCode::Unavailable;
        }
        reader_.reset();
        opened_.clear();
    }
    if (file.empty()) {
        return ErrorCode::Unavailable;
    }
    auto reader = replica::Reader::open(file);
    const std::lock_guard lock(mutex_);
    if (!reader) {
        return reader.error().code;
    }
    reader_ = std::move(*reader);
    opened_ = file;
    return ErrorCode::Ok;
}

void ReplicaReader::run() {
    for (;;) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stop_ || !waiting_.empty() || wanted_ != opened_; });
            if (stop_) {
                return;
            }
            if (waiting_.empty() && !wanted_.empty()) {
                // The file is opened with the first question.
                wake_.wait(lock, [this] { return stop_ || !waiting_.empty() || wanted_.empty(); });
                if (stop_) {
                    return;
                }
            }
            if (!waiting_.empty()) {
                job = std::move(waiting_.front());
                waiting_.erase(waiting_.begin());
                running_ = job.key;
            }
        }
        const ErrorCode ready = prepare();
        if (job.key.isEmpty()) {
            continue;
        }
        Outcome outcome;
        if (ready == ErrorCode::Ok) {
            outcome = job.work(*reader_);
        } else {
            outcome.error = ready;
        }
        {
            const std::lock_guard lock(mutex_);
            running_.clear();
        }
        post(std::move(job), std::move(outcome));
    }
}

void ReplicaReader::post(Job job, Outcome outcome) {
    job.work = nullptr;
    QMetaObject::invokeMethod(
        this, [this, job = std::move(job), outcome = std::move(outcome)] { deliver(job, outcome); },
        Qt::QueuedConnection);
}

void ReplicaReader::deliver(const Job& job, const Outcome& outcome) {
    bool newest = false;
    {
        const std::lock_guard lock(mutex_);
        --inFlight_;
        newest = generations_.value(job.key) == job.generation;
    }
    if (!newest || !job.context) {
        return;
    }
    if (outcome.deliver) {
        outcome.deliver();
    } else {
        Q_EMIT failed(job.key, outcome.error);
    }
}

}  // namespace vorfahrt::client::model
