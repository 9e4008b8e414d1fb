// SPDX-License-Identifier: GPL-3.0-or-later
// Where the person was: page, rows, widths, groups and window come back after a restart, and a file
// that is damaged keeps nobody out.
#include "client/app/state_keeper.h"
#include "client/ui/customers/customers_page.h"
#include "client/ui/widgets/context_card.h"
#include "tests/ui/world/desk_fixture.h"

#include <QApplication>
#include <QFile>
#include <QSplitterHandle>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskStateTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init();
    void cleanup();

    void everythingComesBack();
    void killLosesAtMostASecond();
    void doubleClickGoesBackToTheFirstWidths();
    void goneLeadIsNotMissed();
    void damagedFilesAreSurvived_data();
    void damagedFilesAreSurvived();
    void fileStaysSmall();
    void severalBusinessesAreOfferedOnce();

private:
    // The window of the program with its keeper, as main() makes it.
    void openKept(bool online = true);
    void restartKept(bool kill);
    std::filesystem::path dir() const { return dir_->path().toStdU16String(); }
    QString file() const { return dir_->filePath(QStringLiteral("desk.ini")); }
    void drag(ui::Splitter& splitter, int handle, int by);

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<app::StateKeeper> keeper_;
};

void DeskStateTest::init() {
    dir_ = std::make_unique<QTemporaryDir>();
    begin();
}

void DeskStateTest::cleanup() {
    keeper_.reset();
    end();
}

void DeskStateTest::openKept(bool online) {
    keeper_ = std::make_unique<app::StateKeeper>(dir(), setup_->desk);
    window_ = setup_->makeWindow(*theme_);
    keeper_->attach(*window_);
    window_->show();
    world_->start(online);
    setup_->settle();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void DeskStateTest::restartKept(bool kill) {
    if (!kill) {
        keeper_->flush();
    }
    keeper_.reset();
    window_.reset();
    setup_.reset();
    world_->port().close();
    world_->port().open(world_->file());
    setup_ = std::make_unique<DeskSetup>(*world_);
    openKept(false);
}

void DeskStateTest::drag(ui::Splitter& splitter, int handle, int by) {
    QSplitterHandle* grip = splitter.handle(handle);
    const QPoint from = grip->rect().center();
    QTest::mousePress(grip, Qt::LeftButton, {}, from);
    QTest::mouseMove(grip, from + QPoint(by, 0));
    QTest::mouseRelease(grip, Qt::LeftButton, {}, from + QPoint(by, 0));
}

void DeskStateTest::everythingComesBack() {
    openKept();
    window_->resize(1700, 900);
    auto* splitter = window_->leadsPage().findChild<ui::Splitter*>();
    const int before = splitter->sizes()[0];
    drag(*splitter, 1, 60);
    const int chosen = splitter->sizes()[0];
    QVERIFY2(chosen > before + 30, qPrintable(QString::number(chosen)));
    // A click on the header of "In work" collapses it.
    const QModelIndex working =
        pane().rows().index(setup_->leads.list().rowOf(QByteArrayLiteral("section2")), 0);
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualRect(working).center());
    QVERIFY(setup_->leads.list().isCollapsed(model::LeadSection::Working));
    choose(sample_.mine);
    window_->customersPage().open(sample_.customer);
    setup_->settle();
    QTest::keyClick(window_.get(), Qt::Key_G);
    QTest::keyClick(window_.get(), Qt::Key_K);
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    const QSize size = window_->size();

    restartKept(false);
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    QCOMPARE(window_->size(), size);
    QVERIFY(setup_->customers.chosen() == sample_.customer);
    QVERIFY(window_->customersPage().list().currentIndex().isValid());
    QVERIFY(setup_->leads.chosen() == sample_.mine);
    QCOMPARE(list().currentIndex(), rowOf(sample_.mine));
    QVERIFY(setup_->leads.list().isCollapsed(model::LeadSection::Working));
    QTest::keyClick(window_.get(), Qt::Key_G);
    QTest::keyClick(window_.get(), Qt::Key_V);
    setup_->settle();
    splitter = window_->leadsPage().findChild<ui::Splitter*>();
    QVERIFY2(std::abs(splitter->sizes()[0] - chosen) <= 2,
             qPrintable(QString::number(splitter->sizes()[0])));
}

void DeskStateTest::killLosesAtMostASecond() {
    openKept();
    list().setFocus();
    choose(sample_.mine);
    Q_EMIT setup_->desk.tick();
    restartKept(true);
    QVERIFY(setup_->leads.chosen() == sample_.mine);
}

