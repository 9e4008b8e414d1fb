// SPDX-License-Identifier: GPL-3.0-or-later
// ClientCore against a scripted server: what it sends, waits for, forgets and refuses.
#include "tests/sync/client_core_bench.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <chrono>

using namespace vorfahrt;
using namespace vorfahrt::client::sync;
using namespace std::chrono_literals;
using vorfahrt::tests::Bench;
namespace replica = vorfahrt::client::replica;

class ClientCoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void greetsWithTheToken();
    void loginGoesOnInTheSameConnection();
    void wrongPasswordIsTold();
    void endedTokenStopsTheTries();
    void tooOldStopsTheTries();
    void aServerOfAnotherSchemaStopsTheTries();
    void aLogoutWithoutAnAnswerIsRepeated();
    void anEditOfAQueuedCreateDependsOnIt();
    void backoffIsBounded();
    void askedForItTriesAtOnce();
    void idleLoginThatEndsIsNoTrouble();
    void loginThatCrossesTheEndIsSentAgain();
    void handshakeHasATime();
    void undecodableFrameEndsTheConnection();
    void dataBeforeWelcomeEndsTheConnection();
    void pushesInBatchesAndDrains();
    void resultsOfOthersAreIgnored();
    void gapIsSentAgain();
    void throttleHoldsThePush();
    void claimWithoutConnectionIsNotedAndSent();
    void rateLimitedClaimWaitsAndIsSentAgain();
    void claimExpiresAfterTwoMinutes();
    void claimKeepsItsIdOverALostAnswer();
    void groupIsAppliedWithItsCheckpoint();
    void gapInTheDataReconnects();
    void editBreakingARuleStoresNothing();
    void restoredServerGetsTheLostEditsAgain();
    void fileIsPrivateAndRefusesNewerAndDamaged();
};

void ClientCoreTest::greetsWithTheToken() {
    Bench bench;
    QCOMPARE(bench.core.state(), State::Offline);
    bench.core.goOnline();
    bench.pump();
    QVERIFY(bench.connecting);
    QCOMPARE(bench.core.state(), State::Connecting);
    bench.core.opened();
    bench.pump();
    QCOMPARE(bench.core.state(), State::Greeting);
    QVERIFY(bench.sent.at(0).has_hello());
    const wire::Hello& hello = bench.sent[0].hello();
    QCOMPARE(hello.token(), std::string(32, 't'));
    QCOMPARE(hello.replica_id(), bench.file->replicaId());
    QCOMPARE(hello.tenants_size(), 1);
    QCOMPARE(hello.tenants(0).cursor(), 0U);
    QVERIFY(hello.tenants(0).epoch().empty());
}

void ClientCoreTest::loginGoesOnInTheSameConnection() {
    Bench bench(false);
    bench.core.login("anna", "geheim");
    bench.pump();
    bench.core.opened();
    bench.pump();
    QCOMPARE(bench.core.state(), State::LoggingIn);
    QCOMPARE(bench.sent.at(0).login().account(), std::string("anna"));
    wire::Down down;
    down.mutable_login_result()->set_token(std::string(32, 'n'));
    bench.down(down);
    QCOMPARE(bench.count<effect::LoggedIn>(), 1);
    bench.core.attach(bench.file.get(), std::string(32, 'n'));
    bench.pump();
    QCOMPARE(bench.core.state(), State::Greeting);
    QCOMPARE(bench.sent.at(1).hello().token(), std::string(32, 'n'));
    QCOMPARE(bench.count<effect::Connect>(), 1);
}

void ClientCoreTest::wrongPasswordIsTold() {
    Bench bench(false);
    bench.core.login("anna", "falsch");
    bench.pump();
    bench.core.opened();
    bench.pump();
    wire::Down down;
    down.mutable_login_result()->set_code(static_cast<std::uint32_t>(ErrorCode::RateLimited));
    down.mutable_login_result()->set_retry_after_ms(5000);
    bench.down(down);
    const auto* failed = std::get_if<effect::LoginFailed>(&bench.effects.back());
    QVERIFY(failed != nullptr);
    QCOMPARE(failed->answer.code, ErrorCode::RateLimited);
    QCOMPARE(failed->answer.retryAfterMs, 5000U);
    // Another try on the same connection.
    bench.core.login("anna", "richtig");
    bench.pump();
    QCOMPARE(bench.sent.size(), 2U);
    QCOMPARE(bench.count<effect::Connect>(), 1);
}

