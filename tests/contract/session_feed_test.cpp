// SPDX-License-Identifier: GPL-3.0-or-later
// SessionFeed over the real engine. The desk here is a model that keeps the rules of PROTOCOL.md
// section 2 to the letter and checks count and sum at each Checkpoint, at exactly that seq.
#include "server/feed/session_feed.h"

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/sync/scope_sum.h"
#include "server/feed/scopes.h"
#include "server/store/sqlite/engine.h"

#include <QTemporaryDir>
#include <QTest>
#include <zstd.h>

#include <filesystem>
#include <map>
#include <set>

namespace vorfahrt {
namespace {

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
        tenant.set_scopes_digest(partial ? std::string(32, '-') : feed::scopesDigest(complete));
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

record::Customer customerAt(RowId site, std::uint64_t number) {
    record::Customer out;
    out.set_last_name("Kunde " + std::to_string(number));
    out.set_note(std::string(number % 200, 'n'));
    out.set_site_id(site.bytes());
    return out;
}

// One random thing that happens in a dealership.
void happen(World& world) {
    SeededRandom& random = world.random;
    const auto pick = [&](const std::vector<RowId>& ids) { return ids[random.below(ids.size())]; };
    const RowId site = world.sites[random.below(2)];
    switch (random.below(9)) {
        case 0:
        case 1:
            world.customers.push_back(world.newId());
            world.save(world.customers.back(), customerAt(site, random.below(1000)));
            break;
        case 2:
            world.leads.push_back(world.newId());
            {
                record::Lead lead;
                lead.set_site_id(site.bytes());
                lead.set_message("Guten Tag");
                world.save(world.leads.back(), lead);
            }
            break;
        case 3:
        case 4:
            if (!world.leads.empty()) {
                const RowId id = pick(world.leads);
                auto lead = world.load<record::Lead>(id);
                const bool free = lead.owner_id().empty();
                lead.set_owner_id(free ? random.below(2) == 0 ? world.user.bytes()
                                                              : std::string(16, 'x')
                                       : std::string());
                lead.set_claim_token(lead.claim_token() + 1);
                world.save(id, lead);
            }
            break;
        case 5:
            if (!world.customers.empty()) {
                world.save(pick(world.customers), customerAt(site, random.below(1000)));
            }
            break;
        case 6:
            if (!world.customers.empty()) {
                const RowId id = pick(world.customers);
                world.save(id, world.load<record::Customer>(id), random.below(2) == 0);
            }
            break;
        case 7: {
            std::vector<schema::Row> rows;
            for (int i = 0; i < 12; ++i) {
                world.customers.push_back(world.newId());
                schema::Row row(schema::recordOf<record::Customer>(), world.customers.back());
                row.assign(customerAt(site, random.below(1000)));
                rows.push_back(std::move(row));
            }
            world.change(std::move(rows));
            break;
        }
        default:
            if (world.grants.empty() || random.below(2) == 0) {
                world.grants.push_back(
                    world.grant(site, random.below(2) == 0 ? record::SALES : record::MANAGER));
            } else {
                const RowId id = world.grants.back();
                world.grants.pop_back();
                world.save(id, world.load<record::Grant>(id), true);
            }
    }
}

feed::FeedLimits smallLimits() {
    return {.creditBytes = 8'000,
            .chunkBytes = 600,
            .deltaFrameBytes = 700,
            .plainEntries = 12,
            .plainBytes = 3'000};
}

}  // namespace

class SessionFeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewDeskGetsEverythingOnce() {
        World world(1);
        for (int i = 0; i < 300; ++i) {
            world.customers.push_back(world.newId());
            world.save(world.customers.back(), customerAt(world.sites[0], std::uint64_t(i)));
        }
        Desk desk(world);
        desk.connect({});
        desk.settle();
        desk.expectSameAsServer();
        QCOMPARE(desk.rows(feed::siteScope(world.sites[0].view())), std::size_t(300));
        QCOMPARE(desk.mismatches(), 0);
        QCOMPARE(desk.bulk(), 0);  // no Delta carried what the Snapshots had
        QVERIFY(desk.checked() >= 4);
    }

