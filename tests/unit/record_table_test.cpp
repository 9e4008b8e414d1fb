// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/record_table.h"

#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/sql/migrator.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <filesystem>

using namespace vorfahrt;
using sql::RecordTable;
using sql::Side;
using sql::StoredRow;

namespace {

const TenantId kTenant = *TenantId::fromBytes(std::string(16, 't'));
const TenantId kOther = *TenantId::fromBytes(std::string(16, 'o'));

RowId idOf(char fill) {
    return *RowId::fromBytes(std::string(16, fill));
}

StoredRow customerRow(char id, const std::string& lastName) {
    record::Customer customer;
    customer.set_last_name(lastName);
    customer.set_site_id(std::string(16, 's'));
    StoredRow stored{.row = schema::Row(schema::recordOf<record::Customer>(), idOf(id)),
                     .stamps = "st",
                     .masks = {5, 0}};
    stored.row.assign(customer);
    stored.row.setRev(schema::Facet::MAIN, Seq(42));
    return stored;
}

std::vector<RowId> byName(RecordTable& table, TenantId tenant, const std::string& name) {
    const auto* column = table.info().column("last_name");
    return table.find(tenant, *column, {.type = column->type, .integer = 0, .text = name}, 5'000)
        .value();
}

}  // namespace

class RecordTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRecordRoundTripsOnBothSides() {
        for (const Side side : {Side::Server, Side::Replica}) {
            auto database = sql::Database::openMemory().value();
            for (const schema::RecordInfo& info : schema::records()) {
                RecordTable table(database, info, side);
                QVERIFY2(table.ensure().has_value(), info.table.c_str());
                QVERIFY2(table.ensure().has_value(), info.table.c_str());
                StoredRow row{.row = schema::Row(info, idOf('a')), .stamps = {}, .masks = {1, 2}};
                row.row.setRev(schema::Facet::MAIN, Seq(9));
                QVERIFY2(table.write(kTenant, row).has_value(), info.table.c_str());
                const auto back = table.read(kTenant, idOf('a')).value();
                QVERIFY(back.has_value());
                QCOMPARE(back->row.rev(schema::Facet::MAIN), Seq(9));
            }
        }
    }

    void aRowIsFoundByItsColumnsInItsTenantOnly() {
        auto database = sql::Database::openMemory().value();
        RecordTable table(database, schema::recordOf<record::Customer>(), Side::Server);
        QVERIFY(table.ensure().has_value());
        QVERIFY(table.write(kTenant, customerRow('a', "Krüger")).has_value());
        QCOMPARE(byName(table, kTenant, "Krüger").size(), 1U);
        QVERIFY(byName(table, kOther, "Krüger").empty());
        QVERIFY(!table.read(kOther, idOf('a')).value().has_value());
        QVERIFY(table.write(kTenant, customerRow('a', "Meyer")).has_value());
        QVERIFY(byName(table, kTenant, "Krüger").empty());
        const auto back = table.read(kTenant, idOf('a')).value();
        QCOMPARE(back->row.as<record::Customer>().last_name(), std::string("Meyer"));
        QCOMPARE(back->stamps, std::string("st"));
        QVERIFY(table.erase(kTenant, idOf('a')).has_value());
        QVERIFY(!table.read(kTenant, idOf('a')).value().has_value());
    }

    void aReplicaHasNoServerFacet() {
        auto database = sql::Database::openMemory().value();
        RecordTable table(database, schema::recordOf<record::Lead>(), Side::Replica);
        QVERIFY(table.ensure().has_value());
        QVERIFY(table.selectText().find("server") == std::string::npos);
        QVERIFY(!database.prepare("SELECT c_enquiry_digest FROM lead").has_value());
    }

