// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "client/replica/replica.h"
#include "common/base/assert.h"

#include <QFile>
#include <QStringList>
#include <QTemporaryDir>
#include <zstd.h>

#include <filesystem>
#include <string>
#include <vector>

namespace vorfahrt::tests {

using namespace vorfahrt::client::replica;

inline constexpr std::uint32_t kMain = 0;
inline constexpr std::uint32_t kPrivate = 1;
inline constexpr std::uint32_t kSite = 1;  // wire numbers of the scopes
inline constexpr std::uint32_t kMine = 2;

template <class Record>
std::uint32_t numberOf() {
    return schema::recordOf<Record>().number;
}

// One replica, and a server that sends what the test says.
struct SearchReplica {
    QTemporaryDir folder;
    ManualClock clock{fromUnixMs(1'790'000'000'000)};
    SeededRandom random{11};
    TenantId tenant{Uuid::v7(clock.now(), random)};
    UserId me = *UserId::fromBytes(std::string(16, 'u'));
    std::string site = std::string(16, 's');
    std::unique_ptr<Replica> replica;
    std::unique_ptr<Reader> reader;
    std::uint64_t seq = 1;

    SearchReplica() {
        open();
        enter();
    }
    std::filesystem::path file() const {
        return std::filesystem::path(folder.path().toStdString()) / "r.db";
    }
    void open() {
        reader.reset();
        replica.reset();
        auto opened = Replica::open(file(), clock, random);
        VF_ASSERT(opened.has_value());
        replica = std::move(*opened);
        wire::AccountTenant account;
        account.set_tenant(tenant.bytes());
        account.set_user_id(me.bytes());
        const std::vector<wire::AccountTenant> accounts{account};
        VF_ASSERT(replica->setTenants(accounts).has_value());
        auto made = Reader::open(file());
        VF_ASSERT(made.has_value());
        reader = std::move(*made);
    }
    void enter() {
        wire::TenantWelcome welcome;
        welcome.set_tenant(tenant.bytes());
        welcome.set_epoch(std::string(16, 'e'));
        welcome.set_head(seq);
        welcome.set_user_id(me.bytes());
        for (const auto& [name, number] :
             {std::pair("site:1", kSite), std::pair("user:1", kMine)}) {
            wire::ScopeState& scope = *welcome.add_scopes();
            scope.set_name(name);
            scope.set_number(number);
            scope.set_action(wire::BACKFILL);
        }
        VF_ASSERT(replica->applyWelcome(welcome, true).has_value());
    }

