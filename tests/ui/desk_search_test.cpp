// SPDX-License-Identifier: GPL-3.0-or-later
// The search window in the real desk: by keyboard alone, by mouse alone; what it opens, what it
// remembers, and what it must never show.
#include "client/ui/customers/customers_page.h"
#include "client/ui/palette/palette.h"
#include "client/ui/palette/palette_list.h"
#include "client/ui/palette/palette_parts.h"
#include "client/ui/widgets/chip.h"
#include "common/sql/database.h"
#include "tests/ui/world/desk_fixture.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskSearchTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void customerIsFoundAndOpenedByKeys();
    void customerIsFoundAndOpenedByMouse();
    void escapeGivesTheFocusBack_data();
    void escapeGivesTheFocusBack();
    void clickBesideClosesIt();
    void sectionsByKeysAndByMouse();
    void commandsAloneByTheirKeyAndBySign();
    void commandOfAnotherPageGoesThere();
    void actionsByArrowAndByNumber();
    void actionsByMouse();
    void leadIsOpened();
    void hiddenCustomerIsNeverFound();
    void recentsComeBackAfterARestart();
    void takenAwayRowsAreForgotten();
    void nothingFoundOffersACustomer();
    void olderDataIsSaid();
    void deskBelowHearsNothing();
    void tabStaysInside();
    void linesAreSentences();
    void narrowWindowShowsActionsInPlace();

private:
    void openSearch() {
        QTest::keyClick(window_->focusWidget(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette().isOpen());
    }
    void type(const QString& text) {
        // keyClicks knows no letter beyond ASCII.
        for (const QChar letter : text) {
            QTest::sendKeyEvent(QTest::Click, &palette().edit(), Qt::Key_unknown, QString(letter),
                                Qt::NoModifier);
        }
        setup_->settle();
    }
    ui::Palette& palette() { return window_->palette(); }
    ui::PaletteList& lines() { return palette().list(); }
    model::SearchListModel& model() { return window_->search().lines(); }
    QString chosenTitle() {
        return lines().chosen() < 0 ? QString() : model().at(lines().chosen()).title.text;
    }
    int lineOf(const QString& title) {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (!model().at(row).heading && model().at(row).title.text == title) {
                return row;
            }
        }
        return -1;
    }
    void clickLine(int row) {
        lines().scrollTo(model().index(row));
        const QRect place = lines().visualRect(model().index(row));
        QTest::mouseClick(lines().viewport(), Qt::LeftButton, {},
                          QPoint(place.left() + 120, place.center().y()));
        setup_->settle();
    }
};

void DeskSearchTest::customerIsFoundAndOpenedByKeys() {
    open();
    openSearch();
    type(QStringLiteral("krüger"));
    QCOMPARE(chosenTitle(), QStringLiteral("Sabine Krüger"));
    QVERIFY(!model().at(lines().chosen()).title.marks.isEmpty());
    QVERIFY(child<QLabel>("searchCaption")->text().contains(QStringLiteral("ms")));
    QTest::keyClick(&palette().edit(), Qt::Key_Down);
    QVERIFY(chosenTitle() != QStringLiteral("Sabine Krüger"));
    QTest::keyClick(&palette().edit(), Qt::Key_Up);
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    setup_->settle();
    QVERIFY(!palette().isOpen());
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    QVERIFY(setup_->customers.chosen() == sample_.customer);
}

void DeskSearchTest::customerIsFoundAndOpenedByMouse() {
    open();
    click(child<QAbstractButton>("search"));
    QVERIFY(palette().isOpen());
    type(QStringLiteral("krueger"));
    clickLine(lineOf(QStringLiteral("Sabine Krüger")));
    QVERIFY(!palette().isOpen());
    QVERIFY(setup_->customers.chosen() == sample_.customer);
}

void DeskSearchTest::escapeGivesTheFocusBack_data() {
    QTest::addColumn<bool>("inText");
    QTest::newRow("list") << false;
    QTest::newRow("text field") << true;
}

