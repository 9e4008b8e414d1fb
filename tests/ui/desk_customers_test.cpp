// SPDX-License-Identifier: GPL-3.0-or-later
// Customers as a salesperson lives in them: list, one customer from all sides, contact by the
// programs of the system, consents. Each flow by keyboard alone and by mouse alone.
#include "client/ui/customers/customer_cards.h"
#include "client/ui/customers/customer_view.h"
#include "client/ui/customers/customers_page.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/timeline.h"
#include "tests/ui/world/desk_fixture.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskCustomersTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void listIsFilteredByKeys();
    void filterThatHidesAllIsResetByMouse();
    void lastContactSortsTheList();
    void everyRowComesOnceWhilePaging();
    void aNewRowFindsItsPlaceInALongList();
    void callByKeyIsNotedAndTakenBack();
    void callByMouseFromTheLeadIsNotedOffline();
    void mailWithoutAProgramSaysSo();
    void consentByMouseThenByKeys();
    void inspectionIsSaidInWords();
    void leadIsOpenedFromItsCustomer();
    void noteByKeys();
    void historyGrowsUpwards();
    void letterIsCopied();
    void hiddenCustomerIsInNoList();
    void narrowWindowSwitches();

private:
    ui::CustomersPage& page() { return window_->customersPage(); }
    void openCustomer() {
        QTest::keyClick(&list(), Qt::Key_G);
        QTest::keyClick(&list(), Qt::Key_K);
        page().open(sample_.customer);
        setup_->settle();
    }
    QString words(QWidget& widget) {
        QString all;
        for (const QWidget* each : widget.findChildren<QWidget*>()) {
            if (each->isVisibleTo(&widget)) {
                all += each->accessibleName() + QLatin1Char('\n');
            }
        }
        return all;
    }
    QString history() {
        QString all;
        for (const ui::TimelineItem& item : child<ui::Timeline>("customerTimeline")->items()) {
            all += item.text + QLatin1Char('\n');
        }
        return all;
    }
    QString firstName() { return page().list().model()->index(0, 0).data().toString(); }
};

void DeskCustomersTest::listIsFilteredByKeys() {
    open();
    QTest::keyClick(&list(), Qt::Key_G);
    QTest::keyClick(&list(), Qt::Key_K);
    setup_->settle();
    const int all = page().list().model()->rowCount();
    QTest::keyClick(&page().list(), Qt::Key_Slash);
    auto* filter = child<QLineEdit>("customerFilter");
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("krueger"));
    QTRY_COMPARE(page().list().model()->rowCount(), 1);
    QCOMPARE(firstName(), QStringLiteral("Sabine Krüger"));
    QTest::keyClick(filter, Qt::Key_Return);
    setup_->settle();
    QVERIFY(setup_->customers.chosen() == sample_.customer);
    QVERIFY(page().list().hasFocus());
    QTest::keyClick(&page().list(), Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
    QTRY_COMPARE(page().list().model()->rowCount(), all);
    QVERIFY(setup_->customers.chosen() == sample_.customer);
}

void DeskCustomersTest::filterThatHidesAllIsResetByMouse() {
    open();
    action("go.customers")->trigger();
    auto* filter = child<QLineEdit>("customerFilter");
    QTest::mouseClick(filter, Qt::LeftButton);
    QTest::keyClicks(filter, QStringLiteral("qqxyz"));
    QTRY_COMPARE(page().list().model()->rowCount(), 0);
    setup_->settle();
    QAbstractButton* reset = nullptr;
    for (auto* button : page().findChildren<QAbstractButton*>()) {
        if (button->text() == QStringLiteral("Filter zurücksetzen") && button->isVisible()) {
            reset = button;
        }
    }
    QVERIFY(reset != nullptr);
    click(reset);
    QTRY_VERIFY(page().list().model()->rowCount() > 10);
}

void DeskCustomersTest::lastContactSortsTheList() {
    open();
    action("go.customers")->trigger();
    setup_->settle();
    const QString byName = firstName();
    auto* order = child<ui::SegmentedControl>("customerOrder");
    click(order->findChildren<QAbstractButton*>()[1]);
    // She alone has entries in her history; the others follow by name.
    QCOMPARE(firstName(), QStringLiteral("Sabine Krüger"));
    QCOMPARE(page().list().model()->index(1, 0).data().toString(), byName);
    QCOMPARE(page().list().model()->rowCount(), setup_->desk.counts().customers);
    click(order->findChildren<QAbstractButton*>()[0]);
    QCOMPARE(firstName(), byName);
}

