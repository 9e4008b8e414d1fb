// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's own WebSocket client on a real TLS socket, at a server that says what a test wants.
#include "client/sync/socket_transport.h"

#include "server/net/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace vorfahrt;
using client::sync::CloseReason;
using client::sync::SocketTransport;

namespace {

// Answers the upgrade and keeps what comes after it, unmasked, as one frame a line.
class RawServer : public QObject {
public:
    explicit RawServer(const QSslConfiguration& tls) {
        server_.setSslConfiguration(tls);
        listening = server_.listen(QHostAddress::LocalHost);
        connect(&server_, &QTcpServer::pendingConnectionAvailable, this, [this] {
            peer = static_cast<QSslSocket*>(server_.nextPendingConnection());
            peer->setReadBufferSize(readBuffer);
            connect(peer, &QSslSocket::readyRead, this, [this] { read(); });
            connect(peer, &QSslSocket::disconnected, this, [this] { gone = true; });
            read();
        });
    }

    std::string url() const {
        return "wss://127.0.0.1:" + std::to_string(server_.serverPort()) + "/v1/sync?a=b";
    }
    void say(const QByteArray& bytes) {
        peer->write(bytes);
        peer->flush();
    }

    bool listening = false;
    bool deaf = false;  // after the upgrade
    qint64 readBuffer = 0;
    QByteArray accept;         // instead of the right one
    QByteArray behind;         // in one write with the answer
    QByteArray request;        // as it came
    QByteArray wire;           // masked frames as they came
    QList<QByteArray> frames;  // first byte and payload
    bool gone = false;
    QSslSocket* peer = nullptr;

private:
    void read() {
        if (!request.endsWith("\r\n\r\n")) {
            request += peer->readAll();
            if (!request.endsWith("\r\n\r\n")) {
                return;
            }
            const qsizetype at = request.indexOf("Sec-WebSocket-Key: ") + 19;
            const QByteArray key = request.mid(at, request.indexOf('\r', at) - at);
            const QByteArray right =
                QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                         QCryptographicHash::Sha1)
                    .toBase64();
            say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Accept: " +
                (accept.isNull() ? right : accept) + "\r\n\r\n" + behind);
            return;
        }
        if (!deaf) {
            wire += peer->readAll();
            takeFrames();
        }
    }
    void takeFrames() {
        QByteArray rest = wire.mid(used_);
        while (rest.size() >= 6) {
            const int size = rest.at(1) & 0x7F;  // the tests send short frames only
            if (size > 125 || rest.size() < 6 + size || (rest.at(1) & 0x80) == 0) {
                return;
            }
            QByteArray payload = rest.mid(6, size);
            for (int i = 0; i < size; ++i) {
                payload[i] = static_cast<char>(payload.at(i) ^ rest.at(2 + i % 4));
            }
            frames += rest.left(1) + payload;
            used_ += 6 + size;
            rest = wire.mid(used_);
        }
    }

    QSslServer server_;
    qsizetype used_ = 0;
};

struct Seen {
    int opened = 0;
    std::vector<CloseReason> closed;
    std::vector<std::string> frames;
};

void watch(SocketTransport& transport, Seen& seen) {
    transport.setCallbacks(
        {.opened = [&seen] { ++seen.opened; },
         .closed = [&seen](CloseReason reason) { seen.closed.push_back(reason); },
         .frame = [&seen](std::string_view frame) { seen.frames.emplace_back(frame); }});
}

QByteArray hex(const char* text) {
    return QByteArray::fromHex(text);
}

}  // namespace

class SocketTransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theRequestNamesHostAndTarget();
    void whatAServerSays_data();
    void whatAServerSays();
    void aFrameInOnePacketWithTheAnswer();
    void answersThatAreNone_data();
    void answersThatAreNone();
    void pingIsAnsweredOnce();
    void masksDiffer();
    void theLastFrameLeavesBeforeTheClose();
    void closedFromInsideAFrame();
    void aServerThatReadsNothing();

private:
    QTemporaryDir folder_;
    QSslConfiguration tls_;
    std::string fingerprint_;
};

void SocketTransportTest::initTestCase() {
    const QString certificate = folder_.filePath(QStringLiteral("tls.crt"));
    const QString key = folder_.filePath(QStringLiteral("tls.key"));
    QVERIFY(server::net::writeSelfSigned(certificate.toStdString(), key.toStdString()).has_value());
    QFile keyFile(key);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    const QSslCertificate shown = QSslCertificate::fromPath(certificate).constFirst();
    tls_.setLocalCertificate(shown);
    tls_.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    fingerprint_ = shown.digest(QCryptographicHash::Sha256).toStdString();
}

void SocketTransportTest::theRequestNamesHostAndTarget() {
    RawServer server(tls_);
    QVERIFY(server.listening);
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    QVERIFY2(server.request.startsWith("GET /v1/sync?a=b HTTP/1.1\r\nHost: 127.0.0.1:"),
             server.request.constData());
}

