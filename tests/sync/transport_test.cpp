// SPDX-License-Identifier: GPL-3.0-or-later
// Each adapter against a TLS server of Qt: only the pinned certificate is spoken to.
#include "client/sync/transport_factory.h"
#include "server/net/tls.h"
#include "tests/support/transport_choice.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>
#include <QWebSocket>
#include <QWebSocketServer>
#include <QtTest>

using namespace vorfahrt;
using client::sync::CloseReason;
using client::sync::Transport;

namespace {

struct Seen {
    int opened = 0;
    std::vector<CloseReason> closed;
    std::vector<std::string> frames;
};

std::unique_ptr<Transport> make() {
    return client::sync::makeTransport(test::chosenTransport());
}

void watch(Transport& transport, Seen& seen) {
    transport.setCallbacks(
        {.opened = [&seen] { ++seen.opened; },
         .closed = [&seen](CloseReason reason) { seen.closed.push_back(reason); },
         .frame = [&seen](std::string_view frame) { seen.frames.emplace_back(frame); }});
}

}  // namespace

class TransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pinnedCertificateIsSpokenTo();
    void anotherCertificateIsRefused();
    void plainSocketIsRefused();
    void lostConnectionIsTold();
    void nothingComesAfterClose();
    void oversizedFrameEndsTheConnection();

private:
    std::string url() const {
        return "wss://127.0.0.1:" + std::to_string(server_->serverPort()) + "/v1/sync";
    }
    QTemporaryDir folder_;
    std::unique_ptr<QWebSocketServer> server_;
    std::vector<QWebSocket*> peers_;
    std::string fingerprint_;
};

void TransportTest::initTestCase() {
    const std::filesystem::path folder = folder_.path().toStdString();
    QVERIFY(server::net::writeSelfSigned(folder / "tls.crt", folder / "tls.key").has_value());
    QFile certificateFile(folder_.filePath(QStringLiteral("tls.crt")));
    QFile keyFile(folder_.filePath(QStringLiteral("tls.key")));
    QVERIFY(certificateFile.open(QIODevice::ReadOnly) && keyFile.open(QIODevice::ReadOnly));
    const QSslCertificate certificate(&certificateFile);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(certificate);
    configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    fingerprint_ = certificate.digest(QCryptographicHash::Sha256).toStdString();
    server_ =
        std::make_unique<QWebSocketServer>(QStringLiteral("test"), QWebSocketServer::SecureMode);
    server_->setSslConfiguration(configuration);
    QVERIFY(server_->listen(QHostAddress::LocalHost));
    connect(server_.get(), &QWebSocketServer::newConnection, this, [this] {
        QWebSocket* peer = server_->nextPendingConnection();
        peer->setParent(server_.get());  // Qt 6.4 leaves it without one
        peers_.push_back(peer);
        connect(peer, &QWebSocket::binaryMessageReceived, peer,
                [peer](const QByteArray& message) { peer->sendBinaryMessage("re:" + message); });
    });
}

void TransportTest::pinnedCertificateIsSpokenTo() {
    Seen seen;
    const auto transport = make();
    watch(*transport, seen);
    transport->open(url(), fingerprint_);
    QCOMPARE(seen.opened, 0);  // never from inside a call
    QTRY_COMPARE(seen.opened, 1);
    transport->send("hallo");
    QTRY_COMPARE(seen.frames.size(), 1U);
    QCOMPARE(seen.frames[0], std::string("re:hallo"));
    QVERIFY(seen.closed.empty());
}

void TransportTest::anotherCertificateIsRefused() {
    const std::size_t before = peers_.size();
    Seen seen;
    const auto transport = make();
    watch(*transport, seen);
    std::string other = fingerprint_;
    other[7] = static_cast<char>(other[7] ^ 1);
    transport->open(url(), other);
    QTRY_COMPARE(seen.closed.size(), 1U);
    QCOMPARE(seen.closed[0], CloseReason::WrongCertificate);
    QCOMPARE(seen.opened, 0);
    QCOMPARE(peers_.size(), before);  // not even the HTTP upgrade was sent
}

void TransportTest::plainSocketIsRefused() {
    Seen seen;
    const auto transport = make();
    watch(*transport, seen);
    transport->open("ws://127.0.0.1:" + std::to_string(server_->serverPort()), fingerprint_);
    QTRY_COMPARE(seen.closed.size(), 1U);
    QCOMPARE(seen.opened, 0);
}

void TransportTest::lostConnectionIsTold() {
    Seen seen;
    const auto transport = make();
    watch(*transport, seen);
    transport->open(url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    peers_.back()->abort();
    QTRY_COMPARE(seen.closed.size(), 1U);
    QVERIFY(seen.closed[0] != CloseReason::WrongCertificate);
}

void TransportTest::nothingComesAfterClose() {
    Seen seen;
    const auto transport = make();
    watch(*transport, seen);
    transport->open(url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    transport->send("a");
    transport->close();
    transport->open(url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 2);
    transport->send("b");
    QTRY_VERIFY(!seen.frames.empty());
    QCOMPARE(seen.frames[0], std::string("re:b"));
    QVERIFY(seen.closed.empty());
}

void TransportTest::oversizedFrameEndsTheConnection() {
    Seen seen;
    const auto transport = make();
    watch(*transport, seen);
    transport->open(url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    peers_.back()->sendBinaryMessage(QByteArray(300 * 1024, 'x'));
    QTRY_COMPARE(seen.closed.size(), 1U);
    QVERIFY(seen.frames.empty());
}

QTEST_GUILESS_MAIN(TransportTest)
#include "transport_test.moc"
