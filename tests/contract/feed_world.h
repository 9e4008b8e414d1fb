// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/sync/scope_sum.h"
#include "server/feed/scopes.h"
#include "server/feed/session_feed.h"
#include "server/store/sqlite/engine.h"

#include <QTemporaryDir>
#include <QTest>
#include <zstd.h>

#include <filesystem>
#include <map>
#include <set>

// A dealer on the real engine, and a desk that is a model: it keeps the rules of PROTOCOL.md
// section 2 to the letter and checks count and sum at each Checkpoint, at exactly that seq.
namespace vorfahrt::feed_test {

using namespace server;
using feed::SessionFeed;
using schema::Facet;
using store::StoredRow;
using RowKey = std::tuple<std::uint32_t, std::string, std::uint32_t>;

constexpr TimePoint kNow = fromUnixMs(1'800'000'000'000);
constexpr std::size_t kNoLimit = std::size_t{1} << 30;

// A tenant on a real database; each change is one batch, as the services make them.
class World {
public:
    explicit World(std::uint64_t seed)
        : random(seed),
          engine(store::sqliteEngine(std::filesystem::path(directory.path().toStdString()) /
                                     "server.db")),
          writer(std::move(*engine->openWriter())),
          reader(std::move(*engine->openReader())),
          tenant(newId().uuid()),
          user(newId().uuid()),
          account(newId().uuid()) {
        (void)writer->begin();
        (void)writer->createTenant(tenant, std::string(16, 'e'));
        (void)writer->writeAccount(
            {.id = account, .login = "a", .passwordHash = "h", .disabled = false});
        (void)writer->writeToken({.hash = digest32("token"),
                                  .account = account,
                                  .device = DeviceId(newId().uuid()),
                                  .created = kNow,
                                  .lastUsed = kNow,
                                  .revoked = false});
        (void)writer->commit();
        sites = {newId(), newId()};
        record::User person;
        person.set_account_id(account.bytes());
        person.set_display_name("Aylin Demir");
        save(RowId(user.uuid()), person);
        grants.push_back(grant(sites[0], record::SALES));
    }

    RowId newId() { return RowId(Uuid::v7(kNow, random)); }

    RowId grant(RowId site, record::Role role) {
        record::Grant record;
        record.set_user_id(user.bytes());
        record.set_site_id(site.bytes());
        record.set_role(role);
        const RowId id = newId();
        save(id, record);
        return id;
    }

    template <class Record>
    void save(RowId id, const Record& record, bool deleted = false) {
        schema::Row row(schema::recordOf<Record>(), id);
        row.assign(record);
        row.setDeleted(deleted);
        change({std::move(row)});
    }

    template <class Record>
    Record load(RowId id) {
        return (*writer->readRow(tenant, schema::recordOf<Record>(), id))
            ->row.template as<Record>();
    }

    // All rows under one seq.
    void change(std::vector<schema::Row> rows) {
        QVERIFY(writer->begin());
        const auto seq = Seq(value((*writer->head(tenant))->seq) + 1);
        for (schema::Row& row : rows) {
            const auto before = *writer->readRow(tenant, row.info(), row.id());
            for (const Facet facet : {Facet::MAIN, Facet::PRIVATE}) {
                const bool same = before && before->row.body(facet) == row.body(facet);
                row.setRev(facet, same ? before->row.rev(facet) : seq);
                const auto now = feed::scopesOf(row, facet, nullptr);
                const auto was = *writer->memberships(tenant, row.info().number, row.id(), facet);
                std::set<std::string> all(now.begin(), now.end());
                all.insert(was.begin(), was.end());
                for (const std::string& scope : all) {
                    const bool in = std::ranges::find(now, scope) != now.end();
                    if (in && same && std::ranges::find(was, scope) != was.end()) {
                        continue;
                    }
                    QVERIFY(writer->putEntry(tenant, {.scope = scope,
                                                      .table = row.info().number,
                                                      .id = row.id(),
                                                      .facet = facet,
                                                      .remove = !in,
                                                      .seq = seq,
                                                      .rev = row.rev(facet)}));
                }
            }
            QVERIFY(
                writer->writeRow(tenant, {.row = std::move(row), .stamps = {}, .masks = {0, 0}}));
        }
        QVERIFY(writer->setHead(tenant, seq));
        QVERIFY(writer->commit());
    }

    // What a scope holds, straight from the store.
    std::map<RowKey, std::uint64_t> contents(const std::string& scope) {
        std::map<RowKey, std::uint64_t> out;
        for (const schema::RecordInfo& info : schema::records()) {
            const auto chunk = reader->snapshotChunk(tenant, scope, info.number, RowId(), kNoLimit);
            for (const auto& row : chunk->rows) {
                out[{info.number, row.id.bytes(), row.facet}] = value(row.rev);
            }
        }
        return out;
    }
    std::vector<std::string> scopes() {
        return feed::scopesOfPerson(user, *reader->grantsOf(tenant, user));
    }

