// SPDX-License-Identifier: GPL-3.0-or-later
// What seals the token of a person, and what opens it again: keys, password, tries, files.
#include "client/keys/sealing.h"
#include "client/keys/system_key_store.h"
#include "client/keys/tries.h"
#include "client/sync/local_accounts.h"
#include "common/base/bytes.h"
#include "common/schema/sync.pb.h"
#include "tests/support/test_key_store.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::client::sync;
using namespace std::chrono_literals;

namespace {

const std::string kServer = "wss://desk.example.org:4433/v1/sync";
const std::string kOther = "wss://other.example.org:4433/v1/sync";
const std::string kPassword = "canary-password-1";
const std::string kToken = "canary-token-0123456789abcdefghi";

}  // namespace

class KeyStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        store_ = std::make_unique<test::TestKeyStore>();
    }

    void sealedValuesOpenInTheirPlaceOnly();
    void lockTellsRightFromWrong();
    void damagedLockIsRefusedQuickly();
    void triesWaitLongerAndLonger();
    void clockSetBackSavesNothing();
    void restartOpensWhatWasNotLeft();
    void leftOpensWithThePasswordOnly();
    void wrongPasswordsEndInOnlineOnly();
    void triesSurviveARestart();
    void withoutAKeyStoreThePasswordSeals();
    void lockedStoreIsToldApart();
    void changedPasswordOpensAndTheOldDoesNot();
    void anotherServerSeesNobody();
    void revokedTokensWaitForTheirServer();
    void oldSessionIsTakenOver();
    void oldSessionWithoutAKeyStoreWaitsForAPassword();
    void noSecretInAnyFile();

private:
    std::unique_ptr<LocalAccounts> start(const std::string& server = kServer) {
        auto accounts = std::make_unique<LocalAccounts>(People(dir_->path().toStdString()), *store_,
                                                        clock_, random_, keys::PasswordCost::Test);
        accounts->load(server);
        return accounts;
    }
    Account account(const std::string& login, int number) {
        Account account;
        account.login = login;
        std::string id(16, '\0');
        id[15] = static_cast<char>(number);
        account.id = *AccountId::fromBytes(id);
        account.tenants.push_back(
            {.tenant = {}, .user = {}, .name = "Autohaus", .userName = login});
        return account;
    }
    void signIn(LocalAccounts& accounts) {
        accounts.signedIn(account("anna", 1), kToken, kPassword);
    }
    void writeOld() {
        wire::Login login;
        login.set_account("anna");
        login.set_device_id(std::string(16, 'd'));
        wire::LoginResult result;
        result.set_token(kToken);
        result.set_account_id(account("anna", 1).id.bytes());
        QFile file(dir_->filePath(QStringLiteral("session")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(toHex(login.SerializeAsString()) + "\n" +
                                             toHex(result.SerializeAsString()) + "\n"));
    }
    QByteArray allFiles() const {
        QByteArray all;
        QDirIterator it(dir_->path(), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly)) {
                all += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
            }
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<test::TestKeyStore> store_;
    ManualClock clock_{fromUnixMs(1'795'430'520'000)};
    SeededRandom random_{11};
};

void KeyStoreTest::sealedValuesOpenInTheirPlaceOnly() {
    const std::string key = random_.bytes(keys::kKeyBytes);
    const auto sealed = keys::seal(key, "place", "secret", random_);
    QVERIFY(sealed.has_value());
    QVERIFY(sealed->find("secret") == std::string::npos);
    QCOMPARE(keys::open(key, "place", *sealed).value(), std::string("secret"));
    QCOMPARE(keys::open(key, "other", *sealed).error().code, ErrorCode::Corrupt);
    QCOMPARE(keys::open(random_.bytes(keys::kKeyBytes), "place", *sealed).error().code,
             ErrorCode::Corrupt);
    std::string damaged = *sealed;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    QCOMPARE(keys::open(key, "place", damaged).error().code, ErrorCode::Corrupt);
    QCOMPARE(keys::open(key, "place", "short").error().code, ErrorCode::Corrupt);
}

