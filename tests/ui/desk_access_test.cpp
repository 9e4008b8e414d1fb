// SPDX-License-Identifier: GPL-3.0-or-later
// First run, codes, several people, lock and account: each by keyboard alone and by mouse alone.
#include "client/ui/login/login_page.h"
#include "client/ui/widgets/button.h"
#include "common/base/assert.h"
#include "tests/ui/world/desk_fixture.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSignalSpy>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

namespace {

const QString kGood = QStringLiteral("a good password");

client::sync::Person person(const char* login, const char* name) {
    return {.login = login, .name = name, .business = "Autohaus Brandt", .opensOffline = true};
}

}  // namespace

class DeskAccessTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() {
        window_.reset();
        choice_.reset();
        end();
    }

    void lockKeepsTheDraftAndEmptiesTheModels_data() { addHands(); }
    void lockKeepsTheDraftAndEmptiesTheModels();
    void serverThatEndsTheSessionLeadsToTheSignIn();
    void otherPersonInTwoClicks_data() { addHands(); }
    void otherPersonInTwoClicks();
    void tileFillsInThePerson_data() { addHands(); }
    void tileFillsInThePerson();
    void offlineAnswersAreSaid();
    void keyStoreIsSaid();
    void firstRunPinsWhatWasCompared_data() { addHands(); }
    void firstRunPinsWhatWasCompared();
    void pastedFingerprintDecides();
    void changedCertificateIsShownBesideTheOld();
    void codeAndNewPassword_data() { addHands(); }
    void codeAndNewPassword();
    void setUpFromCodeToCodes_data() { addHands(); }
    void setUpFromCodeToCodes();
    void takenLoginLeadsBackToItsStep();
    void passwordIsChanged_data() { addHands(); }
    void passwordIsChanged();
    void administratorAddsAndDisables_data() { addHands(); }
    void administratorAddsAndDisables();

private:
    static void addHands() {
        QTest::addColumn<bool>("mouse");
        QTest::newRow("keyboard") << false;
        QTest::newRow("mouse") << true;
    }
    void openLogin() {
        window_ = setup_->makeWindow(*theme_);
        window_->show();
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }
    // The window of a desk that knows no server yet.
    void openFirstRun(const QUrl& url = {}, const QByteArray& pinned = {}) {
        choice_ = std::make_unique<viewmodel::ServerChoice>(setup_->probe, url, pinned);
        window_ = std::make_unique<app::DeskWindow>(
            *theme_,
            app::ViewModels{setup_->desk, setup_->signIn, setup_->leads, setup_->customers,
                            setup_->inbox, setup_->tray, setup_->account, *choice_},
            QStringLiteral("de"), QString());
        window_->resize(1280, 800);
        window_->show();
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }
    QLineEdit& edit(const char* name) {
        auto* found = child<QLineEdit>(name);
        VF_ASSERT(found != nullptr);
        return *found;
    }
    QWidget& shown(const char* name) {
        for (auto* widget : window_->findChildren<QWidget*>(QString::fromLatin1(name))) {
            if (widget->isVisible()) {
                return *widget;
            }
        }
        qFatal("not visible: %s", name);
    }
    void reveal(QWidget& widget) {
        for (QWidget* up = widget.parentWidget(); up != nullptr; up = up->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(up)) {
                area->ensureWidgetVisible(&widget);
            }
        }
        QCoreApplication::processEvents();
    }
    // By mouse: a click on the widget. By keyboard: Tab until it has the focus, then the key.
    void press(const char* name, bool mouse, Qt::Key key = Qt::Key_Space) {
        QWidget& widget = shown(name);
        if (mouse) {
            reveal(widget);
            QTest::mouseClick(&widget, Qt::LeftButton);
        } else {
            tabTo(widget);
            QTest::keyClick(&widget, key);
        }
        QCoreApplication::processEvents();
    }
    void tabTo(QWidget& widget) {
        for (int i = 0; i < 200 && !widget.hasFocus(); ++i) {
            QWidget* now = window_->focusWidget();
            QTest::keyClick(now != nullptr ? now : window_.get(), Qt::Key_Tab);
        }
        QVERIFY2(widget.hasFocus(), qPrintable(widget.objectName()));
    }
    void fill(const char* name, const QString& text, bool mouse) {
        QLineEdit& line = edit(name);
        if (mouse) {
            reveal(line);
            QTest::mouseClick(&line, Qt::LeftButton);
            line.clear();
        } else {
            tabTo(line);
            line.selectAll();
        }
        QTest::keyClicks(&line, text);
    }
    void people() {
        Q_EMIT world_->port().peopleChanged(
            {person("jonas.martens", "Jonas Martens"), person("murat", "Murat Aydın")},
            client::sync::KeyStoreState::Ready);
    }
    const client::sync::AccountRequest& lastRequest() {
        VF_ASSERT(!world_->port().accountRequests.empty());
        return world_->port().accountRequests.back();
    }
    void answer(ErrorCode code, const std::string& field = {},
                std::vector<client::sync::StartCode> codes = {}) {
        client::sync::AccountAnswer result;
        result.code = code;
        result.field = field;
        result.codes = std::move(codes);
        world_->port().answerAccount(result);
        QCoreApplication::processEvents();
    }

    std::unique_ptr<viewmodel::ServerChoice> choice_;
};

