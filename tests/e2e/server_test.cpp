// SPDX-License-Identifier: GPL-3.0-or-later
// The real server over TLS, seen from the wire: login, sync, claim, bad input, administration
// beside the running server, stop.
#include "common/base/bytes.h"
#include "common/base/error.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/sync.pb.h"
#include "tests/support/lmtp_client.h"
#include "tests/support/server_process.h"
#include "tests/support/wire_desk.h"
#include "tests/support/ws_client.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <map>

namespace vorfahrt::test {
namespace {

const QString kPassword = QStringLiteral("offen-gesagt-1");
const QString kAddress = QStringLiteral("leads@brandt.example");
constexpr std::uint32_t kUserTable = 5;
constexpr std::uint32_t kLeadTable = 21;

std::string id(char fill) {
    return std::string(16, fill);
}

// One raw connection: frames as they come.
class Line {
public:
    Line(boost::asio::io_context& context, WsClientContext& tls, const ServerProcess& server)
        : context_(context),
          client_(WsClient::create(
              context.get_executor(), tls,
              WsClientOptions(server.port(), server.fingerprint().toStdString()))) {
        client_->onOpen = [this] { open_ = true; };
        client_->onMessage = [this](std::string message) {
            wire::Down& frame = frames_.emplace_back();
            valid_ = valid_ && frame.ParseFromString(message);
        };
        client_->onClosed = [this](std::uint16_t code, std::string) { closed_ = code; };
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

    [[nodiscard]] bool wait(const std::function<bool()>& condition, int ms = 20'000) {
        const QDeadlineTimer until(ms);
        while (!condition() && !until.hasExpired()) {
            context_.restart();
            context_.run_one_for(std::chrono::milliseconds(50));
        }
        return condition();
    }
    void send(const wire::Up& up) { client_->send(up.SerializeAsString()); }
    void sendBytes(std::string bytes) { client_->send(std::move(bytes)); }
    void sendText(std::string text) { client_->sendText(std::move(text)); }

    // The next frame of a kind after those already seen; null when none came.
    template <class Is>
    [[nodiscard]] const wire::Down* next(Is is, int ms = 20'000) {
        const wire::Down* found = nullptr;
        const bool came = wait(
            [&] {
                while (found == nullptr && seen_ < frames_.size()) {
                    if (is(frames_[seen_++])) {
                        found = &frames_[seen_ - 1];
                    }
                }
                return found != nullptr || closed_.has_value();
            },
            ms);
        return came ? found : nullptr;
    }
    [[nodiscard]] bool waitClosed() {
        return wait([this] { return closed_.has_value(); }) && valid_;
    }
    [[nodiscard]] const std::vector<wire::Down>& frames() const { return frames_; }

private:
    boost::asio::io_context& context_;
    std::shared_ptr<WsClient> client_;
    std::vector<wire::Down> frames_;
    std::size_t seen_ = 0;
    bool open_ = false;
    bool valid_ = true;
    std::optional<std::uint16_t> closed_;
};

wire::Up login(const QString& account, const QString& password) {
    wire::Up up;
    up.mutable_login()->set_account(account.toStdString());
    up.mutable_login()->set_password(password.toStdString());
    up.mutable_login()->set_device_id(id('d'));
    return up;
}

// What a desk without a replica knows: the newest bodies of each row and facet.
class Seen {
public:
    void take(const wire::Down& frame) {
        if (frame.has_snapshot()) {
            const auto rows = rowsOf(frame.snapshot());
            QVERIFY(rows);
            for (const wire::SnapshotRow& row : rows->rows()) {
                rows_[{frame.snapshot().table(), row.id(), row.facet()}] = row.body();
            }
        }
        std::map<std::pair<std::string, std::uint32_t>, std::string> bodies;
        for (const wire::Entry& entry : frame.delta().entries()) {
            if (entry.op() == wire::PUT) {
                auto& body = bodies[{entry.id(), entry.facet()}];
                body = entry.same_body() ? body : entry.body();
                rows_[{entry.table(), entry.id(), entry.facet()}] = body;
            }
        }
    }
    template <class Record>
    [[nodiscard]] std::map<std::string, Record> all(std::uint32_t table,
                                                    std::uint32_t facet = 0) const {
        std::map<std::string, Record> out;
        for (const auto& [key, body] : rows_) {
            if (std::get<0>(key) == table && std::get<2>(key) == facet) {
                out[std::get<1>(key)].ParseFromString(body);
            }
        }
        return out;
    }
    [[nodiscard]] bool mentions(const std::string& text) const {
        return std::ranges::any_of(
            rows_, [&](const auto& row) { return row.second.find(text) != std::string::npos; });
    }

private:
    std::map<std::tuple<std::uint32_t, std::string, std::uint32_t>, std::string> rows_;
};

}  // namespace

class ServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aMailIsClaimedByOneOfTwo();
    void wrongNameAndPasswordAreOneAnswer();
    void tooManyLoginsAreLimited();
    void anotherCertificateIsRefused();
    void badFrames_data();
    void badFrames();
    void reservedMessagesGoOn();
    void whatTheCommandLineRevokesEndsWithinASecond_data();
    void whatTheCommandLineRevokesEndsWithinASecond();
    void rightsComeAndGoWhileConnected();
    void stopEndsOpenConnections();

private:
    [[nodiscard]] SignedIn signIn(const QString& account);
    [[nodiscard]] std::unique_ptr<WireDesk> desk(const SignedIn& person, Seen& seen);
    [[nodiscard]] bool wait(const std::function<bool()>& condition, int ms = 20'000);
    [[nodiscard]] bool admin(const QStringList& words, const QByteArray& input = {});

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<boost::asio::io_context> context_;
    std::unique_ptr<WsClientContext> tls_;
    QString tenant_;
    QString site_;
};

void ServerTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    context_ = std::make_unique<boost::asio::io_context>();
    tls_ = std::make_unique<WsClientContext>();
    server_ = std::make_unique<ServerProcess>(directory_->filePath(QStringLiteral("data")));
    tenant_ = server_->addTenant(QStringLiteral("Autohaus Brandt & Söhne"));
    site_ = server_->addSite(tenant_, QStringLiteral("Wandsbek"), 3600);
    QVERIFY2(!site_.isEmpty(), qPrintable(server_->lastError()));
    QVERIFY(!server_->addSource(tenant_, site_, QStringLiteral("Homepage"), kAddress).isEmpty());
    for (const auto* name : {"a.demir", "b.krause"}) {
        const QString account = QString::fromLatin1(name);
        const QString user =
            server_->addUser(tenant_, site_, account, kPassword, account, QStringLiteral("sales"));
        QVERIFY2(!user.isEmpty(), qPrintable(server_->lastError()));
    }
    QVERIFY2(server_->start(), qPrintable(server_->describe()));
}

void ServerTest::cleanup() {
    if (server_ && server_->isRunning()) {
        QVERIFY2(server_->stop(), qPrintable(server_->describe()));
    }
    server_.reset();
    tls_.reset();
    context_.reset();
    directory_.reset();
}

bool ServerTest::wait(const std::function<bool()>& condition, int ms) {
    const QDeadlineTimer until(ms);
    while (!condition() && !until.hasExpired()) {
        context_->restart();
        context_->run_one_for(std::chrono::milliseconds(50));
    }
    return condition();
}

bool ServerTest::admin(const QStringList& words, const QByteArray& input) {
    QProcess process;
    process.start(
        builtProgram(QStringLiteral("vorfahrt-server")),
        QStringList{QStringLiteral("--data"), directory_->filePath(QStringLiteral("data"))} +
            words);
    process.write(input);
    process.closeWriteChannel();
    return process.waitForFinished() && process.exitCode() == 0;
}

SignedIn ServerTest::signIn(const QString& account) {
    Line line(*context_, *tls_, *server_);
    line.send(login(account, kPassword));
    const wire::Down* answer = line.next([](const wire::Down& f) { return f.has_login_result(); });
    SignedIn person;
    if (answer == nullptr || answer->login_result().code() != 0) {
        return person;
    }
    const wire::LoginResult& result = answer->login_result();
    person.login = account.toStdString();
    person.token = result.token();
    person.account = AccountId::fromBytes(result.account_id()).value_or(AccountId());
    person.user = UserId::fromBytes(result.tenants(0).user_id()).value_or(UserId());
    person.device = *DeviceId::fromBytes(id('d'));
    SystemRandom random;
    person.replica = ReplicaId(Uuid::v7(SystemClock().now(), random));
    return person;
}

std::unique_ptr<WireDesk> ServerTest::desk(const SignedIn& person, Seen& seen) {
    auto out = std::make_unique<WireDesk>(
        context_->get_executor(), *tls_,
        WsClientOptions(server_->port(), server_->fingerprint().toStdString()), person,
        TenantId(*Uuid::fromText(tenant_.toStdString())));
    out->onFrame = [&seen](const wire::Down& frame) { seen.take(frame); };
    out->connect();
    const bool ready = wait([&] { return out->isReady() || !out->ended().empty(); });
    return ready && out->ended().empty() ? std::move(out) : nullptr;
}

void ServerTest::aMailIsClaimedByOneOfTwo() {
    Seen seenA;
    Seen seenB;
    const auto a = desk(signIn(QStringLiteral("a.demir")), seenA);
    const auto b = desk(signIn(QStringLiteral("b.krause")), seenB);
    QVERIFY(a && b);
    QCOMPARE(seenA.all<record::User>(kUserTable).size(), std::size_t(2));

    const QByteArray mail =
        "From: portal@homepage.example\r\nTo: leads@brandt.example\r\nSubject: Anfrage\r\n"
        "Message-ID: <1@homepage.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/xml; charset=utf-8\r\n\r\n"
        "<?xml version=\"1.0\"?><?adf version=\"1.0\"?><adf><prospect>"
        "<requestdate>2026-11-22T15:00:00+01:00</requestdate>"
        "<vehicle interest=\"buy\"><year>2023</year><make>VW</make><model>Golf</model></vehicle>"
        "<customer><contact><name part=\"first\">Zacharias</name>"
        "<name part=\"last\">Kanarienvogel</name><email>zk@kanarien.example</email></contact>"
        "<comments>Bitte um Probefahrt im Kanarienkaefig</comments></customer>"
        "<vendor><contact><name part=\"full\">Brandt</name></contact></vendor>"
        "</prospect></adf>\r\n";
    const QStringList unknown =
        deliverMail(server_->lmtpPort(), {QStringLiteral("nobody@brandt.example")}, mail);
    QVERIFY2(unknown.value(0).startsWith(QStringLiteral("550")), qPrintable(unknown.join(u' ')));
    const QStringList sent = deliverMail(server_->lmtpPort(), {kAddress}, mail);
    QVERIFY2(sent.value(0).startsWith(QStringLiteral("250")), qPrintable(sent.join(u' ')));

    const auto hasLead = [](const Seen& seen) {
        return seen.all<record::Lead>(kLeadTable).size() == 1;
    };
    QVERIFY(wait([&] { return hasLead(seenA) && hasLead(seenB); }));
    const auto [leadId, teaser] = *seenA.all<record::Lead>(kLeadTable).begin();
    QCOMPARE(teaser.wish().model(), std::string("Golf"));
    QVERIFY(teaser.deadline_ms() > 0);
    for (const char* secret : {"Kanarienvogel", "zk@kanarien.example", "Kanarienkaefig"}) {
        QVERIFY2(!seenA.mentions(secret) && !seenB.mentions(secret), secret);
    }

    const std::string claim = a->claim(*LeadId::fromBytes(leadId));
    QVERIFY(wait([&] { return a->answer(claim) != nullptr; }));
    QCOMPARE(a->answer(claim)->outcome(), wire::CLAIM_WON);
    QVERIFY(a->answer(claim)->private_facet().find("Kanarienkaefig") != std::string::npos);
    const std::string late = b->claim(*LeadId::fromBytes(leadId));
    QVERIFY(wait([&] { return b->answer(late) != nullptr; }));
    QCOMPARE(b->answer(late)->outcome(), wire::CLAIM_TAKEN);

    const auto ownerIsA = [&](const Seen& seen) {
        const auto leads = seen.all<record::Lead>(kLeadTable);
        return leads.contains(leadId) && leads.at(leadId).owner_id() == a->person().user.view();
    };
    QVERIFY(wait([&] { return ownerIsA(seenA) && ownerIsA(seenB); }));
    QVERIFY(wait([&] { return seenA.mentions("Kanarienkaefig"); }));
    QVERIFY(wait([&] { return seenB.mentions("Kanarienvogel"); }));  // the customer is of the site
    QVERIFY(!seenB.mentions("Kanarienkaefig"));                      // the message is the owner's
}

void ServerTest::wrongNameAndPasswordAreOneAnswer() {
    Line line(*context_, *tls_, *server_);
    const auto result = [&](const QString& name, const QString& password) {
        line.send(login(name, password));
        const auto* f = line.next([](const wire::Down& d) { return d.has_login_result(); });
        return f == nullptr ? wire::LoginResult() : f->login_result();
    };
    const auto wrongName = result(QStringLiteral("nobody"), kPassword);
    const auto wrongPassword = result(QStringLiteral("a.demir"), QStringLiteral("falsch-geraten"));
    QCOMPARE(wrongName.code(), std::uint32_t(ErrorCode::Unauthenticated));
    QCOMPARE(wrongName.SerializeAsString(), wrongPassword.SerializeAsString());
    QCOMPARE(result(QStringLiteral("A.Demir "), kPassword).code(), 0U);
    QCOMPARE(result(QString(300, QLatin1Char('x')), kPassword).code(),
             std::uint32_t(ErrorCode::Invalid));
}

void ServerTest::tooManyLoginsAreLimited() {
    Line line(*context_, *tls_, *server_);
    std::uint32_t code = 0;
    std::uint32_t retry = 0;
    for (int i = 0; i < 11; ++i) {
        line.send(login(QStringLiteral("niemand"), kPassword));
        const auto* frame = line.next([](const wire::Down& d) { return d.has_login_result(); });
        QVERIFY(frame != nullptr);
        code = frame->login_result().code();
        retry = frame->login_result().retry_after_ms();
    }
    QCOMPARE(code, std::uint32_t(ErrorCode::RateLimited));
    QVERIFY(retry > 0);
}

void ServerTest::anotherCertificateIsRefused() {
    WsClientOptions options(server_->port(), std::string(95, '0'));
    const auto client = WsClient::create(context_->get_executor(), *tls_, options);
    std::string why;
    bool open = false;
    client->onOpen = [&] { open = true; };
    client->onClosed = [&](std::uint16_t, std::string text) { why = std::move(text); };
    client->connect();
    QVERIFY(wait([&] { return !why.empty() || open; }));
    QVERIFY(!open);
    QCOMPARE(why, std::string("wrong certificate"));
}

void ServerTest::badFrames_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const auto frame = [](const wire::Up& up) {
        return QByteArray::fromStdString(up.SerializeAsString());
    };
    wire::Up push;
    push.mutable_push()->set_tenant(id('t'));
    wire::Up credit;
    credit.mutable_credit()->set_bytes(1);
    wire::Up badToken;
    badToken.mutable_hello()->set_protocol_min(1);
    badToken.mutable_hello()->set_protocol_max(1);
    badToken.mutable_hello()->set_schema_version(schema::kSchemaVersion);
    badToken.mutable_hello()->set_replica_id(id('r'));
    badToken.mutable_hello()->set_token(std::string(32, 'x'));
    wire::Up version = badToken;
    version.mutable_hello()->set_protocol_min(7);
    version.mutable_hello()->set_protocol_max(9);
    wire::Up tenant = badToken;
    tenant.mutable_hello()->add_tenants()->set_tenant("short");
    QTest::newRow("garbage") << QByteArray("\xff\xff\xff\xff garbage") << int(ErrorCode::BadFrame);
    QTest::newRow("truncated") << frame(badToken).left(20) << int(ErrorCode::BadFrame);
    QTest::newRow("empty") << QByteArray() << int(ErrorCode::BadFrame);
    QTest::newRow("unknown kind") << QByteArray("\xd2\x0f\x00", 3) << int(ErrorCode::BadFrame);
    QTest::newRow("push first") << frame(push) << int(ErrorCode::BadOrder);
    QTest::newRow("credit first") << frame(credit) << int(ErrorCode::BadOrder);
    QTest::newRow("unknown token") << frame(badToken) << int(ErrorCode::Unauthenticated);
    QTest::newRow("other protocol") << frame(version) << int(ErrorCode::BadVersion);
    QTest::newRow("tenant id") << frame(tenant) << int(ErrorCode::BadFrame);
}