void KeyStoreTest::lockTellsRightFromWrong() {
    const std::string key = random_.bytes(keys::kKeyBytes);
    const auto lock = keys::makeLock(kPassword, "who", key, keys::PasswordCost::Test, random_);
    QVERIFY(lock.has_value());
    QCOMPARE(keys::openLock(*lock, kPassword, "who").value(), key);
    for (const char* wrong : {"", "canary-password-2", "Canary-password-1"}) {
        QCOMPARE(keys::openLock(*lock, wrong, "who").error().code, ErrorCode::Unauthenticated);
    }
    QCOMPARE(keys::openLock(*lock, kPassword, "whoever").error().code, ErrorCode::Unauthenticated);
}

void KeyStoreTest::damagedLockIsRefusedQuickly() {
    const auto lock = keys::makeLock(kPassword, "who", random_.bytes(keys::kKeyBytes),
                                     keys::PasswordCost::Test, random_);
    keys::PasswordLock endless = *lock;
    endless.operations = 1'000'000;
    QCOMPARE(keys::openLock(endless, kPassword, "who").error().code, ErrorCode::Corrupt);
    keys::PasswordLock huge = *lock;
    huge.memory = 1ULL << 40U;
    QCOMPARE(keys::openLock(huge, kPassword, "who").error().code, ErrorCode::Corrupt);
    QCOMPARE(keys::openLock({}, kPassword, "who").error().code, ErrorCode::Corrupt);
}

void KeyStoreTest::triesWaitLongerAndLonger() {
    keys::Tries tries;
    Millis last{0};
    for (int wrong = 1; wrong < keys::kMaxTries; ++wrong) {
        QVERIFY(!tries.isOver());
        keys::countTry(tries, clock_);
        const Millis wait = keys::remainingWait(tries, clock_);
        QVERIFY(wrong < 3 ? wait == 0ms : wait > last);
        last = wait;
        clock_.advance(wait);
        QCOMPARE(keys::remainingWait(tries, clock_).count(), 0);
    }
    keys::countTry(tries, clock_);
    QVERIFY(tries.isOver());
}

void KeyStoreTest::clockSetBackSavesNothing() {
    keys::Tries tries;
    for (int i = 0; i < 6; ++i) {
        keys::countTry(tries, clock_);
    }
    const Millis whole = keys::remainingWait(tries, clock_);
    QCOMPARE(whole.count(), 60'000);
    // In this run the wall clock counts for nothing, in either direction.
    clock_.jumpWall(std::chrono::hours(24));
    QCOMPARE(keys::remainingWait(tries, clock_).count(), whole.count());
    // After a restart only the wall clock is there: set back, the wait begins anew.
    tries.steady.reset();
    tries.lastMs = toUnixMs(clock_.now());
    clock_.jumpWall(-std::chrono::hours(48));
    QCOMPARE(keys::remainingWait(tries, clock_).count(), whole.count());
    clock_.advance(whole);
    QCOMPARE(keys::remainingWait(tries, clock_).count(), 0);
}

void KeyStoreTest::restartOpensWhatWasNotLeft() {
    auto accounts = start();
    QVERIFY(!accounts->reopen());
    const std::string device = accounts->deviceId();
    signIn(*accounts);
    accounts.reset();
    accounts = start();
    QCOMPARE(accounts->deviceId(), device);
    QVERIFY(accounts->reopen().has_value());
    QCOMPARE(accounts->token(), kToken);
    QCOMPARE(accounts->account().login, std::string("anna"));
    QCOMPARE(accounts->account().tenants.size(), std::size_t{1});
}

void KeyStoreTest::leftOpensWithThePasswordOnly() {
    auto accounts = start();
    signIn(*accounts);
    accounts->leave();
    QVERIFY(!accounts->isOpen());
    QCOMPARE(store_->forgotten.size(), std::size_t{1});
    accounts = start();
    QCOMPARE(accounts->reopen().error().code, ErrorCode::NotFound);
    QVERIFY(accounts->known(" ANNA ").opensOffline);
    QVERIFY(!accounts->known("anna").needsServer);
    QCOMPARE(accounts->openWith("anna", "wrong").code, ErrorCode::Unauthenticated);
    QVERIFY(!accounts->isOpen());
    QCOMPARE(accounts->openWith("berta", kPassword).code, ErrorCode::NotFound);
    QCOMPARE(accounts->openWith("Anna", kPassword).code, ErrorCode::Ok);
    QCOMPARE(accounts->token(), kToken);
    // Signed out, the token is gone, and the server is asked first.
    accounts->signOut();
    accounts = start();
    QVERIFY(accounts->known("anna").needsServer);
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    QVERIFY(accounts->token().empty());
}

void KeyStoreTest::wrongPasswordsEndInOnlineOnly() {
    auto accounts = start();
    signIn(*accounts);
    accounts->leave();
    for (int wrong = 1; wrong < keys::kMaxTries; ++wrong) {
        const auto opening = accounts->openWith("anna", "wrong");
        QCOMPARE(opening.code, ErrorCode::Unauthenticated);
        QCOMPARE(opening.triesLeft, keys::kMaxTries - wrong);
        const auto early = accounts->openWith("anna", kPassword);
        if (wrong < 3) {
            QCOMPARE(early.code, ErrorCode::Ok);
            accounts->leave();
            for (int again = 0; again < wrong; ++again) {
                QCOMPARE(accounts->openWith("anna", "wrong").code, ErrorCode::Unauthenticated);
            }
        } else {
            // The right one too: nobody learns anything while he waits.
            QCOMPARE(early.code, ErrorCode::RateLimited);
            QCOMPARE(early.wait.count(), keys::waitAfter(wrong).count());
        }
        clock_.advance(keys::waitAfter(wrong));
    }
    QCOMPARE(accounts->openWith("anna", "wrong").code, ErrorCode::Forbidden);
    clock_.advance(std::chrono::hours(24 * 365));
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Forbidden);
    // The server said that it is her.
    signIn(*accounts);
    accounts->leave();
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
}

