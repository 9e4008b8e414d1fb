// SPDX-License-Identifier: GPL-3.0-or-later
// The states of a connection, order and bounds (PROTOCOL.md, sections 1 and 7).
#include "server/session/session_machine.h"

#include <QTest>

namespace vorfahrt {
namespace {

using namespace server::session;

const std::string kTenant(16, 't');

wire::Up hello() {
    wire::Up up;
    up.mutable_hello()->set_protocol_min(1);
    up.mutable_hello()->add_tenants()->set_tenant(kTenant);
    return up;
}

wire::Up login(std::size_t name = 5, std::size_t password = 8, std::size_t device = 16) {
    wire::Up up;
    up.mutable_login()->set_account(std::string(name, 'a'));
    up.mutable_login()->set_password(std::string(password, 'p'));
    up.mutable_login()->set_device_id(std::string(device, 'd'));
    return up;
}

wire::Up push(int mutations, std::size_t args = 10, std::string tenant = kTenant) {
    wire::Up up;
    up.mutable_push()->set_tenant(std::move(tenant));
    for (int i = 0; i < mutations; ++i) {
        wire::Mutation& mutation = *up.mutable_push()->add_mutations();
        mutation.set_mid(static_cast<std::uint64_t>(i) + 1);
        mutation.set_args(std::string(args, 'x'));
    }
    return up;
}

wire::Up claim(std::size_t idBytes = 16) {
    wire::Up up;
    up.mutable_claim()->set_tenant(kTenant);
    up.mutable_claim()->set_claim_id(std::string(idBytes, 'c'));
    up.mutable_claim()->set_lead_id(std::string(16, 'l'));
    return up;
}

wire::Up cursors(std::string tenant = kTenant) {
    wire::Up up;
    up.mutable_cursors()->set_tenant(std::move(tenant));
    return up;
}

wire::Down welcome() {
    wire::Down frame;
    frame.mutable_welcome()->set_protocol(1);
    return frame;
}

// One letter for each effect; a Refused with its code.
QString shape(const Effects& effects) {
    struct Name {
        QString operator()(const effect::Send& e) const {
            return e.frame.has_refused()
                       ? QStringLiteral("refused %1 %2")
                             .arg(e.frame.refused().code())
                             .arg(e.frame.refused().closing() ? QStringLiteral("closing")
                                                              : QStringLiteral("on"))
                       : QStringLiteral("send");
        }
        QString operator()(const effect::Login&) const { return QStringLiteral("login"); }
        QString operator()(const effect::Hello&) const { return QStringLiteral("hello"); }
        QString operator()(const effect::Cursors&) const { return QStringLiteral("cursors"); }
        QString operator()(const effect::Push&) const { return QStringLiteral("push"); }
        QString operator()(const effect::Claim&) const { return QStringLiteral("claim"); }
        QString operator()(const effect::Credit&) const { return QStringLiteral("credit"); }
        QString operator()(const effect::Logout&) const { return QStringLiteral("logout"); }
        QString operator()(const effect::Account& e) const {
            return e.session ? QStringLiteral("account") : QStringLiteral("account before");
        }
        QString operator()(const effect::Close&) const { return QStringLiteral("close"); }
    };
    QStringList out;
    for (const Effect& effect : effects) {
        out.push_back(std::visit(Name(), effect));
    }
    return out.join(QStringLiteral(", "));
}

QString refusedShape(ErrorCode code) {
    return QStringLiteral("refused %1 closing, close").arg(int(code));
}

SessionMachine ready() {
    SessionMachine machine;
    (void)machine.receive(hello().SerializeAsString());
    (void)machine.helloDone(welcome());
    return machine;
}

}  // namespace

class SessionMachineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWholeWay() {
        SessionMachine machine;
        QCOMPARE(shape(machine.receive(login().SerializeAsString())), QStringLiteral("login"));
        QCOMPARE(shape(machine.loginDone({})), QStringLiteral("send"));
        QCOMPARE(shape(machine.receive(login().SerializeAsString())), QStringLiteral("login"));
        QCOMPARE(shape(machine.loginDone({})), QStringLiteral("send"));
        QCOMPARE(shape(machine.receive(hello().SerializeAsString())), QStringLiteral("hello"));
        QVERIFY(!machine.ready());
        QCOMPARE(shape(machine.helloDone(welcome())), QStringLiteral("send"));
        QVERIFY(machine.ready());
        QCOMPARE(shape(machine.receive(cursors().SerializeAsString())), QStringLiteral("cursors"));
        QCOMPARE(shape(machine.cursorsDone(welcome())), QStringLiteral("send"));
        QCOMPARE(shape(machine.receive(push(2).SerializeAsString())), QStringLiteral("push"));
        QCOMPARE(shape(machine.receive(claim().SerializeAsString())), QStringLiteral("claim"));
        wire::Up up;
        up.mutable_credit()->set_bytes(7);
        QCOMPARE(shape(machine.receive(up.SerializeAsString())), QStringLiteral("credit"));
        up.mutable_logout();
        QCOMPARE(shape(machine.receive(up.SerializeAsString())), QStringLiteral("logout"));
        QVERIFY(machine.closed());
        QCOMPARE(shape(machine.receive(push(2).SerializeAsString())), QString());
    }

