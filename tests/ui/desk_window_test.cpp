// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a real replica, driven by mouse and keys; only the server is played.
#include "client/app/desk_window.h"

#include "client/ui/customers/customers_page.h"
#include "client/ui/leads/lead_context.h"
#include "client/ui/leads/lead_detail_pane.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/shell/top_bar.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"
#include "client/ui/widgets/toast.h"
#include "client/viewmodel/words.h"
#include "tests/ui/world/desk_setup.h"
#include "tests/ui/world/sample_world.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTranslator>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

namespace {

constexpr auto kGerman = ":/translations/vorfahrt_de.qm";

// Everything a person or a screen reader could read in the window, in one text.
QString everythingReadable(QWidget& root) {
    QString text;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        text += widget->toolTip() + widget->accessibleName() + widget->accessibleDescription();
        if (const auto* label = qobject_cast<QLabel*>(widget)) {
            text += label->text();
        }
        if (QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget)) {
            text += face->text(QAccessible::Name) + face->text(QAccessible::Value);
            for (int i = 0; i < std::min(face->childCount(), 200); ++i) {
                if (QAccessibleInterface* child = face->child(i)) {
                    text += child->text(QAccessible::Name);
                }
            }
        }
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace

class DeskWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void claimByMouseIsWonOnlyWhenTheServerSaysSo();
    void claimByKey_data();
    void claimByKey();
    void takenLeadNamesTheColleague();
    void hiddenCustomerIsNowhereBeforeTheClaim();
    void noteIsSavedWithControlEnter();
    void draftComesBack();
    void stageIsMovedAndUndone();
    void closeAsksForAReason();
    void customerIsEditedInPlace();
    void offlineShowsBannerTrayAndPencilledClaim();
    void rejectedNoteCanBeCopiedAndDiscarded();
    void restartFromTheReplicaAlone();
    void themeAndLanguageSwitch();
    void signInErrors();
    void inboxIsForManagers();
    void rowsAreSentencesWithPlaces();
    void listModelKeepsItsRules();
    void singleLettersAreTextInTextFields();

private:
    void open(bool online = true);
    void choose(LeadId lead);
    QAction* action(const char* id) { return window_->actions().action(QString::fromLatin1(id)); }
    template <class T>
    T* child(const char* name) {
        return window_->findChild<T*>(QString::fromLatin1(name));
    }
    ui::LeadListView& list() { return window_->leadsPage().list().list(); }
    QModelIndex rowOf(LeadId lead) {
        return window_->leadsPage().list().rows().index(setup_->leads.list().rowOfLead(lead), 0);
    }
    void type(QWidget* into, const QString& text) { QTest::keyClicks(into, text); }

    std::unique_ptr<ui::Theme> theme_;
    QTranslator german_;
    std::unique_ptr<DeskWorld> world_;
    SampleWorld sample_;
    std::unique_ptr<DeskSetup> setup_;
    std::unique_ptr<app::DeskWindow> window_;
};

void DeskWindowTest::initTestCase() {
    QVERIFY(german_.load(QString::fromLatin1(kGerman)));
    QApplication::installTranslator(&german_);
    QLocale::setDefault(QLocale(QLocale::German));
    theme_ = std::make_unique<ui::Theme>(*qApp);
    theme_->setReducedMotion(true);
    ui::installTimelineAccessibility();
}

void DeskWindowTest::init() {
    world_ = std::make_unique<DeskWorld>(kSampleNowMs);
    sample_ = fillSample(*world_);
    setup_ = std::make_unique<DeskSetup>(*world_);
}

void DeskWindowTest::cleanup() {
    window_.reset();
    setup_.reset();
    world_.reset();
}

void DeskWindowTest::open(bool online) {
    window_ = setup_->makeWindow(*theme_);
    window_->show();
    world_->start(online);
    setup_->settle();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    list().setFocus();
}

void DeskWindowTest::choose(LeadId lead) {
    list().scrollTo(rowOf(lead));
    const QRect rect = list().visualRect(rowOf(lead));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                      QPoint(rect.left() + 200, rect.center().y()));
    setup_->settle();
    QVERIFY(setup_->leads.chosen() == lead);
}