void DeskSearchTest::escapeGivesTheFocusBack() {
    QFETCH(bool, inText);
    open();
    choose(sample_.mine);
    QWidget* before = &list();
    if (inText) {
        auto* note = child<QPlainTextEdit>("noteText");
        note->setFocus();
        QTest::keyClicks(note, QStringLiteral("halb"));
        note->moveCursor(QTextCursor::Start);
        before = note;
    }
    openSearch();
    type(QStringLiteral("sab"));
    QTest::keyClick(&palette().edit(), Qt::Key_Escape);
    QVERIFY(!palette().isOpen());
    QVERIFY(before->hasFocus());
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    if (inText) {
        QCOMPARE(child<QPlainTextEdit>("noteText")->toPlainText(), QStringLiteral("halb"));
    }
}

void DeskSearchTest::clickBesideClosesIt() {
    open();
    openSearch();
    QTest::mouseClick(&palette(), Qt::LeftButton, {}, QPoint(5, 5));
    QVERIFY(!palette().isOpen());
    QVERIFY(list().hasFocus());
    openSearch();
    click(child<QAbstractButton>("searchClose"));
    QVERIFY(!palette().isOpen());
}

void DeskSearchTest::sectionsByKeysAndByMouse() {
    open();
    openSearch();
    type(QStringLiteral("sabine"));
    const int all = window_->search().total();
    QVERIFY(all > window_->search().count(viewmodel::Search::Section::Customers));
    QTest::keyClick(&palette().edit(), Qt::Key_Tab, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(window_->search().section() == viewmodel::Search::Section::Customers);
    for (int row = 0; row < model().rowCount(); ++row) {
        QVERIFY(model().at(row).section == model::SearchSection::Customers);
    }
    QTest::keyClick(&palette().edit(), Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!window_->search().section());
    click(child<QAbstractButton>("searchSection3"));
    QVERIFY(window_->search().section() == viewmodel::Search::Section::Leads);
    QVERIFY(palette().edit().hasFocus());
    QVERIFY(child<ui::FilterChip>("searchSection3")->isChecked());
    QVERIFY(!child<ui::FilterChip>("searchSection0")->isChecked());
}

void DeskSearchTest::commandsAloneByTheirKeyAndBySign() {
    open();
    QTest::keyClick(&list(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    setup_->settle();
    QCOMPARE(palette().edit().text(), QStringLiteral(">"));
    QVERIFY(model().rowCount() > 10);
    for (int row = 0; row < model().rowCount(); ++row) {
        QVERIFY(model().at(row).section == model::SearchSection::Commands);
    }
    type(QStringLiteral("dunkl"));
    QCOMPARE(chosenTitle(), action("theme.dark")->text());
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    QVERIFY(theme_->isDark());
    theme_->setMode(ui::Theme::Mode::Light);
}

void DeskSearchTest::commandOfAnotherPageGoesThere() {
    open();
    choose(sample_.mine);
    window_->go(QStringLiteral("settings"));
    QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
    type(QStringLiteral(">") + action("lead.close")->text());
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    setup_->settle();
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    QVERIFY(child<QWidget>("closePanel")->isVisible());
}

void DeskSearchTest::actionsByArrowAndByNumber() {
    open();
    openSearch();
    type(QStringLiteral("krüger"));
    // Inside the text the arrow moves the cursor.
    palette().edit().setCursorPosition(2);
    QTest::keyClick(&palette().edit(), Qt::Key_Right);
    QCOMPARE(palette().edit().cursorPosition(), 3);
    palette().edit().end(false);
    QTest::keyClick(&palette().edit(), Qt::Key_Right);
    auto* first = child<QAbstractButton>("searchAction1");
    QVERIFY(first->hasFocus());
    QTest::keyClick(first, Qt::Key_Down);
    auto* second = child<QAbstractButton>("searchAction2");
    QVERIFY(second->hasFocus());
    QTest::keyClick(second, Qt::Key_Left);
    QVERIFY(palette().edit().hasFocus());
    // By its number: the number is copied, and the window is gone.
    const auto shown = palette().findChildren<QAbstractButton*>();
    int copy = 0;
    for (const QAbstractButton* button : shown) {
        if (button->text() == QStringLiteral("Nummer kopieren")) {
            copy = button->objectName().right(1).toInt();
        }
    }
    QVERIFY(copy > 0);
    QTest::keyClick(&palette().edit(), static_cast<Qt::Key>(Qt::Key_0 + copy), Qt::AltModifier);
    QVERIFY(!palette().isOpen());
    QVERIFY2(QApplication::clipboard()->text().contains(QStringLiteral("171")),
             qPrintable(QApplication::clipboard()->text()));
    // The desk's Alt+n, which is a filter, was not pressed.
    QVERIFY(setup_->leads.list().filter() == model::LeadFilter::None);
}

void DeskSearchTest::actionsByMouse() {
    open();
    openSearch();
    type(QStringLiteral("krüger"));
    auto* delegate = qobject_cast<ui::PaletteDelegate*>(lines().itemDelegate());
    const QRect row = lines().visualRect(model().index(lineOf(QStringLiteral("Sabine Krüger"))));
    QTest::mouseMove(lines().viewport(), row.center());
    QTest::mouseClick(lines().viewport(), Qt::LeftButton, {}, delegate->moreRect(row).center());
    setup_->settle();
    QVERIFY(palette().isOpen());
    const auto shown = palette().findChildren<QAbstractButton*>();
    const auto edit = std::find_if(shown.begin(), shown.end(), [this](const auto* button) {
        return button->text() == action("customer.edit")->text();
    });
    QVERIFY(edit != shown.end());
    click(*edit);
    QVERIFY(!palette().isOpen());
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    QVERIFY(window_->customersPage().isEditing());
}

void DeskSearchTest::leadIsOpened() {
    open();
    window_->go(QStringLiteral("customers"));
    openSearch();
    type(QStringLiteral("passat"));
    QTest::keyClick(&palette().edit(), Qt::Key_Tab, Qt::ControlModifier);
    while (window_->search().section() != viewmodel::Search::Section::Leads) {
        QTest::keyClick(&palette().edit(), Qt::Key_Tab, Qt::ControlModifier);
    }
    setup_->settle();
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    setup_->settle();
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    QVERIFY(setup_->leads.chosen() == sample_.mine);
}

void DeskSearchTest::hiddenCustomerIsNeverFound() {
    open();
    choose(sample_.toClaim);
    openSearch();
    for (const char* word : {"canaris", "friederike", "2345678"}) {
        palette().edit().clear();
        type(QString::fromLatin1(word));
        QCOMPARE(window_->search().total(), 0);
    }
    QTest::keyClick(&palette().edit(), Qt::Key_Escape);
    // The positive control: after the claim the same words find her.
    sample_.winClaim(*world_);
    setup_->settle();
    openSearch();
    type(QStringLiteral("canaris"));
    QVERIFY(lineOf(QStringLiteral("Friederike Canaris")) >= 0);
}

void DeskSearchTest::recentsComeBackAfterARestart() {
    open();
    openSearch();
    type(QStringLiteral("krüger"));
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    setup_->settle();
    QTest::keyClick(window_->focusWidget(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    type(action("sync.now")->text());
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    setup_->settle();
    restart(false);
    openSearch();
    setup_->settle();
    QVERIFY(model().at(0).heading);
    QCOMPARE(chosenTitle(), QStringLiteral("Sabine Krüger"));
    int command = 0;
    while (model().at(command).command.isEmpty()) {
        ++command;
    }
    QCOMPARE(model().at(command).title.text, action("sync.now")->text());
    // Bounded, and no names are stored.
    for (int i = 0; i < 50; ++i) {
        window_->search().recents().opened({replica::SearchGroup::Customers, world_->newId()});
    }
    QCOMPARE(window_->search().recents().rows().size(), viewmodel::Recents::kMaxRows);
}

void DeskSearchTest::takenAwayRowsAreForgotten() {
    open();
    sample_.winClaim(*world_);
    setup_->settle();
    openSearch();
    type(QStringLiteral("canaris"));
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    setup_->settle();
    openSearch();
    setup_->settle();
    QVERIFY(lineOf(QStringLiteral("Friederike Canaris")) >= 0);
    QTest::keyClick(&palette().edit(), Qt::Key_Escape);
    world_->remove("site", schema::recordOf<record::Customer>().number,
                   RowId(sample_.hidden.uuid()), schema::Facet::MAIN);
    world_->flush();
    setup_->settle();
    openSearch();
    setup_->settle();
    QCOMPARE(lineOf(QStringLiteral("Friederike Canaris")), -1);
}

void DeskSearchTest::nothingFoundOffersACustomer() {
    open();
    openSearch();
    type(QStringLiteral("Zwiebelfisch"));
    QVERIFY(child<QLabel>("searchNothing")->isVisible());
    QCOMPARE(model().rowCount(), 1);
    QVERIFY(chosenTitle().contains(QStringLiteral("Zwiebelfisch")));
    QTest::keyClick(&palette().edit(), Qt::Key_Return);
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    setup_->settle();
    QCOMPARE(setup_->customers.form().text(QStringLiteral("customer.last_name")),
             QStringLiteral("Zwiebelfisch"));
    // A number alone is no name.
    openSearch();
    type(QStringLiteral("#99999"));
    QCOMPARE(model().rowCount(), 0);
}

void DeskSearchTest::olderDataIsSaid() {
    open();
    openSearch();
    type(QStringLiteral("krüger"));
    QVERIFY(!child<QWidget>("searchIncomplete")->isVisible());
    QVERIFY(!child<QWidget>("searchIndexBar")->isVisible());
    // As while a first sync is still being taken in.
    {
        auto database = sql::Database::open(world_->file());
        QVERIFY(database.has_value());
        QVERIFY(database->execute("UPDATE search_state SET done=0").has_value());
    }
    type(QStringLiteral(" "));
    palette().edit().setText(QStringLiteral("sabine"));
    setup_->settle();
    QVERIFY(child<QWidget>("searchIncomplete")->isVisible());
    QVERIFY(child<QWidget>("searchIndexBar")->isVisible());
    QVERIFY(window_->search().total() > 0);
}

void DeskSearchTest::deskBelowHearsNothing() {
    open();
    choose(sample_.mine);
    list().setFocus();
    openSearch();
    type(QStringLiteral("u"));
    QTest::keyClick(&palette().edit(), Qt::Key_E, Qt::ControlModifier);
    QTest::keyClick(&palette().edit(), Qt::Key_F5);
    QTest::keyClick(&palette().edit(), Qt::Key_U);
    setup_->settle();
    QVERIFY(!child<QWidget>("closePanel")->isVisible());
    QVERIFY(world_->port().claims.empty());
    QCOMPARE(world_->port().syncWishes, 0);
    QVERIFY(palette().isOpen());
}

void DeskSearchTest::tabStaysInside() {
    open();
    openSearch();
    type(QStringLiteral("krüger"));
    for (int i = 0; i < 20; ++i) {
        QTest::keyClick(window_->focusWidget(), Qt::Key_Tab);
        QVERIFY(palette().isAncestorOf(window_->focusWidget()));
        QVERIFY(!window_->focusWidget()->accessibleName().isEmpty());
    }
    palette().edit().setFocus();
    QTest::keyClick(window_->focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(palette().isAncestorOf(window_->focusWidget()));
}

void DeskSearchTest::linesAreSentences() {
    open();
    openSearch();
    type(QStringLiteral("kroeger"));
    const int row = lineOf(QStringLiteral("Sabine Krüger"));
    QVERIFY(row >= 0);
    const QString said = model().index(row).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.contains(QStringLiteral("Sabine Krüger, ")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("klingt ähnlich")), qPrintable(said));
    QVERIFY(!lines().accessibleName().isEmpty());
}

void DeskSearchTest::narrowWindowShowsActionsInPlace() {
    open();
    window_->resize(1024, 700);
    theme_->setZoom(150);
    openSearch();
    type(QStringLiteral("krüger"));
    QVERIFY(lines().isVisible());
    QVERIFY(!child<QWidget>("searchAside")->isVisible());
    QTest::keyClick(&palette().edit(), Qt::Key_Right);
    QVERIFY(child<QWidget>("searchAside")->isVisible());
    QVERIFY(!lines().isVisible());
    QTest::keyClick(window_->focusWidget(), Qt::Key_Escape);
    QVERIFY(lines().isVisible());
    QVERIFY(palette().edit().hasFocus());
    QVERIFY(window_->rect().contains(child<QWidget>("palettePanel")->geometry()));
    theme_->setZoom(100);
}

QTEST_MAIN(DeskSearchTest)
#include "desk_search_test.moc"