    QTemporaryDir directory;
    SeededRandom random;
    std::unique_ptr<store::Engine> engine;
    std::unique_ptr<store::WriteStore> writer;
    std::unique_ptr<store::ReadStore> reader;
    TenantId tenant;
    UserId user;
    AccountId account;
    std::array<RowId, 2> sites;
    std::vector<RowId> grants;
    std::vector<RowId> customers;
    std::vector<RowId> leads;
};

// A replica as PROTOCOL.md wants it, in memory. What it holds survives a reconnect.
class Desk {
public:
    explicit Desk(World& world)
        : world_(world) {}

    void connect(feed::FeedLimits limits) {
        feed_ = std::make_unique<SessionFeed>(limits);
        buffered_.clear();
        numbers_.clear();
        owed_ = 0;
        opening_ = true;
        wire::Hello hello;
        hello.set_protocol_min(1);
        hello.set_protocol_max(1);
        hello.set_schema_version(schema::kSchemaVersion);
        hello.set_token("token");
        hello.set_replica_id(std::string(16, 'r'));
        wire::TenantHello& tenant = *hello.add_tenants();
        tenant.set_tenant(world_.tenant.bytes());
        tenant.set_epoch(epoch_);
        tenant.set_cursor(cursor_);
        std::vector<std::string> complete;
        bool partial = false;
        for (const auto& [name, scope] : scopes_) {
            partial = partial || !scope.complete;
            complete.push_back(name);
        }
        // Something incomplete is never the set that the server has in mind.
        tenant.set_scopes_digest(partial ? std::string(32, '-') : sync::scopesDigest(complete));
        auto welcome = feed_->hello(hello, *world_.reader, kNow);
        QVERIFY2(welcome, welcome ? "" : welcome.error().detail.c_str());
        take(*welcome);
        if (welcome->welcome().tenants(0).need_cursors()) {
            wire::Cursors cursors;
            cursors.set_tenant(world_.tenant.bytes());
            for (const auto& [name, scope] : scopes_) {
                wire::HeldScope& held = *cursors.add_scopes();
                held.set_name(name);
                held.set_complete(scope.complete);
                held.set_table(scope.table);
                held.set_after_id(scope.after);
            }
            welcome = feed_->cursors(cursors, *world_.reader, kNow);
            QVERIFY2(welcome, welcome ? "" : welcome.error().detail.c_str());
            take(*welcome);
        }
        opening_ = false;
    }

    // One pump; false: nothing came.
    bool step(std::size_t budget = kNoLimit) {
        feed_->committed(world_.tenant, (*world_.reader->head(world_.tenant))->seq);
        auto frames = feed_->pump(*world_.reader, kNow, budget);
        error_ = frames ? ErrorCode::Ok : frames.error().code;
        if (!frames) {
            return false;
        }
        for (const wire::Down& frame : *frames) {
            take(frame);
        }
        return !frames->empty();
    }

    void payBack() { feed_->credit(std::exchange(owed_, 0)); }

    void settle() {
        for (int i = 0; i < 20'000 && (step() || feed_->wantsPump()); ++i) {
            payBack();
        }
    }

    void take(const wire::Down& frame) {
        ++frames_;
        if (frame.has_welcome()) {
            onWelcome(frame.welcome().tenants(0));
        } else if (frame.has_snapshot()) {
            owed_ += frame.ByteSizeLong();
            onSnapshot(frame.snapshot());
        } else if (frame.has_delta()) {
            owed_ += frame.ByteSizeLong();
            onDelta(frame.delta());
        } else if (frame.has_checkpoint()) {
            onCheckpoint(frame.checkpoint());
        } else if (frame.has_drop_scope()) {
            const std::uint32_t number = frame.drop_scope().scope();
            QVERIFY(numbers_.contains(number));
            scopes_.erase(numbers_.at(number));
            numbers_.erase(number);
        } else if (frame.has_poke()) {
            ++pokes_;
        }
    }

    void expectSameAsServer() {
        const auto names = world_.scopes();
        QCOMPARE(scopes_.size(), names.size());
        for (const std::string& name : names) {
            QVERIFY2(scopes_.contains(name), name.c_str());
            QVERIFY2(scopes_.at(name).complete, name.c_str());
            QVERIFY2(scopes_.at(name).rows == world_.contents(name), name.c_str());
        }
        QCOMPARE(cursor_, value((*world_.reader->head(world_.tenant))->seq));
    }

    [[nodiscard]] SessionFeed& feed() { return *feed_; }
    [[nodiscard]] ErrorCode error() const { return error_; }
    [[nodiscard]] int checked() const { return checked_; }
    [[nodiscard]] int frames() const { return frames_; }
    [[nodiscard]] int bulk() const { return bulk_; }
    [[nodiscard]] int pokes() const { return pokes_; }
    [[nodiscard]] bool holds(const std::string& scope) const { return scopes_.contains(scope); }
    [[nodiscard]] std::size_t rows(const std::string& scope) const {
        return scopes_.at(scope).rows.size();
    }
    // A copy that went bad.
    void spoil(const std::string& scope) { scopes_.at(scope).rows.begin()->second += 1; }
    void forget(const std::string& scope) { scopes_.erase(scope); }
    [[nodiscard]] int mismatches() const { return mismatches_; }

private:
    struct Scope {
        bool complete = false;
        std::uint32_t table = 0;
        std::string after;
        std::map<RowKey, std::uint64_t> rows;
    };