void KeyStoreTest::triesSurviveARestart() {
    auto accounts = start();
    signIn(*accounts);
    accounts->leave();
    for (int wrong = 1; wrong <= 5; ++wrong) {
        accounts = start();
        QCOMPARE(accounts->openWith("anna", "wrong").code, ErrorCode::Unauthenticated);
        if (wrong < 5) {
            clock_.advance(keys::waitAfter(wrong));
        }
    }
    accounts = start();
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::RateLimited);
    // Back by a day, and on the next start again: the wait begins anew and does not end sooner.
    clock_.jumpWall(-std::chrono::hours(24));
    QCOMPARE(accounts->openWith("anna", kPassword).wait.count(), keys::waitAfter(5).count());
    accounts = start();
    clock_.advance(keys::waitAfter(5) - 1ms);
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::RateLimited);
    clock_.advance(1ms);
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
}

void KeyStoreTest::withoutAKeyStoreThePasswordSeals() {
    store_->now = keys::KeyStore::State::Missing;
    auto accounts = start();
    QCOMPARE(accounts->keyStore(), KeyStoreState::Missing);
    signIn(*accounts);
    accounts = start();
    QCOMPARE(accounts->reopen().error().code, ErrorCode::NotFound);
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    QCOMPARE(accounts->token(), kToken);
    // A logout that nobody heard of waits, sealed, for the next sign-in.
    accounts->signOut();
    accounts = start();
    QVERIFY(accounts->tokensToRevoke().empty());
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    QCOMPARE(accounts->tokensToRevoke(), std::vector<std::string>{kToken});
    accounts->tokenRevoked(kToken);
    accounts->leave();
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    QVERIFY(accounts->tokensToRevoke().empty());
}

void KeyStoreTest::lockedStoreIsToldApart() {
    auto accounts = start();
    signIn(*accounts);
    store_->now = keys::KeyStore::State::Locked;
    accounts = start();
    QCOMPARE(accounts->keyStore(), KeyStoreState::Locked);
    QCOMPARE(accounts->reopen().error().code, ErrorCode::Forbidden);
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    // Unlocked meanwhile: the next start needs no password again.
    accounts->leave();
    store_->now = keys::KeyStore::State::Ready;
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    QCOMPARE(accounts->keyStore(), KeyStoreState::Ready);
    accounts = start();
    QVERIFY(accounts->reopen().has_value());
}