void DeskAccessTest::lockKeepsTheDraftAndEmptiesTheModels() {
    QFETCH(bool, mouse);
    open();
    choose(sample_.mine);
    auto* note = child<QPlainTextEdit>("noteText");
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("halb geschrieben"));
    QVERIFY(setup_->leads.list().rowCount() > 0);
    if (mouse) {
        // The menu of the account; its entry is the same action.
        click(child<QWidget>("userMenu"));
        auto* menu = child<QWidget>("topBar")->findChild<QMenu*>();
        QTRY_VERIFY(menu->isVisible());
        QAction* entry = action("account.lock");
        QVERIFY(menu->actions().contains(entry));
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(entry).center());
    } else {
        QTest::keyClick(note, Qt::Key_L, Qt::ControlModifier);
    }
    setup_->settle();
    QCOMPARE(world_->port().leaves, 1);
    QVERIFY(setup_->desk.stage() == viewmodel::Desk::Stage::SignedOut);
    QVERIFY(child<QWidget>("loginPage")->isVisible());
    QVERIFY(child<QWidget>("loginNote")->isVisible());
    QCOMPARE(setup_->leads.list().rowCount(), 0);
    QCOMPARE(setup_->customers.list().rowCount(), 0);
    QCOMPARE(setup_->inbox.list().rowCount(), 0);
    QVERIFY(setup_->leads.chosen().isNone());
    QVERIFY(setup_->desk.directory().users.empty());
    QVERIFY(setup_->desk.login().isEmpty());
    QByteArray stored;
    for (const char* part : {"", "-wal"}) {
        QFile file(QString::fromStdString(world_->file().string() + part));
        if (file.open(QIODevice::ReadOnly)) {
            stored += file.readAll();
        }
    }
    QVERIFY(stored.contains("halb geschrieben"));
}

void DeskAccessTest::serverThatEndsTheSessionLeadsToTheSignIn() {
    open();
    Q_EMIT world_->port().tokenLost();
    setup_->settle();
    QVERIFY(child<QWidget>("loginPage")->isVisible());
    QVERIFY(setup_->desk.left() == viewmodel::Desk::Left::SessionEnded);
    QVERIFY(child<QWidget>("loginNote")->isVisible());
    QCOMPARE(setup_->leads.list().rowCount(), 0);
}