    // A column that is new in the schema is added and filled from the blobs of old rows.
    void migratedEqualsFresh() {
        auto database = sql::Database::openMemory().value();
        RecordTable table(database, schema::recordOf<record::Customer>(), Side::Server);
        QVERIFY(table.ensure().has_value());
        QVERIFY(table.write(kTenant, customerRow('a', "Krüger")).has_value());
        // More than a page of the filling, in two tenants.
        for (int i = 0; i < 2'500; ++i) {
            StoredRow row = customerRow('b', "Viele");
            std::string id(16, 'z');
            id[0] = static_cast<char>(i % 100);
            id[1] = static_cast<char>(i / 100);
            sql::StoredRow copy{.row = schema::Row(row.row.info(), *RowId::fromBytes(id)),
                                .stamps = {},
                                .masks = {0, 0}};
            copy.row.assign(row.row.as<record::Customer>());
            QVERIFY(table.write(i % 2 == 0 ? kTenant : kOther, copy).has_value());
        }
        QVERIFY(table.dropIndexes().has_value());
        QVERIFY(database.execute("ALTER TABLE customer DROP COLUMN c_last_name").has_value());

        RecordTable migrated(database, schema::recordOf<record::Customer>(), Side::Server);
        QVERIFY(migrated.ensure().has_value());
        QCOMPARE(byName(migrated, kTenant, "Krüger").size(), 1U);
        QCOMPARE(byName(migrated, kTenant, "Viele").size(), 1'250U);
        QCOMPARE(byName(migrated, kOther, "Viele").size(), 1'250U);
        QCOMPARE(migrated.read(kTenant, idOf('a')).value()->stamps, std::string("st"));
    }

    void aNewerFileIsRefusedUntouched() {
        auto database = sql::Database::openMemory().value();
        static constexpr std::array kSteps{sql::Migration{1, "CREATE TABLE a (x INTEGER) STRICT"},
                                           sql::Migration{2, "CREATE TABLE b (x INTEGER) STRICT"}};
        QVERIFY(sql::migrate(database, kSteps).has_value());
        QVERIFY(sql::migrate(database, kSteps).has_value());
        const Status older = sql::migrate(database, std::span(kSteps).first(1));
        QVERIFY(!older);
        QCOMPARE(older.error().code, ErrorCode::NewerSchema);
        QVERIFY(database.execute("INSERT INTO b VALUES (1)").has_value());
    }

    void aFailedStepLeavesNothing() {
        auto database = sql::Database::openMemory().value();
        static constexpr std::array kSteps{
            sql::Migration{1, "CREATE TABLE a (x INTEGER) STRICT; SELECT nonsense"}};
        QVERIFY(!sql::migrate(database, kSteps).has_value());
        QVERIFY(!database.execute("INSERT INTO a VALUES (1)").has_value());
    }

    void aSavepointThatIsNotReleasedIsUndone() {
        auto database = sql::Database::openMemory().value();
        QVERIFY(database.execute("CREATE TABLE a (x INTEGER) STRICT").has_value());
        {
            auto transaction = sql::Transaction::begin(database).value();
            {
                auto part = sql::Savepoint::begin(database).value();
                QVERIFY(database.execute("INSERT INTO a VALUES (1)").has_value());
            }
            {
                auto part = sql::Savepoint::begin(database).value();
                QVERIFY(database.execute("INSERT INTO a VALUES (2)").has_value());
                QVERIFY(part.release().has_value());
            }
            QVERIFY(transaction.commit().has_value());
        }
        auto statement = database.prepare("SELECT group_concat(x) FROM a").value();
        QVERIFY(statement.step().value());
        QCOMPARE(std::string(statement.text(0)), std::string("2"));
    }

    void afileThatIsNoDatabaseIsCorrupt() {
        const QTemporaryDir dir;
        const auto path = std::filesystem::path(dir.filePath(QStringLiteral("x.db")).toStdString());
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto opened = sql::Database::open(path);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Corrupt);
    }
};

QTEST_APPLESS_MAIN(RecordTableTest)
#include "record_table_test.moc"
