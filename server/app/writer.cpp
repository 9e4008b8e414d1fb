// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/writer.h"

#include "common/base/log.h"
#include "server/service/batch.h"
#include "server/service/server_core.h"

#include <algorithm>
#include <chrono>
#include <pthread.h>
#include <utility>

namespace vorfahrt::server::app {
namespace {

constexpr std::size_t kMaxRequests = 512;
// A batch holds about this many changes: longer ones would make a claim wait.
constexpr std::size_t kBatchWeight = 500;
// What the command line commits reaches the sessions within this time.
constexpr Millis kPollEvery{250};
constexpr Millis kUnparsedEvery{60'000};
constexpr Millis kReopenPause{200};
// With a full queue a desk waits this long, and up to a second more.
constexpr Millis kPatience{2'000};
constexpr Millis kPatienceStep{60};
constexpr unsigned kPatienceSteps = 16;

std::size_t weightOf(const service::Request& request) {
    const auto* push = std::get_if<service::PushRequest>(&request);
    return push != nullptr ? static_cast<std::size_t>(push->push.mutations_size()) : 1;
}

// What a request keeps in memory while it waits, about: its frame or mail as it travelled, and a
// little for itself.
struct BytesOf {
    std::size_t operator()(const service::PushRequest& request) const {
        return request.push.ByteSizeLong();
    }
    std::size_t operator()(const service::ClaimRequest& request) const {
        return request.claim.ByteSizeLong();
    }
    std::size_t operator()(const service::MailRequest& request) const {
        return request.bytes == nullptr ? 0 : request.bytes->size();
    }
    std::size_t operator()(const service::RecognisedRequest& request) const {
        return request.messageId.size() + request.sender.size() + request.subject.size() +
               request.text.size();
    }
    std::size_t operator()(const service::SetupRequest& request) const {
        return request.request.ByteSizeLong();
    }
    std::size_t operator()(const service::AccountAdminRequest& request) const {
        return request.request.ByteSizeLong();
    }
    template <class Small>
    std::size_t operator()(const Small& /*request*/) const {
        return 0;
    }
};

std::size_t bytesOf(const service::Request& request) {
    return sizeof(service::Request) + std::visit(BytesOf{}, request);
}

bool isSmall(const service::Request& request) {
    return std::holds_alternative<service::ClaimRequest>(request) ||
           std::holds_alternative<service::LogoutRequest>(request);
}

service::Outcome unavailable(const service::Request& request) {
    service::Outcome outcome;
    outcome.code = ErrorCode::Unavailable;
    const bool hasFrame = std::holds_alternative<service::PushRequest>(request) ||
                          std::holds_alternative<service::ClaimRequest>(request);
    if (hasFrame) {
        outcome.replies.push_back(service::refusal(ErrorCode::Unavailable, true, {}));
    }
    return outcome;
}

}  // namespace

Writer::Writer(store::Engine& engine, const Clock& clock, session::Hub& hub, ParseSink parse,
               WriterLimits limits)
    : engine_(engine),
      clock_(clock),
      hub_(hub),
      parse_(std::move(parse)),
      limits_(limits) {}

Writer::~Writer() {
    stop();
}

Status Writer::start() {
    VF_TRY(store_, engine_.openWriter());
    thread_ = std::thread([this] { run(); });
    return {};
}

bool Writer::hasRoom(std::size_t bytes, bool small) const {
    const std::size_t requests = limits_.requests + (small ? limits_.requests / 8 : 0);
    const std::size_t most = limits_.bytes + (small ? limits_.bytes / 8 : 0);
    return claims_.size() + others_.size() < requests && bytes_ + bytes <= most;
}

void Writer::submit(service::Request request, session::Backend::Done done) {
    const std::size_t bytes = bytesOf(request);
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_ && hasRoom(bytes, isSmall(request))) {
            auto& lane = std::holds_alternative<service::ClaimRequest>(request) ? claims_ : others_;
            lane.push_back(
                {.request = std::move(request), .done = std::move(done), .bytes = bytes});
            bytes_ += bytes;
            wake_.notify_one();
            return;
        }
    }
    done(unavailable(request));
}

Millis Writer::patience() {
    const std::lock_guard lock(mutex_);
    const double used = std::max(static_cast<double>(bytes_) / static_cast<double>(limits_.bytes),
                                 static_cast<double>(claims_.size() + others_.size()) /
                                     static_cast<double>(limits_.requests));
    if (used < 0.5) {
        return Millis(0);
    }
    const auto spread = kPatienceStep * (asked_++ % kPatienceSteps);
    return Millis(static_cast<std::int64_t>(used * static_cast<double>(kPatience.count()))) +
           spread;
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
}

std::vector<Writer::Item> Writer::gather() {
    std::vector<Item> items;
    std::size_t weight = 0;
    std::size_t bytes = 0;
    for (auto* lane : {&claims_, &others_}) {
        while (!lane->empty() && items.size() < kMaxRequests && weight < kBatchWeight &&
               bytes < limits_.batchBytes) {
            weight += weightOf(lane->front().request);
            bytes += lane->front().bytes;
            items.push_back(std::move(lane->front()));
            lane->pop_front();
        }
    }
    return items;
}

void Writer::run() {
    pthread_setname_np(pthread_self(), "store");
    for (;;) {
        std::vector<Item> items;
        {
            std::unique_lock lock(mutex_);
            Millis pause = std::max(nextPoll_ - clock_.steady(), Millis(0));
            if (deadline_) {
                pause = std::clamp(*deadline_ - clock_.now(), Millis(0), pause);
            }
            wake_.wait_for(lock, pause,
                           [&] { return stopping_ || !claims_.empty() || !others_.empty(); });
            items = gather();
            if (items.empty() && stopping_) {
                return;
            }
        }
        if (deadline_ && clock_.now() >= *deadline_) {
            items.push_back({.request = service::TimerRequest{}, .done = {}});
        }
        if (clock_.steady() >= nextUnparsed_) {
            nextUnparsed_ = clock_.steady() + kUnparsedEvery;
            items.push_back({.request = service::UnparsedRequest{}, .done = {}});
        }
        const bool worked = !items.empty();
        if (worked) {
            runItems(std::move(items));
        }
        const bool polled = clock_.steady() >= nextPoll_;
        if (polled) {
            poll();
        }
        if (worked || polled) {
            planTimer();
        }
    }
}

void Writer::runItems(std::vector<Item> items) {
    std::vector<service::Request> requests;
    requests.reserve(items.size());
    for (Item& item : items) {
        requests.push_back(std::move(item.request));
    }
    std::vector<service::Outcome> outcomes =
        service::runBatch(requests, clock_.now(), random_, *store_);
    const bool failed = std::ranges::any_of(outcomes, &service::Outcome::reopen);
    answer(items, outcomes);
    {
        const std::lock_guard lock(mutex_);
        for (const Item& item : items) {
            bytes_ -= item.bytes;
        }
    }
    if (failed) {
        reopen();
    }
}

void Writer::answer(std::vector<Item>& items, std::vector<service::Outcome>& outcomes) {
    for (service::Outcome& outcome : outcomes) {
        for (const service::Committed& commit : outcome.committed) {
            Seq& head = heads_[commit.tenant];
            head = std::max(head, commit.head);
        }
        for (service::ParseJob& job : outcome.parse) {
            parse_(std::move(job));
        }
        outcome.parse.clear();
    }
    // Who asked is told before the others are: a winner before those who lost.
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].done) {
            items[i].done(outcomes[i]);
        }
    }
    // Many requests of one batch are one piece of news for a session.
    service::Outcome news;
    std::map<TenantId, Seq> moved;
    for (const service::Outcome& outcome : outcomes) {
        for (const service::Committed& commit : outcome.committed) {
            moved[commit.tenant] = std::max(moved[commit.tenant], commit.head);
        }
        news.signedOut.insert(news.signedOut.end(), outcome.signedOut.begin(),
                              outcome.signedOut.end());
        news.tokensRevoked.insert(news.tokensRevoked.end(), outcome.tokensRevoked.begin(),
                                  outcome.tokensRevoked.end());
        news.rightsChanged.insert(news.rightsChanged.end(), outcome.rightsChanged.begin(),
                                  outcome.rightsChanged.end());
    }
    for (const auto& [tenant, head] : moved) {
        news.committed.push_back({.tenant = tenant, .head = head});
    }
    hub_.apply(news);
}

