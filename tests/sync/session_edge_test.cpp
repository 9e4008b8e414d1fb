// SPDX-License-Identifier: GPL-3.0-or-later
// The server's real Session between a scripted network and a writer that answers when told: its
// bounds, Throttle, the rate of claims; and that the real desk (ClientCore) obeys.
#include "common/schema/customer.pb.h"
#include "common/sync/mutator.h"
#include "server/session/hub.h"
#include "server/session/session.h"
#include "tests/sync/sync_world.h"

#include <QTest>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <deque>

using namespace vorfahrt;
using namespace vorfahrt::tests;
using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace session = vorfahrt::server::session;
namespace service = vorfahrt::server::service;
namespace csync = vorfahrt::client::sync;

namespace {

constexpr std::uint64_t kSeed = 77;

// Frames in memory. Its far end is the test.
class MemoryConnection final : public server::net::Connection {
public:
    explicit MemoryConnection(asio::any_io_executor executor)
        : executor_(std::move(executor)) {}

    asio::awaitable<Result<std::string>> read() override {
        while (up.empty() && !closed) {
            gate_.expires_at(asio::steady_timer::time_point::max());
            co_await gate_.async_wait(asio::as_tuple(asio::use_awaitable));
        }
        if (closed) {
            co_return fail(ErrorCode::Unavailable, "closed");
        }
        std::string message = std::move(up.front());
        up.pop_front();
        co_return message;
    }
    asio::awaitable<Status> write(std::string message) override {
        while (!reads && !closed) {
            writeGate_.expires_at(asio::steady_timer::time_point::max());
            co_await writeGate_.async_wait(asio::as_tuple(asio::use_awaitable));
        }
        down.push_back(std::move(message));
        co_return Status();
    }
    void close(server::net::CloseCode /*code*/) override { abort(); }
    void abort() override {
        closed = true;
        wake();
    }
    const std::string& peerAddress() const override { return address_; }
    asio::any_io_executor executor() const override { return executor_; }

    void wake() {
        gate_.cancel();
        writeGate_.cancel();
    }

    std::deque<std::string> up;    // not read yet
    std::deque<std::string> down;  // written
    bool reads = true;             // the peer takes what is written
    bool closed = false;

private:
    asio::any_io_executor executor_;
    asio::steady_timer gate_{executor_};
    asio::steady_timer writeGate_{executor_};
    std::string address_ = "test";
};

// The process around the session: requests wait until they are answered.
class HeldBackend final : public session::Backend {
public:
    HeldBackend(SyncWorld& world, session::Hub& hub)
        : world_(world),
          hub_(hub),
          store_(world.server.openReader()) {}

    void submit(service::Request request, Done done) override {
        waiting.push_back({std::move(request), std::move(done)});
    }
    void login(session::LoginAttempt /*attempt*/, LoggedIn /*done*/) override {}
    void account(session::AccountAttempt /*attempt*/, AccountDone /*done*/) override {}
    void read(ReadJob job) override {
        job(*store_);
        if (afterRead) {
            afterRead();
        }
    }
    const Clock& clock() const override { return world_.clock; }
    Millis patience() override { return patienceNow; }
    Millis admitClaim(AccountId /*account*/) override { return claimWait; }

    // Answers the oldest `count`.
    void answer(std::size_t count = 1'000'000) {
        for (; count > 0 && !waiting.empty(); --count) {
            auto [request, done] = std::move(waiting.front());
            waiting.pop_front();
            const service::Outcome outcome = world_.serve(std::move(request));
            done(outcome);
            hub_.apply(outcome);
        }
    }
    template <class Kind>
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            waiting, [](const auto& item) { return std::holds_alternative<Kind>(item.first); }));
    }

    std::deque<std::pair<service::Request, Done>> waiting;
    std::function<void()> afterRead;
    Millis patienceNow{0};
    Millis claimWait{0};

private:
    SyncWorld& world_;
    session::Hub& hub_;
    std::unique_ptr<server::store::ReadStore> store_;
};

