// SPDX-License-Identifier: GPL-3.0-or-later
// A replica that cannot be opened is kept under another name, and the desk goes on with a new one.
#include "client/replica/replica.h"
#include "client/replica/salvage.h"
#include "client/sync/people.h"
#include "client/sync/set_aside.h"
#include "client/sync/sync_thread.h"
#include "common/base/bytes.h"
#include "common/schema/sync.pb.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

#include <fstream>

using namespace vorfahrt;
using namespace vorfahrt::client::sync;

namespace {

const QString kServer = QStringLiteral("wss://127.0.0.1:1/v1/sync");

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

class DamagedReplicaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isSetAsideAndANewOneOpened();
    void allItsFilesGoTogether();
    void nothingIsOverwritten();
    void draftsAreBroughtAlong();

private:
    std::filesystem::path folder() const { return dir_.path().toStdString(); }
    QTemporaryDir dir_;
};

void DamagedReplicaTest::isSetAsideAndANewOneOpened() {
    SystemClock clock;
    SystemRandom random;
    const AccountId account(Uuid::v7(clock.now(), random));
    wire::Login login;
    login.set_account("jonas.martens");
    login.set_device_id(random.bytes(16));
    wire::LoginResult result;
    result.set_token(random.bytes(32));
    result.set_account_id(account.bytes());
    write(folder() / "session",
          toHex(login.SerializeAsString()) + "\n" + toHex(result.SerializeAsString()) + "\n");
    const auto file = People(folder()).replicaFile(People::keyOf(kServer.toStdString(), account));
    const std::string damaged(8192, '\x5a');
    write(file, damaged);

    QString aside;
    std::vector<ErrorCode> opened;
    {
        SyncThread thread({.dataDir = folder(),
                           .server = QUrl(kServer),
                           .fingerprint = QByteArray(32, 'f'),
                           .deviceName = QStringLiteral("desk")});
        connect(&thread, &SyncThread::replicaSetAside, this, [&](const QString& name) {
            QVERIFY(opened.empty());
            aside = name;
        });
        connect(&thread, &SyncThread::replicaOpened, this,
                [&](const QString&, const Account&, ErrorCode code) { opened.push_back(code); });
        thread.start();
        QTRY_COMPARE(opened.size(), std::size_t{1});
    }
    QCOMPARE(opened.front(), ErrorCode::Ok);
    QVERIFY(aside.startsWith(QString::fromStdString(file.string() + ".damaged-")));
    QCOMPARE(read(aside.toStdString()), damaged);
    QVERIFY(read(file).starts_with("SQLite format 3"));
}

void DamagedReplicaTest::allItsFilesGoTogether() {
    const ManualClock clock{TimePoint{}};
    const auto file = folder() / "three.db";
    for (const char* part : {"", "-wal", "-shm"}) {
        write(file.string() + part, std::string("of") + part);
    }
    const auto aside = setAside(file, clock);
    QVERIFY(aside.has_value());
    for (const char* part : {"", "-wal", "-shm"}) {
        QVERIFY(!std::filesystem::exists(file.string() + part));
        QCOMPARE(read(aside->string() + part), std::string("of") + part);
    }
}

void DamagedReplicaTest::nothingIsOverwritten() {
    const ManualClock clock{TimePoint{}};
    const auto file = folder() / "replica.db";
    write(file, "second");
    const auto taken = file.string() + ".damaged-" + std::to_string(toUnixMs(clock.now()));
    write(taken, "first");
    QVERIFY(!setAside(file, clock).has_value());
    QCOMPARE(read(taken), "first");
    QCOMPARE(read(file), "second");
}

// A page of another table is destroyed.
void DamagedReplicaTest::draftsAreBroughtAlong() {
    SystemClock clock;
    SystemRandom random;
    const auto file = folder() / "drafts.db";
    {
        auto replica = client::replica::Replica::open(file, clock, random);
        QVERIFY(replica.has_value());
        for (int i = 0; i < 40; ++i) {
            QVERIFY((*replica)->saveDraft("customer/" + std::to_string(i), "getippt").has_value());
        }
    }
    QCOMPARE(client::replica::salvageDrafts(file).size(), 40U);
    std::string bytes = read(file);
    const std::size_t end = bytes.rfind("getippt");
    QVERIFY(end != std::string::npos);
    // The last page that holds none of them.
    std::size_t page = bytes.size() / 4096 - 1;
    while (bytes.substr(page * 4096, 4096).find("getippt") != std::string::npos) {
        --page;
    }
    QVERIFY(page > 4);
    bytes.replace(page * 4096, 4096, 4096, '\x5a');
    write(file, bytes);
    const auto saved = client::replica::salvageDrafts(file);
    QCOMPARE(saved.size(), 40U);
    QCOMPARE(saved.front().second, std::string("getippt"));
    write(file, std::string(8192, '\x5a'));
    QVERIFY(client::replica::salvageDrafts(file).empty());
    QVERIFY(client::replica::salvageDrafts(folder() / "none.db").empty());
}

QTEST_GUILESS_MAIN(DamagedReplicaTest)
#include "damaged_replica_test.moc"