void DeskCustomersTest::everyRowComesOnceWhilePaging() {
    constexpr int kMany = 1500;
    for (int i = 0; i < kMany; ++i) {
        record::Customer person;
        // Many of the same name: the key is name and id.
        person.set_last_name("Zett" + std::to_string(i % 7));
        person.set_site_id(world_->site().bytes());
        const RowId id = world_->newId();
        world_->put(id, person);
        if (i % 3 == 0) {
            record::Activity note;
            note.set_customer_id(id.bytes());
            note.set_site_id(world_->site().bytes());
            note.set_kind(record::NOTE);
            note.set_at_ms(kSampleNowMs - (i % 50) * 1000);
            world_->put(world_->newId(), note);
        }
    }
    world_->flush();
    open();
    setup_->settle();
    auto& model = setup_->customers.list();
    const int all = setup_->desk.counts().customers;
    QVERIFY(all > kMany);
    for (const auto order : {replica::CustomerOrder::Name, replica::CustomerOrder::LastContact}) {
        model.setOrder(order);
        setup_->settle();
        int pages = 0;
        while (model.canFetchMore({}) && pages < 100) {
            QVERIFY(model.rowCount() >= pages * model::CustomerListModel::kPage);
            model.fetchMore({});
            setup_->settle();
            ++pages;
        }
        QCOMPARE(model.rowCount(), all);
        QSet<QByteArray> seen;
        for (const auto& entry : model.entries()) {
            QVERIFY(!seen.contains(entry.key));
            seen.insert(entry.key);
        }
        for (int i = 1; i < model.rowCount(); ++i) {
            const auto& before = model.at(i - 1).row;
            const auto& row = model.at(i).row;
            if (order == replica::CustomerOrder::Name) {
                QVERIFY(std::pair(before.sortName, before.id) < std::pair(row.sortName, row.id));
            } else {
                QVERIFY(before.lastContactMs >= row.lastContactMs);
            }
        }
    }
}

void DeskCustomersTest::aNewRowFindsItsPlaceInALongList() {
    open();
    action("go.customers")->trigger();
    setup_->settle();
    auto& model = setup_->customers.list();
    const int before = model.rowCount();
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    record::Customer person;
    person.set_first_name("Hanna");
    person.set_last_name("Möller");
    person.set_site_id(world_->site().bytes());
    const RowId id = world_->newId();
    world_->put(id, person);
    world_->flush();
    setup_->settle();
    QCOMPARE(model.rowCount(), before + 1);
    const int row = model.rowOfCustomer(CustomerId(id.uuid()));
    QVERIFY(row > 0 && model.at(row - 1).row.sortName < "Möller");
    // Her number alone changes: her row shows it.
    record::ContactPoint point;
    point.set_customer_id(id.bytes());
    point.set_kind(record::PHONE);
    point.set_value("04131 2233");
    point.set_site_id(world_->site().bytes());
    world_->put(world_->newId(), point);
    world_->flush();
    setup_->settle();
    QCOMPARE(model.at(row).row.phone, std::string("04131 2233"));
    QCOMPARE(reset.count(), 0);
}