void KeyStoreTest::changedPasswordOpensAndTheOldDoesNot() {
    auto accounts = start();
    signIn(*accounts);
    QVERIFY(accounts->passwordChanged("another password").has_value());
    accounts->leave();
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Unauthenticated);
    QCOMPARE(accounts->openWith("anna", "another password").code, ErrorCode::Ok);
    QCOMPARE(accounts->token(), kToken);
    accounts->leave();
    // Changed at another desk: the server lets him in with one that this computer does not know.
    accounts->signedIn(account("anna", 1), "new token", "a third password");
    accounts->leave();
    QCOMPARE(accounts->openWith("anna", "another password").code, ErrorCode::Unauthenticated);
    QCOMPARE(accounts->openWith("anna", "a third password").code, ErrorCode::Ok);
    QCOMPARE(accounts->token(), std::string("new token"));
}

void KeyStoreTest::anotherServerSeesNobody() {
    auto accounts = start();
    signIn(*accounts);
    const auto file = accounts->replicaFile();
    accounts = start(kOther);
    QVERIFY(accounts->people().empty());
    QVERIFY(!accounts->reopen());
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::NotFound);
    accounts->signedIn(account("anna", 1), "other", "other password");
    QVERIFY(accounts->replicaFile() != file);
    accounts = start();
    QCOMPARE(accounts->people().size(), std::size_t{1});
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    QCOMPARE(accounts->replicaFile(), file);
}

void KeyStoreTest::revokedTokensWaitForTheirServer() {
    auto accounts = start();
    signIn(*accounts);
    accounts->signOut();
    QCOMPARE(accounts->tokensToRevoke(), std::vector<std::string>{kToken});
    // Another server must not see it.
    QVERIFY(start(kOther)->tokensToRevoke().empty());
    accounts = start();
    QCOMPARE(accounts->tokensToRevoke(), std::vector<std::string>{kToken});
    accounts->tokenRevoked(kToken);
    QVERIFY(start()->tokensToRevoke().empty());
}

void KeyStoreTest::oldSessionIsTakenOver() {
    writeOld();
    auto accounts = start();
    QCOMPARE(accounts->deviceId(), std::string(16, 'd'));
    QVERIFY(accounts->reopen().has_value());
    QCOMPARE(accounts->token(), kToken);
    QVERIFY(!QFile::exists(dir_->filePath(QStringLiteral("session"))));
    accounts = start();
    QVERIFY(accounts->reopen().has_value());
    // No password was typed: the server has to say who it is, once.
    accounts->leave();
    QVERIFY(!accounts->known("anna").opensOffline);
}

void KeyStoreTest::oldSessionWithoutAKeyStoreWaitsForAPassword() {
    writeOld();
    store_->now = keys::KeyStore::State::Missing;
    auto accounts = start();
    QVERIFY(accounts->reopen().has_value());
    accounts = start();
    QVERIFY(accounts->reopen().has_value());
    QCOMPARE(accounts->token(), kToken);
    signIn(*accounts);
    QVERIFY(!QFile::exists(dir_->filePath(QStringLiteral("session"))));
    accounts = start();
    QVERIFY(!accounts->reopen());
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
}

void KeyStoreTest::noSecretInAnyFile() {
    writeOld();
    auto accounts = start();
    QVERIFY(accounts->reopen().has_value());
    signIn(*accounts);
    accounts->leave();
    static_cast<void>(accounts->openWith("anna", "canary-password-wrong"));
    QCOMPARE(accounts->openWith("anna", kPassword).code, ErrorCode::Ok);
    accounts->signOut();
    const QByteArray all = allFiles();
    QVERIFY(all.contains("anna"));
    for (const std::string& secret : {kPassword, kToken, std::string("canary-password")}) {
        const QByteArray plain = QByteArray::fromStdString(secret);
        for (const QByteArray& form : {plain, plain.toHex(), plain.toBase64().left(12)}) {
            QVERIFY2(!all.contains(form), form.constData());
        }
    }
    for (const char* name : {"device.json"}) {
        const auto mode = QFile::permissions(dir_->filePath(QString::fromLatin1(name)));
        QVERIFY(!(mode & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    }
}

QTEST_GUILESS_MAIN(KeyStoreTest)
#include "key_store_test.moc"
