// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/replica.h"
#include "client/sync/sync_status.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/schema/sync.pb.h"
#include "tests/bench/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vorfahrt::bench {

// How much a desk holds; the names of files are made of it.
struct DeskPlan {
    int customers = 200'000;
    int leads = 100'000;
    int activities = 1'000'000;
    int words = 6'000;
    int names = 20'000;
    int questions = 40;
    int starts = 5;
    int stallSeconds = 60;
    [[nodiscard]] std::string key() const;
};

// One business of invented rows, the same for the same plan: fills a replica as a first sync does,
// chunk by chunk, and goes on with rows of another site for as long as somebody wants.
class DeskWorldMaker {
public:
    explicit DeskWorldMaker(const DeskPlan& plan);

    [[nodiscard]] client::sync::Account account() const;
    [[nodiscard]] TenantId tenant() const { return tenant_; }
    // A new file with everything, and its search index.
    void fill(const std::filesystem::path& file);
    // Another scope is being filled: the next chunk of it, about 100 kB. The chunks have customers,
    // their numbers, leads (now and then one to claim) and entries of the timeline.
    void beginMore(client::replica::Replica& replica);
    [[nodiscard]] wire::Snapshot nextChunk();
    // What somebody could type.
    [[nodiscard]] std::string question(int n);

private:
    using Take = std::function<void(const wire::Snapshot&)>;
    [[nodiscard]] std::string newId();
    template <class Record>
    void add(std::uint32_t scope, const std::string& id, const Record& record);
    void addCustomers(int count, const Take& take);
    void addLeads(int count, const Take& take);
    void addActivities(int count, const Take& take);
    void addBase(const Take& take);
    void cut(std::uint32_t scope, std::uint32_t table, bool last, const Take& take);

    const DeskPlan plan_;
    SystemClock clock_;
    SeededRandom random_{2026};
    Vocabulary words_;
    Vocabulary names_;
    const TenantId tenant_;
    const UserId me_;
    const AccountId account_;
    const std::string site_;
    const std::string source_;
    const std::string colleague_;
    std::vector<std::string> customers_;
    std::vector<std::string> leads_;
    wire::SnapshotRows rows_;
    std::size_t bytes_ = 0;
    std::string last_;
    std::int64_t time_ = 0;
    int turn_ = 0;
    int leadNumber_ = 0;
    std::uint32_t more_ = 0;  // scope that nextChunk fills
};

}  // namespace vorfahrt::bench
