// SPDX-License-Identifier: GPL-3.0-or-later
// The WebSocket side of server/net against Qt's QWebSocket and against a client of our own.
#include "tests/contract/net_fixture.h"

#include <QCryptographicHash>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>
#include <QWebSocket>

#include <vector>

using namespace vorfahrt;
using namespace vorfahrt::test;
using namespace std::chrono_literals;

namespace {

struct Seen {
    std::shared_ptr<WsClient> client;
    std::vector<std::string> messages;
    int code = 0;
    std::string why;
    bool open = false;
    bool closed = false;
};

std::unique_ptr<Seen> watch(boost::asio::io_context& context, WsClientContext& tls,
                            WsClientOptions options) {
    auto seen = std::make_unique<Seen>();
    seen->client = WsClient::create(context.get_executor(), tls, std::move(options));
    seen->client->onOpen = [s = seen.get()] { s->open = true; };
    seen->client->onMessage = [s = seen.get()](std::string m) {
        s->messages.push_back(std::move(m));
    };
    seen->client->onClosed = [s = seen.get()](std::uint16_t code, std::string why) {
        s->code = code;
        s->why = std::move(why);
        s->closed = true;
    };
    seen->client->connect();
    return seen;
}

QSslConfiguration trusting(QSsl::SslProtocol protocol) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(protocol);
    return configuration;
}

QUrl url(const Echo& echo, const QString& path = QStringLiteral("/v1/sync")) {
    return QUrl(QStringLiteral("wss://127.0.0.1:%1%2").arg(echo.listener->port()).arg(path));
}

}  // namespace

class NetWebSocketTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void echoOverQWebSocket_data();
    void echoOverQWebSocket();
    void fingerprintIsWhatThePeerSees();
    void largestMessagePassesLargerIsRefused();
    void textIsRefused();
    void wrongPathIs404();
    void wrongFingerprintIsSeenByTheClient();
    void garbageInsideTheWebSocket();
    void silentPeerTimesOut();
    void pingsKeepAQuietPeer();
    void peerThatDoesNotReadTimesOut();
    void smallFramesAreNotDelayed();
    void twoHundredConnections();
    void stopSaysGoingAway();
    void stopAbortsADeafPeer();
};

void NetWebSocketTest::echoOverQWebSocket_data() {
    QTest::addColumn<int>("protocol");
    QTest::newRow("1.2 only") << int(QSsl::TlsV1_2);
    QTest::newRow("1.3 only") << int(QSsl::TlsV1_3);
}

void NetWebSocketTest::echoOverQWebSocket() {
    QFETCH(int, protocol);
    Echo echo;
    QWebSocket socket;
    socket.setSslConfiguration(trusting(static_cast<QSsl::SslProtocol>(protocol)));
    QByteArrayList got;
    connect(&socket, &QWebSocket::binaryMessageReceived, this,
            [&got](const QByteArray& message) { got.append(message); });
    socket.open(url(echo));
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(int(socket.sslConfiguration().sessionProtocol()), protocol);
    const QList<qsizetype> sizes = {0,      1,      125,    126,    16'380,
                                    16'384, 16'385, 65'535, 65'536, 262'144};
    for (const qsizetype size : sizes) {
        socket.sendBinaryMessage(QByteArray(size, 'a'));
    }
    QTRY_COMPARE(got.size(), sizes.size());
    for (qsizetype i = 0; i < sizes.size(); ++i) {
        QCOMPARE(got[i], QByteArray(sizes[i], 'a'));
    }
    socket.close(QWebSocketProtocol::CloseCodeNormal);
    QTRY_COMPARE(echo.handler.ended.load(), 1);
    QCOMPARE(echo.handler.lastError.load(), ErrorCode::Unavailable);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetWebSocketTest::fingerprintIsWhatThePeerSees() {
    Echo echo;
    QSslSocket socket;
    socket.setSslConfiguration(trusting(QSsl::SecureProtocols));
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), echo.listener->port());
    QVERIFY(socket.waitForEncrypted());
    const QByteArray seen =
        socket.peerCertificate().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
    QCOMPARE(QByteArray::fromStdString(echo.tls.fingerprint()), seen);
}

