// SPDX-License-Identifier: GPL-3.0-or-later
// The sign-in window: nothing is cut, and a quiet server is no trouble.
#include "client/ui/widgets/text_field.h"
#include "tests/ui/world/desk_fixture.h"

#include <QLineEdit>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskLoginTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() {
        theme_->setZoom(100);
        end();
    }

    void errorsAreNeverCut_data();
    void errorsAreNeverCut();
    void idleServerIsNoTrouble();
    void damagedFileIsNamed();

private:
    void openLogin() {
        window_ = setup_->makeWindow(*theme_);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }
    void tryPassword(const QString& password) {
        auto* edit = child<QLineEdit>("loginPassword");
        edit->selectAll();
        QTest::keyClicks(edit, password);
        QTest::keyClick(edit, Qt::Key_Return);
    }
};

void DeskLoginTest::errorsAreNeverCut_data() {
    QTest::addColumn<int>("zoom");
    QTest::addColumn<int>("code");
    QTest::addColumn<QSize>("window");
    for (const int zoom : {90, 100, 150}) {
        for (const ErrorCode code : {ErrorCode::Unauthenticated, ErrorCode::Internal}) {
            for (const QSize size : {QSize(1920, 1080), QSize(1024, 640)}) {
                QTest::addRow("%d %% %d %d", zoom, static_cast<int>(code), size.width())
                    << zoom << static_cast<int>(code) << size;
            }
        }
    }
}

void DeskLoginTest::errorsAreNeverCut() {
    QFETCH(int, zoom);
    QFETCH(int, code);
    QFETCH(QSize, window);
    theme_->setZoom(zoom);
    openLogin();
    window_->resize(window);
    tryPassword(QStringLiteral("falsch"));
    world_->port().answerLogin(static_cast<ErrorCode>(code));
    setup_->settle();
    auto* field = qobject_cast<ui::TextField*>(child<QLineEdit>("loginPassword")->parentWidget());
    QVERIFY(field != nullptr);
    QVERIFY(field->belowHeight() > 0);
    QVERIFY2(
        field->belowRect().height() >= field->belowHeight(),
        qPrintable(
            QStringLiteral("%1 of %2").arg(field->belowRect().height()).arg(field->belowHeight())));
    // And the button below it does not lie over it.
    auto* enter = child<QWidget>("loginSubmit");
    const int end = field->mapTo(window_.get(), QPoint(0, field->height())).y();
    QVERIFY(enter->mapTo(window_.get(), QPoint(0, 0)).y() >= end);
    QVERIFY(enter->mapTo(window_.get(), QPoint(0, enter->height())).y() <= window_->height());
}

// The server ends a connection on which nobody signs in; that is its right and says nothing.
void DeskLoginTest::idleServerIsNoTrouble() {
    openLogin();
    tryPassword(QStringLiteral("falsch"));
    client::sync::SyncStatus status;
    status.state = client::sync::State::LoggingIn;
    status.wantsOnline = true;
    status.lastContactMs = kSampleNowMs;
    world_->port().setStatus(status);
    world_->port().answerLogin(ErrorCode::Unauthenticated);
    status.state = client::sync::State::Offline;
    world_->port().setStatus(status);
    setup_->settle();
    QVERIFY(!child<QWidget>("loginProblem")->isVisible());
    QCOMPARE(setup_->signIn.serverLine(), QStringLiteral("Server erreichbar"));
    QCOMPARE(setup_->signIn.passwordError(),
             QStringLiteral("Benutzername oder Kennwort ist falsch."));
    // The next try is a try like the first.
    tryPassword(QStringLiteral("richtig"));
    QCOMPARE(world_->port().logins.size(), 2);
}

void DeskLoginTest::damagedFileIsNamed() {
    openLogin();
    Q_EMIT world_->port().replicaSetAside(QStringLiteral("/data/replica-1.db.damaged-17"));
    world_->start();
    setup_->settle();
    QVERIFY(setup_->desk.stage() == viewmodel::Desk::Stage::Working);
    auto* bar = child<QWidget>("refusal");
    QVERIFY(bar->isVisible());
    QVERIFY(bar->accessibleName().contains(QStringLiteral("replica-1.db.damaged-17")));
}

QTEST_MAIN(DeskLoginTest)
#include "desk_login_test.moc"