struct Bench {
    explicit Bench(session::SessionLimits limits = {})
        : world(kSeed),
          backend(world, hub),
          desk(world.addDesk(world.server.anna)),
          connection(std::make_shared<MemoryConnection>(io.get_executor())),
          running(std::make_shared<session::Session>(connection, backend, hub, limits)) {
        asio::co_spawn(io, running->run(), asio::detached);
        settle();
    }
    ~Bench() {
        connection->abort();
        settle();
    }
    void settle() {
        io.restart();
        io.poll();
    }
    void send(const wire::Up& up) {
        connection->up.push_back(up.SerializeAsString());
        connection->wake();
        settle();
    }
    wire::Up helloFrame() {
        wire::Up up;
        wire::Hello& hello = *up.mutable_hello();
        hello.set_protocol_min(1);
        hello.set_protocol_max(1);
        hello.set_schema_version(schema::kSchemaVersion);
        hello.set_token(desk.token);
        hello.set_replica_id(desk.person.who.replica.bytes());
        hello.add_tenants()->set_tenant(world.server.tenant.bytes());
        return up;
    }
    void hello() {
        send(helloFrame());
        QVERIFY(last(wire::Down::kWelcome).has_value());
        backend.answer();  // what a session asks for itself
        settle();
    }
    wire::Up claim(RowId lead) {
        wire::Up up;
        up.mutable_claim()->set_tenant(world.server.tenant.bytes());
        up.mutable_claim()->set_claim_id(Uuid::v7(world.clock.now(), world.random).bytes());
        up.mutable_claim()->set_lead_id(lead.bytes());
        return up;
    }
    wire::Up push() {
        record::Customer customer;
        customer.set_last_name("Neu");
        customer.set_site_id(world.server.siteA.bytes());
        wire::CreateArgs args =
            world.server.createArgs(RowId(Uuid::v7(world.clock.now(), world.random)), customer);
        wire::Mutation mutation = sync::makeMutation(sync::kCreate, args);
        mutation.set_mid(++mid);
        wire::Up up;
        up.mutable_push()->set_tenant(world.server.tenant.bytes());
        *up.mutable_push()->add_mutations() = mutation;
        return up;
    }
    // Everything of one kind that has been written.
    std::vector<wire::Down> all(wire::Down::KindCase kind) const {
        std::vector<wire::Down> out;
        for (const std::string& bytes : connection->down) {
            wire::Down frame;
            if (frame.ParseFromString(bytes) && frame.kind_case() == kind) {
                out.push_back(std::move(frame));
            }
        }
        return out;
    }
    std::optional<wire::Down> last(wire::Down::KindCase kind) const {
        auto frames = all(kind);
        return frames.empty() ? std::nullopt : std::optional(std::move(frames.back()));
    }

    asio::io_context io{1};
    SyncWorld world;
    session::Hub hub;
    HeldBackend backend;
    SimDesk& desk;
    std::shared_ptr<MemoryConnection> connection;
    std::shared_ptr<session::Session> running;
    std::uint64_t mid = 0;
};

// The real desk at the other end.
class RealDesk {
public:
    explicit RealDesk(Bench& bench)
        : bench_(bench) {
        auto opened = client::replica::Replica::open(bench.world.folder / "real.db",
                                                     bench.world.clock, bench.world.random);
        replica_ = std::move(*opened);
        wire::AccountTenant tenant;
        tenant.set_tenant(bench.world.server.tenant.bytes());
        tenant.set_user_id(bench.desk.person.user.bytes());
        const std::vector<wire::AccountTenant> tenants{tenant};
        QVERIFY(replica_->setTenants(tenants).has_value());
        core = std::make_unique<csync::ClientCore>(
            bench.world.clock, bench.world.random,
            csync::ClientCore::Options{.deviceId = bench.desk.person.who.device.bytes(),
                                       .deviceName = "test"});
        core->attach(replica_.get(), bench.desk.token);
        core->goOnline();
        carry();
        core->opened();
        carry();
        bench.backend.answer();
        carry();
    }
    // Moves frames both ways until nothing moves.
    void carry() {
        for (bool moved = true; moved;) {
            moved = false;
            for (auto& one : core->take()) {
                if (auto* send = std::get_if<csync::effect::Send>(&one)) {
                    bench_.connection->up.push_back(send->frame);
                    bench_.connection->wake();
                } else if (auto* set = std::get_if<csync::effect::SetTimer>(&one)) {
                    timers[set->kind] = set->delay;
                } else if (auto* stop = std::get_if<csync::effect::StopTimer>(&one)) {
                    timers.erase(stop->kind);
                } else if (auto* answered = std::get_if<csync::effect::ClaimAnswered>(&one)) {
                    claims.push_back(answered->answer.outcome);
                }
                moved = true;
            }
            bench_.settle();
            for (; !bench_.connection->down.empty(); moved = true) {
                const std::string frame = std::move(bench_.connection->down.front());
                bench_.connection->down.pop_front();
                wire::Down down;
                throttles += down.ParseFromString(frame) && down.has_throttle() ? 1 : 0;
                core->frame(frame);
            }
        }
    }
    void edit() {
        const wire::Up up = bench_.push();
        QVERIFY(core->edit(bench_.world.server.tenant, up.push().mutations(0)).has_value());
        carry();
    }
    // The timer runs out after its time.
    void fire(csync::TimerKind kind) {
        QVERIFY(timers.contains(kind));
        bench_.world.clock.advance(timers.at(kind));
        timers.erase(kind);
        core->timer(kind);
        carry();
    }

