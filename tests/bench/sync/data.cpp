// SPDX-License-Identifier: GPL-3.0-or-later
// What the server holds before the run, and whether it is right after it.
#include "client/replica/queries.h"
#include "common/base/assert.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "tests/bench/sync/roles.h"

#include <fmt/format.h>

#include <algorithm>

namespace vorfahrt::bench {

namespace {

// The floor's record of 391 bytes without its id and rev, which stand beside ours.
constexpr std::size_t kBodyBytes = 367;

std::string letters(std::uint64_t seed, std::size_t size) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; ++i) {
        if (i % 8 == 0) {
            seed = mix(seed);
        }
        text[i] = static_cast<char>('a' + ((seed >> (8 * (i % 8))) & 0xFFU) % 26);
    }
    return text;
}

record::Customer customer(std::uint64_t n, RowId site) {
    record::Customer out;
    out.set_kind(record::COMPANY);
    out.set_last_name(letters(n * 3, 18));
    out.set_company(letters(n * 3 + 1, 23));
    out.set_site_id(site.bytes());
    out.mutable_address()->set_street(letters(n * 3 + 2, 20));
    out.mutable_address()->set_postcode("20095");
    out.mutable_address()->set_city("Hamburg");
    out.set_note("x");
    const std::size_t rest = kBodyBytes - out.ByteSizeLong();
    out.set_note(letters(n * 3 + 2, rest));  // its length takes a second byte
    VF_ASSERT(out.ByteSizeLong() == kBodyBytes);
    return out;
}

}  // namespace

Seeded seed(const Plan& plan, const std::filesystem::path& database,
            std::string_view passwordHash) {
    test::ServerData data(database);
    Seeded seeded;
    seeded.tenant = data.addTenant("Autohaus Bench");
    const RowId site = data.addSite(seeded.tenant, "Nord", 0);
    const RowId source = data.addSource(seeded.tenant, site, "Boerse", "lead@bench.example");
    for (const std::string_view login : kLogins) {
        seeded.people.push_back(
            data.addPerson(seeded.tenant, login, record::SALES, site, passwordHash));
    }
    std::vector<schema::Row> rows;
    for (std::size_t i = 0; i < plan.leads; ++i) {
        record::Lead lead;
        lead.set_number(i + 1);
        lead.set_site_id(site.bytes());
        lead.set_source_id(source.bytes());
        lead.mutable_wish()->set_make("VW");
        lead.mutable_wish()->set_model("Passat Variant");
        lead.set_region("Hamburg");
        lead.set_received_ms(toUnixMs(SystemClock().now()));
        lead.set_message(letters(i, 400));
        rows.push_back(test::ServerData::row(data.newId(), lead));
    }
    for (std::size_t i = 0; i < plan.customers; ++i) {
        rows.push_back(test::ServerData::row(customerId(i), customer(i, site)));
        if (rows.size() == 10'000 || i + 1 == plan.customers) {
            data.import(seeded.tenant, std::move(rows));
            rows.clear();
        }
    }
    const auto head = data.store().head(seeded.tenant);
    VF_ASSERT(head.has_value() && head->has_value());
    seeded.head = value((*head)->seq);
    return seeded;
}

std::vector<std::string> compare(const Plan& plan, const Seeded& seeded,
                                 const std::filesystem::path& database,
                                 const std::filesystem::path& replicaA,
                                 const std::filesystem::path& replicaB) {
    std::vector<std::string> wrong;
    const auto expect = [&wrong](bool right, std::string what) {
        if (!right) {
            wrong.push_back(std::move(what));
        }
    };
    test::ServerData data(database);
    const auto head = data.store().head(seeded.tenant);
    VF_ASSERT(head.has_value() && head->has_value());
    // One seq an edit: none was lost, none was applied twice.
    const std::uint64_t applied = value((*head)->seq) - seeded.head;
    expect(applied == plan.allEdits(),
           fmt::format("server applied {} of {} edits", applied, plan.allEdits()));
    std::size_t lost = 0;
    for (std::size_t edit = 0; edit < plan.allEdits(); ++edit) {
        const auto row = data.load<record::Customer>(seeded.tenant, editedCustomer(edit, plan));
        lost += row.last_name() != editedName(edit, plan) ? 1 : 0;
    }
    expect(lost == 0, fmt::format("server lacks {} edits", lost));

    std::vector<std::vector<std::string>> dumps;
    for (const auto& file : {replicaA, replicaB}) {
        const auto reader = client::replica::Reader::open(file);
        VF_ASSERT(reader.has_value());
        const auto pending = (*reader)->pending();
        expect(pending && pending->empty(), "edits are still pending");
        const auto rejected = (*reader)->rejected();
        expect(rejected && rejected->empty(), "edits were refused");
        auto dump = (*reader)->dump(seeded.tenant);
        VF_ASSERT(dump.has_value());
        expect(dump->size() > plan.customers, fmt::format("replica has {} rows", dump->size()));
        dumps.push_back(std::move(*dump));
        const auto count = countOffline(file);
        expect(count && *count == plan.offlineEdits, "replica lacks offline edits");
    }
    expect(dumps[0] == dumps[1], "the desks differ");
    return wrong;
}

}  // namespace vorfahrt::bench
