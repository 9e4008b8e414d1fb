// SPDX-License-Identifier: GPL-3.0-or-later
// TLS between desk and server as the oldest system needs it: Windows 10 has TLS 1.2 only. The real
// listener, each WebSocket client of the desk (ctest runs this with both).
#include "client/sync/transport_factory.h"
#include "server/net/listener.h"
#include "server/net/runtime.h"
#include "tests/contract/tls_peers.h"
#include "tests/support/transport_choice.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QtTest>
#include <openssl/ssl.h>

using namespace vorfahrt;
using namespace vorfahrt::test;
using client::sync::CloseReason;

namespace net = vorfahrt::server::net;

namespace {

class Echo final : public net::ListenerHandler {
public:
    boost::asio::awaitable<void> onWebSocket(std::shared_ptr<net::Connection> connection) override {
        for (;;) {
            Result<std::string> message = co_await connection->read();
            if (!message) {
                co_return;
            }
            std::string copy = std::move(*message);
            if (!co_await connection->write(std::move(copy))) {
                co_return;
            }
        }
    }
    boost::asio::awaitable<net::HttpResponse> onHttp(net::HttpRequest) override {
        co_return net::HttpResponse(404, "text/plain", "");
    }
};

struct Desk {
    explicit Desk(QSsl::SslProtocol tls)
        : transport(client::sync::makeTransport(chosenTransport(), tls)) {
        transport->setCallbacks({.opened = [this] { opened = true; },
                                 .closed = [this](CloseReason reason) { closed = reason; },
                                 .frame = [this](std::string_view bytes) { frame = bytes; }});
    }

    std::unique_ptr<client::sync::Transport> transport;
    bool opened = false;
    std::optional<CloseReason> closed;
    std::string frame;
};

}  // namespace

class TlsDeskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theServerSpeaksTls12WithThoseSuitesOnly();
    void theServerRefusesOlderVersions_data();
    void theServerRefusesOlderVersions();
    void theDeskReachesIt_data();
    void theDeskReachesIt();
    void theDeskRefusesAnOlderServer();

private:
    std::string url(std::uint16_t port) const {
        return "wss://127.0.0.1:" + std::to_string(port) + "/v1/sync";
    }
    std::filesystem::path chain() const {
        return folder_.filePath(QStringLiteral("chain.pem")).toStdString();
    }
    std::filesystem::path key() const {
        return folder_.filePath(QStringLiteral("key.pem")).toStdString();
    }

    QTemporaryDir folder_;
    std::string fingerprint_;
    Echo handler_;
    net::Runtime runtime_;
    std::unique_ptr<net::Listener> listener_;
};

void TlsDeskTest::initTestCase() {
    QVERIFY(writeP256Chain(chain(), key()));
    const auto certificates =
        QSslCertificate::fromPath(QString::fromStdString(chain().string()), QSsl::Pem);
    QCOMPARE(certificates.size(), 2);
    fingerprint_ = certificates.constFirst().digest(QCryptographicHash::Sha256).toStdString();
    auto tls = net::TlsContext::load(chain(), key());
    QVERIFY(tls.has_value());
    net::ListenerOptions options;
    options.address = "127.0.0.1";
    auto made = net::Listener::create(runtime_.executor(), *tls, std::move(options), handler_);
    QVERIFY(made.has_value());
    listener_ = std::move(*made);
}

void TlsDeskTest::theServerSpeaksTls12WithThoseSuitesOnly() {
    const TlsOutcome outcome = connectWith(listener_->port(), TLS1_2_VERSION);
    QVERIFY2(outcome.connected, outcome.error.c_str());
    const QString cipher = QString::fromStdString(outcome.cipher);
    QVERIFY2(cipher.startsWith(QStringLiteral("ECDHE-ECDSA-")), qPrintable(cipher));
    QVERIFY2(cipher.contains(QStringLiteral("GCM")) || cipher.contains(QStringLiteral("CHACHA20")),
             qPrintable(cipher));
    QVERIFY2(!outcome.group.empty(), "no ephemeral key");
    QCOMPARE(outcome.keyType, std::string("prime256v1"));
    QCOMPARE(outcome.certificates, 2);  // Schannel looks for the issuer in what it was sent
}

void TlsDeskTest::theServerRefusesOlderVersions_data() {
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.1") << TLS1_1_VERSION;
    QTest::newRow("TLS 1.0") << TLS1_VERSION;
}

void TlsDeskTest::theServerRefusesOlderVersions() {
    QFETCH(const int, version);
    // The client can: a server of that age understands it.
    const OldTlsServer old(chain(), key());
    const TlsOutcome able = connectWith(old.port(), version);
    QVERIFY2(able.connected, able.error.c_str());
    const TlsOutcome outcome = connectWith(listener_->port(), version);
    QVERIFY(!outcome.connected);
    // The server said so, it was not the client that gave up.
    QVERIFY2(
        QString::fromStdString(outcome.error).contains(QStringLiteral("alert protocol version")),
        outcome.error.c_str());
}

void TlsDeskTest::theDeskReachesIt_data() {
    QTest::addColumn<int>("tls");
    QTest::newRow("as Windows 10 does") << static_cast<int>(QSsl::TlsV1_2);
    QTest::newRow("as it likes") << static_cast<int>(QSsl::TlsV1_2OrLater);
}

void TlsDeskTest::theDeskReachesIt() {
    QFETCH(const int, tls);
    Desk desk(static_cast<QSsl::SslProtocol>(tls));
    desk.transport->open(url(listener_->port()), fingerprint_);
    QTRY_VERIFY(desk.opened);
    const std::string large(200'000, 'v');
    desk.transport->send(large);
    QTRY_COMPARE(desk.frame, large);
    QVERIFY(!desk.closed.has_value());
    // The pin is the server's certificate, not that of the authority that signed it.
    const auto certificates =
        QSslCertificate::fromPath(QString::fromStdString(chain().string()), QSsl::Pem);
    Desk wrong(static_cast<QSsl::SslProtocol>(tls));
    wrong.transport->open(url(listener_->port()),
                          certificates.at(1).digest(QCryptographicHash::Sha256).toStdString());
    QTRY_VERIFY(wrong.closed.has_value());
    QCOMPARE(*wrong.closed, CloseReason::WrongCertificate);
    QVERIFY(!wrong.opened);
}

void TlsDeskTest::theDeskRefusesAnOlderServer() {
    const OldTlsServer old(chain(), key());
    QVERIFY2(connectWith(old.port(), TLS1_1_VERSION).connected, "the server does not work");
    Desk desk(QSsl::TlsV1_2OrLater);
    desk.transport->open(url(old.port()), fingerprint_);
    QTRY_VERIFY(desk.closed.has_value());
    QCOMPARE(*desk.closed, CloseReason::Unreachable);
    QVERIFY(!desk.opened);
}

QTEST_GUILESS_MAIN(TlsDeskTest)
#include "tls_desk_test.moc"
