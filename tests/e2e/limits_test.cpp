// SPDX-License-Identifier: GPL-3.0-or-later
// The real server with small limits, over TLS: a real desk that edits too fast is throttled, obeys
// and loses nothing; claims and connections beyond the limits are refused.
#include "tests/e2e/hostile_world.h"
#include "tests/support/headless_process.h"

using namespace vorfahrt;
using namespace vorfahrt::test;

class LimitsTest : public QObject, private HostileWorld {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        startServer({{"VORFAHRT_LIMITS_CONNECTIONS_PER_ADDRESS", "6"},
                     {"VORFAHRT_LIMITS_CLAIMS_PER_MINUTE", "5"},
                     {"VORFAHRT_LIMITS_PUSHES_PER_SECOND", "100"}});
    }
    void cleanupTestCase() { stopServerAndSearchLog(); }

    void aRealDeskObeysThrottle() {
        constexpr int kEdits = 1'300;  // a thousand at once, then a hundred a second
        HeadlessProcess desk(folder_.filePath(QStringLiteral("desk")));
        QVERIFY2(desk.start(server_->url(), server_->fingerprint()), qPrintable(desk.describe()));
        QVERIFY2(desk.login(QStringLiteral("hanna"), QString::fromLatin1(kPassword)),
                 qPrintable(desk.describe()));
        QVERIFY(desk.waitSynced());
        QElapsedTimer clock;
        clock.start();
        const QJsonObject answer = desk.call(
            QStringLiteral("bulk"), {{QStringLiteral("n"), kEdits},
                                     {QStringLiteral("text"), QStringLiteral("gedrosselt")}});
        QCOMPARE(answer.value(QStringLiteral("refused")).toInt(-1), 0);
        QVERIFY2(desk.waitSynced(60'000), qPrintable(desk.describe()));
        qInfo("%d edits in %lld ms", kEdits, clock.elapsed());
        const QByteArray log = server_->log();
        QVERIFY(log.contains("throttled for"));
        QVERIFY2(!log.contains("in spite of Throttle"), "the desk did not obey");
        QVERIFY(desk.quit());
    }

    void aPeerThatFloodsIsToldAndHeldBack() {
        const auto peer = ready(eve_);
        QVERIFY(peer != nullptr);
        for (int i = 0; i < 150; ++i) {
            peer->send(pushOf({createOf(++eveMid_, "Flut")}));
        }
        const wire::Down* throttle = peer->await(wire::Down::kThrottle);
        QVERIFY(throttle != nullptr);
        QVERIFY(throttle->throttle().after_ms() > 0);
        const auto results = [&] {
            return std::ranges::count_if(peer->in,
                                         [](const wire::Down& down) { return down.has_results(); });
        };
        QVERIFY(runUntil([&] { return results() == 150; }, 30'000));
        QVERIFY(server_->log().contains("in spite of Throttle"));
        QVERIFY(peer->isOpen());
    }

    void claimsAreLimitedForEachPerson() {
        const auto peer = ready(anna_);
        const auto another = ready(anna_);
        QVERIFY(peer != nullptr && another != nullptr);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(claimOn(i % 2 == 0 ? *peer : *another, newClaimId(), leadB_).outcome(),
                     wire::CLAIM_GONE);
        }
        const auto refused = claimOn(*another, newClaimId(), anyLead());
        QCOMPARE(refused.outcome(), wire::CLAIM_REFUSED);
        QCOMPARE(codeOf(refused.code()), ErrorCode::RateLimited);
        QVERIFY(refused.retry_after_ms() > 0 && refused.retry_after_ms() <= 12'000);
        const auto ben = ready(ben_);
        QVERIFY(ben != nullptr);
        QCOMPARE(claimOn(*ben, newClaimId(), anyLead()).outcome(), wire::CLAIM_WON);
    }

    void connectionsAreLimitedForEachAddress() {
        std::vector<std::unique_ptr<Peer>> peers;
        const auto oneMore = [&] {
            auto peer = connected();  // those of the tests before may still be closing
            if (peer != nullptr) {
                peers.push_back(std::move(peer));
                return true;
            }
            return false;
        };
        for (int i = 0; i < 6; ++i) {
            QVERIFY(runUntil([&] { return oneMore(); }));
        }
        QVERIFY(connected() == nullptr);
        peers.pop_back();
        QVERIFY(runUntil([&] { return connected() != nullptr; }));
        QVERIFY(server_->log().contains("connections refused"));
        QVERIFY(!server_->log().contains("127.0.0.1"));
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits_test.moc"
