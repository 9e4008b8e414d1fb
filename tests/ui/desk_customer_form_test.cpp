// SPDX-License-Identifier: GPL-3.0-or-later
// A new customer with the warning of similar ones, and editing in place: by keyboard alone and by
// mouse alone.
#include "client/ui/customers/customer_form_view.h"
#include "client/ui/customers/customers_page.h"
#include "client/ui/widgets/tabs.h"
#include "client/viewmodel/search.h"
#include "tests/ui/world/desk_fixture.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

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

}  // namespace

class DeskCustomerFormTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void newCustomerByKeys();
    void newCustomerByMouse();
    void similarCustomerIsOpenedInstead_data();
    void similarCustomerIsOpenedInstead();
    void warningNeverKeepsFromSaving();
    void startedFromASearch_data();
    void startedFromASearch();
    void fieldIsStoredByEnterAndByTab();
    void escapeRestoresAndUndoBringsBack();
    void errorsStandAtTheirField_data();
    void errorsStandAtTheirField();
    void oddThingsAreStoredWithAWarning_data();
    void oddThingsAreStoredWithAWarning();
    void contactAndVehicleAreAddedAndRemoved();
    void wordOfAddressByMouse();
    void tabGoesAsTheEyeDoes();

private:
    ui::CustomersPage& page() { return window_->customersPage(); }
    viewmodel::CustomerForm& form() { return setup_->customers.form(); }
    void goToCustomers() {
        open();
        QTest::keyClick(&list(), Qt::Key_G);
        QTest::keyClick(&list(), Qt::Key_K);
        setup_->settle();
    }
    void startNewByKeys() {
        goToCustomers();
        QTest::keyClick(&page().list(), Qt::Key_N);
        setup_->settle();
    }
    void edit() {
        goToCustomers();
        page().open(sample_.customer);
        setup_->settle();
        QTest::keyClick(&page().list(), Qt::Key_E, Qt::ControlModifier);
        setup_->settle();
    }
    void type(const char* name, const QString& text) {
        auto* field = child<QLineEdit>(name);
        field->setFocus(Qt::TabFocusReason);
        field->selectAll();
        typeText(field, text);
    }
    const record::Customer& customer() { return setup_->customers.detail()->customer; }
};