void ClientCoreTest::endedTokenStopsTheTries() {
    Bench bench;
    bench.goOnline();
    wire::Down down;
    down.mutable_refused()->set_code(static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
    down.mutable_refused()->set_closing(true);
    bench.down(down);
    QCOMPARE(bench.core.state(), State::Offline);
    QCOMPARE(bench.core.status().trouble, Trouble::LoginNeeded);
    QCOMPARE(bench.count<effect::TokenLost>(), 1);
    QVERIFY(!bench.timers.contains(TimerKind::Reconnect));
}

void ClientCoreTest::tooOldStopsTheTries() {
    Bench bench;
    bench.goOnline();
    wire::Down down;
    down.mutable_refused()->set_code(static_cast<std::uint32_t>(ErrorCode::BadVersion));
    down.mutable_refused()->set_closing(true);
    bench.down(down);
    QCOMPARE(bench.core.status().trouble, Trouble::TooOld);
    QVERIFY(!bench.timers.contains(TimerKind::Reconnect));
}

// A sign-in that is answered, and then nobody types the next one.
void signInWrongly(Bench& bench) {
    bench.core.login("anna", "falsch");
    bench.pump();
    bench.core.opened();
    wire::Down down;
    down.mutable_login_result()->set_code(static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
    bench.down(down);
    QCOMPARE(bench.count<effect::LoginFailed>(), 1);
}

void ClientCoreTest::askedForItTriesAtOnce() {
    Bench bench;
    bench.core.goOnline();
    for (int i = 0; i < 8; ++i) {
        bench.core.closed(CloseReason::Unreachable);
        bench.core.timer(TimerKind::Reconnect);
    }
    bench.core.closed(CloseReason::Unreachable);
    bench.pump();
    QCOMPARE(bench.core.state(), State::Waiting);
    int connects = bench.count<effect::Connect>();
    bench.core.tryNow();
    bench.pump();
    QCOMPARE(bench.core.state(), State::Connecting);
    QCOMPARE(bench.count<effect::Connect>(), ++connects);
    QVERIFY(!bench.timers.contains(TimerKind::Reconnect));
    // Hammering the key does not break off what has just begun; a try that hangs is begun anew.
    bench.core.tryNow();
    bench.pump();
    QCOMPARE(bench.count<effect::Connect>(), connects);
    bench.clock.advance(4s);
    bench.core.tryNow();
    bench.pump();
    QCOMPARE(bench.count<effect::Connect>(), ++connects);
    bench.core.closed(CloseReason::Unreachable);
    bench.pump();
    QVERIFY(bench.timers.at(TimerKind::Reconnect) <= 1s);
}

void ClientCoreTest::idleLoginThatEndsIsNoTrouble() {
    for (const bool byServer : {true, false}) {
        Bench bench(false);
        signInWrongly(bench);
        byServer ? bench.core.closed(CloseReason::Lost) : bench.core.timer(TimerKind::Handshake);
        bench.pump();
        QCOMPARE(bench.core.state(), State::Offline);
        QCOMPARE(bench.core.status().trouble, Trouble::None);
        QCOMPARE(bench.count<effect::LoginFailed>(), 1);
        bench.core.login("anna", "richtig");
        QCOMPARE(bench.core.state(), State::Connecting);
    }
}

void ClientCoreTest::loginThatCrossesTheEndIsSentAgain() {
    Bench bench(false);
    signInWrongly(bench);
    bench.core.login("anna", "richtig");
    bench.core.closed(CloseReason::Lost);
    QCOMPARE(bench.core.state(), State::Connecting);
    bench.core.opened();
    bench.pump();
    QCOMPARE(bench.count<effect::LoginFailed>(), 1);
    QCOMPARE(bench.sent.back().login().password(), std::string("richtig"));
    // Only once; then the person is told.
    bench.core.closed(CloseReason::Lost);
    bench.pump();
    QCOMPARE(bench.count<effect::LoginFailed>(), 2);
    QCOMPARE(bench.core.status().trouble, Trouble::Unreachable);
}

// A table that this desk does not know would be a broken frame, again and again.
void ClientCoreTest::aServerOfAnotherSchemaStopsTheTries() {
    Bench bench;
    bench.goOnline();
    wire::Down down = bench.welcome();
    down.mutable_welcome()->set_schema_version(schema::kSchemaVersion + 1);
    bench.down(down);
    QCOMPARE(bench.core.state(), State::Offline);
    QCOMPARE(bench.core.status().trouble, Trouble::TooOld);
    QVERIFY(!bench.timers.contains(TimerKind::Reconnect));
}

void ClientCoreTest::aLogoutWithoutAnAnswerIsRepeated() {
    const std::string token(32, 't');
    Bench bench;  // never online
    bench.core.logout();
    bench.core.detach();
    bench.pump();
    QCOMPARE(bench.core.tokensToRevoke(), std::vector{token});
    QVERIFY(!bench.connecting);
    bench.core.revokeNow();
    bench.pump();
    QVERIFY(bench.connecting);
    bench.core.opened();
    bench.pump();
    QCOMPARE(bench.sent.back().hello().token(), token);
    QCOMPARE(bench.sent.back().hello().tenants_size(), 0);
    wire::Down down = bench.welcome();
    down.mutable_welcome()->clear_tenants();
    bench.down(down);
    QVERIFY(bench.sent.back().has_logout());
    // The line may have gone before the server did it: not proven yet.
    bench.core.closed(CloseReason::Lost);
    bench.pump();
    QCOMPARE(bench.core.tokensToRevoke().size(), 1U);
    QVERIFY(bench.timers.contains(TimerKind::Reconnect));
    bench.core.timer(TimerKind::Reconnect);
    bench.core.opened();
    bench.pump();
    wire::Down refused;
    refused.mutable_refused()->set_code(static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
    refused.mutable_refused()->set_closing(true);
    bench.down(refused);
    QVERIFY(bench.core.tokensToRevoke().empty());
    QCOMPARE(bench.count<effect::TokenRevoked>(), 1);
    QCOMPARE(bench.count<effect::TokenLost>(), 0);
    QCOMPARE(bench.core.state(), State::Offline);
    QVERIFY(!bench.timers.contains(TimerKind::Reconnect));
}

void ClientCoreTest::anEditOfAQueuedCreateDependsOnIt() {
    Bench bench;
    wire::Mutation create = bench.create();
    wire::CreateArgs made;
    QVERIFY(made.ParseFromString(create.args()));
    QVERIFY(bench.core.edit(bench.tenant, bench.create()));
    QVERIFY(bench.core.edit(bench.tenant, create));
    record::Customer customer;
    customer.set_last_name("Anders");
    const auto args = vorfahrt::sync::editArgs(*RowId::fromBytes(made.id()), customer,
                                               {record::Customer::kLastNameFieldNumber});
    QVERIFY(
        bench.core.edit(bench.tenant, vorfahrt::sync::makeMutation(vorfahrt::sync::kEdit, args)));
    const auto depsOf = [&](std::size_t which) {
        const auto all = bench.file->queued(bench.tenant, Mid(1), 10, 100'000);
        return std::vector<std::uint64_t>(all.at(which).deps().begin(), all.at(which).deps().end());
    };
    QVERIFY(depsOf(0).empty());
    QVERIFY(depsOf(1).empty());
    QCOMPARE(depsOf(2), std::vector<std::uint64_t>{2});
    // The first is answered; the rest gets new numbers, and so do the dependencies.
    bench.enter();
    bench.down(bench.results(1, 1));
    QVERIFY(bench.file->takeNewReplicaId());
    QCOMPARE(depsOf(1), std::vector<std::uint64_t>{1});
}

void ClientCoreTest::backoffIsBounded() {
    Bench bench;
    bench.core.goOnline();
    bench.pump();
    std::set<std::int64_t> seen;
    for (int i = 0; i < 60; ++i) {
        bench.core.closed(CloseReason::Unreachable);
        bench.pump();
        QCOMPARE(bench.core.state(), State::Waiting);
        const Millis delay = bench.timers.at(TimerKind::Reconnect);
        QVERIFY(delay >= 500ms && delay <= 30s);
        QVERIFY(i > 0 || delay <= 1s);
        seen.insert(delay.count());
        bench.core.timer(TimerKind::Reconnect);
        bench.pump();
        QCOMPARE(bench.core.state(), State::Connecting);
    }
    QVERIFY(seen.size() > 40);  // jitter
}

void ClientCoreTest::handshakeHasATime() {
    Bench bench;
    bench.goOnline();
    QCOMPARE(bench.timers.at(TimerKind::Handshake), Millis(20s));
    bench.core.timer(TimerKind::Handshake);
    bench.pump();
    QVERIFY(bench.disconnected);
    QCOMPARE(bench.core.state(), State::Waiting);
}

void ClientCoreTest::undecodableFrameEndsTheConnection() {
    for (const std::string& frame : {std::string("\xff\xff\xff"), std::string(300'000, 'x')}) {
        Bench bench;
        bench.enter();
        bench.core.frame(frame);
        bench.pump();
        QVERIFY(bench.disconnected);
        QCOMPARE(bench.core.state(), State::Waiting);
    }
}

void ClientCoreTest::dataBeforeWelcomeEndsTheConnection() {
    Bench bench;
    bench.goOnline();
    bench.down(bench.results(1, 1));
    QVERIFY(bench.disconnected);
}

void ClientCoreTest::pushesInBatchesAndDrains() {
    Bench bench;
    for (int i = 0; i < 1100; ++i) {
        QVERIFY(bench.core.edit(bench.tenant, bench.create()).has_value());
    }
    QCOMPARE(bench.core.status().pending, 1100);
    bench.enter();
    std::uint64_t answered = 0;
    // No further edit, no timer: answers alone drain the queue.
    for (std::size_t i = 0; i < bench.pushes().size() && i < 20; ++i) {
        const wire::Push push = *bench.pushes()[i];
        QVERIFY(push.mutations_size() <= 500);
        QCOMPARE(push.mutations(0).mid(), answered + 1);
        answered = push.mutations(push.mutations_size() - 1).mid();
        bench.down(bench.results(push.mutations(0).mid(), answered));
    }
    QCOMPARE(answered, 1100U);
    QCOMPARE(bench.core.state(), State::Synchronizing);  // the data have not come back yet
}

void ClientCoreTest::resultsOfOthersAreIgnored() {
    Bench bench;
    bench.enter();
    bench.down(bench.results(1, 3));
    QVERIFY(bench.core.edit(bench.tenant, bench.create()).has_value());
    bench.pump();
    QCOMPARE(bench.core.status().pending, 1);
    QCOMPARE(bench.pushes().size(), 1U);
    bench.down(bench.results(1, 1));
    bench.down(bench.results(1, 1));  // twice is once
    QCOMPARE(bench.file->oldestQueued(bench.tenant), Mid(0));
}

void ClientCoreTest::gapIsSentAgain() {
    Bench bench;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(bench.core.edit(bench.tenant, bench.create()).has_value());
    }
    bench.enter();
    QCOMPARE(bench.pushes().size(), 1U);
    wire::Down gap = bench.results(2, 2, ErrorCode::GapInSequence);
    gap.mutable_results()->set_last_mid(0);
    bench.down(gap);
    QCOMPARE(bench.pushes().size(), 2U);
    QCOMPARE(bench.pushes()[1]->mutations(0).mid(), 1U);
}

void ClientCoreTest::throttleHoldsThePush() {
    Bench bench;
    bench.enter();
    wire::Down down;
    down.mutable_throttle()->set_after_ms(700);
    bench.down(down);
    QVERIFY(bench.core.edit(bench.tenant, bench.create()).has_value());
    bench.pump();
    QVERIFY(bench.pushes().empty());
    QCOMPARE(bench.timers.at(TimerKind::Throttle), Millis(700));
    bench.core.timer(TimerKind::Throttle);
    bench.pump();
    QCOMPARE(bench.pushes().size(), 1U);
}

void ClientCoreTest::claimWithoutConnectionIsNotedAndSent() {
    Bench bench;
    const LeadId lead(Uuid::v7(bench.clock.now(), bench.random));
    bench.core.claim(bench.tenant, lead);
    bench.core.claim(bench.tenant, lead);  // a second click is no second wish
    bench.pump();
    QCOMPARE(bench.claimOutcomes(), std::vector{ClaimAnswer::Outcome::Noted});
    bench.clock.advance(90s);
    bench.enter();
    QVERIFY(bench.sent.back().has_claim());
    wire::Down down;
    down.mutable_claim_result()->set_tenant(bench.tenant.bytes());
    down.mutable_claim_result()->set_claim_id(bench.sent.back().claim().claim_id());
    down.mutable_claim_result()->set_outcome(wire::CLAIM_WON);
    bench.down(down);
    bench.down(down);
    QCOMPARE(bench.claimOutcomes(),
             (std::vector{ClaimAnswer::Outcome::Noted, ClaimAnswer::Outcome::Won}));
}

void ClientCoreTest::rateLimitedClaimWaitsAndIsSentAgain() {
    Bench bench;
    bench.enter();
    bench.core.claim(bench.tenant, LeadId(Uuid::v7(bench.clock.now(), bench.random)));
    bench.pump();
    const auto claims = [&] { return std::ranges::count_if(bench.sent, &wire::Up::has_claim); };
    QCOMPARE(claims(), 1);
    wire::Down down;
    down.mutable_claim_result()->set_tenant(bench.tenant.bytes());
    down.mutable_claim_result()->set_claim_id(bench.sent.back().claim().claim_id());
    down.mutable_claim_result()->set_code(static_cast<std::uint32_t>(ErrorCode::RateLimited));
    down.mutable_claim_result()->set_retry_after_ms(2'000);
    bench.down(down);
    bench.down(down);  // said twice
    // A wish of this moment waits with it.
    bench.core.claim(bench.tenant, LeadId(Uuid::v7(bench.clock.now(), bench.random)));
    bench.pump();
    QCOMPARE(claims(), 1);
    QVERIFY(bench.claimOutcomes().empty());
    QCOMPARE(bench.timers.at(TimerKind::Claims), Millis(2'000));
    bench.clock.advance(2s);
    bench.core.timer(TimerKind::Claims);
    bench.pump();
    QCOMPARE(claims(), 3);
    QCOMPARE(bench.timers.at(TimerKind::Claims), Millis(118'000));
    // For ever is not longer than the wish is valid.
    down.mutable_claim_result()->set_retry_after_ms(std::numeric_limits<std::uint32_t>::max());
    bench.down(down);
    bench.clock.advance(118s);
    bench.core.timer(TimerKind::Claims);
    bench.pump();
    QCOMPARE(bench.claimOutcomes().front(), ClaimAnswer::Outcome::Expired);
}

void ClientCoreTest::claimExpiresAfterTwoMinutes() {
    Bench bench;
    bench.core.claim(bench.tenant, LeadId(Uuid::v7(bench.clock.now(), bench.random)));
    bench.pump();
    bench.clock.advance(119s);
    bench.core.timer(TimerKind::Claims);
    bench.pump();
    QCOMPARE(bench.claimOutcomes().size(), 1U);
    bench.clock.advance(2s);
    bench.core.timer(TimerKind::Claims);
    bench.pump();
    QCOMPARE(bench.claimOutcomes().back(), ClaimAnswer::Outcome::Expired);
    bench.enter();
    QVERIFY(!bench.sent.back().has_claim());
}

void ClientCoreTest::claimKeepsItsIdOverALostAnswer() {
    Bench bench;
    bench.enter();
    bench.core.claim(bench.tenant, LeadId(Uuid::v7(bench.clock.now(), bench.random)));
    bench.pump();
    const std::string id = bench.sent.back().claim().claim_id();
    bench.core.closed(CloseReason::Lost);
    bench.pump();
    bench.clock.advance(1s);
    bench.enter();
    QCOMPARE(bench.sent.back().claim().claim_id(), id);
}

void ClientCoreTest::groupIsAppliedWithItsCheckpoint() {
    Bench bench;
    bench.goOnline();
    wire::Down hello = bench.welcome();
    wire::ScopeState& scope = *hello.mutable_welcome()->mutable_tenants(0)->add_scopes();
    scope.set_name("base");
    scope.set_number(4);
    scope.set_action(wire::BACKFILL);
    bench.down(hello);
    for (std::uint64_t seq = 10; seq < 12; ++seq) {
        wire::Down down;
        wire::Delta& delta = *down.mutable_delta();
        delta.set_tenant(bench.tenant.bytes());
        delta.set_from(seq);
        delta.set_to(seq + 1);
        wire::Entry& entry = *delta.add_entries();
        entry.set_scope(4);
        entry.set_table(10);
        entry.set_id(Uuid::v7(bench.clock.now(), bench.random).bytes());
        entry.set_rev(seq + 1);
        bench.down(down);
        QCOMPARE(bench.file->tenants()[0].cursor, Seq(10));
        QVERIFY(!bench.sent.back().has_credit());
    }
    wire::Down check;
    check.mutable_checkpoint()->set_tenant(bench.tenant.bytes());
    check.mutable_checkpoint()->set_seq(12);
    bench.down(check);
    QCOMPARE(bench.file->tenants()[0].cursor, Seq(12));
    QVERIFY(bench.sent.back().has_credit());
}

void ClientCoreTest::gapInTheDataReconnects() {
    Bench bench;
    bench.enter();
    wire::Down down;
    down.mutable_delta()->set_tenant(bench.tenant.bytes());
    down.mutable_delta()->set_from(20);
    down.mutable_delta()->set_to(21);
    down.mutable_delta()->set_bulk(true);
    bench.down(down);
    QVERIFY(bench.disconnected);
    QCOMPARE(bench.file->tenants()[0].cursor, Seq(10));
}

void ClientCoreTest::editBreakingARuleStoresNothing() {
    Bench bench;
    wire::LeadReleaseArgs args;
    args.set_lead_id(std::string(16, 'l'));
    const Status status = bench.core.edit(
        bench.tenant, vorfahrt::sync::makeMutation(vorfahrt::sync::kLeadRelease, args));
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::NotFound);
    QCOMPARE(bench.core.status().pending, 0);
    QVERIFY(bench.core.edit(bench.tenant, bench.create()).has_value());
    QCOMPARE(bench.file->queued(bench.tenant, Mid(0), 10, 10'000).at(0).mid(), 1U);
}

void ClientCoreTest::restoredServerGetsTheLostEditsAgain() {
    Bench bench;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(bench.core.edit(bench.tenant, bench.create()).has_value());
    }
    bench.enter();
    bench.down(bench.results(1, 3));
    wire::Down check;
    check.mutable_checkpoint()->set_tenant(bench.tenant.bytes());
    check.mutable_checkpoint()->set_seq(13);
    bench.down(check);
    QCOMPARE(bench.core.status().pending, 0);
    // A backup that knows the first one only, with an epoch of its own.
    bench.core.closed(CloseReason::Lost);
    bench.epoch = std::string(16, 'f');
    bench.sent.clear();
    bench.enter(1);
    QCOMPARE(bench.pushes().size(), 1U);
    QCOMPARE(bench.pushes()[0]->mutations_size(), 2);
    QCOMPARE(bench.pushes()[0]->mutations(0).mid(), 2U);
}

void ClientCoreTest::fileIsPrivateAndRefusesNewerAndDamaged() {
    Bench bench;
#ifndef Q_OS_WIN  // which has no modes; file_test looks at its access lists
    using std::filesystem::perms;
    QCOMPARE(std::filesystem::status(bench.path()).permissions(),
             perms::owner_read | perms::owner_write);
#endif
    bench.core.detach();
    bench.file.reset();
    {
        auto database = sql::Database::open(bench.path());
        QVERIFY(database->execute("PRAGMA user_version=99").has_value());
    }
    QFile file(QString::fromStdString(bench.path().string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const auto newer = replica::Replica::open(bench.path(), bench.clock, bench.random);
    QVERIFY(!newer);
    QCOMPARE(newer.error().code, ErrorCode::NewerSchema);
    file.seek(0);
    QCOMPARE(file.readAll(), before);
    file.close();
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto damaged = replica::Replica::open(bench.path(), bench.clock, bench.random);
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().code, ErrorCode::Corrupt);
}

QTEST_APPLESS_MAIN(ClientCoreTest)
#include "client_core_test.moc"
