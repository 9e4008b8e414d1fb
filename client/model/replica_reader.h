// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "common/base/error.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace vorfahrt::client::model {

// The one reader thread of a desk: runs queries on a read-only connection and hands the answers to
// the GUI thread as values. A new question with the same key replaces one that waits and interrupts
// one that runs; the answer to a replaced question is never delivered. Lives in the GUI thread;
// the destructor joins.
class ReplicaReader final : public QObject {
    Q_OBJECT

public:
    explicit ReplicaReader(QObject* parent = nullptr);
    ~ReplicaReader() override;

    // Questions asked from now on go to this file; an empty path drops them.
    void open(const std::filesystem::path& file);
    void close() { open({}); }

    // query: Result<T>(replica::Reader&), on the reader thread. done: void(T), in the GUI thread
    // while context lives.
    template <class Query, class Done>
    void ask(const QString& key, QObject* context, Query query, Done done) {
        using Answer = typename std::invoke_result_t<Query, replica::Reader&>::value_type;
        enqueue(key, context, [query = std::move(query), done = std::move(done)](auto& reader) {
            auto answer = query(reader);
            Outcome outcome;
            if (!answer) {
                outcome.error = answer.error().code;
                return outcome;
            }
            auto kept = std::make_shared<Answer>(std::move(*answer));
            outcome.deliver = [done, kept] { done(std::move(*kept)); };
            return outcome;
        });
    }
    // Nothing waits, runs or is to be delivered; for tests.
    [[nodiscard]] bool idle() const;

Q_SIGNALS:
    void failed(const QString& key, vorfahrt::ErrorCode code);

private:
    struct Outcome {
        std::function<void()> deliver;
        ErrorCode error = ErrorCode::Ok;
    };
    using Work = std::function<Outcome(replica::Reader&)>;
    struct Job {
        QString key;
        quint64 generation = 0;
        QPointer<QObject> context;
        Work work;
    };

    void enqueue(const QString& key, QObject* context, Work work);
    void run();
    ErrorCode prepare();
    void post(Job job, Outcome outcome);
    void deliver(const Job& job, const Outcome& outcome);

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> waiting_;
    QHash<QString, quint64> generations_;
    QString running_;
    std::filesystem::path wanted_;
    std::filesystem::path opened_;
    std::unique_ptr<replica::Reader> reader_;  // replaced under the mutex by the thread alone
    int inFlight_ = 0;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace vorfahrt::client::model
