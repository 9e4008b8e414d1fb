// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of server/store on SQLite, and what only SQLite has: the file of a newer program.
#include "common/sql/database.h"
#include "server/store/sqlite/engine.h"
#include "tests/contract/store_contract.h"

#include <QTest>

#include <filesystem>

namespace vorfahrt::tests {
namespace {

std::filesystem::path fileIn(const QTemporaryDir& directory) {
    return std::filesystem::path(directory.path().toStdString()) / "server.db";
}

}  // namespace

class SqliteFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewerFileIsRefused_data() {
        QTest::addColumn<QByteArray>("statement");
        QTest::newRow("migrations") << QByteArray("PRAGMA user_version=999");
        QTest::newRow("records") << QByteArray("UPDATE meta SET value=999");
    }
    void aNewerFileIsRefused() {
        QFETCH(QByteArray, statement);
        const QTemporaryDir directory;
        const auto engine = server::store::sqliteEngine(fileIn(directory));
        QVERIFY(engine->openWriter());
        auto database = sql::Database::open(fileIn(directory));
        QVERIFY(database->execute(statement.toStdString()));
        const auto refused = engine->openWriter();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NewerSchema);
    }
    void aReaderNeedsAFile() {
        const QTemporaryDir directory;
        QVERIFY(!server::store::sqliteEngine(fileIn(directory))->openReader());
    }
};

}  // namespace vorfahrt::tests

int main(int argc, char** argv) {
    using namespace vorfahrt;
    tests::StoreContract contract([](const QTemporaryDir& directory) {
        return server::store::sqliteEngine(tests::fileIn(directory));
    });
    tests::SqliteFileTest file;
    const int first = QTest::qExec(&contract, argc, argv);
    return first + QTest::qExec(&file, argc, argv);
}

#include "sqlite_store_test.moc"