void Writer::reopen() {
    store_.reset();
    for (;;) {
        auto store = engine_.openWriter();
        if (store) {
            store_ = std::move(*store);
            outside_.reset();
            log::info("app", "store opened again");
            return;
        }
        log::error("app", "store cannot be opened: {}", name(store.error().code));
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, kReopenPause, [&] { return stopping_; })) {
            // Nothing can be stored any more: the senders keep what they have.
            for (auto* lane : {&claims_, &others_}) {
                for (Item& item : *lane) {
                    if (item.done) {
                        item.done(unavailable(item.request));
                    }
                }
                lane->clear();
            }
            bytes_ = 0;
            return;
        }
    }
}

void Writer::poll() {
    nextPoll_ = clock_.steady() + kPollEvery;
    if (store_ == nullptr) {
        return;
    }
    const auto version = store_->outsideVersion();
    if (!version) {
        log::warning("app", "poll: {}", name(version.error().code));
        return;
    }
    if (outside_ == *version) {
        return;
    }
    const auto tenants = store_->tenants();
    if (!tenants) {
        log::warning("app", "poll: {}", name(tenants.error().code));
        return;
    }
    for (const TenantId tenant : *tenants) {
        const auto head = store_->head(tenant);
        if (head && *head && (*head)->seq != heads_[tenant]) {
            heads_[tenant] = (*head)->seq;
            hub_.committed(tenant, (*head)->seq);
        }
    }
    // A token that was revoked there moves no head.
    hub_.recheckAll();
    outside_ = *version;
}

void Writer::planTimer() {
    if (store_ == nullptr) {
        return;
    }
    const auto next = store_->nextDeadline();
    deadline_ = next ? *next : std::nullopt;
}

}  // namespace vorfahrt::server::app
