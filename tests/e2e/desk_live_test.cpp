// SPDX-License-Identifier: GPL-3.0-or-later
// Two real windows against the real server over TLS: a portal mail becomes a claimed lead.
#include "client/app/desk_window.h"
#include "client/app/sync_port.h"
#include "client/app/tls_probe.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/widgets/lead_list.h"
#include "tests/support/lmtp_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_key_store.h"
#include "tests/support/transport_choice.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

namespace {

constexpr int kPatienceMs = 20'000;
constexpr auto kPassword = "Wintergarten-Traktor-42";

const QByteArray kMail =
    "From: Portal <portal@example.net>\r\nTo: anfragen@brandt.example\r\n"
    "Subject: Neue Anfrage\r\nMessage-ID: <live-1@example.net>\r\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: application/xml; charset=utf-8\r\n\r\n"
    "<?xml version=\"1.0\"?><?adf version=\"1.0\"?><adf><prospect status=\"new\">"
    "<requestdate>2026-11-23T10:00:00+00:00</requestdate>"
    "<vehicle interest=\"buy\" status=\"used\"><year>2023</year><make>VW</make>"
    "<model>Tiguan</model></vehicle><customer><contact>"
    "<name part=\"first\">Walburga</name><name part=\"last\">Nachtigall</name>"
    "<email>walburga.nachtigall@example.org</email><phone>+4915112345678</phone>"
    "</contact><comments>Ist der Tiguan noch da?</comments></customer>"
    "<vendor><contact><name>Brandt</name></contact></vendor></prospect></adf>\r\n";

// The composition of the program, with a data folder of its own.
struct Program {
    Program(ui::Theme& theme, const ServerProcess& server, const QString& folder,
            const QString& login)
        : thread(withTestKeys({.dataDir = folder.toStdU16String(),
                               .server = server.url(),
                               .fingerprint = QByteArray::fromHex(server.fingerprint().toLatin1()),
                               .deviceName = QStringLiteral("test"),
                               .transport = chosenTransport()})),
          port(thread),
          desk(port, reader, clock, random),
          signIn(desk, QStringLiteral("127.0.0.1")),
          leads(desk),
          customers(desk),
          inbox(desk),
          tray(desk),
          account(desk),
          certificate(probe, server.url(), QByteArray::fromHex(server.fingerprint().toLatin1())),
          window(theme,
                 app::ViewModels{desk, signIn, leads, customers, inbox, tray, account, certificate},
                 QStringLiteral("en"), login) {
        window.resize(1920, 1080);
        window.show();
        thread.start();
    }

    bool works() const { return desk.stage() == viewmodel::Desk::Stage::Working; }
    ui::LeadListView& list() { return window.leadsPage().list().list(); }
    void signInAs(const QString& password) {
        auto* field = window.findChild<QLineEdit*>(QStringLiteral("loginPassword"));
        QTest::keyClicks(field, password);
        QTest::keyClick(field, Qt::Key_Return);
    }
    // Names of all rows, as a screen reader says them.
    QString rows() {
        QString all;
        for (int i = 0; i < list().model()->rowCount(); ++i) {
            all += list().model()->index(i, 0).data(Qt::AccessibleTextRole).toString() +
                   QLatin1Char('\n');
        }
        return all;
    }

    SystemClock clock;
    SystemRandom random;
    sync::SyncThread thread;
    app::SyncPort port;
    model::ReplicaReader reader;
    viewmodel::Desk desk;
    viewmodel::SignIn signIn;
    viewmodel::Leads leads;
    viewmodel::Customers customers;
    viewmodel::Inbox inbox;
    viewmodel::Tray tray;
    viewmodel::Account account;
    app::TlsProbe probe;
    viewmodel::ServerChoice certificate;
    app::DeskWindow window;
};

}  // namespace

class DeskLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongPasswordIsSaidInline();
    void mailBecomesAClaimedLead();
    void restartWithoutServerShowsEverything();

private:
    QString dir(const char* name) { return folder_.filePath(QString::fromLatin1(name)); }

    QTemporaryDir folder_;
    std::unique_ptr<ui::Theme> theme_;
    std::unique_ptr<ServerProcess> server_;
};

