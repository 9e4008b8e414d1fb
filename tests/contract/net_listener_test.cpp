// SPDX-License-Identifier: GPL-3.0-or-later
// TLS files, HTTP, bad peers and the plain TCP listener of server/net, with Qt's sockets as peers.
#include "common/base/log.h"
#include "server/net/accept_loop.h"
#include "server/net/tcp_listener.h"
#include "tests/contract/net_fixture.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <arpa/inet.h>
#include <mutex>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace vorfahrt;
using namespace vorfahrt::test;
using namespace std::chrono_literals;

namespace {

const QString kHost = QStringLiteral("127.0.0.1");

void connectTls(QSslSocket& socket, const Echo& echo) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(kHost, echo.listener->port());
}

std::atomic<int> acceptFailures = 0;
std::mutex refusalMutex;
std::vector<std::string> refusals;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate makeCertificate(EVP_PKEY* key, const char* name, X509* issuer, EVP_PKEY* issuerKey) {
    Certificate made(X509_new(), X509_free);
    const auto* text = reinterpret_cast<const unsigned char*>(name);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), issuer == nullptr ? 1 : 2);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3'600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3'600);
    X509_set_pubkey(made.get(), key);
    X509_NAME* subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0);
    X509_set_issuer_name(made.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
    X509_sign(made.get(), issuerKey, EVP_sha256());
    return made;
}

void writeRsaChain(const std::filesystem::path& chain, const std::filesystem::path& keyPath) {
    const Key issuerKey(EVP_RSA_gen(2048), EVP_PKEY_free);
    const Key key(EVP_RSA_gen(2048), EVP_PKEY_free);
    const auto issuer = makeCertificate(issuerKey.get(), "issuer", nullptr, issuerKey.get());
    const auto server = makeCertificate(key.get(), "server", issuer.get(), issuerKey.get());
    std::FILE* file = std::fopen(chain.c_str(), "w");
    PEM_write_X509(file, server.get());
    PEM_write_X509(file, issuer.get());
    std::fclose(file);
    file = std::fopen(keyPath.c_str(), "w");
    PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
}

class LineHandler final : public net::TcpHandler {
public:
    boost::asio::awaitable<void> onConnection(
        std::shared_ptr<net::TcpConnection> connection) override {
        Status written = co_await connection->write("220 ready\r\n");
        while (written) {
            Result<std::string> bytes = co_await connection->readSome();
            if (!bytes) {
                lastError = bytes.error().code;
                break;
            }
            received += bytes->size();
            if (*bytes == "quit") {
                co_await connection->write("bye");
                break;
            }
            written = co_await connection->write(std::move(*bytes));
        }
        ++ended;
    }

    void onStopping() override { stopping = true; }

    std::atomic<std::size_t> received = 0;
    std::atomic<int> ended = 0;
    std::atomic<bool> stopping = false;
    std::atomic<ErrorCode> lastError = ErrorCode::Ok;
};

}  // namespace

class NetListenerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void selfSignedIsMadeOnce();
    void unreadableCertificateIsAnError();
    void rsaCertificateWithItsChain();
    void httpOnTheSamePort();
    void httpLimits_data();
    void httpLimits();
    void weakTlsIsRefused_data();
    void weakTlsIsRefused();
    void garbageBeforeTls();
    void slowHandshakeTimesOut_data();
    void slowHandshakeTimesOut();
    void connectionLimit();
    void connectionLimitPerAddress();
    void addressesThatCountAsOne();
    void handshakeLimitPerAddress();
    void outOfDescriptorsPauses();
    void portInUseIsAnError();
    void plainEcho();
    void plainReadTimesOut();
    void plainLimitAndStop();
};

void NetListenerTest::initTestCase() {
    log::setSink([](log::Level, std::string_view, std::string_view text) {
        acceptFailures += text.starts_with("accept failed") ? 1 : 0;
        if (text.find("refused") != std::string_view::npos) {
            const std::lock_guard lock(refusalMutex);
            refusals.emplace_back(text);
        }
    });
}

