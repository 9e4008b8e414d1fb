// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords, tokens and the limit of tries (PROTOCOL.md section 7).
#include "server/service/auth.h"

#include "server/service/rate_limiter.h"

#include <QTest>
#include <sodium.h>

namespace vorfahrt {

using namespace server::service;

class AuthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPasswordIsCheckedAgainstItsHash() {
        const auto hash = hashPassword("richtig und lang", HashCost::Test);
        QVERIFY(hash.has_value());
        QVERIFY(hash->starts_with("$argon2id$"));
        const PasswordVerifier verifier(HashCost::Test);
        QVERIFY(verifier.check(*hash, "richtig und lang").ok);
        QVERIFY(verifier.check(*hash, "richtig und lang").newHash.empty());
        QVERIFY(!verifier.check(*hash, "falsch").ok);
        QVERIFY(!verifier.check(std::nullopt, "no account has this password").ok);
        QVERIFY(!verifier.check(*hash, std::string(1025, 'x')).ok);
    }
    void anOldHashIsRenewedAtLogin() {
        const auto old = hashPassword("richtig und lang", HashCost::Test);
        const PasswordVerifier verifier;
        const auto check = verifier.check(*old, "richtig und lang");
        QVERIFY(check.ok);
        QCOMPARE(crypto_pwhash_str_needs_rehash(check.newHash.c_str(),
                                                crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                crypto_pwhash_MEMLIMIT_INTERACTIVE),
                 0);
        QVERIFY(verifier.check(check.newHash, "richtig und lang").ok);
    }
    void shortAndHugePasswordsGetNoHash() {
        QVERIFY(!hashPassword("1234567", HashCost::Test));
        QVERIFY(!hashPassword(std::string(1025, 'x'), HashCost::Test));
    }
    void loginsAreFolded() {
        QVERIFY(foldLogin("  Anna@Brandt.Example\n").value() == "anna@brandt.example");
        QVERIFY(!foldLogin("   "));
        QVERIFY(!foldLogin(std::string(255, 'a')));
        QVERIFY(!foldLogin(std::string("an\0na", 5)));
    }
    void aTokenIsKeptAsItsDigestOnly() {
        SeededRandom random(3);
        const NewToken token = makeToken(random);
        QCOMPARE(token.token.size(), 32U);
        QCOMPARE(token.hash.size(), 32U);
        QVERIFY(token.token != token.hash);
        QVERIFY(tokenHash(token.token) == token.hash);
        QVERIFY(makeToken(random).token != token.token);
    }
    void tenTriesAMinute() {
        RateLimiter limiter;
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(limiter.take("a", Millis(1'000)).count(), 0);
        }
        QCOMPARE(limiter.take("a", Millis(1'000)).count(), 6'000);
        QCOMPARE(limiter.take("b", Millis(1'000)).count(), 0);
        QCOMPARE(limiter.take("a", Millis(4'000)).count(), 3'000);
        QCOMPARE(limiter.take("a", Millis(7'000)).count(), 0);
        QVERIFY(limiter.take("a", Millis(7'000)).count() > 0);
        // A long rest gives ten again, no more.
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(limiter.take("a", Millis(10'000'000)).count(), 0);
        }
        QVERIFY(limiter.take("a", Millis(10'000'000)).count() > 0);
        // A clock that goes back gives nothing.
        QVERIFY(limiter.take("a", Millis(0)).count() > 0);
    }
    void theTableOfTriesIsBounded() {
        RateLimiter limiter(10, 100);
        for (int i = 0; i < 1'000; ++i) {
            QCOMPARE(limiter.take(std::to_string(i), Millis(0)).count(), 0);
        }
        QCOMPARE(limiter.size(), 100U);
    }
};

}  // namespace vorfahrt

QTEST_GUILESS_MAIN(vorfahrt::AuthTest)
#include "auth_test.moc"