    struct Put {
        std::uint32_t table = 0;
        RowId id;
        std::string body;
        std::uint32_t facet = kMain;
        std::uint32_t scope = kSite;
        wire::Op op = wire::PUT;
        bool deleted = false;
    };
    // As the chunks of a first sync.
    void snapshot(const std::vector<Put>& rows, std::uint32_t scope, bool last) {
        for (std::size_t i = 0; i < rows.size() || (i == 0 && last);) {
            wire::SnapshotRows packed;
            const std::uint32_t table = i < rows.size() ? rows[i].table : numberOf<record::Site>();
            for (int n = 0; n < 2'000 && i < rows.size() && rows[i].table == table; ++i, ++n) {
                wire::SnapshotRow& row = *packed.add_rows();
                row.set_id(rows[i].id.bytes());
                row.set_facet(rows[i].facet);
                row.set_rev(1);
                row.set_body(rows[i].body);
            }
            const std::string raw = packed.SerializeAsString();
            std::string bytes(ZSTD_compressBound(raw.size()), '\0');
            bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), raw.data(), raw.size(), 1));
            wire::Snapshot chunk;
            chunk.set_tenant(tenant.bytes());
            chunk.set_scope(scope);
            chunk.set_table(table);
            chunk.set_rows_zstd(bytes);
            chunk.set_raw_bytes(static_cast<std::uint32_t>(raw.size()));
            chunk.set_last(last && i >= rows.size());
            VF_ASSERT(replica->applySnapshot(chunk).has_value());
            i += rows.empty() ? 1 : 0;
        }
    }
    void complete() {
        snapshot({}, kSite, true);
        snapshot({}, kMine, true);
        index();
    }
    void index() {
        for (;;) {
            const auto changes = replica->indexMore();
            VF_ASSERT(changes.has_value());
            if (changes->empty()) {
                return;
            }
        }
    }
    // As one change of another desk.
    void delta(const std::vector<Put>& rows) {
        wire::Delta delta;
        delta.set_tenant(tenant.bytes());
        delta.set_from(seq);
        delta.set_to(++seq);
        for (const Put& row : rows) {
            wire::Entry& entry = *delta.add_entries();
            entry.set_scope(row.scope);
            entry.set_table(row.table);
            entry.set_id(row.id.bytes());
            entry.set_facet(row.facet);
            entry.set_op(row.op);
            entry.set_rev(seq);
            entry.set_deleted(row.deleted);
            entry.set_body(row.body);
        }
        const std::vector<wire::Delta> one{delta};
        const auto done = replica->applyDelta(tenant, one, nullptr);
        if (!done) {
            qFatal("%s", done.error().detail.c_str());
        }
    }
    template <class Record>
    Put put(RowId id, const Record& record, std::uint32_t facet = kMain,
            std::uint32_t scope = kSite) {
        return {numberOf<Record>(), id, record.SerializeAsString(), facet, scope};
    }
    template <class Record>
    Put remove(RowId id, std::uint32_t facet = kMain, std::uint32_t scope = kSite) {
        return {numberOf<Record>(), id, {}, facet, scope, wire::REMOVE};
    }
    RowId newId() {
        clock.advance(Millis(1));
        return RowId(Uuid::v7(clock.now(), random));
    }

    SearchAnswer ask(const char* text, std::optional<SearchGroup> only = {}, int perGroup = 20) {
        const auto answer = reader->search({.tenant = tenant, .user = me},
                                           {.text = text, .only = only, .perGroup = perGroup});
        VF_ASSERT(answer.has_value());
        return *answer;
    }
    // "title|fact|fact" of the hits, with the marks in brackets and "~" for a sound.
    QStringList lines(const char* text, SearchGroup group) {
        QStringList out;
        for (const auto& found : ask(text, group).groups) {
            for (const SearchHit& hit : found.hits) {
                QString line = marked(hit.title);
                for (const SearchFact& fact : hit.facts) {
                    line += QLatin1Char('|') + marked(fact.text);
                }
                out.append(line + (hit.soundsAlike ? QStringLiteral("~") : QString()));
            }
        }
        return out;
    }
    static QString marked(const MarkedText& text) {
        std::string out;
        std::size_t at = 0;
        for (const auto& [begin, end] : text.marks) {
            out +=
                text.text.substr(at, begin - at) + "[" + text.text.substr(begin, end - begin) + "]";
            at = end;
        }
        return QString::fromStdString(out + text.text.substr(at));
    }
    // The index equals one that is built anew.
    bool isExact() {
        const auto held = replica->searchDump();
        VF_ASSERT(held.has_value());
        VF_ASSERT(replica->rebuildSearch().has_value());
        index();
        const auto fresh = replica->searchDump();
        VF_ASSERT(fresh.has_value());
        return *held == *fresh;
    }
    // All bytes of the replica, as they are and in lower case.
    std::string bytes() {
        std::string all;
        for (const char* suffix : {"", "-wal"}) {
            QFile one(QString::fromStdString(file().string() + suffix));
            if (one.open(QIODevice::ReadOnly)) {
                all += one.readAll().toStdString();
            }
        }
        return all;
    }
};

inline record::Customer person(const char* first, const char* last, const char* city = "Hamburg") {
    record::Customer customer;
    customer.set_first_name(first);
    customer.set_last_name(last);
    customer.mutable_address()->set_postcode("22043");
    customer.mutable_address()->set_city(city);
    customer.set_site_id(std::string(16, 's'));
    return customer;
}

inline record::ContactPoint contact(RowId customer, const char* value,
                                    record::ContactKind kind = record::PHONE) {
    record::ContactPoint point;
    point.set_customer_id(customer.bytes());
    point.set_kind(kind);
    point.set_value(value);
    point.set_site_id(std::string(16, 's'));
    return point;
}

inline record::Vehicle car(RowId customer, const char* make, const char* model, const char* plate,
                           const char* vin = "") {
    record::Vehicle vehicle;
    vehicle.set_customer_id(customer.bytes());
    vehicle.set_make(make);
    vehicle.set_model(model);
    vehicle.set_plate(plate);
    vehicle.set_vin(vin);
    vehicle.set_site_id(std::string(16, 's'));
    return vehicle;
}

inline record::Activity note(RowId customer, const char* text) {
    record::Activity activity;
    activity.set_customer_id(customer.bytes());
    activity.set_site_id(std::string(16, 's'));
    activity.set_kind(record::NOTE);
    activity.set_text(text);
    return activity;
}

}  // namespace vorfahrt::tests
