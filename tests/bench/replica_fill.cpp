// SPDX-License-Identifier: GPL-3.0-or-later
// By hand: how fast a replica on disk takes a first sync of 100,000 customers, without network and
// server. vf_replica_fill [FOLDER]
#include "client/replica/replica.h"
#include "common/schema/customer.pb.h"

#include <fmt/format.h>
#include <zstd.h>

#include <chrono>
#include <filesystem>

using namespace vorfahrt;

namespace {

constexpr int kRows = 100'000;
constexpr std::size_t kChunkBytes = 100 * 1024;

std::string customer(int number, const std::string& site) {
    record::Customer customer;
    customer.set_salutation(record::FRAU);
    customer.set_first_name(fmt::format("Vorname{}", number % 977));
    customer.set_last_name(fmt::format("Nachname{}", number * 7919 % 99'991));
    customer.set_site_id(site);
    customer.mutable_address()->set_street(fmt::format("Lange Strasse {}", number % 211));
    customer.mutable_address()->set_postcode(fmt::format("{:05}", number % 99'999));
    customer.mutable_address()->set_city("Hamburg");
    customer.set_note(fmt::format("{:0>240}", number));
    customer.set_customer_since_year(2010);
    return customer.SerializeAsString();
}

std::vector<wire::Snapshot> chunks(TenantId tenant, const std::string& site) {
    std::vector<wire::Snapshot> out;
    wire::SnapshotRows rows;
    std::size_t bytes = 0;
    SeededRandom random(1);
    const auto flush = [&](bool last) {
        const std::string raw = rows.SerializeAsString();
        std::string packed(ZSTD_compressBound(raw.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
        wire::Snapshot& chunk = out.emplace_back();
        chunk.set_tenant(tenant.bytes());
        chunk.set_scope(1);
        chunk.set_table(10);
        chunk.set_rows_zstd(packed);
        chunk.set_raw_bytes(static_cast<std::uint32_t>(raw.size()));
        chunk.set_row_count(static_cast<std::uint32_t>(rows.rows_size()));
        chunk.set_next_after_id(rows.rows(rows.rows_size() - 1).id());
        chunk.set_last(last);
        rows.Clear();
        bytes = 0;
    };
    for (int i = 0; i < kRows; ++i) {
        wire::SnapshotRow& row = *rows.add_rows();
        row.set_id(Uuid::v7(fromUnixMs(1'700'000'000'000 + i), random).bytes());
        row.set_rev(static_cast<std::uint64_t>(i) + 1);
        row.set_body(customer(i, site));
        bytes += row.body().size() + 24;
        if (bytes > kChunkBytes || i + 1 == kRows) {
            flush(i + 1 == kRows);
        }
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const auto file = folder / "vf-replica-fill.db";
    SystemClock clock;
    SeededRandom random(7);
    const TenantId tenant(Uuid::v7(clock.now(), random));
    const auto data = chunks(tenant, random.bytes(16));
    for (int round = 0; round < 3; ++round) {
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(file.string() + suffix);
        }
        auto replica = client::replica::Replica::open(file, clock, random);
        wire::AccountTenant account;
        account.set_tenant(tenant.bytes());
        account.set_user_id(random.bytes(16));
        const std::vector<wire::AccountTenant> accounts{account};
        wire::TenantWelcome welcome;
        welcome.set_tenant(tenant.bytes());
        welcome.set_epoch(random.bytes(16));
        welcome.set_head(kRows);
        wire::ScopeState& scope = *welcome.add_scopes();
        scope.set_name("site:1");
        scope.set_number(1);
        scope.set_action(wire::BACKFILL);
        if (!replica || !(*replica)->setTenants(accounts) ||
            !(*replica)->applyWelcome(welcome, true)) {
            return 1;
        }
        const auto start = std::chrono::steady_clock::now();
        for (const auto& chunk : data) {
            if (!(*replica)->applySnapshot(chunk)) {
                return 1;
            }
        }
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        fmt::print(
            "{{\"name\":\"replica.fill.rows_per_s\",\"value\":{:.0f},\"unit\":\"rows/s\","
            "\"n\":{},\"chunks\":{}}}\n",
            kRows / seconds, kRows, data.size());
    }
    return 0;
}