    void onWelcome(const wire::TenantWelcome& welcome) {
        epoch_ = welcome.epoch();
        bool keeps = false;
        for (const wire::ScopeState& state : welcome.scopes()) {
            if (state.action() == wire::DROP) {
                scopes_.erase(state.name());
                continue;
            }
            QVERIFY(numbers_.emplace(state.number(), state.name()).second);
            if (state.action() == wire::BACKFILL) {
                scopes_[state.name()] = Scope();
            }
            keeps = keeps || state.action() != wire::BACKFILL;
        }
        if (opening_ && !welcome.need_cursors() && !keeps) {
            cursor_ = welcome.head();
        }
    }

    void put(Scope& scope, const RowKey& key, std::uint64_t rev) {
        std::uint64_t& held = scope.rows[key];
        held = std::max(held, rev);
    }

    void onSnapshot(const wire::Snapshot& chunk) {
        QVERIFY2(buffered_.empty(), "a Snapshot between a Delta and its Checkpoint");
        QVERIFY2(numbers_.contains(chunk.scope()), "a Snapshot of a scope that ended");
        Scope& scope = scopes_.at(numbers_.at(chunk.scope()));
        QVERIFY(!scope.complete);
        std::string raw(chunk.raw_bytes(), '\0');
        const auto size = ZSTD_decompress(raw.data(), raw.size(), chunk.rows_zstd().data(),
                                          chunk.rows_zstd().size());
        QCOMPARE(size, raw.size());
        wire::SnapshotRows rows;
        QVERIFY(rows.ParseFromString(raw));
        QCOMPARE(std::uint32_t(rows.rows_size()), chunk.row_count());
        for (const wire::SnapshotRow& row : rows.rows()) {
            put(scope, {chunk.table(), row.id(), row.facet()}, row.rev());
        }
        scope.table = chunk.table();
        if (!chunk.next_after_id().empty()) {
            scope.after = chunk.next_after_id();
        } else if (chunk.row_count() == 0) {
            scope.after.clear();
        }
        scope.complete = chunk.last();
    }

    void onDelta(const wire::Delta& delta) {
        const std::uint64_t at = buffered_.empty() ? cursor_ : buffered_.back().to();
        QCOMPARE(delta.from(), at);
        QVERIFY(delta.to() >= delta.from());
        if (delta.bulk()) {
            ++bulk_;
            QVERIFY(buffered_.empty());
            apply(delta);
            cursor_ = delta.to();
        } else {
            buffered_.push_back(delta);
        }
    }

    void apply(const wire::Delta& delta) {
        std::set<std::pair<std::string, std::uint32_t>> bodies;
        for (const wire::Entry& entry : delta.entries()) {
            QVERIFY2(numbers_.contains(entry.scope()), "an entry of a scope that ended");
            Scope& scope = scopes_.at(numbers_.at(entry.scope()));
            const RowKey key{entry.table(), entry.id(), entry.facet()};
            if (entry.op() == wire::REMOVE) {
                scope.rows.erase(key);
                continue;
            }
            QVERIFY(entry.same_body() == bodies.contains({entry.id(), entry.facet()}));
            bodies.emplace(entry.id(), entry.facet());
            put(scope, key, entry.rev());
        }
    }

    void onCheckpoint(const wire::Checkpoint& checkpoint) {
        for (const wire::Delta& delta : std::exchange(buffered_, {})) {
            apply(delta);
            cursor_ = delta.to();
        }
        QCOMPARE(cursor_, checkpoint.seq());
        for (const wire::ScopeSum& sum : checkpoint.sums()) {
            const Scope& scope = scopes_.at(numbers_.at(sum.scope()));
            std::uint64_t total = 0;
            for (const auto& [key, rev] : scope.rows) {
                const auto& [table, id, facet] = key;
                total += sync::rowHash(world_.tenant, table, *RowId::fromBytes(id),
                                       static_cast<Facet>(facet), Seq(rev));
            }
            ++checked_;
            if (scope.rows.size() != sum.count() || total != sum.sum()) {
                ++mismatches_;
            }
        }
    }

    World& world_;
    std::unique_ptr<SessionFeed> feed_;
    std::string epoch_;
    std::uint64_t cursor_ = 0;
    bool opening_ = false;  // between Hello and the last Welcome that answers it
    std::map<std::string, Scope> scopes_;
    std::map<std::uint32_t, std::string> numbers_;
    std::vector<wire::Delta> buffered_;
    std::uint64_t owed_ = 0;
    ErrorCode error_ = ErrorCode::Ok;
    int checked_ = 0;
    int frames_ = 0;
    int bulk_ = 0;
    int pokes_ = 0;
    int mismatches_ = 0;
};

}  // namespace vorfahrt::feed_test
