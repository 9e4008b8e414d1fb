// SPDX-License-Identifier: GPL-3.0-or-later
// The lists under a pointer: new leads wait, rows stay; data that cannot be read say so.
#include "client/ui/customers/customers_page.h"
#include "client/ui/widgets/new_rows_bar.h"
#include "tests/ui/world/desk_fixture.h"

#include <QApplication>
#include <QFile>
#include <QScrollBar>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskListTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void newLeadsAppearAtOnceInAnIdleList();
    void newLeadsWaitUnderThePointer();
    void newLeadsWaitWhileScrolled();
    void waitingLeadsComeInWhenThePointerLeaves();
    void waitingLeadTakenByAColleagueIsNoLongerCounted();
    void barIsReachedByKey();
    void unreadableListSaysSoAndReadsAgain();
    void unreadableDetailSaysSoAndReadsAgain();
    void unreadableCustomersSaySo();
    void focusAloneChoosesNobody();

private:
    // A new lead, due before all others: it goes to the top.
    LeadId arrive() {
        const RowId id = world_->newId();
        record::Lead lead = sample_.teaser;
        lead.set_deadline_ms(kSampleNowMs + 1000 * ++arrived_);
        world_->putTeaser(id, lead);
        world_->flush();
        setup_->settle();
        return LeadId(id.uuid());
    }
    ui::NewRowsBar& bar() { return *child<ui::NewRowsBar>("newRows"); }
    QPoint overList() { return list().visualRect(rowOf(sample_.mine)).center(); }
    void pointTo(QWidget* widget, const QPoint& at) {
        QTest::mouseMove(widget, at);
        setup_->settle();
    }
    void breakTheFile() {
        const QString path = dir_.filePath(QStringLiteral("not-a-replica.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        setup_->reader.open(path.toStdU16String());
    }
    void mendTheFile() { setup_->reader.open(world_->file()); }

    QTemporaryDir dir_;
    int arrived_ = 0;
};

void DeskListTest::newLeadsAppearAtOnceInAnIdleList() {
    open();
    pointTo(window_.get(), QPoint(5, 5));
    QTest::qWait(500);
    const LeadId lead = arrive();
    QVERIFY(rowOf(lead).isValid());
    QVERIFY(!bar().isVisible());
}

void DeskListTest::newLeadsWaitUnderThePointer() {
    open();
    pointTo(list().viewport(), overList());
    const QPoint pointer = overList();
    const int before = list().model()->rowCount();
    const LeadId first = arrive();
    arrive();
    arrive();
    QCOMPARE(list().model()->rowCount(), before);
    QVERIFY(!rowOf(first).isValid());
    QCOMPARE(list().indexAt(pointer), rowOf(sample_.mine));
    QVERIFY(bar().isVisible());
    QCOMPARE(bar().text(), QStringLiteral("3 neue"));
    QCOMPARE(bar().accessibleName(), QStringLiteral("3 neue Verkaufschancen zeigen"));
    // On the way to the bar nothing moves either.
    pointTo(&bar(), bar().rect().center());
    QTest::qWait(600);
    QCOMPARE(list().model()->rowCount(), before);
    click(&bar());
    QVERIFY(!bar().isVisible());
    QCOMPARE(list().model()->rowCount(), before + 3);
    QCOMPARE(rowOf(first).row(), 1);
}

void DeskListTest::newLeadsWaitWhileScrolled() {
    open();
    pointTo(window_.get(), QPoint(5, 5));
    list().clearFocus();
    QVERIFY(list().verticalScrollBar()->maximum() > 0);
    list().verticalScrollBar()->setValue(40);
    QTest::qWait(500);
    const QModelIndex top = list().indexAt(QPoint(100, 60));
    const QString name = top.data(Qt::AccessibleTextRole).toString();
    arrive();
    QCOMPARE(list().indexAt(QPoint(100, 60)).data(Qt::AccessibleTextRole).toString(), name);
    QCOMPARE(bar().text(), QStringLiteral("1 neue"));
    QCOMPARE(list().verticalScrollBar()->value(), 40);
    click(&bar());
    QCOMPARE(list().verticalScrollBar()->value(), 0);
}

void DeskListTest::waitingLeadsComeInWhenThePointerLeaves() {
    open();
    list().clearFocus();
    pointTo(list().viewport(), overList());
    const LeadId lead = arrive();
    QVERIFY(bar().isVisible());
    pointTo(window_.get(), QPoint(5, 5));
    QTRY_VERIFY(rowOf(lead).isValid());
    QVERIFY(!bar().isVisible());
}

void DeskListTest::waitingLeadTakenByAColleagueIsNoLongerCounted() {
    open();
    pointTo(list().viewport(), overList());
    const LeadId lead = arrive();
    QCOMPARE(bar().count(), 1);
    record::Lead taken = sample_.teaser;
    taken.set_owner_id(sample_.colleague.bytes());
    world_->moveToSite(RowId(lead.uuid()), taken, false);
    world_->flush();
    setup_->settle();
    QVERIFY(!bar().isVisible());
    QVERIFY(!rowOf(lead).isValid());
}

void DeskListTest::barIsReachedByKey() {
    open();
    choose(sample_.mine);
    const LeadId lead = arrive();
    QVERIFY(bar().isVisible());
    QTest::keyClick(&list(), Qt::Key_0, Qt::AltModifier);
    QVERIFY(rowOf(lead).isValid());
    QVERIFY(setup_->leads.chosen() == sample_.mine);
    QCOMPARE(list().currentIndex(), rowOf(sample_.mine));
}

void DeskListTest::unreadableListSaysSoAndReadsAgain() {
    open();
    const int rows = list().model()->rowCount();
    auto* error = pane().findChild<QWidget*>(QStringLiteral("readError"));
    QVERIFY(!error->isVisible());
    breakTheFile();
    setup_->leads.list().reload();
    setup_->settle();
    QVERIFY(error->isVisible());
    // What was read before is still there.
    QCOMPARE(list().model()->rowCount(), rows);
    QVERIFY(list().isVisible());
    auto* again = error->findChild<QAbstractButton*>(QStringLiteral("readAgain"));
    click(again);
    QVERIFY(error->isVisible());
    mendTheFile();
    click(again);
    QVERIFY(!error->isVisible());
}

void DeskListTest::unreadableDetailSaysSoAndReadsAgain() {
    open();
    breakTheFile();
    choose(sample_.mine);
    auto* detail = child<QWidget>("leadDetail");
    auto* error = detail->findChild<QWidget*>(QStringLiteral("readError"));
    QVERIFY(error->isVisible());
    mendTheFile();
    click(error->findChild<QAbstractButton*>(QStringLiteral("readAgain")));
    QVERIFY(!error->isVisible());
    QCOMPARE(setup_->leads.detail().customerName(), QStringLiteral("Sabine Krüger"));
    // A lead that is shown stays, and says that it may be old.
    breakTheFile();
    setup_->leads.detail().reload();
    setup_->settle();
    QVERIFY(!error->isVisible());
    QVERIFY(child<QWidget>("leadNotice")
                ->accessibleName()
                .startsWith(QStringLiteral("Nicht der neueste Stand.")));
}

void DeskListTest::unreadableCustomersSaySo() {
    open();
    QTest::keyClick(&list(), Qt::Key_G);
    QTest::keyClick(&list(), Qt::Key_K);
    breakTheFile();
    setup_->customers.list().reload();
    window_->customersPage().open(sample_.customer);
    setup_->settle();
    const auto errors =
        window_->customersPage().findChildren<QWidget*>(QStringLiteral("readError"));
    QCOMPARE(errors.size(), 2);
    for (QWidget* error : errors) {
        QVERIFY(error->isVisible());
    }
    mendTheFile();
    for (QWidget* error : errors) {
        click(error->findChild<QAbstractButton*>(QStringLiteral("readAgain")));
        QVERIFY(!error->isVisible());
    }
    QVERIFY(setup_->customers.detail().has_value());
}

// The opened customer may stand on a page of the list that is not loaded.
void DeskListTest::focusAloneChoosesNobody() {
    open();
    action("go.customers")->trigger();
    ui::CustomersPage& page = window_->customersPage();
    setup_->settle();
    for (const Qt::FocusReason reason : {Qt::TabFocusReason, Qt::OtherFocusReason}) {
        page.list().clearFocus();
        page.list().setFocus(reason);
        setup_->settle();
        QVERIFY(!page.list().currentIndex().isValid());
        QVERIFY(setup_->customers.chosen().isNone());
    }
    QTest::keyClick(&page.list(), Qt::Key_Down);
    QVERIFY(!setup_->customers.chosen().isNone());
}

QTEST_MAIN(DeskListTest)
#include "desk_list_test.moc"