void DeskWindowTest::claimByMouseIsWonOnlyWhenTheServerSaysSo() {
    open();
    const QModelIndex row = rowOf(sample_.toClaim);
    const QRect rect = list().visualRect(row);
    QTest::mouseMove(list().viewport(), rect.center());
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                      list().rows().claimRect(rect).center());
    setup_->settle();
    QCOMPARE(world_->port().claims.size(), 1U);
    QVERIFY(world_->port().claims.front() == sample_.toClaim);
    // Asked, not won: the row stays where it is and says nothing of a customer.
    QVERIFY(setup_->leads.detail().isHidden());
    QVERIFY(!everythingReadable(*window_).contains(QStringLiteral("Von Ihnen übernommen")));

    sample_.winClaim(*world_);
    world_->port().answerClaim({world_->tenant(), sample_.toClaim,
                                client::sync::ClaimAnswer::Outcome::Won, world_->me(),
                                "Jonas Martens", ErrorCode::Ok});
    setup_->settle();
    QVERIFY(!setup_->leads.detail().isHidden());
    QCOMPARE(setup_->leads.detail().customerName(), QStringLiteral("Friederike Canaris"));
    QVERIFY(everythingReadable(*window_).contains(QStringLiteral("Friederike Canaris")));
    QVERIFY(everythingReadable(*window_).contains(QStringLiteral("Bitte rufen Sie mich")));
    QVERIFY(everythingReadable(*window_).contains(QStringLiteral("Von Ihnen übernommen")));
}

void DeskWindowTest::claimByKey_data() {
    QTest::addColumn<int>("key");
    QTest::newRow("Ü") << static_cast<int>(Qt::Key_Udiaeresis);
    QTest::newRow("U") << static_cast<int>(Qt::Key_U);
}

void DeskWindowTest::claimByKey() {
    QFETCH(int, key);
    open();
    choose(sample_.toClaim);
    list().setFocus();
    QTest::keyClick(&list(), static_cast<Qt::Key>(key));
    QCOMPARE(world_->port().claims.size(), 1U);
    // Asked once, however often the key is pressed.
    QTest::keyClick(&list(), static_cast<Qt::Key>(key));
    QVERIFY(world_->port().claims.size() <= 2U);
    QCOMPARE(
        std::count(world_->port().claims.begin(), world_->port().claims.end(), sample_.toClaim), 1);
}