    std::unique_ptr<csync::ClientCore> core;
    std::map<csync::TimerKind, Millis> timers;
    std::vector<csync::ClaimAnswer::Outcome> claims;
    int throttles = 0;

private:
    Bench& bench_;
    std::unique_ptr<client::replica::Replica> replica_;
};

}  // namespace

class SessionEdgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // One desk must not fill the writer's queue with claims.
    void sixtyFourClaimsAreUnderWayAtMost() {
        Bench bench;
        bench.hello();
        const RowId lead = bench.world.server.newLead();
        for (int i = 0; i < 100; ++i) {
            bench.send(bench.claim(lead));
        }
        QCOMPARE(bench.backend.count<service::ClaimRequest>(), std::size_t(64));
        QCOMPARE(bench.connection->up.size(), std::size_t(36));
        bench.backend.answer(1);
        bench.settle();
        QCOMPARE(bench.backend.count<service::ClaimRequest>(), std::size_t(64));
        QCOMPARE(bench.connection->up.size(), std::size_t(35));
        while (!bench.backend.waiting.empty()) {
            bench.backend.answer();
            bench.settle();
        }
        QCOMPARE(bench.all(wire::Down::kClaimResult).size(), std::size_t(100));
    }

    void fourPushesAreUnderWayAtMost() {
        Bench bench;
        bench.hello();
        for (int i = 0; i < 10; ++i) {
            bench.send(bench.push());
        }
        QCOMPARE(bench.backend.count<service::PushRequest>(), std::size_t(4));
    }

    // A peer that takes no answers is not read from, and not cut off for it.
    void answersThatNobodyFetchesDoNotPileUp() {
        session::SessionLimits limits;
        limits.outboundBytes = 64 * 1024;
        limits.pumpBytes = 1;
        Bench bench(limits);
        bench.hello();
        bench.connection->reads = false;
        bench.backend.claimWait = 1s;
        const RowId lead = bench.world.server.newLead();
        for (int i = 0; i < 3'000; ++i) {
            bench.connection->up.push_back(bench.claim(lead).SerializeAsString());
        }
        bench.connection->wake();
        bench.settle();
        QVERIFY(!bench.connection->closed);
        QVERIFY(bench.connection->up.size() > 1'000);
        bench.connection->reads = true;
        bench.connection->wake();
        bench.settle();
        QVERIFY(bench.connection->up.empty());
        QCOMPARE(bench.all(wire::Down::kClaimResult).size(), std::size_t(3'000));
    }

    void claimsBeyondTheRateNeverReachTheWriter() {
        Bench bench;
        bench.hello();
        bench.backend.claimWait = 1'500ms;
        const wire::Up claim = bench.claim(bench.world.server.newLead());
        bench.send(claim);
        QVERIFY(bench.backend.waiting.empty());
        const auto answer = bench.last(wire::Down::kClaimResult);
        QVERIFY(answer);
        QCOMPARE(answer->claim_result().claim_id(), claim.claim().claim_id());
        QCOMPARE(answer->claim_result().outcome(), wire::CLAIM_REFUSED);
        QCOMPARE(answer->claim_result().code(), std::uint32_t(ErrorCode::RateLimited));
        QCOMPARE(answer->claim_result().retry_after_ms(), 1'500U);
    }

    // The wish is not lost: the desk sends it again when it may.
    void theDeskClaimsAgainWhenItMay() {
        Bench bench;
        RealDesk desk(bench);
        const RowId lead = bench.world.server.newLead();
        bench.backend.claimWait = 1'500ms;
        desk.core->claim(bench.world.server.tenant, LeadId(lead.uuid()));
        desk.carry();
        QVERIFY(bench.backend.waiting.empty());
        QVERIFY(desk.claims.empty());
        bench.backend.claimWait = 0ms;
        QCOMPARE(desk.timers.at(csync::TimerKind::Claims), Millis(1'500));
        desk.fire(csync::TimerKind::Claims);
        QCOMPARE(bench.backend.count<service::ClaimRequest>(), std::size_t(1));
        bench.backend.answer();
        desk.carry();
        QCOMPARE(desk.claims, std::vector{csync::ClaimAnswer::Outcome::Won});
    }

    // The writer is behind: the desk keeps what it has, claims go on, and nothing is lost.
    void theDeskWaitsWhenTold() {
        Bench bench;
        RealDesk desk(bench);
        bench.backend.patienceNow = 800ms;
        desk.edit();
        QCOMPARE(bench.backend.count<service::PushRequest>(), std::size_t(1));
        QCOMPARE(desk.throttles, 1);
        QCOMPARE(desk.timers.at(csync::TimerKind::Throttle), Millis(800));
        for (int i = 0; i < 30; ++i) {
            desk.edit();
        }
        bench.backend.answer();  // Results are no leave to go on
        desk.carry();
        QVERIFY(bench.backend.waiting.empty());
        desk.core->claim(bench.world.server.tenant, LeadId(bench.world.server.newLead().uuid()));
        desk.carry();
        QCOMPARE(bench.backend.count<service::ClaimRequest>(), std::size_t(1));
        bench.backend.answer();
        desk.carry();
        QCOMPARE(desk.claims, std::vector{csync::ClaimAnswer::Outcome::Won});
        bench.backend.patienceNow = 0ms;
        desk.fire(csync::TimerKind::Throttle);
        QCOMPARE(bench.backend.count<service::PushRequest>(), std::size_t(1));
        bench.backend.answer();
        desk.carry();
        QCOMPARE(desk.core->status().pending, 0);
        QCOMPARE(desk.throttles, 1);
        const auto customers = bench.world.server.find(schema::recordOf<record::Customer>(),
                                                       "site_id", bench.world.server.siteA);
        QVERIFY(customers.size() >= 31);
    }

    void aDeskIsThrottledByItsOwnRate() {
        session::SessionLimits limits;
        limits.pushesPerSecond = 20;  // 200 at once; a push of one counts eleven
        Bench bench(limits);
        bench.hello();
        for (int i = 0; i < 18; ++i) {
            bench.send(bench.push());
            bench.backend.answer();
            bench.settle();
        }
        QVERIFY(bench.all(wire::Down::kThrottle).empty());
        bench.send(bench.push());
        const auto throttle = bench.last(wire::Down::kThrottle);
        QVERIFY(throttle);
        QCOMPARE(throttle->throttle().after_ms(), 450U);
        bench.backend.answer();
        bench.settle();
        QCOMPARE(bench.all(wire::Down::kResults).size(), std::size_t(19));
    }

    // What crosses Throttle on its way is taken; who goes on after that is not read.
    void aDeskThatDoesNotObeyIsNotReadFor() {
        Bench bench;
        bench.hello();
        bench.backend.patienceNow = 250ms;
        std::size_t taken = 0;
        for (int i = 0; i < 20; ++i) {
            bench.send(bench.push());
            taken += bench.backend.count<service::PushRequest>();
            bench.backend.answer();
            bench.settle();
        }
        QCOMPARE(taken, std::size_t(6));
        QCOMPARE(bench.all(wire::Down::kThrottle).size(), std::size_t(1));
        QCOMPARE(bench.connection->up.size(), std::size_t(14));
        bench.backend.patienceNow = 0ms;
        bench.world.clock.advance(250ms);
        const auto more = [&] {
            bench.settle();
            bench.backend.answer();
            return bench.connection->up.empty();
        };
        QTRY_VERIFY(more());
        QTRY_COMPARE(bench.all(wire::Down::kResults).size(), std::size_t(20));
    }

    // Revoked after Hello has read the token, before the session stands in the hub.
    void aTokenRevokedDuringHelloEndsTheSession() {
        Bench bench;
        bench.backend.afterRead = [&] {
            bench.backend.afterRead = nullptr;
            static_cast<void>(
                bench.world.serve(service::LogoutRequest{.who = bench.desk.person.who}));
            bench.hub.recheckAll();
        };
        bench.send(bench.helloFrame());
        const auto refused = bench.last(wire::Down::kRefused);
        QVERIFY(refused);
        QCOMPARE(refused->refused().code(), std::uint32_t(ErrorCode::Unauthenticated));
        QVERIFY(bench.connection->closed);
    }
};

QTEST_GUILESS_MAIN(SessionEdgeTest)
#include "session_edge_test.moc"