void ServerTest::badFrames() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    Line line(*context_, *tls_, *server_);
    line.sendBytes(bytes.toStdString());
    QVERIFY(line.waitClosed());
    QCOMPARE(line.frames().size(), std::size_t(1));
    QVERIFY(line.frames().front().refused().closing());
    QCOMPARE(int(line.frames().front().refused().code()), code);

    Line text(*context_, *tls_, *server_);
    text.sendText("Guten Tag");
    QVERIFY(text.waitClosed());
    Line large(*context_, *tls_, *server_);
    large.sendBytes(std::string(300 * 1024, 'x'));
    QVERIFY(large.waitClosed());
}

void ServerTest::reservedMessagesGoOn() {
    Line line(*context_, *tls_, *server_);
    wire::Up reserved;
    reserved.mutable_repair();
    line.send(reserved);
    const auto* refused = line.next([](const wire::Down& d) { return d.has_refused(); });
    QVERIFY(refused != nullptr);
    QCOMPARE(refused->refused().code(), std::uint32_t(ErrorCode::Unsupported));
    QVERIFY(!refused->refused().closing());
    line.send(login(QStringLiteral("a.demir"), kPassword));
    const auto* result = line.next([](const wire::Down& d) { return d.has_login_result(); });
    QVERIFY(result != nullptr);
    QCOMPARE(result->login_result().code(), 0U);
}

