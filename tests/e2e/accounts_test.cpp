// SPDX-License-Identifier: GPL-3.0-or-later
// A server that nobody has set up, and desks over real TLS: set-up, sign-in, people, codes,
// passwords, sign out everywhere; and who tries it without a right (PROTOCOL.md, section 9).
#include "client/sync/sync_thread.h"
#include "common/base/error.h"
#include "common/schema/sync.pb.h"
#include "tests/support/server_process.h"
#include "tests/support/ws_client.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <boost/asio/io_context.hpp>

#include <optional>

namespace vorfahrt::test {

using namespace client::sync;

namespace {

constexpr int kPatienceMs = 20'000;
const QString kPassword = QStringLiteral("Wintergarten-Traktor-42");

// The store thread of a desk with a data folder of its own, and what it said last.
class Desk {
public:
    Desk(const ServerProcess& server, const QString& folder)
        : thread_({folder.toStdU16String(), server.url(),
                   QByteArray::fromHex(server.fingerprint().toLatin1()), QStringLiteral("test")}) {
        QObject::connect(&thread_, &SyncThread::statusChanged, &context_,
                         [this](const SyncStatus& status) { status_ = status; });
        QObject::connect(&thread_, &SyncThread::loginFinished, &context_,
                         [this](const LoginAnswer& answer) { login_ = answer.code; });
        QObject::connect(
            &thread_, &SyncThread::replicaOpened, &context_,
            [this](const QString&, const Account& account, ErrorCode) { account_ = account; });
        QObject::connect(&thread_, &SyncThread::accountFinished, &context_,
                         [this](quint64 ref, const AccountAnswer& answer) {
                             if (ref == ref_) {
                                 answer_ = answer;
                             }
                         });
        thread_.start();
    }

    [[nodiscard]] AccountAnswer ask(const AccountRequest& request) {
        answer_.reset();
        thread_.askAccount(request, ++ref_);
        AccountAnswer silent;
        silent.code = ErrorCode::Timeout;
        return QTest::qWaitFor([this] { return answer_.has_value(); }, kPatienceMs) ? *answer_
                                                                                    : silent;
    }
    [[nodiscard]] ErrorCode signIn(const QString& login, const QString& password) {
        login_.reset();
        thread_.login(login, password);
        return QTest::qWaitFor([this] { return login_.has_value(); }, kPatienceMs)
                   ? *login_
                   : ErrorCode::Timeout;
    }
    [[nodiscard]] bool isInSync() {
        return QTest::qWaitFor([this] { return status_.state == State::Synchronized; },
                               kPatienceMs);
    }
    [[nodiscard]] bool isSignedOut(int ms = kPatienceMs) {
        return QTest::qWaitFor([this] { return status_.trouble == Trouble::LoginNeeded; }, ms);
    }
    [[nodiscard]] const Account& account() const { return account_; }
    [[nodiscard]] TenantId tenant() const { return account_.tenants.at(0).tenant; }
    [[nodiscard]] const SyncStatus& status() const { return status_; }

private:
    SyncThread thread_;
    QObject context_;
    quint64 ref_ = 0;
    SyncStatus status_;
    Account account_;
    std::optional<ErrorCode> login_;
    std::optional<AccountAnswer> answer_;
};

NewSite site(std::string name, std::string city = {}) {
    NewSite out;
    out.name = std::move(name);
    out.city = std::move(city);
    return out;
}

SetUp form(const QString& code) {
    SetUp form;
    form.code = code.toStdString();
    form.tenantName = "Autohaus Brandt & Söhne";
    form.sites = {site("Wandsbek", "Hamburg"), site("Harburg")};
    form.login = "chef@brandt.example";
    form.displayName = "Die Chefin";
    form.password = kPassword.toStdString();
    form.users = {{.person = {.login = "a.demir", .displayName = "A. Demir"}, .sites = {0}}};
    return form;
}

// One raw connection: hostile frames and their answers.
class Line {
public:
    explicit Line(const ServerProcess& server)
        : client_(WsClient::create(
              context_.get_executor(), tls_,
              WsClientOptions(server.port(), server.fingerprint().toStdString()))) {
        client_->onOpen = [this] { open_ = true; };
        client_->onMessage = [this](std::string message) {
            wire::Down down;
            if (down.ParseFromString(message)) {
                last_ = std::move(down);
            }
        };
        client_->onClosed = [this](std::uint16_t, std::string) { closed_ = true; };
        client_->connect();
        [[maybe_unused]] const bool opened = wait([this] { return open_ || closed_; });
    }
    ~Line() {
        client_->onOpen = nullptr;
        client_->onMessage = nullptr;
        client_->onClosed = nullptr;
        client_->abort();
        context_.poll();
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    [[nodiscard]] bool wait(const std::function<bool()>& condition) {
        const QDeadlineTimer until(kPatienceMs);
        while (!condition() && !until.hasExpired()) {
            context_.restart();
            context_.run_one_for(std::chrono::milliseconds(50));
        }
        return condition();
    }
    // The answer; nothing when the connection ended without one.
    [[nodiscard]] std::optional<wire::Down> ask(const wire::Up& up) {
        last_.reset();
        client_->send(up.SerializeAsString());
        static_cast<void>(wait([this] { return last_.has_value() || closed_; }));
        return last_;
    }

private:
    boost::asio::io_context context_;
    WsClientContext tls_;
    std::shared_ptr<WsClient> client_;
    std::optional<wire::Down> last_;
    bool open_ = false;
    bool closed_ = false;
};

wire::Up rawSetup(const QString& code, char id) {
    wire::Up up;
    *up.mutable_account() = toWire(form(code));
    up.mutable_account()->set_request_id(std::string(16, id));
    return up;
}

ErrorCode codeIn(const std::optional<wire::Down>& down) {
    if (!down) {
        return ErrorCode::Timeout;
    }
    return static_cast<ErrorCode>(down->has_refused() ? down->refused().code()
                                                      : down->account_result().code());
}

}  // namespace

class AccountsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        server_ = std::make_unique<ServerProcess>(path("server"));
        QVERIFY2(server_->start(), qPrintable(server_->describe()));
    }
    void cleanup() {
        if (server_->isRunning()) {
            QVERIFY2(server_->stop(), qPrintable(server_->describe()));
        }
        server_.reset();
        folder_.reset();
    }

