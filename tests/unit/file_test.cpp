// SPDX-License-Identifier: GPL-3.0-or-later
// Files on each system: private, replaced whole, with names beyond ASCII.
#include "common/base/file.h"

#include "common/sql/database.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <string>

#ifdef Q_OS_WIN
extern Q_CORE_EXPORT int qt_ntfs_permission_lookup;
#endif

using namespace vorfahrt;

namespace {

std::filesystem::path pathOf(const QString& text) {
    return text.toStdU16String();
}

QByteArray contentOf(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

QString othersMay(const QString& name) {
    const QFile::Permissions all = QFile::permissions(name);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return QString::number(static_cast<int>(all & others), 16);
}

}  // namespace

class FileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void replaced_data();
    void replaced();
    void replacedWhereItCannotBe();
    void createdOnce();
    void othersAreKeptOut();
    void namesBeyondAscii();

private:
    QString in(const QString& name) const { return folder_->filePath(name); }
    std::unique_ptr<QTemporaryDir> folder_;
};

void FileTest::initTestCase() {
#ifdef Q_OS_WIN
    ++qt_ntfs_permission_lookup;  // else QFile::permissions() looks at attributes only
#endif
}

void FileTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
}

void FileTest::replaced_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("new") << QByteArray() << QByteArray("one");
    QTest::newRow("shorter") << QByteArray("something") << QByteArray("x");
    QTest::newRow("to nothing") << QByteArray("something") << QByteArray("");
    QTest::newRow("binary") << QByteArray("x") << QByteArray("a\r\n\0\x1A\xFF b\n", 9);
    QTest::newRow("large") << QByteArray("x") << QByteArray(3'500'000, 'y');
}

void FileTest::replaced() {
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const QString name = in(QStringLiteral("file"));
    if (!before.isNull()) {
        QVERIFY(replaceFile(pathOf(name), before.toStdString()).has_value());
        QCOMPARE(contentOf(name), before);
    }
    // Of a run that was ended between.
    QFile left(name + QStringLiteral(".new"));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.write("half");
    left.close();
    QVERIFY(replaceFile(pathOf(name), after.toStdString()).has_value());
    QCOMPARE(contentOf(name), after);
    QCOMPARE(QDir(folder_->path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
}

void FileTest::replacedWhereItCannotBe() {
    const Status status = replaceFile(pathOf(in(QStringLiteral("no/such/file"))), "x");
    QVERIFY(!status.has_value());
    QCOMPARE(status.error().code, ErrorCode::Unavailable);
    // A folder stands in the way: it stays, and nothing is left beside it.
    QVERIFY(QDir(folder_->path()).mkpath(QStringLiteral("folder/inner")));
    QVERIFY(!replaceFile(pathOf(in(QStringLiteral("folder"))), "x").has_value());
    QVERIFY(QDir(in(QStringLiteral("folder/inner"))).exists());
    QCOMPARE(QDir(folder_->path()).entryList(QDir::Files), QStringList());
}

void FileTest::createdOnce() {
    const QString name = in(QStringLiteral("file"));
    QVERIFY(createPrivateFile(pathOf(name)).has_value());
    QCOMPARE(contentOf(name), QByteArray());
    QVERIFY(replaceFile(pathOf(name), "kept").has_value());
    QVERIFY(createPrivateFile(pathOf(name)).has_value());
    QCOMPARE(contentOf(name), QByteArray("kept"));
    QVERIFY(!createPrivateFile(pathOf(in(QStringLiteral("no/such/file")))).has_value());
}

void FileTest::othersAreKeptOut() {
    // Made by Qt as others may look in: the test can see that.
    const QString open = in(QStringLiteral("open"));
    QVERIFY(QDir().mkpath(open));
    QVERIFY(QFile::setPermissions(open, QFile::Permissions(0x7755)));
    QVERIFY(othersMay(open) != QStringLiteral("0"));
    QVERIFY(makePrivateFolder(pathOf(open)).has_value());
    QCOMPARE(othersMay(open), QStringLiteral("0"));

    const QString deep = in(QStringLiteral("a/b/c"));
    QVERIFY(makePrivateFolder(pathOf(deep)).has_value());
    QCOMPARE(othersMay(deep), QStringLiteral("0"));
    const QString made = deep + QStringLiteral("/made");
    QVERIFY(createPrivateFile(pathOf(made)).has_value());
    QCOMPARE(othersMay(made), QStringLiteral("0"));
    const QString replaced = deep + QStringLiteral("/replaced");
    QVERIFY(replaceFile(pathOf(replaced), "x").has_value());
    QCOMPARE(othersMay(replaced), QStringLiteral("0"));
}

void FileTest::namesBeyondAscii() {
    const QString folder = in(QStringLiteral("Autohaus Müller & Söhne – 漢字 😀"));
    QVERIFY(makePrivateFolder(pathOf(folder)).has_value());
    const QString name = folder + QStringLiteral("/Straße.db");
    QCOMPARE(utf8Of(pathOf(name)), name.toStdString());
    QVERIFY(createPrivateFile(pathOf(name)).has_value());
    {
        auto database = sql::Database::open(pathOf(name));
        QVERIFY(database.has_value());
        QVERIFY(database->execute("CREATE TABLE t(x)").has_value());
    }
    QVERIFY(contentOf(name).startsWith("SQLite format 3"));
    QCOMPARE(QDir(folder_->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

QTEST_GUILESS_MAIN(FileTest)
#include "file_test.moc"
