// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords, tokens and the limit of tries (PROTOCOL.md section 7).
#include "server/service/auth.h"

#include "common/domain/password.h"
#include "server/service/codes.h"
#include "server/service/login_guard.h"
#include "server/service/rate_limiter.h"

#include <QTest>
#include <sodium.h>

namespace vorfahrt {

using namespace server::service;

namespace {

LoginTry tryOf(const std::string& login, const std::string& address, char device, bool known) {
    return {.login = login,
            .address = address,
            .device = DeviceId(*Uuid::fromBytes(std::string(16, device))),
            .knownDevice = known};
}

}  // namespace

class AuthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewPasswordIsLongAndNotTheLogin_data() {
        using domain::PasswordFault;
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<int>("fault");
        QTest::newRow("9 bytes") << QByteArray(9, 'x') << int(PasswordFault::TooShort);
        QTest::newRow("10 bytes") << QByteArray(10, 'x') << int(PasswordFault::None);
        QTest::newRow("5 umlauts are 10 bytes")
            << QByteArray("\u00e4\u00f6\u00fc\u00df\u00e4") << int(PasswordFault::None);
        QTest::newRow("256 bytes") << QByteArray(256, 'x') << int(PasswordFault::None);
        QTest::newRow("257 bytes") << QByteArray(257, 'x') << int(PasswordFault::TooLong);
        QTest::newRow("the login")
            << QByteArray("a.demir@brandt.example") << int(PasswordFault::IsLogin);
        QTest::newRow("the login, spelled otherwise")
            << QByteArray(" A.Demir@Brandt.Example ") << int(PasswordFault::IsLogin);
        QTest::newRow("the login and more")
            << QByteArray("a.demir@brandt.example1") << int(PasswordFault::None);
    }
    void aNewPasswordIsLongAndNotTheLogin() {
        QFETCH(const QByteArray, password);
        QFETCH(const int, fault);
        QCOMPARE(int(domain::checkNewPassword(password.toStdString(), "a.demir@brandt.example")),
                 fault);
    }

    void aCodeIsTypedInManyWays() {
        SeededRandom random(7);
        const NewCode code = makeCode(random, kSetupOwner);
        QCOMPARE(code.code.size(), std::size_t(14));
        QVERIFY(makeCode(random, kSetupOwner).code != code.code);
        const QString text = QString::fromStdString(code.code);
        QString lookAlikes = text;
        lookAlikes.replace(u'0', u'o').replace(u'1', u'l');
        const QStringList typed{text, text.toLower(), QString(text).remove(u'-'),
                                QStringLiteral("  ") + QString(text).replace(u'-', u' '),
                                lookAlikes};
        for (const QString& one : typed) {
            QVERIFY2(codeHash(one.toStdString(), kSetupOwner) == code.hash, qPrintable(one));
        }
        QVERIFY(codeHash(code.code, "another owner") != code.hash);
        QVERIFY(codeHash(code.code + "7", kSetupOwner) != code.hash);
        QVERIFY(codeHash("", kSetupOwner) != code.hash);
    }