void NetWebSocketTest::largestMessagePassesLargerIsRefused() {
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    auto peer = watch(context, tls, echo.client());
    QVERIFY(pump(context, [&] { return peer->open; }));
    peer->client->send(std::string(262'144, 'a'));
    QVERIFY(pump(context, [&] { return peer->messages.size() == 1; }));
    QCOMPARE(peer->messages.front().size(), std::size_t{262'144});
    peer->client->send(std::string(262'145, 'a'));
    QVERIFY(pump(context, [&] { return peer->closed; }));
    QCOMPARE(peer->code, 1009);
    QTRY_COMPARE(echo.handler.ended.load(), 1);
    QCOMPARE(echo.handler.lastError.load(), ErrorCode::BadFrame);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetWebSocketTest::textIsRefused() {
    Echo echo;
    QWebSocket socket;
    socket.setSslConfiguration(trusting(QSsl::SecureProtocols));
    socket.open(url(echo));
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.sendTextMessage(QStringLiteral("hello"));
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);
    QTRY_COMPARE(echo.handler.ended.load(), 1);
    QCOMPARE(echo.handler.lastError.load(), ErrorCode::BadFrame);
}

void NetWebSocketTest::wrongPathIs404() {
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    WsClientOptions options = echo.client();
    options.path = "/v1/other";
    auto peer = watch(context, tls, options);
    QVERIFY(pump(context, [&] { return peer->closed; }));
    QVERIFY(!peer->open);
    QCOMPARE(peer->why, std::string("HTTP 404"));
}

void NetWebSocketTest::wrongFingerprintIsSeenByTheClient() {
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    WsClientOptions options = echo.client();
    options.fingerprint[0] = options.fingerprint[0] == '0' ? '1' : '0';
    auto peer = watch(context, tls, options);
    QVERIFY(pump(context, [&] { return peer->closed; }));
    QCOMPARE(peer->why, std::string("wrong certificate"));
}

void NetWebSocketTest::garbageInsideTheWebSocket() {
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    auto peer = watch(context, tls, echo.client());
    QVERIFY(pump(context, [&] { return peer->open; }));
    peer->client->sendRaw(std::string(64, '\xFF'));
    QVERIFY(pump(context, [&] { return peer->closed; }));
    QCOMPARE(peer->code, 1002);
    QTRY_COMPARE(echo.handler.ended.load(), 1);
    QCOMPARE(echo.handler.lastError.load(), ErrorCode::BadFrame);
}

void NetWebSocketTest::silentPeerTimesOut() {
    net::ListenerOptions options;
    options.idleTimeout = 300ms;
    Echo echo(options);
    boost::asio::io_context context;
    WsClientContext tls;
    WsClientOptions client = echo.client();
    client.answersPings = false;
    auto peer = watch(context, tls, client);
    QVERIFY(pump(context, [&] { return peer->closed; }));
    QVERIFY(peer->open);
    QTRY_COMPARE(echo.handler.lastError.load(), ErrorCode::Timeout);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetWebSocketTest::pingsKeepAQuietPeer() {
    net::ListenerOptions options;
    options.idleTimeout = 300ms;
    Echo echo(options);
    boost::asio::io_context context;
    WsClientContext tls;
    auto peer = watch(context, tls, echo.client());
    QVERIFY(pump(context, [&] { return peer->closed || peer->client->pings() >= 5; }));
    QVERIFY(!peer->closed);
    peer->client->send("still here");
    QVERIFY(pump(context, [&] { return peer->messages.size() == 1; }));
}

void NetWebSocketTest::peerThatDoesNotReadTimesOut() {
    net::ListenerOptions options;
    options.writeTimeout = 300ms;
    Echo echo(options);
    boost::asio::io_context context;
    WsClientContext tls;
    WsClientOptions client = echo.client();
    client.reads = false;
    auto peer = watch(context, tls, client);
    QVERIFY(pump(context, [&] { return peer->open; }));
    peer->client->send("flood");
    QVERIFY(pump(context, [&] { return echo.handler.ended.load() == 1; }));
    QCOMPARE(echo.handler.lastWriteError.load(), ErrorCode::Timeout);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
    peer->client->abort();
    QVERIFY(pump(context, [&] { return peer->closed; }));
}

// With Nagle's algorithm and delayed acknowledgements each of the 200 takes 40 ms.
void NetWebSocketTest::smallFramesAreNotDelayed() {
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    auto peer = watch(context, tls, echo.client());
    QVERIFY(pump(context, [&] { return peer->open; }));
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 1; i <= 200; ++i) {
        peer->client->send("one");
        peer->client->send("two");
        QVERIFY(pump(context, [&] { return peer->messages.size() == 2 * i; }));
    }
    QVERIFY(std::chrono::steady_clock::now() - begin < 4s);
}

void NetWebSocketTest::twoHundredConnections() {
    constexpr std::size_t kPeers = 200;
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    std::vector<std::unique_ptr<Seen>> peers;
    for (std::size_t i = 0; i < kPeers; ++i) {
        peers.push_back(watch(context, tls, echo.client()));
    }
    const auto all = [&peers](auto condition) {
        return [&peers, condition] { return std::all_of(peers.begin(), peers.end(), condition); };
    };
    QVERIFY(pump(context, all([](const auto& p) { return p->open; }), 40s));
    QCOMPARE(echo.listener->openConnections(), kPeers);
    for (std::size_t i = 0; i < kPeers; ++i) {
        peers[i]->client->send("number " + std::to_string(i));
    }
    QVERIFY(pump(context, all([](const auto& p) { return p->messages.size() == 1; })));
    for (std::size_t i = 0; i < kPeers; ++i) {
        QCOMPARE(peers[i]->messages.front(), "number " + std::to_string(i));
        peers[i]->client->close(1000);
    }
    QVERIFY(pump(context, all([](const auto& p) { return p->closed; })));
    for (const auto& peer : peers) {
        QCOMPARE(peer->code, 1000);
    }
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetWebSocketTest::stopSaysGoingAway() {
    Echo echo;
    boost::asio::io_context context;
    WsClientContext tls;
    std::vector<std::unique_ptr<Seen>> peers;
    for (int i = 0; i < 20; ++i) {
        peers.push_back(watch(context, tls, echo.client()));
    }
    QVERIFY(pump(context, [&] {
        return std::all_of(peers.begin(), peers.end(), [](const auto& p) { return p->open; });
    }));
    std::atomic<bool> stopped = false;
    std::thread stopper([&] {
        echo.listener->stop();
        stopped = true;
    });
    const bool done = pump(context, [&] { return stopped.load(); }, 5s);
    stopper.join();
    QVERIFY(done);
    QVERIFY(pump(context, [&] {
        return std::all_of(peers.begin(), peers.end(), [](const auto& p) { return p->closed; });
    }));
    for (const auto& peer : peers) {
        QCOMPARE(peer->code, 1001);
    }
    QCOMPARE(echo.listener->openConnections(), std::size_t{0});
    auto late = watch(context, tls, echo.client());
    QVERIFY(pump(context, [&] { return late->closed; }));
    QVERIFY(!late->open);
}

void NetWebSocketTest::stopAbortsADeafPeer() {
    net::ListenerOptions options;
    options.stopTimeout = 200ms;
    options.closeTimeout = 60s;
    Echo echo(options);
    boost::asio::io_context context;
    WsClientContext tls;
    WsClientOptions client = echo.client();
    client.answersClose = false;
    client.reads = false;
    auto peer = watch(context, tls, client);
    QVERIFY(pump(context, [&] { return peer->open; }));
    const auto begin = std::chrono::steady_clock::now();
    echo.listener->stop();
    QVERIFY(std::chrono::steady_clock::now() - begin < 3s);
    QCOMPARE(echo.listener->openConnections(), std::size_t{0});
    QCOMPARE(echo.handler.ended.load(), 1);
    peer->client->abort();
    QVERIFY(pump(context, [&] { return peer->closed; }));
}

QTEST_GUILESS_MAIN(NetWebSocketTest)
#include "net_websocket_test.moc"