    void aReconnectWithNothingNewIsSmall() {
        World world(2);
        Desk desk(world);
        desk.connect({});
        desk.settle();
        const int before = desk.frames();
        desk.connect({});
        desk.settle();
        QCOMPARE(desk.frames() - before, 2);  // Welcome and Checkpoint
        desk.expectSameAsServer();
        QCOMPARE(desk.mismatches(), 0);
    }

    void aBadCopyIsNoticedAndFetchedAgain() {
        World world(3);
        world.save(world.newId(), customerAt(world.sites[0], 1));
        Desk desk(world);
        desk.connect({});
        desk.settle();
        const std::string scope = feed::siteScope(world.sites[0].view());
        desk.spoil(scope);
        desk.connect({});
        desk.settle();
        QCOMPARE(desk.mismatches(), 1);
        desk.forget(scope);  // left out of Cursors
        desk.connect({});
        desk.settle();
        QCOMPARE(desk.mismatches(), 1);
        desk.expectSameAsServer();
    }

    void anEndedRightIsDroppedFirst() {
        World world(4);
        Desk desk(world);
        desk.connect({});
        desk.settle();
        const std::string scope = feed::siteScope(world.sites[0].view());
        QVERIFY(desk.holds(scope));
        world.save(world.newId(), customerAt(world.sites[0], 1));
        world.save(world.grants[0], world.load<record::Grant>(world.grants[0]), true);
        desk.feed().committed(world.tenant, Seq(100));
        const auto frames = desk.feed().pump(*world.reader, kNow, kNoLimit);
        QVERIFY(frames && frames->size() > 2);
        QVERIFY(frames->at(0).has_drop_scope());
        QVERIFY(frames->at(1).has_drop_scope());
        for (const wire::Down& frame : *frames) {
            desk.take(frame);
        }
        QVERIFY(!desk.holds(scope));
        desk.expectSameAsServer();
    }

    void withoutCreditOnlyOnePoke() {
        World world(5);
        Desk desk(world);
        const feed::FeedLimits limits{
            .creditBytes = 4'000, .chunkBytes = 600, .deltaFrameBytes = 700};
        desk.connect(limits);
        desk.settle();
        for (int i = 0; i < 60; ++i) {
            world.save(world.newId(), customerAt(world.sites[0], 180));
        }
        while (desk.step()) {
        }
        QVERIFY(!desk.feed().wantsPump());
        const int pokes = desk.pokes();
        QCOMPARE(pokes, 1);
        world.save(world.newId(), customerAt(world.sites[0], 180));
        QVERIFY(desk.step());
        QVERIFY(!desk.step());
        QCOMPARE(desk.pokes(), 2);
        QVERIFY(desk.feed().creditLeft() >= 0);
        desk.payBack();
        desk.settle();
        desk.expectSameAsServer();
    }

    void aDisabledAccountEnds_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<int>("code");
        QTest::newRow("account") << 0 << int(ErrorCode::Unauthenticated);
        QTest::newRow("token") << 1 << int(ErrorCode::Unauthenticated);
        QTest::newRow("user") << 2 << int(ErrorCode::Forbidden);
    }
    void aDisabledAccountEnds() {
        QFETCH(int, what);
        QFETCH(int, code);
        World world(6);
        Desk desk(world);
        desk.connect({});
        desk.settle();
        QVERIFY(world.writer->begin());
        if (what == 0) {
            QVERIFY(world.writer->writeAccount(
                {.id = world.account, .login = "a", .passwordHash = "h", .disabled = true}));
        } else if (what == 1) {
            QVERIFY(world.writer->revokeTokens(world.account, {}));
        }
        QVERIFY(world.writer->commit());
        if (what == 2) {
            auto user = world.load<record::User>(RowId(world.user.uuid()));
            user.set_disabled(true);
            world.save(RowId(world.user.uuid()), user);
        }
        desk.feed().recheckRights();
        QVERIFY(desk.feed().wantsPump());
        QVERIFY(!desk.step());
        QCOMPARE(int(desk.error()), code);
    }