void DeskWindowTest::takenLeadNamesTheColleague() {
    open();
    choose(sample_.toClaim);
    sample_.loseClaim(*world_);
    setup_->settle();
    const QModelIndex row = rowOf(sample_.toClaim);
    QVERIFY(row.isValid());
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Murat Aydın")));
    QVERIFY(child<QWidget>("leadNotice")
                ->accessibleName()
                .contains(QStringLiteral("Murat Aydın hat diese Verkaufschance übernommen")));
    QVERIFY(setup_->leads.detail().isHidden());
    // After a moment the row leaves.
    world_->clock().advance(Millis(30'000));
    Q_EMIT setup_->desk.tick();
    setup_->settle();
    QVERIFY(!rowOf(sample_.toClaim).isValid());
}

void DeskWindowTest::hiddenCustomerIsNowhereBeforeTheClaim() {
    open();
    choose(sample_.toClaim);
    list().setFocus();
    QTest::keyClick(&list(), Qt::Key_C, Qt::ControlModifier);
    QString readable =
        everythingReadable(*window_) + QApplication::clipboard()->text() + window_->windowTitle();
    for (const char* word : {"Canaris", "Friederike", "2345678"}) {
        QVERIFY2(!readable.contains(QString::fromLatin1(word)), word);
    }
    QVERIFY(readable.contains(QStringLiteral("Kundendaten verborgen")));
    // The positive control: the same search finds it after the claim.
    sample_.winClaim(*world_);
    setup_->settle();
    QVERIFY(everythingReadable(*window_).contains(QStringLiteral("Canaris")));
}

void DeskWindowTest::noteIsSavedWithControlEnter() {
    open();
    choose(sample_.mine);
    QTest::keyClick(&list(), Qt::Key_N, Qt::AltModifier);
    auto* text = child<QPlainTextEdit>("noteText");
    QVERIFY(text->hasFocus());
    type(text, QStringLiteral("Probefahrt am Freitag um zehn"));
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(text->toPlainText().isEmpty());
    const auto& items = setup_->leads.detail().timeline();
    QVERIFY(!items.empty());
    QCOMPARE(viewmodel::qstr(items.back().text), QStringLiteral("Probefahrt am Freitag um zehn"));
    QVERIFY(items.back().pending);
    QCOMPARE(setup_->tray.pending().size(), 1U);
}

void DeskWindowTest::draftComesBack() {
    open();
    choose(sample_.mine);
    auto* text = child<QPlainTextEdit>("noteText");
    text->setFocus();
    type(text, QStringLiteral("halb getippt"));
    // Another lead and back, without waiting.
    choose(sample_.toClaim);
    choose(sample_.mine);
    QCOMPARE(text->toPlainText(), QStringLiteral("halb getippt"));
}

void DeskWindowTest::stageIsMovedAndUndone() {
    open();
    choose(sample_.mine);
    auto* bar = child<ui::StageBar>("stageBar");
    // The fifth of six stages: negotiation.
    QTest::mouseClick(bar, Qt::LeftButton, {}, QPoint(bar->width() * 9 / 12, bar->height() / 2));
    setup_->settle();
    QCOMPARE(setup_->leads.detail().lead()->row.status, record::NEGOTIATION);
    QCOMPARE(window_->leadsPage().toasts().shownCount(), 1);
    list().setFocus();
    QTest::keyClick(&list(), Qt::Key_Z, Qt::ControlModifier);
    setup_->settle();
    QCOMPARE(setup_->leads.detail().lead()->row.status, record::OFFER);
}

void DeskWindowTest::closeAsksForAReason() {
    open();
    choose(sample_.mine);
    QTest::mouseClick(child<QAbstractButton>("lead.close.button"), Qt::LeftButton);
    auto* panel = child<QWidget>("closePanel");
    QVERIFY(panel->isVisible());
    auto* outcome = child<QWidget>("closeOutcome");
    const auto choices = outcome->findChildren<QAbstractButton*>();
    QCOMPARE(choices.size(), 3);
    QTest::mouseClick(choices[1], Qt::LeftButton);
    QTest::mouseClick(child<QAbstractButton>("closeConfirm"), Qt::LeftButton);
    setup_->settle();
    // A lost lead says why.
    QVERIFY(panel->isVisible());
    QCOMPARE(setup_->leads.detail().lead()->row.status, record::OFFER);
    type(child<QLineEdit>("closeReason"), QStringLiteral("Hat woanders gekauft"));
    QTest::mouseClick(child<QAbstractButton>("closeConfirm"), Qt::LeftButton);
    setup_->settle();
    QVERIFY(!panel->isVisible());
    QCOMPARE(setup_->leads.detail().lead()->row.status, record::LOST);
    QCOMPARE(setup_->leads.detail().lead()->lead.close_reason(), "Hat woanders gekauft");
    QVERIFY(!rowOf(sample_.mine).isValid());
}

void DeskWindowTest::customerIsEditedInPlace() {
    open();
    QTest::keyClick(&list(), Qt::Key_G);
    QTest::keyClick(&list(), Qt::Key_K);
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    window_->customersPage().open(sample_.customer);
    setup_->settle();
    QTest::mouseClick(child<QAbstractButton>("customer.edit.button"), Qt::LeftButton);
    auto* street = child<QLineEdit>("customerStreet");
    QVERIFY(street->isVisible());
    street->selectAll();
    type(street, QStringLiteral("Am Stadtrand 7"));
    QTest::keyClick(street, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QVERIFY(!street->isVisible());
    const auto& detail = setup_->customers.detail();
    QVERIFY(detail.has_value());
    QCOMPARE(detail->customer.address().street(), "Am Stadtrand 7");
    QVERIFY(detail->pending);
    QCOMPARE(setup_->tray.pending().size(), 1U);
    // Nothing changed: nothing is sent.
    QTest::mouseClick(child<QAbstractButton>("customer.edit.button"), Qt::LeftButton);
    QTest::keyClick(street, Qt::Key_Return, Qt::ControlModifier);
    setup_->settle();
    QCOMPARE(setup_->tray.pending().size(), 1U);
}

void DeskWindowTest::offlineShowsBannerTrayAndPencilledClaim() {
    open();
    auto* banner = child<QWidget>("offlineBanner");
    QVERIFY(!banner->isVisible());
    world_->goOffline();
    setup_->settle();
    QVERIFY(banner->isVisible());
    QVERIFY(banner->accessibleName().contains(QStringLiteral("Sie arbeiten offline")));
    choose(sample_.mine);
    setup_->leads.detail().setDraft(QStringLiteral("offline geschrieben"));
    action("lead.saveNote")->trigger();
    setup_->settle();
    QVERIFY(window_->leadsPage().context().isTrayOpen());
    QVERIFY(everythingReadable(*child<QWidget>("syncTray"))
                .contains(QStringLiteral("Notiz bei Sabine Krüger")));
    choose(sample_.toClaim);
    action("lead.claim")->trigger();
    world_->port().answerClaim({world_->tenant(),
                                sample_.toClaim,
                                client::sync::ClaimAnswer::Outcome::Noted,
                                {},
                                {},
                                ErrorCode::Ok});
    setup_->settle();
    const QString row = rowOf(sample_.toClaim).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(row.contains(QStringLiteral("vorgemerkt")), qPrintable(row));
    QVERIFY2(!row.contains(QStringLiteral("übernommen")), qPrintable(row));
    world_->goOnline();
    setup_->settle();
    QVERIFY(!banner->isVisible());
}

void DeskWindowTest::rejectedNoteCanBeCopiedAndDiscarded() {
    open();
    choose(sample_.mine);
    setup_->leads.detail().setDraft(QStringLiteral("Text, der nicht verloren geht"));
    action("lead.saveNote")->trigger();
    setup_->settle();
    world_->port().refuseOldest(world_->tenant(), ErrorCode::StaleToken);
    setup_->settle();
    QCOMPARE(setup_->tray.rejected().size(), 1U);
    QTest::mouseClick(child<QAbstractButton>("syncPill"), Qt::LeftButton);
    setup_->settle();
    auto* copy = child<QAbstractButton>("copyRejected");
    QVERIFY(copy != nullptr && copy->isVisible());
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Text, der nicht verloren geht"));
    setup_->settle();
    QTest::mouseClick(child<QAbstractButton>("discardRejected"), Qt::LeftButton);
    setup_->settle();
    QVERIFY(setup_->tray.rejected().empty());
}

void DeskWindowTest::restartFromTheReplicaAlone() {
    open();
    choose(sample_.mine);
    setup_->leads.detail().setDraft(QStringLiteral("vor dem Absturz"));
    setup_->leads.detail().flushDraft();
    setup_->leads.detail().moveTo(record::NEGOTIATION);
    setup_->settle();
    // The program ends without a word; a new one opens the same file, with no network.
    window_.reset();
    setup_.reset();
    world_->port().close();
    world_->port().open(world_->file());
    setup_ = std::make_unique<DeskSetup>(*world_);
    open(false);
    QVERIFY(setup_->desk.stage() == viewmodel::Desk::Stage::Working);
    choose(sample_.mine);
    QCOMPARE(setup_->leads.detail().lead()->row.status, record::NEGOTIATION);
    QCOMPARE(child<QPlainTextEdit>("noteText")->toPlainText(), QStringLiteral("vor dem Absturz"));
    QCOMPARE(setup_->tray.pending().size(), 1U);
    QVERIFY(child<QWidget>("offlineBanner")->isVisible());
}

void DeskWindowTest::themeAndLanguageSwitch() {
    open();
    const QImage light = window_->grab().toImage();
    action("theme.dark")->trigger();
    QVERIFY(theme_->isDark());
    const QImage dark = window_->grab().toImage();
    QVERIFY(qGray(light.pixel(1000, 600)) > 200);
    QVERIFY(qGray(dark.pixel(1000, 600)) < 60);
    action("theme.light")->trigger();
    QSignalSpy language(window_.get(), &app::DeskWindow::languageChosen);
    action("language.en")->trigger();
    QCOMPARE(language.count(), 1);
    QApplication::removeTranslator(&german_);
    auto english = setup_->makeWindow(*theme_, QStringLiteral("en"));
    english->show();
    setup_->settle();
    QVERIFY(everythingReadable(*english).contains(QStringLiteral("To claim")));
    QVERIFY(!everythingReadable(*english).contains(QStringLiteral("Zum Übernehmen")));
    english.reset();
    QApplication::installTranslator(&german_);
}

void DeskWindowTest::signInErrors() {
    window_ = setup_->makeWindow(*theme_);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    auto* password = child<QLineEdit>("loginPassword");
    QVERIFY(password->isVisible());
    QTest::keyClick(password, Qt::Key_Return);
    QCOMPARE(world_->port().logins.size(), 0);
    QVERIFY(everythingReadable(*window_).contains(QStringLiteral("Geben Sie Ihr Kennwort ein.")) ||
            !setup_->signIn.passwordError().isEmpty());
    type(password, QStringLiteral("falsch"));
    QTest::keyClick(password, Qt::Key_Return);
    QCOMPARE(world_->port().logins, QStringList{QStringLiteral("jonas.martens")});
    world_->port().answerLogin(ErrorCode::Unauthenticated);
    QCOMPARE(setup_->signIn.passwordError(),
             QStringLiteral("Benutzername oder Kennwort ist falsch."));
    QTest::mouseClick(child<QAbstractButton>("loginSubmit"), Qt::LeftButton);
    world_->port().answerLogin(ErrorCode::RateLimited, 12'000);
    QVERIFY(setup_->signIn.problem().contains(QStringLiteral("12 Sekunden")));
    QVERIFY(!child<QAbstractButton>("loginSubmit")->isEnabled());
    client::sync::SyncStatus status;
    status.trouble = client::sync::Trouble::WrongCertificate;
    world_->port().setStatus(status);
    QVERIFY(child<QWidget>("loginProblem")->isVisible());
}

void DeskWindowTest::inboxIsForManagers() {
    open();
    QVERIFY(!action("go.inbox")->isEnabled());
    world_->setRole(record::MANAGER);
    world_->flush();
    setup_->settle();
    QVERIFY(action("go.inbox")->isEnabled());
    action("go.inbox")->trigger();
    auto* inbox = child<QListView>("inboxList");
    QCOMPARE(inbox->model()->rowCount(), 2);
    inbox->setCurrentIndex(inbox->model()->index(0, 0));
    setup_->settle();
    QVERIFY(child<QPlainTextEdit>("inboxText")->toPlainText().contains(QStringLiteral("ID.3")));
    QTest::mouseClick(child<QAbstractButton>("inbox.convert.button"), Qt::LeftButton);
    QCOMPARE(child<QLineEdit>("convertEmail")->text(), QStringLiteral("hanna.moeller@example.org"));
    QCOMPARE(child<QLineEdit>("convertLastName")->text(), QStringLiteral("Möller"));
    QTest::mouseClick(child<QAbstractButton>("convertSave"), Qt::LeftButton);
    setup_->settle();
    QCOMPARE(inbox->model()->rowCount(), 1);
    inbox->setCurrentIndex(inbox->model()->index(0, 0));
    setup_->settle();
    QTest::mouseClick(child<QAbstractButton>("inbox.dismiss.button"), Qt::LeftButton);
    setup_->settle();
    QCOMPARE(inbox->model()->rowCount(), 0);
    QCOMPARE(setup_->tray.pending().size(), 2U);
}

void DeskWindowTest::rowsAreSentencesWithPlaces() {
    open();
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&list());
    QVERIFY(face != nullptr);
    const int row = setup_->leads.list().rowOfLead(sample_.mine);
    QAccessibleInterface* item = face->child(row);
    QVERIFY(item != nullptr);
    const QString name = item->text(QAccessible::Name);
    for (const char* word : {"Sabine Krüger", "VW Passat Variant", "Angebot", "11:00"}) {
        QVERIFY2(name.contains(QString::fromUtf8(word)), qPrintable(name));
    }
    const QRect place = list().visualRect(rowOf(sample_.mine));
    const QRect onScreen(list().viewport()->mapToGlobal(place.topLeft()), place.size());
    QCOMPARE(item->rect(), onScreen);
    QVERIFY(face->child(setup_->leads.list().rowOfLead(sample_.toClaim))
                ->text(QAccessible::Name)
                .contains(QStringLiteral("Kundendaten verborgen")));
}

void DeskWindowTest::listModelKeepsItsRules() {
    open();
    QAbstractItemModelTester tester(&setup_->leads.list(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&setup_->leads.list(), &QAbstractItemModel::modelReset);
    choose(sample_.mine);
    sample_.winClaim(*world_);
    setup_->settle();
    setup_->leads.setView(model::LeadView::All);
    setup_->settle();
    setup_->leads.setFilter(model::LeadFilter::Overdue);
    setup_->leads.setFilter(model::LeadFilter::None);
    setup_->leads.list().toggle(model::LeadSection::Working);
    setup_->leads.list().toggle(model::LeadSection::Working);
    world_->clock().advance(Millis(20 * 60'000));
    Q_EMIT setup_->desk.tick();
    setup_->settle();
    QCOMPARE(resets.count(), 0);
    QVERIFY(setup_->leads.chosen() == sample_.mine);
    QCOMPARE(list().currentIndex(), rowOf(sample_.mine));
}

void DeskWindowTest::singleLettersAreTextInTextFields() {
    open();
    choose(sample_.mine);
    auto* text = child<QPlainTextEdit>("noteText");
    text->setFocus();
    type(text, QStringLiteral("u g k j"));
    QCOMPARE(text->toPlainText(), QStringLiteral("u g k j"));
    QVERIFY(world_->port().claims.empty());
    QCOMPARE(window_->page(), QStringLiteral("leads"));
}

QTEST_MAIN(DeskWindowTest)
#include "desk_window_test.moc"