void DeskCustomerFormTest::newCustomerByKeys() {
    startNewByKeys();
    auto* last = child<QLineEdit>("customerLastName");
    QVERIFY(last->isVisible() && last->hasFocus());
    typeText(last, QStringLiteral("Wagenknecht"));
    QTest::keyClick(window_->focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QTest::keyClick(window_->focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(window_->focusWidget()->objectName(), QStringLiteral("customerFirstName"));
    typeText(window_->focusWidget(), QStringLiteral("Ute"));
    type("customerContact0", QStringLiteral("0151 2345 6789"));
    QTest::keyClick(window_->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(!page().isEditing());
    QVERIFY(setup_->customers.detail().has_value());
    QCOMPARE(customer().last_name(), std::string("Wagenknecht"));
    QCOMPARE(customer().first_name(), std::string("Ute"));
    QCOMPARE(customer().site_id(), world_->site().bytes());
    QCOMPARE(setup_->customers.detail()->contactPoints.size(), 1U);
    QCOMPARE(setup_->tray.pending().size(), 2U);
    QVERIFY(setup_->customers.list().rowOfCustomer(setup_->customers.chosen()) >= 0);
    // Nothing is left of it for the next one.
    QTest::keyClick(&page().list(), Qt::Key_N);
    setup_->settle();
    QVERIFY(last->text().isEmpty());
    QVERIFY(!child<QWidget>("customerDiscard")->isVisible());
}

void DeskCustomerFormTest::newCustomerByMouse() {
    open();
    action("go.customers")->trigger();
    setup_->settle();
    click(child<QAbstractButton>("customer.new.button"));
    click(child<ui::SegmentedControl>("customerSalutation")->findChildren<QAbstractButton*>()[1]);
    click(child<QLineEdit>("customerLastName"));
    typeText(window_->focusWidget(), QStringLiteral("Wagenknecht"));
    click(child<QAbstractButton>("addVehicle"));
    click(child<QLineEdit>("vehiclePlate0"));
    typeText(window_->focusWidget(), QStringLiteral("wl ut 77"));
    click(child<QAbstractButton>("customerSave"));
    QVERIFY(!page().isEditing());
    QCOMPARE(customer().salutation(), record::FRAU);
    QCOMPARE(setup_->customers.detail()->vehicles.size(), 1U);
    QCOMPARE(setup_->customers.detail()->vehicles.front().value.plate(), std::string("WL-UT77"));
}

void DeskCustomerFormTest::similarCustomerIsOpenedInstead_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::newRow("name, folded") << "customerLastName" << "krueger";
    QTest::newRow("name, by its sound") << "customerLastName" << QStringLiteral("Grüger");
    QTest::newRow("plate, in another form") << "vehiclePlate0" << "hhsk4817";
    QTest::newRow("number, in another form") << "customerContact0" << "0049 (0)171 5550777";
    QTest::newRow("address") << "customerContact1" << "S.Krueger@Example.org";
}

void DeskCustomerFormTest::similarCustomerIsOpenedInstead() {
    QFETCH(QString, field);
    QFETCH(QString, typed);
    for (const auto& [kind, value] : {std::pair(record::MOBILE, "0171/5550777"),
                                      std::pair(record::EMAIL_ADDRESS, "s.krueger@example.org")}) {
        record::ContactPoint point;
        point.set_customer_id(sample_.customer.bytes());
        point.set_kind(kind);
        point.set_value(value);
        point.set_site_id(world_->site().bytes());
        world_->put(world_->newId(), point);
    }
    world_->flush();
    startNewByKeys();
    click(child<QAbstractButton>("addVehicle"));
    auto* edit = window_->findChild<QLineEdit*>(field);
    edit->setFocus();
    typeText(edit, typed);
    QTRY_VERIFY(!form().duplicates().empty());
    const auto& matches = form().duplicates();
    QVERIFY(std::ranges::any_of(
        matches, [this](const auto& match) { return match.row.id == sample_.customer; }));
    QVERIFY(matches.front().row.id == sample_.customer);
    setup_->settle();
    QVERIFY(edit->hasFocus());
    click(child<QAbstractButton>("duplicate0"));
    QVERIFY(!page().isEditing());
    QVERIFY(setup_->customers.chosen() == sample_.customer);
    // What was typed is there at the next try, and can be thrown away and brought back.
    QTest::keyClick(&page().list(), Qt::Key_N);
    setup_->settle();
    edit = window_->findChild<QLineEdit*>(field);
    QVERIFY(edit != nullptr);
    QCOMPARE(edit->text(), typed);
    QVERIFY(child<QWidget>("customerDraft")->isVisible());
    click(child<QAbstractButton>("customerDiscard"));
    QVERIFY(!child<QAbstractButton>("customerDiscard")->isVisible());
    action("edit.undo")->trigger();
    setup_->settle();
    QVERIFY(form().draft().texts().values().contains(typed));
}

void DeskCustomerFormTest::warningNeverKeepsFromSaving() {
    startNewByKeys();
    type("customerFirstName", QStringLiteral("Sabine"));
    type("customerLastName", QStringLiteral("Krüger"));
    QTRY_VERIFY(!form().duplicates().empty());
    QTest::keyClick(window_->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(!page().isEditing());
    QVERIFY(setup_->customers.chosen() != sample_.customer);
    QCOMPARE(customer().last_name(), std::string("Krüger"));
}

void DeskCustomerFormTest::startedFromASearch_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("name") << "Ute Wagenknecht" << "customer.last_name" << "Wagenknecht";
    QTest::newRow("last name") << "Wagenknecht" << "customer.last_name" << "Wagenknecht";
    QTest::newRow("number") << " 04131/2233 " << "contact" << "04131/2233";
    QTest::newRow("mobile") << "0171 5550199" << "contact" << "0171 5550199";
    QTest::newRow("address") << "ute@example.org" << "contact" << "ute@example.org";
    QTest::newRow("nothing") << "" << "customer.last_name" << "";
}

void DeskCustomerFormTest::startedFromASearch() {
    QFETCH(QString, typed);
    QFETCH(QString, field);
    QFETCH(QString, text);
    goToCustomers();
    page().startNew(typed);
    setup_->settle();
    if (field == QStringLiteral("contact")) {
        QVERIFY(!form().contacts().empty());
        QCOMPARE(form().text(viewmodel::FieldName::contact(form().contacts().front().id, "value")),
                 text);
    } else {
        QCOMPARE(form().text(field), text);
    }
}

void DeskCustomerFormTest::fieldIsStoredByEnterAndByTab() {
    edit();
    type("customerStreet", QStringLiteral("Am Stadtrand 7"));
    QTest::keyClick(window_->focusWidget(), Qt::Key_Return);
    setup_->settle();
    QCOMPARE(customer().address().street(), std::string("Am Stadtrand 7"));
    QVERIFY(page().isEditing());
    type("customerPostcode", QStringLiteral("22045"));
    QTest::keyClick(window_->focusWidget(), Qt::Key_Tab);
    setup_->settle();
    QCOMPARE(customer().address().postcode(), std::string("22045"));
    QCOMPARE(customer().address().street(), std::string("Am Stadtrand 7"));
    QCOMPARE(window_->focusWidget()->objectName(), QStringLiteral("customerCity"));
    action("edit.undo")->trigger();
    setup_->settle();
    QCOMPARE(customer().address().postcode(), std::string("22043"));
    QCOMPARE(child<QLineEdit>("customerPostcode")->text(), QStringLiteral("22043"));
    // Nothing changed: nothing is sent.
    const std::size_t sent = setup_->tray.pending().size();
    QTest::keyClick(window_->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(!page().isEditing());
    QCOMPARE(setup_->tray.pending().size(), sent);
}

void DeskCustomerFormTest::escapeRestoresAndUndoBringsBack() {
    edit();
    type("customerStreet", QStringLiteral("Falsch 1"));
    auto* street = child<QLineEdit>("customerStreet");
    QTest::keyClick(street, Qt::Key_Escape);
    setup_->settle();
    QCOMPARE(street->text(), QStringLiteral("Tannenstieg 14"));
    QVERIFY(page().isEditing());
    action("edit.undo")->trigger();
    QCOMPARE(street->text(), QStringLiteral("Falsch 1"));
    QTest::keyClick(street, Qt::Key_Escape);
    QTest::keyClick(street, Qt::Key_Escape);
    setup_->settle();
    QVERIFY(!page().isEditing());
    QCOMPARE(customer().address().street(), std::string("Tannenstieg 14"));
    QVERIFY(setup_->tray.pending().empty());
}

void DeskCustomerFormTest::errorsStandAtTheirField_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("said");
    QTest::newRow("no name") << "customerLastName" << "" << "Ein Kunde braucht einen Namen.";
    QTest::newRow("no address") << "mail" << "keine Adresse"
                                << "Keine E-Mail-Adresse.";
    QTest::newRow("too long, in bytes")
        << "customerTitle" << QString(21, QChar(0x00FC)) << QStringLiteral("2 Zeichen zu lang.");
    QTest::newRow("HSN") << "vehicleHsn0" << "60" << "Vier Ziffern (2.1).";
    QTest::newRow("mileage") << "vehicleMileage0" << "viele" << "Hier steht eine Zahl.";
}

void DeskCustomerFormTest::errorsStandAtTheirField() {
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QString, said);
    edit();
    if (field == QStringLiteral("mail")) {
        const auto rows = form().contacts();
        const auto mail =
            std::ranges::find(rows, record::EMAIL_ADDRESS, &viewmodel::CustomerForm::Row::kind);
        field = QStringLiteral("customerContact%1").arg(mail - rows.begin());
    }
    auto* edit = window_->findChild<QLineEdit*>(field);
    QVERIFY(edit != nullptr);
    const int height = edit->parentWidget()->height();
    edit->setFocus();
    edit->clear();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Backspace);
    typeText(edit, QStringLiteral("x"));
    QTest::keyClick(edit, Qt::Key_Backspace);
    typeText(edit, typed);
    QTest::keyClick(edit, Qt::Key_Return);
    setup_->settle();
    QCOMPARE(edit->accessibleDescription(), said);
    QCOMPARE(edit->text(), typed);
    // The place was there before: nothing moves.
    QCOMPARE(edit->parentWidget()->height(), height);
    QVERIFY(setup_->tray.pending().empty());
    // Closing says it again and stays; what was typed is a draft.
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(page().isEditing());
    QVERIFY(edit->hasFocus());
    QVERIFY(form().hasDraft());
}

