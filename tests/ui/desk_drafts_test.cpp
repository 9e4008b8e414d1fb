// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed is on the disk within 250 ms of the last key, through everything: another customer,
// a restart, a refused edit, a program that is killed.
#include "client/ui/customers/customers_page.h"
#include "tests/ui/world/desk_fixture.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTextStream>

#include <csignal>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

namespace {

// Also what no key of an American keyboard gives.
void typeText(QWidget* into, const QString& text) {
    for (const QChar c : text) {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(c));
        QApplication::sendEvent(into, &press);
    }
}

constexpr int kBoundMs = 250;
const QString kStreet = QStringLiteral("customer.address.street");

QString draftIn(const std::filesystem::path& file, const QString& key) {
    const auto reader = replica::Reader::open(file);
    if (!reader) {
        return QStringLiteral("cannot open");
    }
    const auto text = (*reader)->draft(key.toStdString());
    return text && *text ? QString::fromStdString(**text) : QString();
}

QString keyOf(CustomerId customer, const char* what) {
    return QStringLiteral("customer/%1/%2")
        .arg(QString::fromStdString(customer.text()), QString::fromLatin1(what));
}

// The other process: types, and is gone at the bound.
int typeAndDie() {
    DeskWorld world(kSampleNowMs);
    const SampleWorld sample = fillSample(world);
    DeskSetup setup(world);
    world.start(true);
    setup.settle();
    setup.customers.choose(sample.customer);
    setup.settle();
    setup.customers.form().startEdit(*setup.customers.detail());
    setup.settle();
    setup.customers.form().type(kStreet, QStringLiteral("Am Stadtrand 7"));
    setup.customers.history().setNote(QStringLiteral("Winterreifen einlagern"));
    QElapsedTimer since;
    since.start();
    QTextStream(stdout) << QString::fromStdU16String(world.file().u16string()) << '\n'
                        << keyOf(sample.customer, "form") << '\n'
                        << keyOf(sample.customer, "note") << Qt::endl;
    while (since.elapsed() < kBoundMs) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
#ifdef _WIN32
    std::abort();
#else
    return raise(SIGKILL);
#endif
}

}  // namespace

class DeskDraftsTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void killedProgramLosesNothing();
    void formAndNoteSurviveARestart();
    void otherCustomerHasItsOwn();
    void newCustomerSurvivesARestart();
    void refusedEditKeepsItsDraft();
    void storedFieldLeavesNoDraft();

private:
    ui::CustomersPage& page() { return window_->customersPage(); }
    void openCustomer(CustomerId customer) {
        action("go.customers")->trigger();
        page().open(customer);
        setup_->settle();
    }
    void edit(CustomerId customer) {
        openCustomer(customer);
        action("customer.edit")->trigger();
        setup_->settle();
    }
    CustomerId other() {
        for (const auto& entry : setup_->customers.list().entries()) {
            if (entry.row.id != sample_.customer) {
                return entry.row.id;
            }
        }
        return {};
    }
};

void DeskDraftsTest::killedProgramLosesNothing() {
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type-and-die")});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    const QStringList lines =
        QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\n'));
    QVERIFY2(lines.size() >= 3, process.readAllStandardError().constData());
    const std::filesystem::path file = lines[0].toStdU16String();
    QVERIFY(draftIn(file, lines[1]).contains(QStringLiteral("Am Stadtrand 7")));
    QVERIFY(draftIn(file, lines[2]).contains(QStringLiteral("Winterreifen einlagern")));
    QDir(QString::fromStdU16String(file.parent_path().u16string())).removeRecursively();
}

void DeskDraftsTest::formAndNoteSurviveARestart() {
    open();
    openCustomer(sample_.customer);
    auto* note = child<QPlainTextEdit>("customerNoteText");
    note->setFocus();
    typeText(note, QStringLiteral("Winterreifen"));
    action("customer.edit")->trigger();
    setup_->settle();
    auto* mail = child<QLineEdit>("customerContact2");
    mail->setFocus();
    mail->selectAll();
    typeText(mail, QStringLiteral("noch keine Adresse"));
    QTRY_VERIFY(draftIn(world_->file(), keyOf(sample_.customer, "form"))
                    .contains(QStringLiteral("noch keine Adresse")));
    restart();
    openCustomer(sample_.customer);
    QCOMPARE(child<QPlainTextEdit>("customerNoteText")->toPlainText(),
             QStringLiteral("Winterreifen"));
    action("customer.edit")->trigger();
    setup_->settle();
    QCOMPARE(child<QLineEdit>("customerContact2")->text(), QStringLiteral("noch keine Adresse"));
    QVERIFY(child<QWidget>("customerDraft")->isVisible());
    QVERIFY(child<QAbstractButton>("customerDiscard")->isVisible());
}

