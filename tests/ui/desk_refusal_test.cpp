// SPDX-License-Identifier: GPL-3.0-or-later
// An edit that the desk itself refuses: what was typed stays where it is, and the person is told on
// the page where they are.
#include "client/ui/customers/customers_page.h"
#include "tests/ui/world/desk_fixture.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskRefusalTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void noteStays();
    void tooLongNoteStays();
    void closeReasonStays();
    void nextStepStays();
    void customerFormStays();
    void emptiedContactIsAnError();
    void inboxFormStays();
    void rejectedTextStays();
    void messageGoesWithThePage();

private:
    bool isRefusalShown() { return child<QWidget>("refusal")->isVisible(); }
    void editCustomer();
    void retype(QLineEdit* edit, const QString& text) {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
};

void DeskRefusalTest::noteStays() {
    open();
    choose(sample_.mine);
    auto* text = child<QPlainTextEdit>("noteText");
    text->setFocus();
    QTest::keyClicks(text, QStringLiteral("Probefahrt am Freitag"));
    world_->port().failEdits(ErrorCode::NoSpace);
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QCOMPARE(text->toPlainText(), QStringLiteral("Probefahrt am Freitag"));
    QVERIFY(isRefusalShown());
    QVERIFY(child<QWidget>("refusal")->accessibleName().contains(QStringLiteral("voll")));
    world_->port().failEdits(ErrorCode::Ok);
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(text->toPlainText().isEmpty());
    QVERIFY(!isRefusalShown());
    QCOMPARE(setup_->tray.pending().size(), 1U);
}

