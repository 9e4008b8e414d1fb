// SPDX-License-Identifier: GPL-3.0-or-later
// Administration: tenants, sites, people, rights and logins as changes of the log (DD-4, DD-44).
#include "common/schema/customer.pb.h"
#include "common/schema/org.pb.h"
#include "common/sync/mutator.h"
#include "server/service/auth.h"
#include "tests/support/service_world.h"

#include <QTest>

#include <algorithm>

namespace vorfahrt::tests {

using namespace server::service;
using schema::recordOf;

namespace {

IssueTokenRequest signIn(const Person& person, const std::string& hash) {
    return {
        .account = person.account, .checkedHash = hash, .device = person.who.device, .newHash = {}};
}

}  // namespace

class OrgTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Kept once an hour at most; a token that was not used for 90 days is none any more.
    void aTokenLivesAsLongAsItIsUsed() {
        ServiceWorld world;
        const auto lastUsed = [&] {
            return world.store().readToken(world.anna.who.tokenHash)->value().lastUsed;
        };
        const auto note = [&] {
            record::Customer customer;
            customer.set_last_name("Neu");
            customer.set_site_id(world.siteA.bytes());
            const RowId id(Uuid::v7(world.now, world.random));
            return world.act(world.anna, sync::kCreate, world.createArgs(id, customer));
        };
        const TimePoint start = world.now;
        QVERIFY(lastUsed() == start);
        world.now += std::chrono::minutes(59);
        QCOMPARE(note(), ErrorCode::Ok);
        QVERIFY(lastUsed() == start);
        world.now += std::chrono::minutes(1);
        QCOMPARE(note(), ErrorCode::Ok);
        QVERIFY(lastUsed() == world.now);
        // A session that only reads says so at Hello.
        world.now += std::chrono::hours(80 * 24);
        QCOMPARE(world.run(TokenUsedRequest{.tokenHash = world.anna.who.tokenHash}).code,
                 ErrorCode::Ok);
        QVERIFY(lastUsed() == world.now);
        world.now += std::chrono::hours(80 * 24);
        QCOMPARE(note(), ErrorCode::Ok);
        // Idle for too long: no use brings it back.
        world.now += std::chrono::hours(91 * 24);
        QCOMPARE(world.run(TokenUsedRequest{.tokenHash = world.anna.who.tokenHash}).code,
                 ErrorCode::Ok);
        const auto refused = world.run(world.pushOf(world.anna, {}));
        QCOMPARE(refused.code, ErrorCode::Unauthenticated);
        QVERIFY(refused.replies.front().refused().closing());
    }

    void aDeviceIsKnownOnceItSignedIn() {
        ServiceWorld world;
        const auto known = [&](const std::string& login, DeviceId device) {
            return world.run(FindLoginRequest{.login = login, .device = device}).knownDevice;
        };
        QVERIFY(known("anna", world.anna.who.device));
        QVERIFY(!known("ben", world.anna.who.device));
        QVERIFY(!known("anna", DeviceId(Uuid::v7(world.now, world.random))));
        QVERIFY(!known("nobody", world.anna.who.device));
        static_cast<void>(world.run(LogoutRequest{.who = world.anna.who}));
        QVERIFY(known("Anna", world.anna.who.device));
    }

    void desksGetAChangeOfTheGroupLive() {
        ServiceWorld world;
        const Seq before = world.head();
        auto site = world.load<record::Site>(world.siteA);
        site.set_return_seconds(60);
        const auto outcome =
            world.run(SaveSite{.tenant = world.tenant, .site = world.siteA, .record = site});
        QCOMPARE(outcome.committed.size(), 1U);
        QCOMPARE(value(outcome.committed[0].head), value(before) + 1);
        const auto entries = world.entries("base", before);
        QCOMPARE(entries.size(), 1U);
        QVERIFY(entries[0].id == world.siteA);
        QCOMPARE(world.load<record::Site>(world.siteA).return_seconds(), 60U);
    }

    void aTenantHasAnEpochOfItsOwn() {
        ServiceWorld world;
        const auto other = world.run(AddTenant{.name = "Zweite Gruppe", .dealerColour = 2});
        const TenantId tenant(other.created.at(0).uuid());
        const auto first = world.store().head(world.tenant);
        const auto second = world.store().head(tenant);
        QCOMPARE((*second)->epoch.size(), 16U);
        QVERIFY((*first)->epoch != (*second)->epoch);
        QCOMPARE(value((*second)->seq), 1U);
        // An account joins it with its own password, and signs in to both.
        record::User user;
        user.set_display_name("Anna auch hier");
        QCOMPARE(world
                     .run(AddUser{.tenant = tenant,
                                  .login = "ANNA",
                                  .passwordHash = {},
                                  .record = user,
                                  .roles = {}})
                     .code,
                 ErrorCode::Ok);
        const auto token = world.run(signIn(world.anna, "no password")).token;
        QCOMPARE(token->result.tenants_size(), 2);
        QVERIFY(std::ranges::any_of(token->result.tenants(), [](const auto& entry) {
            return entry.name() == "Zweite Gruppe" && entry.user_name() == "Anna auch hier";
        }));
        // Rights of one are none in the other.
        auto request = world.pushOf(world.ben, {});
        request.push.set_tenant(tenant.bytes());
        QCOMPARE(world.run(request).replies.at(0).refused().code(),
                 static_cast<std::uint32_t>(ErrorCode::Forbidden));
    }

