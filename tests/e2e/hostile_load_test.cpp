// SPDX-License-Identifier: GPL-3.0-or-later
// Floods, silence, invented scopes and guessed passwords on the real server: bounded in memory, and
// an honest desk is served meanwhile.
#include "tests/e2e/hostile_world.h"

using namespace vorfahrt;
using namespace vorfahrt::test;

class HostileLoadTest : public QObject, private HostileWorld {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { startServer(); }
    void cleanup() { checkServer(); }
    void cleanupTestCase() { stopServerAndSearchLog(); }

    // Ten thousand claims at once: each is answered, a minute's worth by the store; nobody else is
    // refused meanwhile.
    void aFloodOfClaims() {
        constexpr std::size_t kClaims = 10'000;
        const auto flood = ready(eve_);
        for (std::size_t i = 0; i < kClaims; ++i) {
            wire::Up up;
            up.mutable_claim()->set_tenant(tenant_.bytes());
            up.mutable_claim()->set_claim_id(newClaimId());
            up.mutable_claim()->set_lead_id(leadB_.bytes());
            flood->send(up);
        }
        const auto anna = ready(anna_);
        QVERIFY(anna != nullptr);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(claimOn(*anna, newClaimId(), anyLead()).outcome(), wire::CLAIM_WON);
        qInfo("an honest claim within the flood: %lld ms", clock.elapsed());
        const auto answers = [&] {
            return static_cast<std::size_t>(std::ranges::count_if(
                flood->in, [](const wire::Down& down) { return down.has_claim_result(); }));
        };
        QVERIFY(runUntil([&] { return flood->isClosed() || answers() == kClaims; }, 30'000));
        QCOMPARE(answers(), kClaims);
        const auto decided = std::ranges::count_if(flood->in, [](const wire::Down& down) {
            return down.has_claim_result() && down.claim_result().outcome() != wire::CLAIM_REFUSED;
        });
        QVERIFY(decided >= 120 && decided < 200);
        QVERIFY(std::ranges::all_of(flood->in, [](const wire::Down& down) {
            return !down.has_claim_result() || down.claim_result().code() == 0 ||
                   (codeOf(down.claim_result().code()) == ErrorCode::RateLimited &&
                    down.claim_result().retry_after_ms() > 0);
        }));
        QVERIFY(flood->isOpen());
    }

    // ------------------------------------------------------------------------------- data

    void inventedScopesBringNothing() {
        wire::Up hello = helloOf(anna_);
        const auto first = connected();
        first->send(hello);
        const wire::Down* welcome = first->await(wire::Down::kWelcome);
        QVERIFY(welcome != nullptr);
        const auto& tenant = welcome->welcome().tenants(0);
        hello.mutable_hello()->mutable_tenants(0)->set_epoch(tenant.epoch());
        hello.mutable_hello()->mutable_tenants(0)->set_cursor(tenant.head());
        hello.mutable_hello()->mutable_tenants(0)->set_scopes_digest("none");
        const auto peer = connected();
        peer->send(hello);
        welcome = peer->await(wire::Down::kWelcome);
        QVERIFY(welcome != nullptr && welcome->welcome().tenants(0).need_cursors());
        wire::Up cursors;
        cursors.mutable_cursors()->set_tenant(tenant_.bytes());
        const auto site = [](RowId id) { return "site:" + toHex(id.view()); };
        std::vector<std::string> invented{site(siteB_),
                                          "leads:" + toHex(siteB_.view()),
                                          "manager:" + toHex(siteA_.view()),
                                          "user:" + toHex(ben_.user.view()),
                                          "*",
                                          ""};
        for (const std::string& name : invented) {
            for (const bool complete : {true, false}) {
                wire::HeldScope& held = *cursors.mutable_cursors()->add_scopes();
                held.set_name(name);
                held.set_complete(complete);
                held.set_table(10);
                held.set_after_id(std::string(16, '\0'));
            }
        }
        peer->send(cursors);
        welcome = peer->await(wire::Down::kWelcome);
        QVERIFY(welcome != nullptr);
        for (const auto& scope : welcome->welcome().tenants(0).scopes()) {
            const bool mine = std::ranges::find(invented, scope.name()) == invented.end();
            QVERIFY(mine || scope.action() == wire::DROP);
        }
        std::size_t paid = 0;
        QVERIFY(runUntil([&] {
            if (peer->bytes > paid) {
                peer->send(creditOf(peer->bytes - std::exchange(paid, peer->bytes)));
            }
            return checkpointed(*peer);
        }));
        for (const wire::Down& down : peer->in) {
            if (down.has_snapshot()) {
                const auto rows = rowsOf(down.snapshot());
                QVERIFY(rows.has_value());
                QVERIFY(rows->SerializeAsString().find(kCanaryB) == std::string::npos);
                QVERIFY(rows->SerializeAsString().find(kCanaryHeld) == std::string::npos);
            }
        }
        wire::Up more;
        more.mutable_cursors()->set_tenant(tenant_.bytes());
        for (int i = 0; i < 65; ++i) {
            more.mutable_cursors()->add_scopes()->set_name("site:" + std::to_string(i));
        }
        const auto greedy = connected();
        greedy->send(hello);
        QVERIFY(greedy->await(wire::Down::kWelcome) != nullptr);
        QVERIFY(greedy->isThrownOut(more, ErrorCode::BadFrame));
    }

    // No credit, or more than there are numbers: what is on its way stays within the window.
    void creditIsABound() {
        const auto silent = ready(anna_);
        QVERIFY(silent != nullptr);
        io().restart();
        io().run_for(std::chrono::milliseconds(700));
        qInfo("sent without credit: %zu bytes", silent->bytes);
        QVERIFY(silent->bytes < 1'300'000);
        QVERIFY(!checkpointed(*silent));
        for (int i = 0; i < 20; ++i) {
            silent->send(creditOf(std::numeric_limits<std::uint64_t>::max()));
            silent->send(creditOf(0));
        }
        QVERIFY(runUntil([&] { return checkpointed(*silent) || silent->bytes > 0; }));
        QVERIFY(silent->isOpen());
    }

    // Many desks that take nothing: the server keeps positions for them, not data.
    void slowReadersCostNoMemory() {
        const qint64 before = residentKib();
        std::vector<std::unique_ptr<Peer>> slow;
        for (int i = 0; i < 40; ++i) {
            WsClientOptions options = optionsOf();
            options.reads = false;
            slow.push_back(std::make_unique<Peer>(context_, options));
            QVERIFY(slow.back()->opened());
            slow.back()->send(helloOf(anna_));
            for (int n = 0; n < 50; ++n) {
                slow.back()->send(creditOf(1U << 30U));
            }
        }
        io().restart();
        io().run_for(std::chrono::seconds(2));
        const qint64 grown = residentKib() - before;
        qInfo("40 slow readers: server grew by %lld KiB", grown);
        QVERIFY(grown < 120 * 1024);
    }

    void aThousandConnectionsThatDoNothing() {
        std::vector<std::unique_ptr<Peer>> idle;
        QElapsedTimer clock;
        clock.start();
        const qint64 before = residentKib();
        for (int i = 0; i < 1'000; ++i) {
            idle.push_back(std::make_unique<Peer>(context_, optionsOf()));
            if (i % 50 == 49) {  // the client shares the machine
                QVERIFY(runUntil([&] { return !idle.empty() && idle.back()->isOpen(); }, 20'000));
            }
        }
        const auto open = [&] {
            return std::ranges::count_if(idle, [](const auto& peer) { return peer->isOpen(); });
        };
        static_cast<void>(runUntil([&] { return open() == 1'000; }, 10'000));
        qInfo("%lld connections in %lld ms, server grew by %lld KiB",
              static_cast<long long>(open()), clock.elapsed(), residentKib() - before);
        QVERIFY(open() > 0);
        QVERIFY(honestDeskWorks());
    }

    // ------------------------------------------------------------------------------- logins

    void wrongNamesAndWrongPasswordsAreOneAnswer() {
        const auto peer = connected();
        std::array<qint64, 2> spent{};
        std::array<std::string, 2> answers;
        for (int i = 0; i < 8; ++i) {
            const std::size_t kind = static_cast<std::size_t>(i % 2);
            const std::string name = kind == 0 ? "anna" : "niemand" + std::to_string(i);
            QElapsedTimer clock;
            clock.start();
            peer->send(loginOf(name, "falsch-" + std::to_string(i)));
            const wire::Down* frame = peer->await(wire::Down::kLoginResult);
            QVERIFY(frame != nullptr);
            spent[kind] += clock.elapsed();
            const std::string answer = frame->SerializeAsString();
            QVERIFY(answers[kind].empty() || answers[kind] == answer);
            answers[kind] = answer;
        }
        qInfo("wrong password %lld ms, unknown name %lld ms, mean of 4", spent[0] / 4,
              spent[1] / 4);
        QCOMPARE(answers[0], answers[1]);
        wire::Down expected;
        expected.mutable_login_result()->set_code(
            static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
        QCOMPARE(answers[0], expected.SerializeAsString());
    }

    void bruteForceIsSlowedDown() {
        const auto peer = connected();
        for (const std::string& name : {std::string("ben"), std::string("gibt-es-nicht")}) {
            ErrorCode code = ErrorCode::Ok;
            int tries = 0;
            for (; tries < 15 && code != ErrorCode::RateLimited; ++tries) {
                peer->send(loginOf(name, "rate-" + std::to_string(tries)));
                const wire::Down* frame = peer->await(wire::Down::kLoginResult);
                QVERIFY(frame != nullptr);
                code = codeOf(frame->login_result().code());
                QVERIFY(frame->login_result().token().empty());
                QVERIFY(code != ErrorCode::RateLimited ||
                        frame->login_result().retry_after_ms() > 0);
            }
            QCOMPARE(code, ErrorCode::RateLimited);
            QVERIFY(tries >= 10);
        }
    }

    void loginsAtTheLimits() {
        const auto peer = connected();
        const auto code = [&](const wire::Up& up) {
            peer->send(up);
            const wire::Down* frame = peer->await(wire::Down::kLoginResult);
            return frame == nullptr ? ErrorCode::Internal : codeOf(frame->login_result().code());
        };
        QCOMPARE(code(loginOf(std::string(255, 'a'), "x")), ErrorCode::Invalid);
        QCOMPARE(code(loginOf("", "x")), ErrorCode::Invalid);
        QCOMPARE(code(loginOf("anna", std::string(1025, 'x'))), ErrorCode::Invalid);
        wire::Up device = loginOf("anna", "x");
        device.mutable_login()->set_device_id("short");
        QCOMPARE(code(device), ErrorCode::Invalid);
        QCOMPARE(code(loginOf(std::string(254, 'a'), std::string(1024, 'x'))),
                 ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf(std::string("an\0na", 5), "x")), ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf("carla", std::string(kPassword) + std::string("\0x", 2))),
                 ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf("carla", "")), ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf("' OR 1=1 --", "x")), ErrorCode::Unauthenticated);
        // The right one, with a name as people type it.
        peer->send(loginOf("  Carla ", kPassword));
        const wire::Down* frame = peer->await(wire::Down::kLoginResult);
        QVERIFY(frame != nullptr);
        QCOMPARE(codeOf(frame->login_result().code()), ErrorCode::Ok);
        QCOMPARE(frame->login_result().token().size(), std::size_t{32});
        secrets_.push_back(frame->login_result().token());
    }

    // ------------------------------------------------------------------------------- files

    void filesAreTheOwnersAlone() {
        namespace fs = std::filesystem;
        const fs::path folder = fs::path(server_->databaseFile().toStdString()).parent_path();
        const auto others = fs::perms::group_all | fs::perms::others_all;
        QCOMPARE(fs::status(folder).permissions() & others, fs::perms::none);
        for (const char* name : {"server.db", "server.db-wal", "tls.key"}) {
            QVERIFY2(fs::exists(folder / name), name);
            QVERIFY2((fs::status(folder / name).permissions() & others) == fs::perms::none, name);
        }
    }
};

QTEST_GUILESS_MAIN(HostileLoadTest)
#include "hostile_load_test.moc"
