// SPDX-License-Identifier: GPL-3.0-or-later
// vf_bench_search [--quick] [--dir DIRECTORY]: the figures search.* of design.md section 10. A
// replica with 200,000 customers (each with a telephone number, every second one with a car) and
// 1,000,000 activities is filled as by a first sync and indexed; then questions are typed letter by
// letter, and each letter is one search over everything.
#include "client/replica/queries.h"
#include "client/replica/replica.h"
#include "common/base/assert.h"
#include "tests/bench/json_line.h"
#include "tests/bench/vocabulary.h"

#include <zstd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace vorfahrt;
using namespace vorfahrt::client::replica;
using bench::kCities;
using bench::kModels;
using bench::Vocabulary;

namespace {

struct Plan {
    int customers = 200'000;
    int activities = 1'000'000;
    int words = 6'000;
    int names = 20'000;
    int questions = 400;
};

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void print(std::string_view name, double value, std::string_view unit, std::size_t n) {
    std::puts(bench::jsonLine(name, value, unit, n).c_str());
    std::fflush(stdout);
}

class Bench {
public:
    Bench(const Plan& plan, const std::filesystem::path& folder)
        : plan_(plan),
          file_(folder / "search-bench.db") {
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(file_.string() + suffix);
        }
        auto opened = Replica::open(file_, clock_, random_);
        VF_ASSERT(opened.has_value());
        replica_ = std::move(*opened);
        wire::AccountTenant account;
        account.set_tenant(tenant_.bytes());
        account.set_user_id(user_.bytes());
        const std::vector<wire::AccountTenant> accounts{account};
        VF_ASSERT(replica_->setTenants(accounts).has_value());
        wire::TenantWelcome welcome;
        welcome.set_tenant(tenant_.bytes());
        welcome.set_epoch(random_.bytes(16));
        welcome.set_head(1);
        wire::ScopeState& scope = *welcome.add_scopes();
        scope.set_name("site:1");
        scope.set_number(1);
        scope.set_action(wire::BACKFILL);
        VF_ASSERT(replica_->applyWelcome(welcome, true).has_value());
    }