void DeskAccessTest::otherPersonInTwoClicks() {
    QFETCH(bool, mouse);
    open();
    people();
    if (mouse) {
        click(child<QWidget>("userMenu"));
        auto* menu = child<QWidget>("topBar")->findChild<QMenu*>();
        QTRY_VERIFY(menu->isVisible());
        QAction* entry = nullptr;
        for (QAction* one : menu->actions()) {
            if (one->data().toString() == QStringLiteral("murat")) {
                entry = one;
            }
        }
        QVERIFY(entry != nullptr);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(entry).center());
    } else {
        QTest::keyClick(&list(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    }
    setup_->settle();
    QCOMPARE(world_->port().leaves, 1);
    // The program makes a new window now.
    window_ = setup_->makeWindow(*theme_);
    window_->show();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    if (mouse) {
        QCOMPARE(setup_->signIn.wanted(), QStringLiteral("murat"));
        window_->loginPage().choose(setup_->signIn.wanted());
    } else {
        press("person1", false);
    }
    QVERIFY(edit("loginPassword").hasFocus());
    QTest::keyClicks(&edit("loginPassword"), kGood);
    QTest::keyClick(&edit("loginPassword"), Qt::Key_Return);
    QCOMPARE(world_->port().logins, QStringList{QStringLiteral("murat")});
    QCOMPARE(world_->port().passwords, QStringList{kGood});
}

void DeskAccessTest::tileFillsInThePerson() {
    QFETCH(bool, mouse);
    openLogin();
    people();
    press("person1", mouse);
    QCOMPARE(edit("loginAccount").text(), QStringLiteral("murat"));
    QVERIFY(edit("loginPassword").hasFocus());
    auto* tile = child<QAbstractButton>("person1");
    QVERIFY(tile->isChecked());
    QVERIFY(!child<QAbstractButton>("person0")->isChecked());
    QCOMPARE(tile->accessibleName(), QStringLiteral("Murat Aydın, Autohaus Brandt"));
}

void DeskAccessTest::offlineAnswersAreSaid() {
    openLogin();
    people();
    const auto submit = [this](const client::sync::LoginAnswer& said) {
        setup_->signIn.submit(QStringLiteral("murat"), QStringLiteral("falsch"));
        Q_EMIT world_->port().loginFinished(said);
        QCoreApplication::processEvents();
    };
    submit({.code = ErrorCode::Unauthenticated, .offline = true, .triesLeft = 7});
    QVERIFY(setup_->signIn.passwordError().contains(QStringLiteral("Noch 7 Versuche")));
    QVERIFY(setup_->signIn.mayTry());
    submit({.code = ErrorCode::Forbidden, .offline = true});
    QVERIFY(setup_->signIn.problem().contains(QStringLiteral("sobald")));
    QVERIFY(child<QWidget>("loginProblem")->isVisible());
    submit({.code = ErrorCode::Unauthenticated,
            .retryAfterMs = 5000,
            .offline = true,
            .triesLeft = 6});
    QVERIFY(!setup_->signIn.mayTry());
    QCOMPARE(setup_->signIn.waitSeconds(), 5);
}

void DeskAccessTest::keyStoreIsSaid() {
    openLogin();
    Q_EMIT world_->port().peopleChanged({person("murat", "Murat")},
                                        client::sync::KeyStoreState::Missing);
    QVERIFY(setup_->signIn.note().contains(QStringLiteral("keinen Schlüsselspeicher")));
    Q_EMIT world_->port().peopleChanged({person("murat", "Murat")},
                                        client::sync::KeyStoreState::Locked);
    QVERIFY(setup_->signIn.note().contains(QStringLiteral("gesperrt")));
    QVERIFY(child<QWidget>("loginNote")->isVisible());
    Q_EMIT world_->port().peopleChanged({person("murat", "Murat")},
                                        client::sync::KeyStoreState::Ready);
    QVERIFY(!child<QWidget>("loginNote")->isVisible());
}

void DeskAccessTest::firstRunPinsWhatWasCompared() {
    QFETCH(bool, mouse);
    openFirstRun();
    QVERIFY(child<QWidget>("serverStep")->isVisible());
    QSignalSpy chosen(choice_.get(), &viewmodel::ServerChoice::chosen);
    fill("serverAddress", QStringLiteral("nicht://richtig"), mouse);
    press("serverConnect", mouse);
    QVERIFY(!choice_->addressError().isEmpty());
    QCOMPARE(edit("serverAddress").text(), QStringLiteral("nicht://richtig"));
    fill("serverAddress", QStringLiteral("desk.example.org"), mouse);
    press("serverConnect", mouse);
    QCOMPARE(setup_->probe.asked, QStringList{QStringLiteral("desk.example.org:4433")});
    Q_EMIT setup_->probe.finished({});
    QVERIFY(choice_->addressError().contains(QStringLiteral("Keine Antwort")));
    press("serverConnect", mouse);
    const QByteArray shownByServer = QByteArray::fromHex(QByteArray("a1b2c3d4").repeated(8));
    Q_EMIT setup_->probe.finished(shownByServer);
    QCoreApplication::processEvents();
    QCOMPARE(child<QLabel>("foundFingerprint")->text().section(QLatin1Char('\n'), 0, 0),
             QStringLiteral("A1B2 C3D4 A1B2 C3D4"));
    QVERIFY(chosen.isEmpty());
    press("serverConnect", mouse, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().at(1).toByteArray(), shownByServer);
    QVERIFY(child<QWidget>("loginSubmit")->isVisible());
}

void DeskAccessTest::pastedFingerprintDecides() {
    openFirstRun();
    QSignalSpy chosen(choice_.get(), &viewmodel::ServerChoice::chosen);
    const QByteArray right = QByteArray::fromHex(QByteArray("0102030a").repeated(8));
    fill("serverAddress", QStringLiteral("desk.example.org:4499"), true);
    fill("serverFingerprint", QStringLiteral("01:02"), true);
    press("serverConnect", true);
    QVERIFY(!choice_->expectedError().isEmpty());
    edit("serverFingerprint").setText(QString::fromLatin1(right.toHex(':')));
    press("serverConnect", true);
    Q_EMIT setup_->probe.finished(QByteArray(32, 'x'));
    QVERIFY(choice_->expectedError().contains(QStringLiteral("anderes Zertifikat")));
    QVERIFY(chosen.isEmpty());
    press("serverConnect", true);
    Q_EMIT setup_->probe.finished(right);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().at(0).toUrl().port(), 4499);
}