void DeskRefusalTest::tooLongNoteStays() {
    open();
    choose(sample_.mine);
    const QString tooLong(70'000, QLatin1Char('x'));
    auto* text = child<QPlainTextEdit>("noteText");
    text->setPlainText(tooLong);
    setup_->leads.detail().setDraft(tooLong);
    action("lead.saveNote")->trigger();
    setup_->settle();
    QCOMPARE(text->toPlainText().size(), tooLong.size());
    QVERIFY(isRefusalShown());
    QVERIFY(setup_->tray.pending().empty());
}

void DeskRefusalTest::closeReasonStays() {
    open();
    choose(sample_.mine);
    click(child<QAbstractButton>("lead.close.button"));
    click(child<QWidget>("closeOutcome")->findChildren<QAbstractButton*>()[1]);
    auto* reason = child<QLineEdit>("closeReason");
    QTest::keyClicks(reason, QStringLiteral("Hat woanders gekauft"));
    world_->port().failEdits(ErrorCode::NoSpace);
    click(child<QAbstractButton>("closeConfirm"));
    QVERIFY(reason->isVisible());
    QCOMPARE(reason->text(), QStringLiteral("Hat woanders gekauft"));
    QVERIFY(isRefusalShown());
    world_->port().failEdits(ErrorCode::Ok);
    click(child<QAbstractButton>("closeConfirm"));
    QVERIFY(!reason->isVisible());
    QCOMPARE(setup_->leads.detail().lead()->row.status, record::LOST);
}

void DeskRefusalTest::nextStepStays() {
    open();
    choose(sample_.mine);
    action("lead.step")->trigger();
    auto* step = child<QLineEdit>("stepText");
    QVERIFY(step->isVisible());
    step->setText(QStringLiteral("Angebot nachfassen"));
    world_->port().failEdits(ErrorCode::NoSpace);
    QTest::keyClick(step, Qt::Key_Return);
    setup_->settle();
    QVERIFY(step->isVisible());
    QCOMPARE(step->text(), QStringLiteral("Angebot nachfassen"));
    world_->port().failEdits(ErrorCode::Ok);
    QTest::keyClick(step, Qt::Key_Return);
    setup_->settle();
    QVERIFY(!step->isVisible());
}

void DeskRefusalTest::editCustomer() {
    action("go.customers")->trigger();
    window_->customersPage().open(sample_.customer);
    setup_->settle();
    click(child<QAbstractButton>("customer.edit.button"));
}

void DeskRefusalTest::customerFormStays() {
    open();
    editCustomer();
    auto* street = child<QLineEdit>("customerStreet");
    const std::size_t before = setup_->customers.detail()->contactPoints.size();
    click(child<QAbstractButton>("addContact1"));
    auto* added = window_->findChild<QLineEdit*>(QStringLiteral("customerContact%1").arg(before));
    QVERIFY(added != nullptr);
    world_->port().failEdits(ErrorCode::NoSpace);
    retype(street, QStringLiteral("Am Stadtrand 7"));
    retype(added, QStringLiteral("sabine.neu@example.org"));
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(street->isVisible());
    QCOMPARE(street->text(), QStringLiteral("Am Stadtrand 7"));
    QCOMPARE(added->text(), QStringLiteral("sabine.neu@example.org"));
    QVERIFY(isRefusalShown());
    world_->port().failEdits(ErrorCode::Ok);
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(!street->isVisible());
    QVERIFY(!isRefusalShown());
    QCOMPARE(setup_->customers.detail()->contactPoints.size(), before + 1);
    QCOMPARE(setup_->customers.detail()->customer.address().street(), "Am Stadtrand 7");
}

void DeskRefusalTest::emptiedContactIsAnError() {
    open();
    editCustomer();
    auto* contact = child<QLineEdit>("customerContact0");
    const QString before = contact->text();
    QVERIFY(!before.isEmpty());
    contact->setFocus();
    contact->selectAll();
    QTest::keyClick(contact, Qt::Key_Backspace);
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(contact->isVisible());
    QVERIFY(!contact->accessibleDescription().isEmpty());
    QVERIFY(contact->hasFocus());
    retype(contact, before);
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(!contact->isVisible());
    QVERIFY(setup_->tray.pending().empty());
}

void DeskRefusalTest::inboxFormStays() {
    open();
    world_->setRole(record::MANAGER);
    world_->flush();
    setup_->settle();
    action("go.inbox")->trigger();
    auto* inbox = child<QListView>("inboxList");
    inbox->setCurrentIndex(inbox->model()->index(0, 0));
    setup_->settle();
    click(child<QAbstractButton>("inbox.convert.button"));
    auto* name = child<QLineEdit>("convertLastName");
    name->setText(QStringLiteral("Möller-Hansen"));
    world_->port().failEdits(ErrorCode::NoSpace);
    click(child<QAbstractButton>("convertSave"));
    QVERIFY(name->isVisible());
    QCOMPARE(name->text(), QStringLiteral("Möller-Hansen"));
    QVERIFY(isRefusalShown());
    world_->port().failEdits(ErrorCode::Ok);
    click(child<QAbstractButton>("convertSave"));
    QVERIFY(!name->isVisible());
    QCOMPARE(setup_->tray.pending().size(), 1U);
}

void DeskRefusalTest::rejectedTextStays() {
    open();
    choose(sample_.mine);
    setup_->leads.detail().setDraft(QStringLiteral("Text, der nicht verloren geht"));
    action("lead.saveNote")->trigger();
    setup_->settle();
    world_->port().refuseOldest(world_->tenant(), ErrorCode::StaleToken);
    setup_->settle();
    QCOMPARE(setup_->tray.rejected().size(), 1U);
    world_->port().failEdits(ErrorCode::NoSpace);
    setup_->tray.retry(setup_->tray.rejected().front());
    setup_->settle();
    QCOMPARE(setup_->tray.rejected().size(), 1U);
    world_->port().failEdits(ErrorCode::Ok);
    setup_->tray.retry(setup_->tray.rejected().front());
    setup_->settle();
    QVERIFY(setup_->tray.rejected().empty());
    QCOMPARE(setup_->tray.pending().size(), 1U);
}

void DeskRefusalTest::messageGoesWithThePage() {
    open();
    editCustomer();
    world_->port().failEdits(ErrorCode::NoSpace);
    retype(child<QLineEdit>("customerStreet"), QStringLiteral("Am Stadtrand 7"));
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(isRefusalShown());
    click(child<QAbstractButton>("refusalHide"));
    QVERIFY(!isRefusalShown());
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(isRefusalShown());
    action("go.leads")->trigger();
    QVERIFY(!isRefusalShown());
}

QTEST_MAIN(DeskRefusalTest)
#include "desk_refusal_test.moc"