    void brokenCommandsLeaveNothing() {
        ServiceWorld world;
        const Seq before = world.head();
        record::User user;
        user.set_display_name("Neu");
        const RowId nowhere(Uuid::v7(world.now, world.random));
        AddUser add{.tenant = world.tenant,
                    .login = "neu",
                    .passwordHash = "hash",
                    .record = user,
                    .roles = {{.role = record::SALES, .site = nowhere}}};
        QCOMPARE(world.run(add).code, ErrorCode::NotFound);
        QVERIFY(!world.run(FindLoginRequest{.login = "neu"}).account);
        add.roles[0].site = world.siteA;
        add.login = "anna";
        QCOMPARE(world.run(add).code, ErrorCode::Duplicate);
        add.login = "neu";
        add.record.set_email("keine Adresse");
        QCOMPARE(world.run(add).code, ErrorCode::Invalid);
        record::Source source;
        source.set_name("Zweite");
        source.set_site_id(world.siteB.bytes());
        source.set_intake_address("Lead@Nord.example");
        const auto save = [&] {
            return world.run(SaveSource{.tenant = world.tenant, .source = {}, .record = source})
                .code;
        };
        QCOMPARE(save(), ErrorCode::Duplicate);
        source.set_intake_address("lead@sued.example");
        source.set_mail_rules("{");
        QVERIFY(save() != ErrorCode::Ok);
        QCOMPARE(world.run(AddTenant{.name = std::string(), .dealerColour = 1}).code,
                 ErrorCode::Invalid);
        QCOMPARE(value(world.head()), value(before));
        QVERIFY(world.store().tenants()->size() == 1);
    }

    // More than PROTOCOL.md allows would be cut without a word.
    void rightsAtMoreSitesThanADeskCanHoldAreRefused() {
        ServiceWorld world;  // Maria manages one site
        for (int i = 0; i < 19; ++i) {
            record::Site site;
            site.set_name("Standort " + std::to_string(i));
            const auto saved =
                world.run(SaveSite{.tenant = world.tenant, .site = {}, .record = site});
            QCOMPARE(saved.code, ErrorCode::Ok);
            const auto granted =
                world.run(AddGrant{.tenant = world.tenant,
                                   .user = world.maria.user,
                                   .role = {.role = record::MANAGER, .site = saved.created.at(0)}});
            QCOMPARE(granted.code, i < 18 ? ErrorCode::Ok : ErrorCode::Invalid);
            QCOMPARE(granted.rightsChanged.empty(), i == 18);
        }
        // Another role at a site that she has takes no more room.
        QCOMPARE(world
                     .run(AddGrant{.tenant = world.tenant,
                                   .user = world.maria.user,
                                   .role = {.role = record::ADMIN, .site = world.siteA}})
                     .code,
                 ErrorCode::Ok);
    }

    void aNewPasswordEndsAllSessions() {
        ServiceWorld world;
        const auto outcome =
            world.run(SetPassword{.login = "anna", .passwordHash = "another hash"});
        QVERIFY(outcome.signedOut == std::vector{world.anna.account});
        QCOMPARE(world.run(world.pushOf(world.anna, {})).replies.at(0).refused().code(),
                 static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
        // A login that was under way with the old password gets no token.
        QCOMPARE(world.run(signIn(world.anna, "no password")).code, ErrorCode::Unauthenticated);
        QVERIFY(world.run(signIn(world.anna, "another hash")).token.has_value());
    }

    void aDisabledPersonLosesHisRightsAndMayComeBackWithout() {
        ServiceWorld world;
        QCOMPARE(world.run(DisableUser{.login = "anna"}).code, ErrorCode::Ok);
        QVERIFY(world.load<record::User>(world.anna.user).disabled());
        QVERIFY(world.find(recordOf<record::Grant>(), "user_id", world.anna.user).empty());
        QCOMPARE(world.run(EnableUser{.login = "anna"}).code, ErrorCode::Ok);
        QVERIFY(world.run(signIn(world.anna, "no password")).token.has_value());
        // The old tokens stay dead.
        QCOMPARE(world.run(world.pushOf(world.anna, {})).replies.at(0).refused().code(),
                 static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
        QCOMPARE(world.run(DisableUser{.login = "niemand"}).code, ErrorCode::NotFound);
    }

    void rowsAreImportedInOneChange() {
        ServiceWorld world;
        const Seq before = world.head();
        ImportRows import{.tenant = world.tenant, .rows = {}};
        for (int i = 0; i < 500; ++i) {
            record::Customer customer;
            customer.set_last_name("Kunde " + std::to_string(i));
            customer.set_site_id(world.siteA.bytes());
            schema::Row row(recordOf<record::Customer>(), RowId(Uuid::v7(world.now, world.random)));
            row.assign(customer);
            import.rows.push_back(std::move(row));
        }
        QCOMPARE(world.run(import).code, ErrorCode::Ok);
        QCOMPARE(value(world.head()), value(before) + 1);
        QVERIFY(world.exists(recordOf<record::Customer>(), import.rows.back().id()));
        import.rows.resize(1, import.rows[0]);
        record::Customer broken;
        import.rows[0].assign(broken);
        QCOMPARE(world.run(import).code, ErrorCode::Invalid);
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::OrgTest)
#include "org_test.moc"