void DeskAccessTest::changedCertificateIsShownBesideTheOld() {
    openFirstRun(viewmodel::serverUrl(QStringLiteral("desk.example.org")), QByteArray(32, '\x11'));
    QSignalSpy chosen(choice_.get(), &viewmodel::ServerChoice::chosen);
    press("loginChangeServer", true);
    press("serverConnect", true);
    Q_EMIT setup_->probe.finished(QByteArray(32, '\x22'));
    QCoreApplication::processEvents();
    QVERIFY(child<QWidget>("certificateChanged")->isVisible());
    QVERIFY(child<QLabel>("pinnedFingerprint")->text().contains(QStringLiteral("1111 1111")));
    QVERIFY(child<QLabel>("foundFingerprint")->text().contains(QStringLiteral("2222 2222")));
    // Going back pins nothing.
    press("stepBack", true);
    QVERIFY(chosen.isEmpty());
    QCOMPARE(choice_->pinned(), QByteArray(32, '\x11'));
    press("loginChangeServer", true);
    press("serverConnect", true);
    Q_EMIT setup_->probe.finished(QByteArray(32, '\x22'));
    press("serverConnect", true);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(choice_->pinned(), QByteArray(32, '\x22'));
}

void DeskAccessTest::codeAndNewPassword() {
    QFETCH(bool, mouse);
    openLogin();
    press("loginUseCode", mouse);
    QCOMPARE(edit("redeemLogin").text(), QStringLiteral("jonas.martens"));
    fill("redeemCode", QStringLiteral("ab12-cd34-ef56"), mouse);
    fill("redeemPassword", QStringLiteral("kurz"), mouse);
    fill("redeemRepeat", QStringLiteral("kurz"), mouse);
    press("redeemSubmit", mouse);
    QVERIFY(world_->port().accountRequests.empty());
    QVERIFY(!setup_->account.error(QStringLiteral("password")).isEmpty());
    fill("redeemPassword", kGood, mouse);
    fill("redeemRepeat", kGood, mouse);
    press("redeemSubmit", mouse);
    answer(ErrorCode::Unauthenticated);
    QVERIFY(!setup_->account.error(QStringLiteral("code")).isEmpty());
    // Nothing that was typed is lost.
    QCOMPARE(edit("redeemPassword").text(), kGood);
    QCOMPARE(edit("redeemCode").text(), QStringLiteral("ab12-cd34-ef56"));
    press("redeemSubmit", mouse);
    const auto& request = std::get<client::sync::RedeemCode>(lastRequest());
    QCOMPARE(request.login, std::string("jonas.martens"));
    QCOMPARE(request.password, kGood.toStdString());
    answer(ErrorCode::Ok);
    QCOMPARE(world_->port().logins, QStringList{QStringLiteral("jonas.martens")});
    QCOMPARE(world_->port().passwords, QStringList{kGood});
    QVERIFY(edit("redeemPassword").text().isEmpty());
}