void DeskCustomerFormTest::oddThingsAreStoredWithAWarning_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("stored");
    QTest::newRow("short VIN") << "vehicleVin0" << "123 456" << "123456";
    QTest::newRow("VIN with O") << "vehicleVin0" << "WVWZZZ1JZ3WO86752" << "WVWZZZ1JZ3WO86752";
    QTest::newRow("odd plate") << "vehiclePlate0" << "AB 123 CD" << "AB 123 CD";
    QTest::newRow("red plate") << "vehiclePlate0" << "HH-06 123" << "HH-06 123";
    QTest::newRow("no month") << "vehicleInspection0" << "Frühling" << QStringLiteral("Frühling");
}

void DeskCustomerFormTest::oddThingsAreStoredWithAWarning() {
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QString, stored);
    edit();
    auto* edit = window_->findChild<QLineEdit*>(field);
    edit->setFocus();
    edit->selectAll();
    typeText(edit, typed);
    QVERIFY(!edit->accessibleDescription().isEmpty());
    QTest::keyClick(edit, Qt::Key_Return);
    setup_->settle();
    QVERIFY(!edit->accessibleDescription().isEmpty());
    const auto& vehicles = setup_->customers.detail()->vehicles;
    QVERIFY(std::ranges::any_of(vehicles, [&](const auto& item) {
        return item.value.vin() == stored.toStdString() ||
               item.value.plate() == stored.toStdString() ||
               item.value.next_inspection() == stored.toStdString();
    }));
}