void NetListenerTest::selfSignedIsMadeOnce() {
    QTemporaryDir directory;
    const std::filesystem::path path = directory.filePath(QStringLiteral("new")).toStdString();
    const auto first = net::TlsContext::loadOrCreate(path);
    QVERIFY(first.has_value());
    QCOMPARE(first->fingerprint().size(), std::size_t{95});
    struct stat state{};
    QCOMPARE(::stat((path / "tls.key").c_str(), &state), 0);
    QCOMPARE(state.st_mode & 0777U, 0600U);
    const auto second = net::TlsContext::loadOrCreate(path);
    QVERIFY(second.has_value());
    QCOMPARE(second->fingerprint(), first->fingerprint());

    const auto read = QSslCertificate::fromPath(QString::fromStdString(path / "tls.crt"));
    QCOMPARE(read.size(), 1);
    QCOMPARE(read[0].publicKey().algorithm(), QSsl::Ec);
    QCOMPARE(read[0].publicKey().length(), 256);
    const auto names = read[0].subjectAlternativeNames();
    QVERIFY(names.values(QSsl::DnsEntry).contains(QStringLiteral("localhost")));
    QVERIFY(names.values(QSsl::IpAddressEntry).contains(QStringLiteral("127.0.0.1")));
    QCOMPARE(names.values(QSsl::IpAddressEntry).size(), 2);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(read[0].effectiveDate() < now);
    QVERIFY(read[0].expiryDate() > now.addDays(3'640));
}

void NetListenerTest::unreadableCertificateIsAnError() {
    QTemporaryDir directory;
    const std::filesystem::path path = directory.path().toStdString();
    QVERIFY(net::writeSelfSigned(path / "a.crt", path / "a.key").has_value());
    QVERIFY(net::writeSelfSigned(path / "b.crt", path / "b.key").has_value());
    QVERIFY(net::TlsContext::load(path / "a.crt", path / "a.key").has_value());
    const auto mixed = net::TlsContext::load(path / "a.crt", path / "b.key");
    QVERIFY(!mixed.has_value());
    QCOMPARE(mixed.error().code, ErrorCode::Invalid);
    QVERIFY(!net::TlsContext::load(path / "none.crt", path / "a.key").has_value());
    QVERIFY(!net::writeSelfSigned(path / "none" / "x.crt", path / "none" / "x.key").has_value());
}

void NetListenerTest::rsaCertificateWithItsChain() {
    QTemporaryDir directory;
    const std::filesystem::path path = directory.path().toStdString();
    writeRsaChain(path / "chain.crt", path / "server.key");
    Echo echo{net::ListenerOptions(),
              net::TlsContext::load(path / "chain.crt", path / "server.key").value()};
    QSslSocket socket;
    connectTls(socket, echo);
    QVERIFY(socket.waitForEncrypted());
    const auto chain = socket.peerCertificateChain();
    QCOMPARE(chain.size(), 2);
    QCOMPARE(chain[0].publicKey().algorithm(), QSsl::Rsa);
    QCOMPARE(chain[0].subjectInfo(QSslCertificate::CommonName), {QStringLiteral("server")});
    QCOMPARE(chain[1].subjectInfo(QSslCertificate::CommonName), {QStringLiteral("issuer")});
    const QByteArray seen = chain[0].digest(QCryptographicHash::Sha256).toHex(':').toUpper();
    QCOMPARE(QByteArray::fromStdString(echo.tls.fingerprint()), seen);
}

void NetListenerTest::httpOnTheSamePort() {
    Echo echo;
    QSslSocket socket;
    connectTls(socket, echo);
    QVERIFY(socket.waitForEncrypted());
    QByteArray answer;
    connect(&socket, &QSslSocket::readyRead, this, [&] { answer += socket.readAll(); });
    socket.write("GET /missing HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(answer.endsWith("GET /missing "));
    QVERIFY(answer.startsWith("HTTP/1.1 404 Not Found\r\n"));
    answer.clear();
    // Cut at an odd place, and two requests in one write.
    socket.write("POST /login HTTP/1.1\r\nHost: x\r\nContent-Le");
    socket.flush();
    socket.write(
        "ngth: 5\r\n\r\nhello"
        "HEAD /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(answer.contains("POST /login hello"));
    QVERIFY(answer.endsWith("Connection: close\r\n\r\n"));
}

void NetListenerTest::httpLimits_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("body of 64 KiB")
        << QByteArray(
               "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 65536\r\n\r\n") +
               QByteArray(65'536, 'b')
        << QByteArray("HTTP/1.1 200 OK");
    QTest::newRow("body too large")
        << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n") +
               QByteArray(65'537, 'b')
        << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("chunked body too large")
        << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n") +
               QByteArray(131'072, 'b')
        << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("headers too large")
        << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nA: ") + QByteArray(9'000, 'a') + "\r\n\r\n"
        << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("not HTTP") << QByteArray("EHLO example.org\r\n\r\n")
                              << QByteArray("HTTP/1.1 400 ");
    QTest::newRow("upgrade without a key")
        << QByteArray(
               "GET /v1/sync HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
               "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n")
        << QByteArray("HTTP/1.1 400 ");
}

void NetListenerTest::httpLimits() {
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    net::ListenerOptions options;
    options.closeTimeout = 500ms;
    Echo echo(options);
    QSslSocket socket;
    QByteArray answer;
    connect(&socket, &QSslSocket::readyRead, this, [&] { answer += socket.readAll(); });
    connectTls(socket, echo);
    QVERIFY(socket.waitForEncrypted());
    socket.write(request);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(answer.left(status.size()), status);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetListenerTest::weakTlsIsRefused_data() {
    QTest::addColumn<int>("protocol");
    QTest::addColumn<QString>("suite");
    QTest::addColumn<bool>("accepted");
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    QTest::newRow("1.1") << int(QSsl::TlsV1_1) << QString() << false;
    QT_WARNING_POP
    QTest::newRow("1.2 without AEAD")
        << int(QSsl::TlsV1_2) << QStringLiteral("ECDHE-ECDSA-AES128-SHA256") << false;
    QTest::newRow("1.2 with AEAD")
        << int(QSsl::TlsV1_2) << QStringLiteral("ECDHE-ECDSA-AES128-GCM-SHA256") << true;
}

void NetListenerTest::weakTlsIsRefused() {
    QFETCH(int, protocol);
    QFETCH(QString, suite);
    QFETCH(bool, accepted);
    Echo echo;
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(static_cast<QSsl::SslProtocol>(protocol));
    if (!suite.isEmpty()) {
        configuration.setCiphers(suite);
    }
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(kHost, echo.listener->port());
    QCOMPARE(socket.waitForEncrypted(), accepted);
}

void NetListenerTest::garbageBeforeTls() {
    Echo echo;
    QTcpSocket socket;
    socket.connectToHost(kHost, echo.listener->port());
    QVERIFY(socket.waitForConnected());
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
    QCOMPARE(echo.handler.ended.load(), 0);
}

void NetListenerTest::slowHandshakeTimesOut_data() {
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << false << QByteArray();
    QTest::newRow("half a ClientHello") << false << QByteArray::fromHex("160301020001");
    QTest::newRow("TLS, then nothing") << true << QByteArray();
    QTest::newRow("TLS, then half a request") << true << QByteArray("GET /v1/sync HT");
}

void NetListenerTest::slowHandshakeTimesOut() {
    QFETCH(bool, encrypted);
    QFETCH(QByteArray, bytes);
    net::ListenerOptions options;
    options.handshakeTimeout = 400ms;
    Echo echo(options);
    QSslSocket socket;
    if (encrypted) {
        connectTls(socket, echo);
        QVERIFY(socket.waitForEncrypted());
    } else {
        socket.connectToHost(kHost, echo.listener->port());
        QVERIFY(socket.waitForConnected());
    }
    socket.write(bytes);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetListenerTest::connectionLimit() {
    net::ListenerOptions options;
    options.maxConnections = 2;
    Echo echo(options);
    QSslSocket first;
    QSslSocket second;
    QTcpSocket third;
    connectTls(first, echo);
    QVERIFY(first.waitForEncrypted());
    connectTls(second, echo);
    QVERIFY(second.waitForEncrypted());
    third.connectToHost(kHost, echo.listener->port());
    QTRY_COMPARE(third.error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(echo.listener->openConnections(), std::size_t{2});
    first.abort();
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{1});
    QSslSocket fourth;
    connectTls(fourth, echo);
    QVERIFY(fourth.waitForEncrypted());
}

// Open connections count, not only those in their handshake; the log says it once and without the
// address.
void NetListenerTest::connectionLimitPerAddress() {
    {
        const std::lock_guard lock(refusalMutex);
        refusals.clear();
    }
    {
        net::ListenerOptions options;
        options.maxConnectionsPerAddress = 2;
        Echo echo(options);
        QSslSocket first;
        QSslSocket second;
        for (QSslSocket* socket : {&first, &second}) {
            connectTls(*socket, echo);
            QVERIFY(socket->waitForEncrypted());
            socket->write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            QTRY_VERIFY(socket->bytesAvailable() > 0);
        }
        for (int i = 0; i < 3; ++i) {
            QTcpSocket third;
            third.connectToHost(kHost, echo.listener->port());
            QTRY_COMPARE(third.error(), QAbstractSocket::RemoteHostClosedError);
        }
        QCOMPARE(echo.listener->openConnections(), std::size_t{2});
        first.abort();
        QTRY_COMPARE(echo.listener->openConnections(), std::size_t{1});
        QSslSocket fourth;
        connectTls(fourth, echo);
        QVERIFY(fourth.waitForEncrypted());
    }
    QCOMPARE(refusals.size(), std::size_t{1});
    QVERIFY(refusals.front().find(kHost.toStdString()) == std::string::npos);
}

void NetListenerTest::addressesThatCountAsOne() {
    const auto group = [](const char* text) {
        return net::addressGroup(boost::asio::ip::make_address(text));
    };
    QCOMPARE(group("192.0.2.7"), std::string("192.0.2.7"));
    QCOMPARE(group("::ffff:192.0.2.7"), std::string("192.0.2.7"));
    QCOMPARE(group("2001:db8:1:2::1"), group("2001:db8:1:2:ffff::9"));
    QVERIFY(group("2001:db8:1:2::1") != group("2001:db8:1:3::1"));
}

void NetListenerTest::handshakeLimitPerAddress() {
    net::ListenerOptions options;
    options.maxHandshakesPerAddress = 1;
    Echo echo(options);
    QSslSocket first;
    connectTls(first, echo);
    QVERIFY(first.waitForEncrypted());
    QTcpSocket second;
    second.connectToHost(kHost, echo.listener->port());
    QTRY_COMPARE(second.error(), QAbstractSocket::RemoteHostClosedError);
    // The first one asks for something and is no longer in its handshake.
    first.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(first.bytesAvailable() > 0);
    QSslSocket third;
    connectTls(third, echo);
    QVERIFY(third.waitForEncrypted());
}

// The process may open no further file: the accept loop pauses instead of spinning, and goes on
// later.
void NetListenerTest::outOfDescriptorsPauses() {
    Echo echo;
    struct rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int next = ::dup(client);  // the lowest free number: nothing is free below it
    ::close(next);
    struct rlimit tight = before;
    tight.rlim_cur = static_cast<rlim_t>(next);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &tight), 0);
    acceptFailures = 0;
    struct sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(echo.listener->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int connected =
        ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const auto begin = std::chrono::steady_clock::now();
    const bool failed = QTest::qWaitFor([] { return acceptFailures.load() >= 3; });
    const auto took = std::chrono::steady_clock::now() - begin;
    const auto idle = echo.listener->openConnections();
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
    QCOMPARE(connected, 0);
    QVERIFY(failed);
    QVERIFY(took >= 150ms);
    QCOMPARE(idle, std::size_t{0});
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{1});
    ::close(client);
    QTRY_COMPARE(echo.listener->openConnections(), std::size_t{0});
}

void NetListenerTest::portInUseIsAnError() {
    Echo echo;
    net::ListenerOptions options;
    options.address = "127.0.0.1";
    options.port = echo.listener->port();
    const auto second =
        net::Listener::create(echo.runtime.executor(), echo.tls, options, echo.handler);
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().code, ErrorCode::Unavailable);
    options.address = "no address";
    const auto third =
        net::Listener::create(echo.runtime.executor(), echo.tls, options, echo.handler);
    QVERIFY(!third.has_value());
    QCOMPARE(third.error().code, ErrorCode::Invalid);
}

void NetListenerTest::plainEcho() {
    net::Runtime runtime;
    LineHandler handler;
    const auto listener =
        net::TcpListener::create(runtime.executor(), net::TcpListenerOptions(), handler).value();
    QTcpSocket socket;
    QByteArray answer;
    connect(&socket, &QTcpSocket::readyRead, this, [&] { answer += socket.readAll(); });
    socket.connectToHost(kHost, listener->port());
    QTRY_COMPARE(answer, QByteArray("220 ready\r\n"));
    const QByteArray large(5'000'000, 'm');
    socket.write(large);
    QTRY_COMPARE(answer.size(), large.size() + 11);
    answer.clear();
    socket.write("quit");
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(answer, QByteArray("bye"));
    QCOMPARE(handler.received.load(), std::size_t(large.size() + 4));
    QTRY_COMPARE(listener->openConnections(), std::size_t{0});
}

void NetListenerTest::plainReadTimesOut() {
    net::Runtime runtime;
    LineHandler handler;
    net::TcpListenerOptions options;
    options.readTimeout = 200ms;
    const auto listener = net::TcpListener::create(runtime.executor(), options, handler).value();
    QTcpSocket socket;
    socket.connectToHost(kHost, listener->port());
    QTRY_COMPARE(handler.ended.load(), 1);
    QCOMPARE(handler.lastError.load(), ErrorCode::Timeout);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void NetListenerTest::plainLimitAndStop() {
    net::Runtime runtime;
    LineHandler handler;
    net::TcpListenerOptions options;
    options.maxConnections = 1;
    options.stopTimeout = 100ms;
    const auto listener = net::TcpListener::create(runtime.executor(), options, handler).value();
    QTcpSocket first;
    first.connectToHost(kHost, listener->port());
    QVERIFY(first.waitForReadyRead());
    QTcpSocket second;
    second.connectToHost(kHost, listener->port());
    QTRY_COMPARE(second.error(), QAbstractSocket::RemoteHostClosedError);
    const auto begin = std::chrono::steady_clock::now();
    listener->stop();
    QVERIFY(std::chrono::steady_clock::now() - begin < 2s);
    QVERIFY(handler.stopping.load());
    QCOMPARE(handler.ended.load(), 1);
    QCOMPARE(listener->openConnections(), std::size_t{0});
}

QTEST_GUILESS_MAIN(NetListenerTest)
#include "net_listener_test.moc"