void DeskAccessTest::setUpFromCodeToCodes() {
    QFETCH(bool, mouse);
    openLogin();
    press("loginSetUp", mouse);
    press("setupNext0", mouse);
    QVERIFY(!setup_->account.error(QStringLiteral("code")).isEmpty());
    fill("setupCode", QStringLiteral("AAAA-BBBB-CCCC"), mouse);
    fill("setupBusiness", QStringLiteral("Autohaus Neu"), mouse);
    press("setupNext0", mouse);
    fill("setupSite0", QStringLiteral("Nord"), mouse);
    press("setupAddSite", mouse);
    fill("setupSite1", QStringLiteral("Ost"), mouse);
    fill("setupCity1", QStringLiteral("Kiel"), mouse);
    press("setupNext1", mouse);
    fill("setupName", QStringLiteral("Ada Admin"), mouse);
    fill("setupLogin", QStringLiteral("ada"), mouse);
    fill("setupPassword", kGood, mouse);
    fill("setupRepeat", QStringLiteral("another one"), mouse);
    press("setupNext2", mouse);
    QVERIFY(!setup_->account.error(QStringLiteral("repeat")).isEmpty());
    fill("setupRepeat", kGood, mouse);
    press("setupNext2", mouse);
    fill("setupUserName0", QStringLiteral("Berta"), mouse);
    fill("setupUserLogin0", QStringLiteral("berta"), mouse);
    press("setupNext3", mouse);
    const auto& request = std::get<client::sync::SetUp>(lastRequest());
    QCOMPARE(request.tenantName, std::string("Autohaus Neu"));
    QCOMPARE(request.sites.size(), std::size_t{2});
    QCOMPARE(request.sites.at(1).city, std::string("Kiel"));
    QCOMPARE(request.login, std::string("ada"));
    QCOMPARE(request.users.size(), std::size_t{1});
    QCOMPARE(request.users.front().sites.size(), std::size_t{2});
    answer(ErrorCode::Ok, {},
           {{.user = {}, .login = "berta", .code = "WXYZ-1234-5678", .expiresMs = kSampleNowMs}});
    QVERIFY(child<QWidget>("codes")->isVisible() || shown("codes").isVisible());
    press("codesCopy", mouse);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("WXYZ-1234-5678")));
    press("setupFinish", mouse);
    QCOMPARE(world_->port().logins, QStringList{QStringLiteral("ada")});
    QCOMPARE(world_->port().passwords, QStringList{kGood});
    QVERIFY(setup_->account.codes().empty());
}