    void oneRequestAboutAccountsAtATime() {
        wire::Up redeem;
        redeem.mutable_account()->set_request_id(std::string(16, 'r'));
        redeem.mutable_account()->mutable_redeem();
        wire::Up change;
        change.mutable_account()->set_request_id(std::string(16, 'c'));
        change.mutable_account()->mutable_change_password();

        SessionMachine before;
        QCOMPARE(shape(before.receive(redeem.SerializeAsString())),
                 QStringLiteral("account before"));
        // Nothing else until it is answered, and then everything.
        SessionMachine hasty = before;
        QCOMPARE(shape(hasty.receive(login().SerializeAsString())),
                 refusedShape(ErrorCode::BadOrder));
        QCOMPARE(shape(before.accountDone(wire::AccountResult())), QStringLiteral("send"));
        QCOMPARE(shape(before.receive(login().SerializeAsString())), QStringLiteral("login"));

        SessionMachine machine = ready();
        QCOMPARE(shape(machine.receive(change.SerializeAsString())), QStringLiteral("account"));
        QCOMPARE(shape(machine.receive(claim().SerializeAsString())), QStringLiteral("claim"));
        const Effects busy = machine.receive(change.SerializeAsString());
        QCOMPARE(busy.size(), std::size_t(1));
        const auto& answer = std::get<effect::Send>(busy.front()).frame.account_result();
        QCOMPARE(answer.code(), std::uint32_t(ErrorCode::RateLimited));
        QCOMPARE(answer.request_id(), std::string(16, 'c'));
        QCOMPARE(shape(machine.accountDone(wire::AccountResult())), QStringLiteral("send"));
        QCOMPARE(shape(machine.receive(change.SerializeAsString())), QStringLiteral("account"));
        QCOMPARE(shape(machine.accountDone(fail(ErrorCode::Unauthenticated))),
                 refusedShape(ErrorCode::Unauthenticated));
    }

    void requestsAboutAccountsOutOfPlace_data() {
        QTest::addColumn<bool>("isReady");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        const auto bytes = [](const wire::Up& up) {
            return QByteArray::fromStdString(up.SerializeAsString());
        };
        wire::Up up;
        up.mutable_account()->set_request_id(std::string(16, 'r'));
        QTest::newRow("no kind") << true << bytes(up) << int(ErrorCode::BadFrame);
        up.mutable_account()->mutable_setup();
        QTest::newRow("setup when ready") << true << bytes(up) << int(ErrorCode::BadOrder);
        up.mutable_account()->mutable_redeem();
        QTest::newRow("redeem when ready") << true << bytes(up) << int(ErrorCode::BadOrder);
        up.mutable_account()->mutable_add_user();
        QTest::newRow("user before hello") << false << bytes(up) << int(ErrorCode::BadOrder);
        up.mutable_account()->mutable_change_password();
        QTest::newRow("password before hello") << false << bytes(up) << int(ErrorCode::BadOrder);
        up.mutable_account()->set_request_id("short");
        QTest::newRow("id of 5 bytes") << true << bytes(up) << int(ErrorCode::BadFrame);
    }
    void requestsAboutAccountsOutOfPlace() {
        QFETCH(const bool, isReady);
        QFETCH(const QByteArray, message);
        QFETCH(const int, code);
        SessionMachine machine = isReady ? ready() : SessionMachine();
        QCOMPARE(shape(machine.receive(message.toStdString())), refusedShape(ErrorCode(code)));
    }

    void outOfOrder_data() {
        QTest::addColumn<bool>("isReady");
        QTest::addColumn<QByteArray>("message");
        const auto bytes = [](const wire::Up& up) {
            return QByteArray::fromStdString(up.SerializeAsString());
        };
        wire::Up logout;
        logout.mutable_logout();
        wire::Up credit;
        credit.mutable_credit()->set_bytes(1);
        QTest::newRow("push before hello") << false << bytes(push(1));
        QTest::newRow("claim before hello") << false << bytes(claim());
        QTest::newRow("cursors before hello") << false << bytes(cursors());
        QTest::newRow("credit before hello") << false << bytes(credit);
        QTest::newRow("logout before hello") << false << bytes(logout);
        QTest::newRow("hello twice") << true << bytes(hello());
        QTest::newRow("login after hello") << true << bytes(login());
        QTest::newRow("push of another tenant") << true << bytes(push(1, 1, std::string(16, 'u')));
        QTest::newRow("cursors of another tenant") << true << bytes(cursors(std::string(16, 'u')));
    }
    void outOfOrder() {
        QFETCH(bool, isReady);
        QFETCH(QByteArray, message);
        SessionMachine machine = isReady ? ready() : SessionMachine();
        QCOMPARE(shape(machine.receive(message.toStdString())), refusedShape(ErrorCode::BadOrder));
        QVERIFY(machine.closed());
    }