void DeskStateTest::doubleClickGoesBackToTheFirstWidths() {
    openKept();
    auto* splitter = window_->leadsPage().findChild<ui::Splitter*>();
    const QList<int> first = splitter->sizes();
    drag(*splitter, 1, 80);
    QVERIFY(!window_->state().widths.isEmpty());
    QTest::mouseDClick(splitter->handle(1), Qt::LeftButton);
    QCOMPARE(splitter->sizes(), first);
    QVERIFY(window_->state().widths.isEmpty());
}

void DeskStateTest::goneLeadIsNotMissed() {
    openKept();
    choose(sample_.toClaim);
    keeper_->flush();
    world_->remove("leads", schema::recordOf<record::Lead>().number, RowId(sample_.toClaim.uuid()),
                   schema::Facet::MAIN);
    world_->flush();
    setup_->settle();
    restartKept(true);
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    QVERIFY(!list().currentIndex().isValid());
}

void DeskStateTest::damagedFilesAreSurvived_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("binary") << QByteArray::fromHex("fffe00ff").repeated(1000);
    QTest::newRow("cut") << QByteArray("[account-");
    QTest::newRow("huge") << QByteArray(1024 * 1024, 'x');
    QTest::newRow("wrong values") << QByteArray();
}

void DeskStateTest::damagedFilesAreSurvived() {
    QFETCH(QByteArray, content);
    if (QTest::currentDataTag() == QByteArrayLiteral("wrong values")) {
        const QByteArray id = QByteArray::fromStdString(world_->account().id.bytes()).toHex();
        content = "[window]\ngeometry=@@@@\n[account-" + id +
                  "]\npage=../../etc\nlead=zz\ncustomer=00\ntenant=77\nview=99\n"
                  "collapsed=-5 900\nwidths\\leads0=-1 -1 99999999999\nwidths\\customers=abc\n";
    }
    QFile written(file());
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(content);
    written.close();
    openKept();
    QVERIFY(setup_->desk.stage() == viewmodel::Desk::Stage::Working);
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    QVERIFY(window_->width() >= 1024);
    QVERIFY(window_->leadsPage().findChild<ui::Splitter*>()->sizes()[0] >= 360);
    // And it is a good file again.
    list().setFocus();
    choose(sample_.mine);
    restartKept(false);
    QVERIFY(setup_->leads.chosen() == sample_.mine);
}

void DeskStateTest::fileStaysSmall() {
    for (int i = 0; i < 60; ++i) {
        app::DeskState state;
        state.page = QStringLiteral("leads");
        state.save(dir(), AccountId(world_->newId().uuid()), 1000 + i);
    }
    QVERIFY(QFile(file()).size() < 16 * 1024);
    QFile read(file());
    QVERIFY(read.open(QIODevice::ReadOnly));
    QCOMPARE(read.readAll().count("[account-"), 16);
}

void DeskStateTest::severalBusinessesAreOfferedOnce() {
    client::sync::Account account = world_->account();
    account.tenants.insert(account.tenants.begin(), {TenantId(world_->newId().uuid()), world_->me(),
                                                     "Autohaus Nord GmbH", "Jonas Martens"});
    openKept();
    world_->port().announce(account);
    setup_->settle();
    QVERIFY(setup_->desk.stage() ==
            viewmodel::Desk::Stage::Working);  // the known one is remembered
    QVERIFY(setup_->desk.viewer().tenant == world_->tenant());
    action("account.tenant")->trigger();
    setup_->settle();
    QVERIFY(setup_->signIn.isChoosing());
    auto* second = child<QAbstractButton>("tenant1");
    QVERIFY(second != nullptr && second->isVisible());
    QCOMPARE(second->text(), QStringLiteral("Autohaus Brandt & Söhne"));
    QVERIFY(!child<QWidget>("loginPassword")->isVisible());
    // By keys: Tab leads there, Space presses.
    second->setFocus(Qt::TabFocusReason);
    QTest::keyClick(second, Qt::Key_Space);
    setup_->settle();
    QVERIFY(setup_->desk.stage() == viewmodel::Desk::Stage::Working);
    QVERIFY(setup_->desk.viewer().tenant == world_->tenant());
    QCOMPARE(setup_->desk.tenantName(), QStringLiteral("Autohaus Brandt & Söhne"));
}

QTEST_MAIN(DeskStateTest)
#include "desk_state_test.moc"