    void resultsAreSentAgain() {
        World world(7);
        const ReplicaId replica = *ReplicaId::fromBytes(std::string(16, 'r'));
        QVERIFY(world.writer->begin());
        for (std::uint64_t mid = 1; mid <= 1'200; ++mid) {
            QVERIFY(world.writer->writeResult(
                world.tenant, replica,
                {.mid = Mid(mid), .argsHash = "h", .code = 0, .seq = Seq(mid), .lostFields = {}}));
        }
        QVERIFY(world.writer->writeReplica(
            world.tenant,
            {.replica = replica, .user = world.user, .device = {}, .lastMid = Mid(1'200)}));
        QVERIFY(world.writer->commit());
        SessionFeed feed;
        wire::Hello hello;
        hello.set_protocol_min(1);
        hello.set_protocol_max(1);
        hello.set_token("token");
        hello.set_replica_id(replica.bytes());
        hello.add_tenants()->set_tenant(world.tenant.bytes());
        hello.mutable_tenants(0)->set_oldest_unacked_mid(101);
        const auto welcome = feed.hello(hello, *world.reader, kNow);
        QVERIFY(welcome);
        QCOMPARE(welcome->welcome().tenants(0).last_mid(), std::uint64_t(1'200));
        const auto frames = feed.pump(*world.reader, kNow, kNoLimit);
        std::uint64_t expected = 101;
        for (const wire::Down& frame : *frames) {
            for (const auto& result : frame.results().results()) {
                QCOMPARE(result.mid(), expected++);
            }
        }
        QCOMPARE(expected, std::uint64_t(1'201));
    }

    void anotherHistoryStartsAnew() {
        World world(8);
        Desk desk(world);
        desk.connect({});
        desk.settle();
        SessionFeed feed;
        wire::Hello hello;
        hello.set_protocol_min(1);
        hello.set_protocol_max(1);
        hello.set_token("token");
        hello.set_replica_id(std::string(16, 'r'));
        wire::TenantHello& tenant = *hello.add_tenants();
        tenant.set_tenant(world.tenant.bytes());
        tenant.set_epoch(std::string(16, 'e'));
        tenant.set_cursor(1'000'000);  // beyond the head
        tenant.set_scopes_digest(feed::scopesDigest(world.scopes()));
        const auto welcome = feed.hello(hello, *world.reader, kNow);
        QVERIFY(welcome);
        for (const auto& scope : welcome->welcome().tenants(0).scopes()) {
            QCOMPARE(scope.action(), wire::BACKFILL);
        }
    }

    void anyOrderOfThingsConverges_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 100; seed < 130; ++seed) {
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
        }
    }
    void anyOrderOfThingsConverges() {
        QFETCH(int, seed);
        World world{std::uint64_t(seed)};
        for (int i = 0; i < 60; ++i) {
            happen(world);
        }
        Desk desk(world);
        desk.connect(smallLimits());
        for (int i = 0; i < 250; ++i) {
            switch (world.random.below(7)) {
                case 0:
                case 1:
                case 2: happen(world); break;
                case 3:
                case 4: desk.step(500 + world.random.below(4'000)); break;
                case 5: desk.payBack(); break;
                default:
                    if (world.random.below(6) == 0) {
                        desk.connect(smallLimits());
                    }
            }
            QCOMPARE(int(desk.error()), 0);
            if (QTest::currentTestFailed()) {
                return;
            }
        }
        desk.payBack();
        desk.settle();
        desk.expectSameAsServer();
        desk.connect({});  // says the sums of all scopes once more
        desk.settle();
        QCOMPARE(desk.mismatches(), 0);
        QVERIFY(desk.checked() >= int(world.scopes().size()));
    }
};

}  // namespace vorfahrt

QTEST_APPLESS_MAIN(vorfahrt::SessionFeedTest)
#include "session_feed_test.moc"