void DeskLiveTest::initTestCase() {
    theme_ = std::make_unique<ui::Theme>(*qApp);
    server_ = std::make_unique<ServerProcess>(dir("server"));
    const QString tenant = server_->addTenant(QStringLiteral("Autohaus Brandt"));
    QVERIFY2(!tenant.isEmpty(), qPrintable(server_->lastError()));
    const QString site = server_->addSite(tenant, QStringLiteral("Wandsbek"), 300);
    QVERIFY(!site.isEmpty());
    QVERIFY(!server_
                 ->addSource(tenant, site, QStringLiteral("Portal"),
                             QStringLiteral("anfragen@brandt.example"))
                 .isEmpty());
    for (const char* name : {"anna", "bernd"}) {
        const QString login = QString::fromLatin1(name);
        QString shown = login;
        shown[0] = shown[0].toUpper();
        QVERIFY2(!server_
                      ->addUser(tenant, site, login, QString::fromLatin1(kPassword),
                                shown + QStringLiteral(" Beispiel"), QStringLiteral("sales"))
                      .isEmpty(),
                 qPrintable(server_->lastError()));
    }
    QVERIFY2(server_->start(), qPrintable(server_->lastError()));
}

void DeskLiveTest::wrongPasswordIsSaidInline() {
    Program desk(*theme_, *server_, dir("c"), QStringLiteral("anna"));
    desk.signInAs(QStringLiteral("falsch"));
    QTRY_VERIFY_WITH_TIMEOUT(!desk.signIn.passwordError().isEmpty(), kPatienceMs);
    QVERIFY(!desk.works());
}

void DeskLiveTest::mailBecomesAClaimedLead() {
    Program a(*theme_, *server_, dir("a"), QStringLiteral("anna"));
    Program b(*theme_, *server_, dir("b"), QStringLiteral("bernd"));
    a.signInAs(QString::fromLatin1(kPassword));
    b.signInAs(QString::fromLatin1(kPassword));
    QTRY_VERIFY_WITH_TIMEOUT(a.works() && b.works(), kPatienceMs);
    const QStringList answers =
        deliverMail(server_->lmtpPort(), {QStringLiteral("anfragen@brandt.example")}, kMail);
    QCOMPARE(answers.size(), 1);
    QVERIFY2(answers.front().startsWith(QStringLiteral("250")), qPrintable(answers.front()));
    for (Program* desk : {&a, &b}) {
        QTRY_VERIFY_WITH_TIMEOUT(desk->rows().contains(QStringLiteral("VW Tiguan")), kPatienceMs);
        QVERIFY(desk->rows().contains(QStringLiteral("Customer data hidden")));
        QVERIFY(!desk->rows().contains(QStringLiteral("Nachtigall")));
    }
    const QModelIndex row = a.list().model()->index(1, 0);
    QTest::mouseClick(a.list().viewport(), Qt::LeftButton, {},
                      a.list().rows().claimRect(a.list().visualRect(row)).center());
    QTRY_VERIFY_WITH_TIMEOUT(a.rows().contains(QStringLiteral("Walburga Nachtigall")), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(b.rows().contains(QStringLiteral("Anna Beispiel")), kPatienceMs);
    QVERIFY(!b.rows().contains(QStringLiteral("Nachtigall")));
    QTRY_VERIFY_WITH_TIMEOUT(!a.leads.detail().isHidden(), kPatienceMs);
    QCOMPARE(a.leads.detail().customerName(), QStringLiteral("Walburga Nachtigall"));

    // A note reaches the server and the colleague's timeline.
    auto* note = a.window.findChild<QPlainTextEdit*>(QStringLiteral("noteText"));
    QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), kPatienceMs);
    QTest::keyClicks(note, QStringLiteral("Ruft morgen an"));
    QTest::keyClick(note, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(a.leads.detail().timeline().size() >= 3, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(a.desk.status().pending, 0, kPatienceMs);
}

void DeskLiveTest::restartWithoutServerShowsEverything() {
    server_->kill();
    Program a(*theme_, *server_, dir("a"), QStringLiteral("anna"));
    QTRY_VERIFY_WITH_TIMEOUT(a.works(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(a.rows().contains(QStringLiteral("Walburga Nachtigall")), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(
        a.window.findChild<QWidget*>(QStringLiteral("offlineBanner"))->isVisible(), kPatienceMs);
}

QTEST_MAIN(DeskLiveTest)
#include "desk_live_test.moc"