    void fill() {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < plan_.customers; ++i) {
            ids_.push_back(newId());
            record::Customer customer;
            customer.set_first_name(words_.any());
            customer.set_last_name(names_.any());
            customer.mutable_address()->set_city(std::string(kCities[random_.below(8)]));
            customer.mutable_address()->set_street(words_.any() + "weg 12");
            customer.set_site_id(site_);
            add(10, ids_.back(), customer);
        }
        flush(10);
        for (const std::string& id : ids_) {
            record::ContactPoint point;
            point.set_customer_id(id);
            point.set_kind(record::MOBILE);
            point.set_value("0171 " + std::to_string(1'000'000 + random_.below(9'000'000)));
            point.set_site_id(site_);
            add(11, newId(), point);
        }
        flush(11);
        for (std::size_t i = 0; i < ids_.size(); i += 2) {
            record::Vehicle vehicle;
            vehicle.set_customer_id(ids_[i]);
            vehicle.set_make("VW");
            vehicle.set_model(std::string(kModels[random_.below(kModels.size())]));
            vehicle.set_plate("HH-" + std::string(1, static_cast<char>('A' + random_.below(26))) +
                              "K " + std::to_string(100 + random_.below(9'000)));
            vehicle.set_vin("WVWZZZ1KZ" + std::to_string(10'000'000 + random_.below(90'000'000)));
            vehicle.set_site_id(site_);
            add(12, newId(), vehicle);
        }
        flush(12);
        for (int i = 0; i < plan_.activities; ++i) {
            record::Activity activity;
            activity.set_customer_id(ids_[random_.below(ids_.size())]);
            activity.set_site_id(site_);
            activity.set_kind(record::NOTE);
            activity.set_at_ms(1'700'000'000'000 + i);
            std::string text;
            for (std::uint64_t k = 6 + random_.below(8); k > 0; --k) {
                text += words_.any() + " ";
            }
            activity.set_text(text);
            add(30, newId(), activity);
        }
        flush(30, true);
        const std::size_t rows = ids_.size() * 5 / 2 + static_cast<std::size_t>(plan_.activities);
        print("search.fill.rows_per_s", static_cast<double>(rows) / secondsSince(start), "1/s",
              rows);
    }

    void index() {
        const auto start = std::chrono::steady_clock::now();
        const auto before = std::filesystem::file_size(file_);
        double longest = 0;
        for (;;) {
            const auto slice = std::chrono::steady_clock::now();
            const auto changes = replica_->indexMore();
            VF_ASSERT(changes.has_value());
            if (changes->empty()) {
                break;
            }
            longest = std::max(longest, secondsSince(slice));
        }
        const std::size_t rows = ids_.size() * 3 / 2 + static_cast<std::size_t>(plan_.activities);
        print("search.index.rows_per_s", static_cast<double>(rows) / secondsSince(start), "1/s",
              rows);
        print("search.index.slice_max_ms", longest * 1e3, "ms", 1);
        VF_ASSERT(replica_->purge());
        print("search.index.bytes_per_row",
              static_cast<double>(std::filesystem::file_size(file_) - before) /
                  static_cast<double>(rows),
              "B", rows);
    }

    void ask() {
        auto opened = Reader::open(file_);
        VF_ASSERT(opened.has_value());
        reader_ = std::move(*opened);
        std::vector<double> all;
        const auto run = [&](const char* name, auto&& question) {
            std::vector<double> times;
            for (int i = 0; i < plan_.questions; ++i) {
                type(question(), times);
            }
            all.insert(all.end(), times.begin(), times.end());
            const std::string figure = std::string("search.") + name;
            print(figure + ".p50_ms", bench::percentile(times, 0.5), "ms", times.size());
            print(figure + ".p99_ms", bench::percentile(times, 0.99), "ms", times.size());
        };
        run("name", [&] { return names_.any(); });
        run("two_terms", [&] {
            return names_.any() + " " + std::string(kModels[random_.below(kModels.size())]);
        });
        run("text", [&] { return words_.any() + " " + words_.any(); });
        run("phone", [&] { return "0171 " + std::to_string(random_.below(10'000)); });
        run("plate", [&] { return "hh ak " + std::to_string(100 + random_.below(900)); });
        print("search.p50_ms", bench::percentile(all, 0.5), "ms", all.size());
        print("search.p99_ms", bench::percentile(all, 0.99), "ms", all.size());
        print("search.hits", static_cast<double>(hits_), "1", all.size());
    }

private:
    std::string newId() {
        return Uuid::v7(fromUnixMs(1'700'000'000'000 + ++time_), random_).bytes();
    }

    template <class Record>
    void add(std::uint32_t table, const std::string& id, const Record& record) {
        wire::SnapshotRow& row = *rows_.add_rows();
        row.set_id(id);
        row.set_rev(1);
        row.set_body(record.SerializeAsString());
        bytes_ += row.body().size() + 24;
        last_ = id;
        if (bytes_ > 100'000) {
            flush(table);
        }
    }
    void flush(std::uint32_t table, bool last = false) {
        const std::string raw = rows_.SerializeAsString();
        std::string packed(ZSTD_compressBound(raw.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
        wire::Snapshot chunk;
        chunk.set_tenant(tenant_.bytes());
        chunk.set_scope(1);
        chunk.set_table(table);
        chunk.set_rows_zstd(packed);
        chunk.set_raw_bytes(static_cast<std::uint32_t>(raw.size()));
        chunk.set_next_after_id(last_);
        chunk.set_last(last);
        VF_ASSERT(replica_->applySnapshot(chunk).has_value());
        rows_.Clear();
        bytes_ = 0;
    }

    // Letter by letter; a letter may be two bytes.
    void type(const std::string& question, std::vector<double>& times) {
        for (std::size_t end = 1; end <= question.size(); ++end) {
            if (end < question.size() &&
                (static_cast<unsigned char>(question[end]) & 0xC0U) == 0x80U) {
                continue;
            }
            const auto start = std::chrono::steady_clock::now();
            const auto answer = reader_->search({.tenant = tenant_, .user = user_},
                                                {.text = question.substr(0, end), .only = {}});
            times.push_back(secondsSince(start) * 1e3);
            VF_ASSERT(answer.has_value() && answer->complete);
            hits_ += answer->total > 0 ? 1 : 0;
        }
    }

    const Plan plan_;
    const std::filesystem::path file_;
    SystemClock clock_;
    SeededRandom random_{2026};
    Vocabulary words_{plan_.words, 2, random_};
    Vocabulary names_{plan_.names, 2, random_};
    const TenantId tenant_{Uuid::v7(fromUnixMs(1), random_)};
    const UserId user_ = *UserId::fromBytes(random_.bytes(16));
    const std::string site_ = random_.bytes(16);
    std::unique_ptr<Replica> replica_;
    std::unique_ptr<Reader> reader_;
    std::vector<std::string> ids_;
    wire::SnapshotRows rows_;
    std::size_t bytes_ = 0;
    std::string last_;
    std::int64_t time_ = 0;
    std::size_t hits_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    Plan plan;
    std::string dir = ".";
    bool quick = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--quick") {
            quick = true;
            plan = {.customers = 2'000,
                    .activities = 6'000,
                    .words = 500,
                    .names = 500,
                    .questions = 5};
        } else if (argument == "--dir" && i + 1 < argc) {
            dir = argv[++i];
        } else {
            std::fprintf(stderr, "vf_bench_search [--quick] [--dir DIRECTORY]\n");
            return 2;
        }
    }
    Bench bench(plan, dir);
    bench.fill();
    bench.index();
    bench.ask();
    if (quick) {
        std::puts("Totals: 1 passed, 0 failed, 0 skipped");
    }
    return 0;
}