    void fromTheSetUpCodeToSigningOutEverywhere() {
        const QString code = server_->setupCode();
        QCOMPARE(code.size(), 14);
        Desk chief(*server_, path("chief"));
        AccountAnswer answer = chief.ask(form(QStringLiteral("0000-0000-0000")));
        QCOMPARE(answer.code, ErrorCode::Unauthenticated);
        answer = chief.ask(form(code.toLower()));
        QCOMPARE(answer.code, ErrorCode::Ok);
        QCOMPARE(answer.codes.size(), std::size_t(1));
        const StartCode start = answer.codes.front();
        QCOMPARE(chief.signIn(QStringLiteral("chef@brandt.example"), kPassword), ErrorCode::Ok);
        QVERIFY(chief.isInSync());
        QCOMPARE(chief.account().tenants.at(0).name, std::string("Autohaus Brandt & Söhne"));

        // Once, and never again: not by the code, not by a restart.
        Desk late(*server_, path("late"));
        QCOMPARE(late.ask(form(code)).code, ErrorCode::Forbidden);
        QVERIFY(server_->newSetupCode().isEmpty());

        // The first user chooses a password and signs in.
        Desk demir(*server_, path("demir"));
        const RedeemCode redeem{
            .login = "a.demir", .code = start.code, .password = "Kastanienallee 7"};
        QCOMPARE(demir.signIn(QStringLiteral("a.demir"), QStringLiteral("Kastanienallee 7")),
                 ErrorCode::Unauthenticated);
        QCOMPARE(demir.ask(redeem).code, ErrorCode::Ok);
        QCOMPARE(demir.signIn(QStringLiteral("a.demir"), QStringLiteral("Kastanienallee 7")),
                 ErrorCode::Ok);
        QVERIFY(demir.isInSync());
        // A code is good once.
        Desk thief(*server_, path("thief"));
        QCOMPARE(thief.ask(redeem).code, ErrorCode::Unauthenticated);

        // People and sites.
        AddUser krause{.tenant = chief.tenant(),
                       .person = {.login = "b.krause", .displayName = "B. Krause"},
                       .sites = {}};
        QCOMPARE(chief.ask(krause).code, ErrorCode::Invalid);
        answer = chief.ask(AddSite{.tenant = chief.tenant(), .site = site("Bergedorf")});
        QCOMPARE(answer.code, ErrorCode::Ok);
        krause.sites = {SiteId(answer.created.at(0).uuid())};
        QCOMPARE(demir.ask(krause).code, ErrorCode::Forbidden);
        answer = chief.ask(krause);
        QCOMPARE(answer.code, ErrorCode::Ok);
        QVERIFY(chief.isInSync());
        Desk second(*server_, path("krause"));
        QCOMPARE(second
                     .ask(RedeemCode{.login = "b.krause",
                                     .code = answer.codes.at(0).code,
                                     .password = "Zimmerlinde 12"})
                     .code,
                 ErrorCode::Ok);
        QCOMPARE(second.signIn(QStringLiteral("b.krause"), QStringLiteral("Zimmerlinde 12")),
                 ErrorCode::Ok);
        QVERIFY(second.isInSync());

        // A new password signs the other desk out within a second; this one goes on.
        Desk other(*server_, path("demir2"));
        QCOMPARE(other.signIn(QStringLiteral("a.demir"), QStringLiteral("Kastanienallee 7")),
                 ErrorCode::Ok);
        QVERIFY(other.isInSync());
        QCOMPARE(demir
                     .ask(ChangePassword{.oldPassword = "falsch geraten",
                                         .newPassword = "Lindenstrasse 9"})
                     .code,
                 ErrorCode::Unauthenticated);
        QElapsedTimer timer;
        QCOMPARE(demir
                     .ask(ChangePassword{.oldPassword = "Kastanienallee 7",
                                         .newPassword = "Lindenstrasse 9"})
                     .code,
                 ErrorCode::Ok);
        timer.start();
        QVERIFY(other.isSignedOut());
        QVERIFY2(timer.elapsed() <= 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(demir.isInSync());
        QCOMPARE(other.signIn(QStringLiteral("a.demir"), QStringLiteral("Kastanienallee 7")),
                 ErrorCode::Unauthenticated);
        QCOMPARE(other.signIn(QStringLiteral("a.demir"), QStringLiteral("Lindenstrasse 9")),
                 ErrorCode::Ok);
        QVERIFY(other.isInSync());

        // Everywhere but here, and then here, too.
        QCOMPARE(demir.ask(SignOutEverywhere{}).code, ErrorCode::Ok);
        timer.restart();
        QVERIFY(other.isSignedOut());
        QVERIFY2(timer.elapsed() <= 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(demir.isInSync());
        QCOMPARE(demir.ask(SignOutEverywhere{.thisDesk = true}).code, ErrorCode::Ok);
        QVERIFY(demir.isSignedOut());

        // Whom the administrator disables is out at once and stays out.
        const UserId user = second.account().tenants.at(0).user;
        QCOMPARE(chief.ask(DisableUser{.tenant = chief.tenant(), .user = user}).code,
                 ErrorCode::Ok);
        QVERIFY(second.isSignedOut());
        QCOMPARE(second.signIn(QStringLiteral("b.krause"), QStringLiteral("Zimmerlinde 12")),
                 ErrorCode::Unauthenticated);

        // Nothing of all this is in the log.
        const QByteArray log = server_->log();
        QVERIFY(!log.isEmpty());
        for (const QByteArray& secret :
             {code.toLatin1(), QByteArray::fromStdString(start.code),
              QByteArray::fromStdString(answer.codes.at(0).code), kPassword.toUtf8(),
              QByteArray("Lindenstrasse"), QByteArray("demir"), QByteArray("Brandt")}) {
            QVERIFY2(!log.contains(secret), secret.constData());
        }
    }

    void guessedSetUpCodesEndIt() {
        const QString code = server_->setupCode();
        Line line(*server_);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(codeIn(line.ask(rawSetup(QStringLiteral("0000-0000-000%1").arg(i), 'a'))),
                     ErrorCode::Unauthenticated);
        }
        // The limit of tries comes first; a minute later the code itself would be over.
        QCOMPARE(codeIn(line.ask(rawSetup(code, 'b'))), ErrorCode::RateLimited);
        // A restart gives a new one, and counts anew.
        QVERIFY(server_->stop());
        QVERIFY(server_->start());
        QVERIFY(server_->setupCode() != code);
        Line next(*server_);
        QCOMPARE(codeIn(next.ask(rawSetup(code, 'c'))), ErrorCode::Unauthenticated);
        const QString third = server_->newSetupCode();
        QCOMPARE(third.size(), 14);
        QCOMPARE(codeIn(next.ask(rawSetup(server_->setupCode(), 'd'))), ErrorCode::Unauthenticated);
        QCOMPARE(codeIn(next.ask(rawSetup(third, 'e'))), ErrorCode::Ok);
        QVERIFY(server_->stop());
        QVERIFY(server_->start());
        QVERIFY(server_->setupCode().isEmpty());
    }

    void hostileFormsEndInAnAnswer() {
        const QString code = server_->setupCode();
        Line line(*server_);
        wire::Up up = rawSetup(code, 'a');
        up.mutable_account()->mutable_setup()->set_password("kurz");
        QCOMPARE(codeIn(line.ask(up)), ErrorCode::Invalid);
        up = rawSetup(code, 'b');
        up.mutable_account()->mutable_setup()->set_tenant_name(std::string(100'000, 'x'));
        const auto answer = line.ask(up);
        QCOMPARE(codeIn(answer), ErrorCode::Invalid);
        QCOMPARE(answer->account_result().field(), std::string("tenant_name"));
        up = rawSetup(code, 'c');
        up.mutable_account()->mutable_setup()->set_code(std::string(200'000, 'A'));
        QCOMPARE(codeIn(line.ask(up)), ErrorCode::Unauthenticated);
        // The same request twice: done once, answered twice.
        up = rawSetup(code, 'd');
        const auto first = line.ask(up);
        const auto second = line.ask(up);
        QCOMPARE(codeIn(first), ErrorCode::Ok);
        QCOMPARE(codeIn(second), ErrorCode::Ok);
        QCOMPARE(first->account_result().created(0), second->account_result().created(0));
        // Not of this state.
        up = {};
        up.mutable_account()->set_request_id(std::string(16, 'e'));
        up.mutable_account()->mutable_sign_out();
        QCOMPARE(codeIn(line.ask(up)), ErrorCode::BadOrder);
    }

    void anUnknownLoginIsOneAnswer() {
        const QString code = server_->setupCode();
        Line line(*server_);
        QCOMPARE(codeIn(line.ask(rawSetup(code, 'a'))), ErrorCode::Ok);
        wire::Up up;
        up.mutable_account()->set_request_id(std::string(16, 'r'));
        wire::RedeemCode& redeem = *up.mutable_account()->mutable_redeem();
        redeem.set_code("0000-0000-0000");
        redeem.set_password("ein langes Wort");
        std::string answers[3];
        const char* logins[] = {"niemand", "a.demir", "chef@brandt.example"};
        for (int i = 0; i < 3; ++i) {
            redeem.set_login(logins[i]);
            const auto answer = line.ask(up);
            QCOMPARE(codeIn(answer), ErrorCode::Unauthenticated);
            answers[i] = answer->SerializeAsString();
        }
        QCOMPARE(answers[0], answers[1]);
        QCOMPARE(answers[0], answers[2]);
        // An account without a password is not there for a sign-in.
        wire::Up login;
        login.mutable_login()->set_account("a.demir");
        login.mutable_login()->set_password("");
        login.mutable_login()->set_device_id(std::string(16, 'd'));
        const auto refused = line.ask(login);
        QVERIFY(refused);
        QCOMPARE(refused->login_result().code(), std::uint32_t(ErrorCode::Unauthenticated));
    }

    void withoutAServerNothingIsQueued() {
        const QString code = server_->setupCode();
        Desk desk(*server_, path("desk"));
        QVERIFY(server_->stop());
        QCOMPARE(desk.ask(form(code)).code, ErrorCode::Unavailable);
        QVERIFY(server_->start());
        // Nothing was sent meanwhile: the server still has no tenant, and gave a new code.
        QVERIFY(!server_->setupCode().isEmpty());
        QCOMPARE(desk.ask(form(server_->setupCode())).code, ErrorCode::Ok);
    }

private:
    [[nodiscard]] QString path(const char* name) const {
        return folder_->filePath(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ServerProcess> server_;
};

}  // namespace vorfahrt::test

QTEST_GUILESS_MAIN(vorfahrt::test::AccountsTest)
#include "accounts_test.moc"