void SocketTransportTest::whatAServerSays_data() {
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("closeFrame");
    QTest::newRow("text") << QByteArray("\x81\x02hi") << hex("8803eb");
    QTest::newRow("masked") << hex("82810102030461") << hex("8803ea");
    QTest::newRow("reserved bit") << hex("c20161") << hex("8803ea");
    QTest::newRow("too large") << hex("827f0000000000040001") << hex("8803f1");
    QTest::newRow("close") << hex("880203e9") << hex("8803e8");
}

void SocketTransportTest::whatAServerSays() {
    QFETCH(const QByteArray, said);
    QFETCH(const QByteArray, closeFrame);
    RawServer server(tls_);
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    server.say(said);
    QTRY_COMPARE(seen.closed.size(), 1U);
    QCOMPARE(seen.closed[0], CloseReason::Lost);
    QVERIFY(seen.frames.empty());
    QTRY_COMPARE(server.frames, QList<QByteArray>{closeFrame});
    QTRY_VERIFY(server.gone);
}

void SocketTransportTest::aFrameInOnePacketWithTheAnswer() {
    RawServer server(tls_);
    server.behind = QByteArray(
        "\x02\x03"
        "one\x80\x03"
        "two\x82\x05three");
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.frames.size(), 2U);
    QCOMPARE(seen.opened, 1);
    QCOMPARE(seen.frames[0], std::string("onetwo"));
    QCOMPARE(seen.frames[1], std::string("three"));
}

void SocketTransportTest::answersThatAreNone_data() {
    QTest::addColumn<QByteArray>("accept");
    QTest::newRow("another key") << QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    QTest::newRow("no key") << QByteArray("");
    QTest::newRow("endless") << QByteArray(20'000, 'x');
}

void SocketTransportTest::answersThatAreNone() {
    QFETCH(const QByteArray, accept);
    RawServer server(tls_);
    server.accept = accept;
    server.behind = QByteArray("\x82\x05three");
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.closed.size(), 1U);
    QCOMPARE(seen.closed[0], CloseReason::Unreachable);
    QCOMPARE(seen.opened, 0);
    QVERIFY(seen.frames.empty());
}

// Of a flood of pings the last one is answered: the answers cost no more than the flood.
void SocketTransportTest::pingIsAnsweredOnce() {
    RawServer server(tls_);
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    server.say(
        QByteArray("\x89\x01"
                   "a\x89\x01"
                   "b\x89\x01"
                   "c"));
    QTRY_COMPARE(server.frames, QList<QByteArray>{hex("8a63")});
    QVERIFY(seen.closed.empty());
}

void SocketTransportTest::masksDiffer() {
    RawServer server(tls_);
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    for (int i = 0; i < 4; ++i) {
        transport.send("same");
    }
    QTRY_COMPARE(server.frames.size(), 4);
    QCOMPARE(server.frames, QList<QByteArray>(4, QByteArray("\x82same")));
    QSet<QByteArray> masks;
    for (int i = 0; i < 4; ++i) {
        masks += server.wire.mid(i * 10 + 2, 4);
    }
    QCOMPARE(masks.size(), 4);
}

void SocketTransportTest::theLastFrameLeavesBeforeTheClose() {
    RawServer server(tls_);
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    transport.send("last");
    transport.close();
    transport.send("not any more");
    QTRY_VERIFY(server.gone);
    QCOMPARE(server.frames, (QList<QByteArray>{QByteArray("\x82last"), hex("8803e8")}));
    QVERIFY(seen.closed.empty());
}

void SocketTransportTest::closedFromInsideAFrame() {
    RawServer server(tls_);
    server.behind = QByteArray(
        "\x82\x01"
        "a\x82\x01"
        "b");
    Seen seen;
    SocketTransport transport;
    transport.setCallbacks({.opened = [&] { ++seen.opened; },
                            .closed = [&](CloseReason reason) { seen.closed.push_back(reason); },
                            .frame =
                                [&](std::string_view frame) {
                                    seen.frames.emplace_back(frame);
                                    transport.close();
                                }});
    transport.open(server.url(), fingerprint_);
    QTRY_VERIFY(server.gone);
    QCOMPARE(seen.frames, std::vector<std::string>{"a"});
    QVERIFY(seen.closed.empty());
}

void SocketTransportTest::aServerThatReadsNothing() {
    RawServer server(tls_);
    server.deaf = true;
    server.readBuffer = 4096;
    Seen seen;
    SocketTransport transport;
    watch(transport, seen);
    transport.open(server.url(), fingerprint_);
    QTRY_COMPARE(seen.opened, 1);
    const std::string frame(200 * 1024, 'x');
    int sent = 0;
    // 40 MB are more than the buffers of both kernels and ours.
    for (; sent < 200 && seen.closed.empty(); ++sent) {
        transport.send(frame);
        QCoreApplication::processEvents();
    }
    QVERIFY2(sent < 200, qPrintable(QString::number(sent)));
    QCOMPARE(seen.closed[0], CloseReason::Lost);
}

QTEST_GUILESS_MAIN(SocketTransportTest)
#include "socket_transport_test.moc"