void DeskDraftsTest::otherCustomerHasItsOwn() {
    open();
    openCustomer(sample_.customer);
    auto* note = child<QPlainTextEdit>("customerNoteText");
    note->setFocus();
    typeText(note, QStringLiteral("für Sabine"));
    openCustomer(other());
    QVERIFY(note->toPlainText().isEmpty());
    typeText(note, QStringLiteral("für den anderen"));
    openCustomer(sample_.customer);
    QCOMPARE(note->toPlainText(), QStringLiteral("für Sabine"));
    openCustomer(other());
    QCOMPARE(note->toPlainText(), QStringLiteral("für den anderen"));
}

void DeskDraftsTest::newCustomerSurvivesARestart() {
    open();
    action("go.customers")->trigger();
    action("customer.new")->trigger();
    setup_->settle();
    typeText(child<QLineEdit>("customerLastName"), QStringLiteral("Wagenknecht"));
    typeText(child<QLineEdit>("customerContact0"), QStringLiteral("0151 234"));
    const CustomerId id = setup_->customers.form().customer();
    setup_->customers.form().draft().flush();
    restart(false);
    action("go.customers")->trigger();
    action("customer.new")->trigger();
    setup_->settle();
    QCOMPARE(child<QLineEdit>("customerLastName")->text(), QStringLiteral("Wagenknecht"));
    QCOMPARE(child<QLineEdit>("customerContact0")->text(), QStringLiteral("0151 234"));
    // The same one, so that a second try cannot make two.
    QVERIFY(setup_->customers.form().customer() == id);
    action("customer.save")->trigger();
    setup_->settle();
    QVERIFY(setup_->customers.chosen() == id);
    QCOMPARE(setup_->customers.detail()->contactPoints.size(), 1U);
}

void DeskDraftsTest::refusedEditKeepsItsDraft() {
    open();
    edit(sample_.customer);
    world_->port().failEdits(ErrorCode::NoSpace);
    auto* street = child<QLineEdit>("customerStreet");
    street->setFocus();
    street->selectAll();
    typeText(street, QStringLiteral("Am Stadtrand 7"));
    QTest::keyClick(street, Qt::Key_Return);
    setup_->settle();
    QCOMPARE(street->text(), QStringLiteral("Am Stadtrand 7"));
    QVERIFY(child<QWidget>("refusal")->isVisible());
    QTest::keyClick(street, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    setup_->customers.form().draft().flush();
    world_->port().failEdits(ErrorCode::Ok);
    restart();
    edit(sample_.customer);
    street = child<QLineEdit>("customerStreet");
    QCOMPARE(street->text(), QStringLiteral("Am Stadtrand 7"));
    click(child<QAbstractButton>("customerSave"));
    QCOMPARE(setup_->customers.detail()->customer.address().street(),
             std::string("Am Stadtrand 7"));
    QVERIFY(!page().isEditing());
}

void DeskDraftsTest::storedFieldLeavesNoDraft() {
    open();
    edit(sample_.customer);
    auto* street = child<QLineEdit>("customerStreet");
    street->setFocus();
    street->selectAll();
    typeText(street, QStringLiteral("Am Stadtrand 7"));
    QTest::keyClick(street, Qt::Key_Return);
    setup_->settle();
    QVERIFY(draftIn(world_->file(), keyOf(sample_.customer, "form")).isEmpty());
    QVERIFY(!child<QAbstractButton>("customerDiscard")->isVisible());
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (application.arguments().contains(QStringLiteral("--type-and-die"))) {
        return typeAndDie();
    }
    DeskDraftsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "desk_drafts_test.moc"
