// SPDX-License-Identifier: GPL-3.0-or-later
// SessionFeed over the real engine.
#include "server/feed/session_feed.h"

#include "common/sync/scope_sum.h"
#include "tests/contract/feed_world.h"

#include <QTest>

#include <string>

namespace vorfahrt {

using namespace feed_test;

namespace {

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
        hello.set_schema_version(schema::kSchemaVersion);
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

    // Its rows of a table that only one side knows would be broken frames.
    void aDeskOfAnotherSchemaIsToldSo() {
        World world(8);
        for (const std::uint32_t version : {0U, schema::kSchemaVersion + 1}) {
            SessionFeed feed;
            wire::Hello hello;
            hello.set_protocol_min(1);
            hello.set_protocol_max(1);
            hello.set_schema_version(version);
            hello.set_token("token");
            hello.set_replica_id(std::string(16, 'r'));
            const auto welcome = feed.hello(hello, *world.reader, kNow);
            QVERIFY(!welcome);
            QCOMPARE(welcome.error().code, ErrorCode::BadVersion);
        }
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
        hello.set_schema_version(schema::kSchemaVersion);
        hello.set_token("token");
        hello.set_replica_id(std::string(16, 'r'));
        wire::TenantHello& tenant = *hello.add_tenants();
        tenant.set_tenant(world.tenant.bytes());
        tenant.set_epoch(std::string(16, 'e'));
        tenant.set_cursor(1'000'000);  // beyond the head
        tenant.set_scopes_digest(sync::scopesDigest(world.scopes()));
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