void DeskCustomersTest::callByKeyIsNotedAndTakenBack() {
    open();
    openCustomer();
    QTest::keyClick(&page().list(), Qt::Key_F6);
    setup_->settle();
    QCOMPARE(setup_->links, QList<QUrl>{QUrl(QStringLiteral("tel:+491713920045"))});
    QCOMPARE(setup_->tray.pending().size(), 1U);
    QVERIFY2(history().contains(QStringLiteral("Anruf an +49 171 3920045")), qPrintable(history()));
    QTest::keyClick(&page().list(), Qt::Key_Z, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(!history().contains(QStringLiteral("3920045")));
    QTest::keyClick(&page().list(), Qt::Key_M, Qt::AltModifier);
    setup_->settle();
    QCOMPARE(setup_->links.last(), QUrl(QStringLiteral("mailto:anfrage@example.org")));
    QVERIFY(history().contains(QStringLiteral("anfrage@example.org")));
}

void DeskCustomersTest::callByMouseFromTheLeadIsNotedOffline() {
    open(false);
    choose(sample_.mine);
    auto* card = child<QWidget>("customerCard");
    click(card->findChild<QAbstractButton*>(QStringLiteral("contactCall")));
    QCOMPARE(setup_->links.size(), 1);
    QVERIFY(setup_->links.first().scheme() == QStringLiteral("tel"));
    const auto& timeline = setup_->leads.detail().timeline();
    QVERIFY(timeline.back().kind == replica::TimelineKind::Dialled);
    QVERIFY(timeline.back().pending);
    // On the lead and on the customer.
    setup_->customers.choose(sample_.customer);
    setup_->settle();
    QVERIFY(setup_->customers.history().items().back().lead == sample_.mine);
    action("edit.undo")->trigger();
    setup_->settle();
    QVERIFY(setup_->leads.detail().timeline().back().kind != replica::TimelineKind::Dialled);
    QVERIFY(setup_->customers.history().items().back().kind != replica::TimelineKind::Dialled);
}

void DeskCustomersTest::mailWithoutAProgramSaysSo() {
    open();
    openCustomer();
    setup_->opens = false;
    QTest::keyClick(&page().list(), Qt::Key_M, Qt::AltModifier);
    setup_->settle();
    QVERIFY(child<QWidget>("refusal")->isVisible());
    QVERIFY(setup_->tray.pending().empty());
}

void DeskCustomersTest::consentByMouseThenByKeys() {
    open();
    openCustomer();
    click(child<QAbstractButton>("consents0"));
    auto* source = child<QLineEdit>("consentSource");
    QVERIFY(source->isVisible() && source->hasFocus());
    QTest::keyClicks(source, QStringLiteral("telefonisch"));
    auto* calls = child<ui::SegmentedControl>("consent0");
    click(calls->findChildren<QAbstractButton*>()[1]);
    const auto consent = [this] {
        return setup_->customers.detail()->contactPoints.front().value.ads_call();
    };
    QCOMPARE(consent().state(), record::CONSENT_GRANTED);
    QCOMPARE(consent().source(), std::string("telefonisch"));
    QCOMPARE(consent().at_ms(), kSampleNowMs);
    QVERIFY(words(page()).contains(QStringLiteral("Werbung erlaubt: Anruf")));
    // By keys: along the choices, Space takes one.
    auto* withdrawn = child<ui::SegmentedControl>("consent0")->findChildren<QAbstractButton*>()[2];
    withdrawn->setFocus(Qt::TabFocusReason);
    QTest::keyClick(withdrawn, Qt::Key_Space);
    setup_->settle();
    QCOMPARE(consent().state(), record::CONSENT_WITHDRAWN);
    QVERIFY(words(page()).contains(QStringLiteral("Werbung widerrufen: Anruf")));
    action("edit.undo")->trigger();
    setup_->settle();
    QCOMPARE(consent().state(), record::CONSENT_GRANTED);
    QTest::keyClick(&page().list(), Qt::Key_Escape);
    setup_->settle();
    QVERIFY(page().findChild<QLineEdit*>(QStringLiteral("consentSource")) == nullptr);
}

void DeskCustomersTest::inspectionIsSaidInWords() {
    record::Vehicle late;
    late.set_customer_id(sample_.customer.bytes());
    late.set_make("VW");
    late.set_model("Polo");
    late.set_next_inspection("10/2026");
    late.set_hsn("0603");
    late.set_tsn("BLV");
    late.set_site_id(world_->site().bytes());
    world_->put(world_->newId(), late);
    world_->flush();
    open();
    openCustomer();
    const QString said = words(*child<QWidget>("vehicleCard"));
    QVERIFY2(said.contains(QStringLiteral("HU überfällig seit 10/2026")), qPrintable(said));
    QVERIFY(said.contains(QStringLiteral("HU fällig 12/2026")));
    QVERIFY(said.contains(QStringLiteral("HU 04/2027")));
}

void DeskCustomersTest::leadIsOpenedFromItsCustomer() {
    open();
    openCustomer();
    click(child<QAbstractButton>("customerLead"));
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    QVERIFY(setup_->leads.chosen() == sample_.mine);
    // By keys.
    openCustomer();
    auto* link = child<QAbstractButton>("customerLead");
    link->setFocus(Qt::TabFocusReason);
    QTest::keyClick(link, Qt::Key_Space);
    QCOMPARE(window_->page(), QStringLiteral("leads"));
}

void DeskCustomersTest::noteByKeys() {
    open();
    openCustomer();
    QTest::keyClick(&page().list(), Qt::Key_N, Qt::AltModifier);
    auto* text = child<QPlainTextEdit>("customerNoteText");
    QVERIFY(text->hasFocus());
    QTest::keyClicks(text, QStringLiteral("Winterreifen einlagern"));
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(text->toPlainText().isEmpty());
    QVERIFY(history().contains(QStringLiteral("Winterreifen einlagern")));
    QCOMPARE(setup_->tray.pending().size(), 1U);
}

void DeskCustomersTest::historyGrowsUpwards() {
    constexpr int kEntries = 150;
    for (int i = 0; i < kEntries; ++i) {
        record::Activity note;
        note.set_customer_id(sample_.customer.bytes());
        note.set_site_id(world_->site().bytes());
        note.set_kind(record::NOTE);
        note.set_at_ms(kSampleNowMs - 86'400'000LL * 5 - i * 60'000);
        note.set_text("Eintrag " + std::to_string(i));
        world_->put(world_->newId(), note);
    }
    world_->flush();
    open();
    openCustomer();
    auto* timeline = child<ui::Timeline>("customerTimeline");
    QVERIFY(!history().contains(QStringLiteral("Eintrag 149\n")));
    QVERIFY(setup_->customers.history().hasOlder());
    for (int i = 0; i < 10 && setup_->customers.history().hasOlder(); ++i) {
        timeline->verticalScrollBar()->setValue(timeline->verticalScrollBar()->maximum());
        timeline->verticalScrollBar()->setValue(0);
        setup_->settle();
        // The reader's place stays: not at the top again.
        QVERIFY(timeline->verticalScrollBar()->value() > 0);
    }
    QVERIFY(!setup_->customers.history().hasOlder());
    for (int i = 0; i < kEntries; ++i) {
        QCOMPARE(history().count(QStringLiteral("Eintrag %1\n").arg(i)), 1);
    }
}

void DeskCustomersTest::letterIsCopied() {
    open();
    openCustomer();
    click(child<QAbstractButton>("letterCopy"));
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("Frau\nSabine Krüger\nTannenstieg 14\n22043 Hamburg\n\n"
                            "Sehr geehrte Frau Krüger,"));
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(&page().list(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(QStringLiteral("Frau Krüger,")));
}

void DeskCustomersTest::hiddenCustomerIsInNoList() {
    open();
    action("go.customers")->trigger();
    setup_->settle();
    QTest::keyClicks(child<QLineEdit>("customerFilter"), QStringLiteral("Canaris"));
    setup_->settle();
    QTRY_COMPARE(page().list().model()->rowCount(), 0);
    child<QLineEdit>("customerFilter")->clear();
    sample_.winClaim(*world_);
    setup_->settle();
    QTest::keyClicks(child<QLineEdit>("customerFilter"), QStringLiteral("Canaris"));
    QTRY_COMPARE(page().list().model()->rowCount(), 1);
}

void DeskCustomersTest::narrowWindowSwitches() {
    open();
    openCustomer();
    auto* side = child<ui::SegmentedControl>("customerSide");
    QVERIFY(!side->isVisible());
    QVERIFY(child<QWidget>("contactCard")->isVisible());
    QVERIFY(child<QWidget>("customerTimeline")->isVisible());
    window_->resize(1024, 700);
    setup_->settle();
    QVERIFY(side->isVisible());
    QVERIFY(child<QWidget>("contactCard")->isVisible());
    QVERIFY(!child<QWidget>("customerTimeline")->isVisible());
    click(side->findChildren<QAbstractButton*>()[1]);
    QVERIFY(child<QWidget>("customerTimeline")->isVisible());
    QVERIFY(!child<QWidget>("contactCard")->isVisible());
}

QTEST_MAIN(DeskCustomersTest)
#include "desk_customers_test.moc"