void DeskAccessTest::takenLoginLeadsBackToItsStep() {
    openLogin();
    press("loginSetUp", true);
    fill("setupCode", QStringLiteral("AAAA-BBBB-CCCC"), true);
    fill("setupBusiness", QStringLiteral("Autohaus Neu"), true);
    press("setupNext0", true);
    fill("setupSite0", QStringLiteral("Nord"), true);
    press("setupNext1", true);
    fill("setupName", QStringLiteral("Ada"), true);
    fill("setupLogin", QStringLiteral("ada"), true);
    fill("setupPassword", kGood, true);
    fill("setupRepeat", kGood, true);
    press("setupNext2", true);
    press("setupNext3", true);
    answer(ErrorCode::Duplicate, "administrator.login");
    QVERIFY(edit("setupLogin").isVisible());
    QVERIFY(setup_->account.error(QStringLiteral("login")).contains(QStringLiteral("vergeben")));
    QCOMPARE(edit("setupPassword").text(), kGood);
    press("stepBack", true);
    QCOMPARE(edit("setupSite0").text(), QStringLiteral("Nord"));
}

void DeskAccessTest::passwordIsChanged() {
    QFETCH(bool, mouse);
    open();
    action("app.account")->trigger();
    setup_->settle();
    fill("accountOld", QStringLiteral("the old one"), mouse);
    fill("accountPassword", kGood, mouse);
    fill("accountRepeat", kGood, mouse);
    press("accountChange", mouse);
    const auto& request = std::get<client::sync::ChangePassword>(lastRequest());
    QCOMPARE(request.oldPassword, std::string("the old one"));
    QCOMPARE(request.newPassword, kGood.toStdString());
    answer(ErrorCode::Unauthenticated);
    QVERIFY(!setup_->account.error(QStringLiteral("old")).isEmpty());
    QCOMPARE(edit("accountPassword").text(), kGood);
    press("accountChange", mouse);
    answer(ErrorCode::Ok);
    QVERIFY(edit("accountPassword").text().isEmpty());
    QVERIFY(!child<QLabel>("accountChanged")->text().isEmpty());
    press("signOutOthers", mouse);
    QVERIFY(!std::get<client::sync::SignOutEverywhere>(lastRequest()).thisDesk);
    answer(ErrorCode::Ok);
    press("signOutAll", mouse);
    QVERIFY(std::get<client::sync::SignOutEverywhere>(lastRequest()).thisDesk);
}

void DeskAccessTest::administratorAddsAndDisables() {
    QFETCH(bool, mouse);
    open();
    world_->setRole(record::ADMIN);
    world_->flush();
    setup_->settle();
    action("app.account")->trigger();
    setup_->settle();
    QVERIFY(child<QWidget>("accountPeople")->isVisible());
    fill("newUserName", QStringLiteral("Carla"), mouse);
    fill("newUserLogin", QStringLiteral("carla"), mouse);
    press("newUserAdd", mouse);
    const auto& request = std::get<client::sync::AddUser>(lastRequest());
    QCOMPARE(request.person.login, std::string("carla"));
    QVERIFY(!request.sites.empty());
    answer(ErrorCode::Ok, {},
           {{.user = {}, .login = "carla", .code = "QQQQ-1111-2222", .expiresMs = kSampleNowMs}});
    QVERIFY(edit("newUserName").text().isEmpty());
    QCOMPARE(setup_->account.codes().size(), std::size_t{1});
    press("disableUser", mouse);
    const auto& disabled = std::get<client::sync::DisableUser>(lastRequest());
    QVERIFY(disabled.user != world_->me());
    answer(ErrorCode::Ok);
    press("issueCode", mouse);
    QVERIFY(std::holds_alternative<client::sync::IssueCode>(lastRequest()));
    answer(ErrorCode::Ok);
    fill("newSiteName", QStringLiteral("Sued"), mouse);
    press("newSiteAdd", mouse);
    QCOMPARE(std::get<client::sync::AddSite>(lastRequest()).site.name, std::string("Sued"));
}

QTEST_MAIN(DeskAccessTest)
#include "desk_access_test.moc"