void ServerTest::whatTheCommandLineRevokesEndsWithinASecond_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("disable") << QStringLiteral("disable") << QByteArray();
    // Moves nothing but the tokens.
    QTest::newRow("passwd") << QStringLiteral("passwd") << QByteArray("ein-anderes-2\n");
}

void ServerTest::whatTheCommandLineRevokesEndsWithinASecond() {
    QFETCH(const QString, command);
    QFETCH(const QByteArray, input);
    Seen seen;
    const SignedIn person = signIn(QStringLiteral("b.krause"));
    const auto b = desk(person, seen);
    const auto a = desk(signIn(QStringLiteral("a.demir")), seen);
    QVERIFY(a && b);
    std::uint32_t code = 0;
    b->onFrame = [&](const wire::Down& frame) {
        code = frame.has_refused() ? frame.refused().code() : code;
    };
    QVERIFY(admin({QStringLiteral("user"), command, QStringLiteral("b.krause")}, input));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(wait([&] { return !b->ended().empty(); }));
    qInfo("ended %lld ms after the command", clock.elapsed());
    QVERIFY(clock.elapsed() <= 1'000);
    QCOMPARE(code, std::uint32_t(ErrorCode::Unauthenticated));
    QVERIFY(!desk(person, seen));
    QVERIFY(a->ended().empty());
}

void ServerTest::rightsComeAndGoWhileConnected() {
    Seen seen;
    const auto a = desk(signIn(QStringLiteral("a.demir")), seen);
    QVERIFY(a);
    // The command line is another process: the running server looks by itself.
    QVERIFY(!server_
                 ->addUser(tenant_, site_, QStringLiteral("c.stahl"), kPassword,
                           QStringLiteral("Clara Stahl"), QStringLiteral("manager"))
                 .isEmpty());
    QVERIFY(wait([&] { return seen.mentions("Clara Stahl"); }));
    Seen manager;
    QVERIFY(desk(signIn(QStringLiteral("c.stahl")), manager));
    QCOMPARE(manager.all<record::User>(kUserTable).size(), std::size_t(3));
}

void ServerTest::stopEndsOpenConnections() {
    Seen seen;
    const auto a = desk(signIn(QStringLiteral("a.demir")), seen);
    Line line(*context_, *tls_, *server_);
    QVERIFY(a);
    const QDeadlineTimer until(5'000);
    QVERIFY2(server_->stop(5'000), qPrintable(server_->describe()));
    QVERIFY(!until.hasExpired());
    QVERIFY(wait([&] { return !a->ended().empty(); }));
}

}  // namespace vorfahrt::test

QTEST_GUILESS_MAIN(vorfahrt::test::ServerTest)
#include "server_test.moc"