    void nothingBesideAHelloOrLoginUnderWay() {
        SessionMachine greeting;
        (void)greeting.receive(hello().SerializeAsString());
        QCOMPARE(shape(greeting.receive(push(1).SerializeAsString())),
                 refusedShape(ErrorCode::BadOrder));
        QCOMPARE(shape(greeting.helloDone(welcome())), QString());
        SessionMachine login1;
        (void)login1.receive(login().SerializeAsString());
        QCOMPARE(shape(login1.receive(login().SerializeAsString())),
                 refusedShape(ErrorCode::BadOrder));
        QCOMPARE(shape(login1.loginDone({})), QString());
        SessionMachine asked = ready();
        (void)asked.receive(cursors().SerializeAsString());
        QCOMPARE(shape(asked.receive(cursors().SerializeAsString())),
                 refusedShape(ErrorCode::BadOrder));
    }

    void bounds_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const wire::Up& up, const QString& expected) {
            QTest::newRow(name) << QByteArray::fromStdString(up.SerializeAsString()) << expected;
        };
        const QString bad = refusedShape(ErrorCode::BadFrame);
        row("500 mutations", push(500), QStringLiteral("push"));
        row("501 mutations", push(501), bad);
        row("no mutation", push(0), bad);
        row("200 KiB of args", push(2, 100 * 1024), QStringLiteral("push"));
        row("more args", push(2, 100 * 1024 + 1), bad);
        wire::Up order = push(2);
        order.mutable_push()->mutable_mutations(1)->set_mid(1);
        row("mids do not ascend", order, bad);
        order.mutable_push()->mutable_mutations(0)->set_mid(0);
        row("mid 0", order, bad);
        row("short claim id", claim(15), bad);
        row("no kind", wire::Up(), bad);
        QTest::newRow("larger than a frame") << QByteArray(300 * 1024, 'x') << bad;
        QTest::newRow("not a message") << QByteArray("\xff\xff\xff") << bad;
    }
    void bounds() {
        QFETCH(QByteArray, message);
        QFETCH(QString, expected);
        SessionMachine machine = ready();
        QCOMPARE(shape(machine.receive(message.toStdString())), expected);
    }

    void logins() {
        SessionMachine machine;
        for (const wire::Up& up : {login(0), login(255), login(5, 1025), login(5, 8, 15)}) {
            QCOMPARE(shape(machine.receive(up.SerializeAsString())), QStringLiteral("send"));
        }
        QCOMPARE(shape(machine.receive(login(254, 1024).SerializeAsString())),
                 QStringLiteral("login"));
    }

    void reservedMessagesGoOn() {
        wire::Up repair;
        repair.mutable_repair();
        wire::Up have;
        have.mutable_blob_have();
        for (const wire::Up& up : {repair, have}) {
            for (SessionMachine machine : {SessionMachine(), ready()}) {
                QCOMPARE(shape(machine.receive(up.SerializeAsString())),
                         QStringLiteral("refused %1 on").arg(int(ErrorCode::Unsupported)));
                QVERIFY(!machine.closed());
            }
        }
    }

    void aRefusedHelloEnds() {
        SessionMachine machine;
        (void)machine.receive(hello().SerializeAsString());
        QCOMPARE(shape(machine.helloDone(fail(ErrorCode::Unauthenticated))),
                 refusedShape(ErrorCode::Unauthenticated));
    }

    void theTimeForHelloIsBounded() {
        SessionMachine silent;
        QCOMPARE(shape(silent.helloTimeout()), refusedShape(ErrorCode::Timeout));
        SessionMachine machine = ready();
        QCOMPARE(shape(machine.helloTimeout()), QString());
        QCOMPARE(shape(machine.end(ErrorCode::Internal)), refusedShape(ErrorCode::Internal));
        QCOMPARE(shape(machine.end(ErrorCode::Internal)), QString());
    }
};

}  // namespace vorfahrt

QTEST_APPLESS_MAIN(vorfahrt::SessionMachineTest)
#include "session_machine_test.moc"
