// SPDX-License-Identifier: GPL-3.0-or-later
// The frame around the pages: columns by the width of the window, the drawer, panes by keys, the
// sync tray from every page, and a window that comes back on a screen that is there.
#include "client/app/state_keeper.h"
#include "client/ui/customers/customers_page.h"
#include "client/ui/leads/lead_context.h"
#include "client/ui/leads/lead_detail_pane.h"
#include "client/ui/shell/layout.h"
#include "client/ui/shell/top_bar.h"
#include "client/ui/shell/tray_drawer.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/navigation_rail.h"
#include "tests/ui/world/desk_fixture.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScreen>
#include <QSettings>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskLayoutTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() {
        theme_->setZoom(100);
        theme_->setReducedMotion(true);
        end();
    }

    void columnsFollowTheWidth_data();
    void columnsFollowTheWidth();
    void pagesNeverGetTooNarrow_data();
    void pagesNeverGetTooNarrow();
    void drawerOpensAndCloses();
    void drawerMovesUnlessMotionIsReduced();
    void panesRememberTheirFocus();
    void panesOnEveryPage_data();
    void panesOnEveryPage();
    void trayOpensOnEveryPage_data();
    void trayOpensOnEveryPage();
    void trayCountsWhatThePillCounts();
    void trayKeepsTheFocusWhileDataComes();
    void pillChangesAtMostOnceASecond();
    void windowComesBackOnAScreen();

private:
    QWidget* focused() { return window_->focusWidget(); }
    void noteRejected(const QString& text) {
        setup_->leads.detail().setDraft(text);
        action("lead.saveNote")->trigger();
        setup_->settle();
        world_->port().refuseOldest(world_->tenant(), ErrorCode::StaleToken);
        setup_->settle();
    }
};

void DeskLayoutTest::columnsFollowTheWidth_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("rail");
    QTest::addColumn<int>("list");
    QTest::addColumn<int>("context");  // 0: a drawer
    QTest::newRow("wide") << 1920 << 216 << 600 << 352;
    QTest::newRow("wide, least") << 1800 << 216 << 600 << 352;
    QTest::newRow("125 %") << 1536 << 56 << 520 << 352;
    QTest::newRow("150 %") << 1280 << 56 << 480 << 0;
    QTest::newRow("least") << 1024 << 56 << 360 << 0;
}

void DeskLayoutTest::columnsFollowTheWidth() {
    QFETCH(int, width);
    QFETCH(int, rail);
    QFETCH(int, list);
    QFETCH(int, context);
    open();
    window_->resize(width, 900);
    choose(sample_.mine);
    QCOMPARE(child<QWidget>("rail")->width(), rail);
    QVERIFY2(std::abs(pane().width() - list) <= 3, qPrintable(QString::number(pane().width())));
    QCOMPARE(window_->leadsPage().context().isVisible(), context > 0);
    if (context > 0) {
        QVERIFY(std::abs(window_->leadsPage().context().width() - context) <= 3);
    }
    QVERIFY(window_->leadsPage().detail().width() >= ui::kMinDetail);
    window_->go(QStringLiteral("customers"));
    QVERIFY2(std::abs(window_->customersPage().listPane().width() - list) <= 3,
             qPrintable(QString::number(window_->customersPage().listPane().width())));
}

void DeskLayoutTest::pagesNeverGetTooNarrow_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("zoom");
    QTest::newRow("1024, 125 %") << QSize(1024, 700) << 125;
    QTest::newRow("1280, 150 %") << QSize(1280, 800) << 150;
    QTest::newRow("1920, 150 %") << QSize(1920, 1080) << 150;
    QTest::newRow("1500, 90 %") << QSize(1500, 900) << 90;
}

void DeskLayoutTest::pagesNeverGetTooNarrow() {
    QFETCH(QSize, size);
    QFETCH(int, zoom);
    theme_->setZoom(zoom);
    open();
    window_->resize(size);
    choose(sample_.mine);
    QCOMPARE(window_->size(), size);
    QVERIFY(pane().width() >= ui::kMinList);
    QVERIFY(window_->leadsPage().detail().width() >= ui::kMinDetail);
    // A splitter does not go below the least widths.
    auto* splitter = window_->leadsPage().findChild<ui::Splitter*>();
    splitter->setSizes({10, 2000, 10});
    QVERIFY(pane().width() >= ui::kMinList);
    window_->go(QStringLiteral("customers"));
    QVERIFY(window_->customersPage().listPane().width() >= ui::kMinList);
    QVERIFY(window_->customersPage().detailPane().width() >= ui::kMinDetail);
}