void DeskCustomerFormTest::contactAndVehicleAreAddedAndRemoved() {
    edit();
    const auto contacts = [this] { return setup_->customers.detail()->contactPoints.size(); };
    const auto vehicles = [this] { return setup_->customers.detail()->vehicles.size(); };
    QCOMPARE(contacts(), 3U);
    click(child<QAbstractButton>("addContact1"));
    auto* added = child<QLineEdit>("customerContact3");
    QVERIFY(added != nullptr && added->hasFocus());
    typeText(added, QStringLiteral("neu@example.org"));
    QTest::keyClick(added, Qt::Key_Return);
    setup_->settle();
    QCOMPARE(contacts(), 4U);
    click(child<QAbstractButton>("removeContact3"));
    QCOMPARE(contacts(), 3U);
    action("edit.undo")->trigger();
    setup_->settle();
    QCOMPARE(contacts(), 4U);
    QCOMPARE(vehicles(), 2U);
    const QString plate = child<QLineEdit>("vehiclePlate0")->text();
    click(child<QAbstractButton>("removeVehicle0"));
    QCOMPARE(vehicles(), 1U);
    // It is found no more, either.
    const auto found = [this](const QString& typed) {
        viewmodel::Search search(setup_->desk);
        search.setText(typed);
        setup_->settle();
        return search.count(viewmodel::Search::Section::Vehicles);
    };
    QCOMPARE(found(plate), 0);
    action("edit.undo")->trigger();
    setup_->settle();
    QCOMPARE(vehicles(), 2U);
    QCOMPARE(found(plate), 1);
}

void DeskCustomerFormTest::wordOfAddressByMouse() {
    edit();
    click(child<ui::SegmentedControl>("customerInformal")->findChildren<QAbstractButton*>()[1]);
    QVERIFY(customer().informal());
    click(child<ui::SegmentedControl>("customerSalutation")->findChildren<QAbstractButton*>()[3]);
    QCOMPARE(customer().salutation(), record::DIVERS);
    QVERIFY(customer().informal());
}

void DeskCustomerFormTest::tabGoesAsTheEyeDoes() {
    edit();
    auto* title = child<QLineEdit>("customerTitle");
    title->setFocus(Qt::TabFocusReason);
    QStringList order;
    for (int i = 0; i < 12; ++i) {
        order << window_->focusWidget()->objectName();
        QTest::keyClick(window_->focusWidget(), Qt::Key_Tab);
    }
    const QStringList wanted{
        QStringLiteral("customerTitle"),     QStringLiteral("customerFirstName"),
        QStringLiteral("customerNoblePart"), QStringLiteral("customerLastName"),
        QStringLiteral("customerCompany"),   QStringLiteral("customerStreet"),
        QStringLiteral("customerPostcode"),  QStringLiteral("customerCity"),
        QStringLiteral("customerContact0"),  QStringLiteral("customerContactLabel0"),
        QStringLiteral("removeContact0"),    QStringLiteral("customerContact1")};
    QCOMPARE(order, wanted);
}

QTEST_MAIN(DeskCustomerFormTest)
#include "desk_customer_form_test.moc"