    // Codes are counted per address and per login from there; nobody keeps their owner out.
    void guessedCodesDoNotKeepTheOwnerOut() {
        LoginGuard guard(LoginLimits{});
        const auto codeTry = [](const std::string& address) {
            LoginTry out = tryOf("anna", address, 'x', false);
            out.isCode = true;
            return out;
        };
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(guard.begin(codeTry("192.0.2.1"), Millis(0)).count(), 0);
        }
        QVERIFY(guard.begin(codeTry("192.0.2.1"), Millis(0)).count() > 0);
        for (int i = 0; i < 30; ++i) {
            QCOMPARE(guard.begin(codeTry("198.51.100." + std::to_string(i)), Millis(0)).count(), 0);
        }
        // Nor are her sign-ins counted with them.
        QCOMPARE(guard.begin(tryOf("anna", "192.0.2.1", 'x', false), Millis(0)).count(), 0);
    }

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
    void aTryThatWasRightIsGivenBack() {
        RateLimiter limiter(2);
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(limiter.take("a", Millis(0)).count(), 0);
            limiter.giveBack("a");
        }
        QCOMPARE(limiter.take("a", Millis(0)).count(), 0);
        QCOMPARE(limiter.wait("a", Millis(0)).count(), 0);
        QCOMPARE(limiter.take("a", Millis(0)).count(), 0);
        QVERIFY(limiter.wait("a", Millis(0)).count() > 0);
        limiter.giveBack("unknown");
        limiter.giveBack("a");
        limiter.giveBack("a");
        limiter.giveBack("a");  // no more than full
        QCOMPARE(limiter.take("a", Millis(0)).count(), 0);
        QCOMPARE(limiter.take("a", Millis(0)).count(), 0);
        QVERIFY(limiter.take("a", Millis(0)).count() > 0);
    }

    // One address is a whole dealership: signing in costs nothing, and colleagues who mistype do
    // not keep the others out.
    void aDealershipBehindOneAddressSignsIn() {
        LoginGuard guard(LoginLimits{});
        for (int i = 0; i < 300; ++i) {
            const LoginTry right = tryOf("user" + std::to_string(i), "192.0.2.1", 'd', false);
            QCOMPARE(guard.ask(right.address, Millis(0)).count(), 0);
            QCOMPARE(guard.begin(right, Millis(0)).count(), 0);
            guard.forget(right);
        }
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(
                guard.begin(tryOf("user" + std::to_string(i), "192.0.2.1", 'd', false), Millis(0))
                    .count(),
                0);
        }
        QCOMPARE(guard.begin(tryOf("another", "192.0.2.1", 'e', false), Millis(0)).count(), 0);
    }

    void guessingIsSlowedDown() {
        LoginGuard guard(LoginLimits{});
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(guard.begin(tryOf("anna", "192.0.2.1", 'x', false), Millis(0)).count(), 0);
        }
        QCOMPARE(guard.begin(tryOf("anna", "192.0.2.1", 'x', false), Millis(0)).count(), 6'000);
        // Another device id gains nothing, nor does a name that does not exist.
        QVERIFY(guard.begin(tryOf("anna", "192.0.2.1", 'y', false), Millis(0)).count() > 0);
        // From many addresses: the account as a whole.
        int made = 10;
        for (int i = 2; i < 200; ++i) {
            const auto address = "198.51.100." + std::to_string(i);
            made += guard.begin(tryOf("anna", address, 'x', false), Millis(0)).count() == 0 ? 1 : 0;
        }
        QCOMPARE(made, 20);
        // And one address with many accounts.
        made = 0;
        for (int i = 0; i < 500; ++i) {
            const auto login = "u" + std::to_string(i);
            made += guard.begin(tryOf(login, "203.0.113.9", 'x', false), Millis(0)).count() == 0
                        ? 1
                        : 0;
        }
        QCOMPARE(made, 120);
        // What was refused cost nothing: three seconds later the account has one try again.
        QCOMPARE(guard.begin(tryOf("anna", "198.51.100.250", 'x', false), Millis(3'000)).count(),
                 0);
    }

    // Neither guesses from elsewhere nor a neighbour behind the same address lock a person out.
    void aKnownDeviceIsNeverLockedOutByOthers() {
        LoginGuard guard(LoginLimits{});
        for (int i = 0; i < 500; ++i) {
            static_cast<void>(guard.begin(tryOf("anna", "192.0.2.1", 'x', false), Millis(0)));
            static_cast<void>(guard.begin(
                tryOf("anna", "198.51.100." + std::to_string(i), 'x', false), Millis(0)));
            static_cast<void>(
                guard.begin(tryOf("u" + std::to_string(i), "192.0.2.1", 'x', false), Millis(0)));
        }
        const LoginTry hers = tryOf("anna", "192.0.2.1", 'a', true);
        QCOMPARE(guard.begin(hers, Millis(0)).count(), 0);
        guard.forget(hers);
        // Whoever has her device guesses as slowly as anybody.
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(guard.begin(hers, Millis(0)).count(), 0);
        }
        QCOMPARE(guard.begin(hers, Millis(0)).count(), 6'000);
    }

    void theWorkOfAnAddressIsBounded() {
        LoginGuard guard(LoginLimits{});
        for (int i = 0; i < 600; ++i) {
            QCOMPARE(guard.ask("192.0.2.1", Millis(0)).count(), 0);
        }
        QVERIFY(guard.ask("192.0.2.1", Millis(0)).count() > 0);
        QCOMPARE(guard.ask("192.0.2.2", Millis(0)).count(), 0);
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