void DeskLayoutTest::drawerOpensAndCloses() {
    open();
    window_->resize(1280, 800);
    choose(sample_.mine);
    auto& context = window_->leadsPage().context();
    QVERIFY(!context.isVisible());
    QTest::keyClick(&list(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(context.isVisible());
    QVERIFY(std::abs(context.width() - 352) <= 1);
    QCOMPARE(context.geometry().right(), window_->leadsPage().width() - 1);
    QTest::keyClick(&list(), Qt::Key_Escape);
    QVERIFY(!context.isVisible());
}

void DeskLayoutTest::drawerMovesUnlessMotionIsReduced() {
    theme_->setReducedMotion(false);
    open();
    window_->resize(1280, 800);
    choose(sample_.mine);
    auto& context = window_->leadsPage().context();
    QTest::keyClick(&list(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(context.graphicsEffect() != nullptr);
    QTRY_VERIFY(context.graphicsEffect() == nullptr);
    QTest::keyClick(&list(), Qt::Key_I, Qt::ControlModifier);
    theme_->setReducedMotion(true);
    QTest::keyClick(&list(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(context.isVisible());
    QVERIFY(context.graphicsEffect() == nullptr);
}

void DeskLayoutTest::panesRememberTheirFocus() {
    open();
    choose(sample_.mine);
    list().setFocus();
    const auto next = [&] { QTest::keyClick(focused(), Qt::Key_F6, Qt::ControlModifier); };
    const auto back = [&] {
        QTest::keyClick(focused(), Qt::Key_F6, Qt::ControlModifier | Qt::ShiftModifier);
    };
    next();
    auto* note = child<QPlainTextEdit>("noteText");
    QVERIFY(note->hasFocus());
    // Another place in the same pane is where the next jump leads.
    auto* more = child<QAbstractButton>("leadMore");
    more->setFocus();
    next();
    QVERIFY(window_->leadsPage().context().isAncestorOf(focused()));
    back();
    QVERIFY(more->hasFocus());
    back();
    QVERIFY(list().hasFocus());
    back();
    QVERIFY(child<QWidget>("rail")->isAncestorOf(focused()));
    back();
    QVERIFY(child<QWidget>("topBar")->isAncestorOf(focused()));
}

void DeskLayoutTest::panesOnEveryPage_data() {
    QTest::addColumn<QString>("page");
    for (const char* page : {"leads", "inbox", "customers", "help", "settings"}) {
        QTest::newRow(page) << QString::fromLatin1(page);
    }
}

void DeskLayoutTest::panesOnEveryPage() {
    QFETCH(QString, page);
    world_->setRole(record::MANAGER);
    open();
    choose(sample_.mine);
    window_->customersPage().open(sample_.customer);
    window_->go(page);
    setup_->settle();
    child<QWidget>("search")->setFocus();
    QList<QWidget*> seen;
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(focused(), Qt::Key_F6, Qt::ControlModifier);
        QVERIFY(focused() != nullptr);
        seen.append(focused());
    }
    // Once around, and the same again.
    const qsizetype around = seen.indexOf(child<QWidget>("search")) + 1;
    QVERIFY2(around >= 3, qPrintable(QString::number(around)));
    for (qsizetype i = around; i < seen.size(); ++i) {
        QCOMPARE(seen[i], seen[i - around]);
    }
}

void DeskLayoutTest::trayOpensOnEveryPage_data() {
    panesOnEveryPage_data();
}

void DeskLayoutTest::trayOpensOnEveryPage() {
    QFETCH(QString, page);
    world_->setRole(record::MANAGER);
    open();
    choose(sample_.mine);
    noteRejected(QStringLiteral("Bleibt erhalten"));
    window_->go(page);
    click(child<QAbstractButton>("syncPill"));
    QCOMPARE(window_->page(), page);
    auto* copy = child<QAbstractButton>("copyRejected");
    QVERIFY(copy != nullptr && copy->isVisible());
    if (page != QStringLiteral("leads")) {
        QVERIFY(child<QWidget>("trayDrawer")->isVisible());
        QVERIFY(child<QWidget>("trayDrawer")->isAncestorOf(focused()));
        QTest::keyClick(focused(), Qt::Key_Escape);
        QVERIFY(!child<QWidget>("trayDrawer")->isVisible());
        QCOMPARE(window_->page(), page);
        // Without the mouse.
        window_->run(QStringLiteral("sync.tray"));
        QVERIFY(child<QWidget>("trayDrawer")->isVisible());
        setup_->settle();
        auto* discard = child<QAbstractButton>("discardRejected");
        discard->setFocus();
        QTest::keyClick(discard, Qt::Key_Space);
        setup_->settle();
        QVERIFY(setup_->tray.rejected().empty());
    }
}

void DeskLayoutTest::trayCountsWhatThePillCounts() {
    open();
    choose(sample_.mine);
    noteRejected(QStringLiteral("Eins"));
    noteRejected(QStringLiteral("Zwei"));
    window_->go(QStringLiteral("customers"));
    click(child<QAbstractButton>("syncPill"));
    const auto counted = [&](const char* card) {
        auto* found = child<ui::ContextCard>(card);
        int count = -1;
        if (found != nullptr && found->isVisible()) {
            for (const QLabel* label : found->findChildren<QLabel*>()) {
                bool number = false;
                const int value = label->text().toInt(&number);
                count = number ? value : count;
            }
        }
        return count;
    };
    QCOMPARE(counted("rejectedCard"), 2);
    QCOMPARE(setup_->desk.status().rejected, 2);
    click(child<QAbstractButton>("copyRejected"));
    QCOMPARE(setup_->desk.status().rejected, 1);
    QCOMPARE(counted("rejectedCard"), 1);
    QCOMPARE(counted("rejectedSeenCard"), 1);
}

void DeskLayoutTest::trayKeepsTheFocusWhileDataComes() {
    open();
    choose(sample_.mine);
    noteRejected(QStringLiteral("Eins"));
    window_->go(QStringLiteral("customers"));
    click(child<QAbstractButton>("syncPill"));
    auto* discard = child<QAbstractButton>("discardRejected");
    discard->setFocus();
    world_->goOffline();
    setup_->settle();
    QVERIFY(focused() != nullptr);
    QCOMPARE(focused()->objectName(), QStringLiteral("discardRejected"));
    QVERIFY(focused() != discard);
}

void DeskLayoutTest::pillChangesAtMostOnceASecond() {
    open();
    auto* pill = child<ui::SyncPill>("syncPill");
    QTRY_VERIFY(pill->state() == ui::SyncState::Synced);
    QString last = pill->text();
    int changes = 0;
    QElapsedTimer time;
    time.start();
    // Ten changes of the connection within half a second.
    for (int i = 0; i < 10; ++i) {
        if (i % 2 == 0) {
            world_->goOffline();
        } else {
            world_->goOnline();
        }
        QTest::qWait(50);
        changes += pill->text() == last ? 0 : 1;
        last = pill->text();
    }
    QVERIFY2(changes <= 1 + time.elapsed() / 1000, qPrintable(QString::number(changes)));
    QTRY_VERIFY(pill->state() == ui::SyncState::Synced);
}

void DeskLayoutTest::windowComesBackOnAScreen() {
    QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdU16String();
    auto keeper = std::make_unique<app::StateKeeper>(path, setup_->desk);
    window_ = setup_->makeWindow(*theme_);
    keeper->attach(*window_);
    window_->show();
    // As on a second screen, far to the right, that is gone by now.
    window_->setGeometry(9000, 5000, 1300, 820);
    keeper->flush();
    keeper.reset();
    window_.reset();
    keeper = std::make_unique<app::StateKeeper>(path, setup_->desk);
    window_ = setup_->makeWindow(*theme_);
    keeper->attach(*window_);
    window_->show();
    QVERIFY(
        QGuiApplication::primaryScreen()->availableGeometry().intersects(window_->frameGeometry()));
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    const QRect frame = window_->frameGeometry();
    QVERIFY(frame.top() >= screen.top() && frame.top() < screen.bottom() - 20);
    QVERIFY(frame.left() < screen.right() - 100 && frame.right() > screen.left() + 100);
}

QTEST_MAIN(DeskLayoutTest)
#include "desk_layout_test.moc"
