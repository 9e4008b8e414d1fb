// SPDX-License-Identifier: GPL-3.0-or-later
// The WebSocket client as values: what a server may send, and what it may not (RFC 6455).
#include "client/sync/ws_frame.h"

#include "client/sync/ws_handshake.h"
#include "common/base/random.h"

#include <QtTest>

using namespace vorfahrt;
using namespace vorfahrt::client::sync;

namespace {

constexpr std::size_t kMax = 100'000;

// The nonce, and with it the key and the answer, of section 1.3.
const std::string kNonce = "the sample nonce";
const std::string kKey = "dGhlIHNhbXBsZSBub25jZQ==";
const std::string kAnswer =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

// A frame of a server: without a mask.
std::string frame(unsigned first, const std::string& payload) {
    std::string out(1, static_cast<char>(first));
    if (payload.size() < 126) {
        out += static_cast<char>(payload.size());
    } else if (payload.size() < 65'536) {
        out += '\x7E';
        out += static_cast<char>(payload.size() >> 8U);
        out += static_cast<char>(payload.size() & 0xFFU);
    } else {
        out += '\x7F';
        for (unsigned shift = 64; shift > 0; shift -= 8) {
            out += static_cast<char>((payload.size() >> (shift - 8)) & 0xFFU);
        }
    }
    return out + payload;
}

std::string told(const WsEvent& event) {
    if (const auto* message = std::get_if<ws::Message>(&event)) {
        return "message " + (message->bytes.size() > 40 ? std::to_string(message->bytes.size())
                                                        : message->bytes);
    }
    if (const auto* ping = std::get_if<ws::Ping>(&event)) {
        return "ping " + ping->payload;
    }
    if (const auto* closed = std::get_if<ws::Closed>(&event)) {
        return "closed " + std::to_string(closed->code);
    }
    if (const auto* broken = std::get_if<ws::Broken>(&event)) {
        return "broken " + std::to_string(static_cast<int>(broken->code));
    }
    return "pong";
}

std::string told(const std::vector<WsEvent>& events) {
    std::string out;
    for (const WsEvent& event : events) {
        out += (out.empty() ? "" : "; ") + told(event);
    }
    return out;
}

std::string repeated(const std::string& bytes, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) {
        out += bytes;
    }
    return out;
}

using Bytes = std::string;

}  // namespace

class WsFrameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reading_data();
    void reading();
    void writing_data();
    void writing();
    void neverHoldsMoreThanAMessage();
    void rubbishEndsOrIsBounded();
    void theRequestIsThatOfTheStandard();
    void answers_data();
    void answers();
    void theAnswerMayComeInAnyPieces();
    void anEndlessAnswerIsRefused();
};

void WsFrameTest::reading_data() {
    QTest::addColumn<Bytes>("bytes");
    QTest::addColumn<Bytes>("expected");
    const auto row = [](const char* name, const Bytes& bytes, const Bytes& expected) {
        QTest::newRow(name) << bytes << expected;
    };
    row("empty message", frame(0x82, ""), "message ");
    row("125 bytes", frame(0x82, Bytes(125, 'x')), "message 125");
    row("126 bytes", frame(0x82, Bytes(126, 'x')), "message 126");
    row("65535 bytes", frame(0x82, Bytes(65'535, 'x')), "message 65535");
    row("65536 bytes", frame(0x82, Bytes(65'536, 'x')), "message 65536");
    row("as large as allowed", frame(0x82, Bytes(kMax, 'x')), "message 100000");
    row("two in one read", frame(0x82, "a") + frame(0x82, "b"), "message a; message b");
    row("three pieces", frame(0x02, "a") + frame(0x00, "b") + frame(0x80, "c"), "message abc");
    row("ping between pieces", frame(0x02, "a") + frame(0x89, "p") + frame(0x80, "b"),
        "ping p; message ab");
    row("pong nobody asked for", frame(0x8A, "x"), "pong");
    row("ping of 125 bytes", frame(0x89, Bytes(125, 'p')), "ping " + Bytes(125, 'p'));
    row("close without a code", frame(0x88, ""), "closed 1005");
    row("close 1000", frame(0x88, "\x03\xE8"), "closed 1000");
    row("close 1001 with a reason",
        frame(0x88,
              "\x03\xE9"
              "bye"),
        "closed 1001");
    row("close of an application", frame(0x88, "\x0F\xA0"), "closed 4000");
    row("nothing after close", frame(0x88, "\x03\xE8") + frame(0x82, "a"), "closed 1000");
    // Against the rules.
    row("text", frame(0x81, "hallo"), "broken 1003");
    row("text in pieces", frame(0x01, "hallo"), "broken 1003");
    row("masked", Bytes("\x82\x81\x01\x02\x03\x04x", 7), "broken 1002");
    row("RSV1", frame(0xC2, "a"), "broken 1002");
    row("RSV2", frame(0xA2, "a"), "broken 1002");
    row("RSV3", frame(0x92, "a"), "broken 1002");
    row("opcode 3", frame(0x83, "a"), "broken 1002");
    row("opcode 7", frame(0x87, "a"), "broken 1002");
    row("opcode 11", frame(0x8B, "a"), "broken 1002");
    row("opcode 15", frame(0x8F, "a"), "broken 1002");
    row("continuation of nothing", frame(0x80, "a"), "broken 1002");
    row("a new message within one", frame(0x02, "a") + frame(0x82, "b"), "broken 1002");
    row("ping in pieces", frame(0x09, "a"), "broken 1002");
    row("close in pieces", frame(0x08, "\x03\xE8"), "broken 1002");
    row("ping of 126 bytes", frame(0x89, Bytes(126, 'p')), "broken 1002");
    row("close with one byte", frame(0x88, "\x03"), "broken 1002");
    row("close 1004", frame(0x88, "\x03\xEC"), "broken 1002");
    row("close 1005 on the wire", frame(0x88, "\x03\xED"), "broken 1002");
    row("close 1006 on the wire", frame(0x88, "\x03\xEE"), "broken 1002");
    row("close 999", frame(0x88, "\x03\xE7"), "broken 1002");
    row("close 2999", frame(0x88, "\x0B\xB7"), "broken 1002");
    row("close 65535", frame(0x88, "\xFF\xFF"), "broken 1002");
    row("16 bits for 5 bytes", Bytes("\x82\x7E\x00\x05hallo", 9), "broken 1002");
    row("64 bits for 5 bytes", Bytes("\x82\x7F\0\0\0\0\0\0\0\x05hallo", 15), "broken 1002");
    row("negative length", Bytes("\x82\x7F\x80\0\0\0\0\0\0\0", 10), "broken 1002");
    row("9 exabytes", Bytes("\x82\x7F\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10), "broken 1009");
    row("one byte too many", frame(0x82, Bytes(kMax + 1, 'x')).substr(0, 10), "broken 1009");
    row("too large in pieces", frame(0x02, Bytes(kMax, 'x')) + frame(0x80, "y"), "broken 1009");
    row("endless empty pieces", frame(0x02, "") + repeated(frame(0x00, ""), 2000), "broken 1009");
    row("as many pieces as allowed",
        frame(0x02, "") + repeated(frame(0x00, ""), kWsMaxFragments - 2) + frame(0x80, "z"),
        "message z");
    row("half a frame", frame(0x82, "hallo").substr(0, 4), "");
    row("half a header", Bytes("\x82\x7F\0\0", 4), "");
}

// The same events whether the bytes come at once or one by one.
void WsFrameTest::reading() {
    QFETCH(const Bytes, bytes);
    QFETCH(const Bytes, expected);
    WsReader atOnce(kMax);
    QCOMPARE(told(atOnce.feed(bytes)), expected);
    WsReader oneByOne(kMax);
    std::vector<WsEvent> events;
    for (const char c : bytes) {
        for (WsEvent& event : oneByOne.feed(std::string_view(&c, 1))) {
            events.push_back(std::move(event));
        }
    }
    QCOMPARE(told(events), expected);
}

void WsFrameTest::writing_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("head");
    const auto row = [](int size, const char* hex) {
        QTest::addRow("%d bytes", size) << size << QByteArray::fromHex(hex);
    };
    row(0, "8280");
    row(1, "8281");
    row(125, "82fd");
    row(126, "82fe007e");
    row(65'535, "82feffff");
    row(65'536, "82ff0000000000010000");
}

void WsFrameTest::writing() {
    QFETCH(const int, size);
    QFETCH(const QByteArray, head);
    SeededRandom random(1);
    const std::string payload = random.bytes(static_cast<std::size_t>(size));
    const std::string mask("\x37\xfa\x21\x3d", 4);
    const std::string bytes = wsFrame(WsOpcode::Binary, payload, mask);
    const auto headBytes = static_cast<std::size_t>(head.size());
    QCOMPARE(bytes.size(), headBytes + 4 + payload.size());
    QCOMPARE(bytes.substr(0, headBytes), head.toStdString());
    QCOMPARE(bytes.substr(headBytes, 4), mask);
    for (std::size_t i = 0; i < payload.size(); ++i) {
        QCOMPARE(static_cast<char>(bytes[headBytes + 4 + i] ^ mask[i % 4]), payload[i]);
    }
    // The example of section 5.7, with the opcode of a ping.
    QCOMPARE(wsFrame(WsOpcode::Ping, "Hello", mask),
             std::string("\x89\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11));
    QCOMPARE(wsClosePayload(WsClose::TooBig), std::string("\x03\xF1", 2));
}

void WsFrameTest::neverHoldsMoreThanAMessage() {
    WsReader reader(kMax);
    (void)reader.feed(frame(0x02, std::string(kMax / 2, 'x')));
    QVERIFY(reader.heldBytes() <= kMax + 14);
    for (int i = 0; i < 1000; ++i) {
        (void)reader.feed(frame(0x89, std::string(125, 'p')));
        QVERIFY(reader.heldBytes() <= kMax + 14);
    }
    const std::string rest = frame(0x80, std::string(kMax / 2, 'y'));
    QCOMPARE(told(reader.feed(rest)), std::string("message 100000"));
    QCOMPARE(reader.heldBytes(), std::size_t{0});
    // A length alone reserves nothing.
    WsReader liar(kMax);
    (void)liar.feed(frame(0x82, std::string(kMax, 'x')).substr(0, 12));
    QVERIFY(liar.heldBytes() < 16);
}

void WsFrameTest::rubbishEndsOrIsBounded() {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        SeededRandom random(seed);
        WsReader reader(1000);
        bool ended = false;
        for (int i = 0; i < 40; ++i) {
            const auto events = reader.feed(random.bytes(50));
            QVERIFY2(!ended || events.empty(), qPrintable(QString::number(seed)));
            QVERIFY2(reader.heldBytes() <= 1000 + 125 + 10, qPrintable(QString::number(seed)));
            for (const WsEvent& event : events) {
                ended = ended || std::holds_alternative<ws::Broken>(event) ||
                        std::holds_alternative<ws::Closed>(event);
            }
        }
    }
}

void WsFrameTest::theRequestIsThatOfTheStandard() {
    const WsHandshake handshake("server.example:4433", "/v1/sync", kNonce);
    QCOMPARE(handshake.request(),
             "GET /v1/sync HTTP/1.1\r\nHost: server.example:4433\r\nUpgrade: websocket\r\n"
             "Connection: Upgrade\r\nSec-WebSocket-Key: " +
                 kKey + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
}

void WsFrameTest::answers_data() {
    QTest::addColumn<Bytes>("answer");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char* name, const QString& from, const QString& to, bool accepted) {
        const QString whole = QString::fromStdString(kAnswer);
        QVERIFY(whole.contains(from));
        QTest::newRow(name) << QString(whole).replace(from, to).toStdString() << accepted;
    };
    QTest::newRow("as in the standard") << kAnswer << true;
    row("other case", QStringLiteral("Upgrade: websocket"), QStringLiteral("UPGRADE:  WebSocket "),
        true);
    row("among others", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: keep-alive, upgrade"), true);
    row("more headers", QStringLiteral("Upgrade: websocket"),
        QStringLiteral("Server: x\r\nDate: now\r\nUpgrade: websocket"), true);
    row("no reason phrase", QStringLiteral("101 Switching Protocols"), QStringLiteral("101"), true);
    row("refused", QStringLiteral("101 Switching Protocols"), QStringLiteral("403 Forbidden"),
        false);
    row("redirected", QStringLiteral("101 Switching Protocols"), QStringLiteral("302 Found"),
        false);
    row("200", QStringLiteral("101 Switching Protocols"), QStringLiteral("200 OK"), false);
    row("1012", QStringLiteral("101 Switching"), QStringLiteral("1012 Switching"), false);
    row("HTTP/1.0", QStringLiteral("HTTP/1.1"), QStringLiteral("HTTP/1.0"), false);
    row("not HTTP", QStringLiteral("HTTP/1.1 101"), QStringLiteral("SSH-2.0-OpenSSH"), false);
    row("no Upgrade", QStringLiteral("Upgrade: websocket\r\n"), QString(), false);
    row("another protocol", QStringLiteral("Upgrade: websocket"), QStringLiteral("Upgrade: h2c"),
        false);
    row("no Connection", QStringLiteral("Connection: Upgrade\r\n"), QString(), false);
    row("Connection: close", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: close"), false);
    row("key of another request", QStringLiteral("s3pPLMBi"), QStringLiteral("t3pPLMBi"), false);
    row("key in other case", QStringLiteral("s3pPLMBi"), QStringLiteral("S3pPLMBi"), false);
    row("no key", QStringLiteral("Sec-WebSocket-Accept"), QStringLiteral("Sec-WebSocket-Other"),
        false);
    row("two keys", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: Upgrade\r\nSec-WebSocket-Accept: x"), false);
    row("an extension", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: Upgrade\r\nSec-WebSocket-Extensions: permessage-deflate"),
        false);
    row("a subprotocol", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: Upgrade\r\nSec-WebSocket-Protocol: chat"), false);
    row("a line without a colon", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: Upgrade\r\nhello"), false);
    row("a folded line", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: Upgrade\r\n folded: x"), false);
    row("a bare line feed", QStringLiteral("Connection: Upgrade"),
        QStringLiteral("Connection: Upgrade\nX: y"), false);
}

void WsFrameTest::answers() {
    QFETCH(const Bytes, answer);
    QFETCH(const bool, accepted);
    WsHandshake handshake("h:1", "/", kNonce);
    const auto rest = handshake.feed(answer);
    QCOMPARE(rest.has_value(), accepted);
    QVERIFY(!accepted || (rest->has_value() && (*rest)->empty()));
}

void WsFrameTest::theAnswerMayComeInAnyPieces() {
    const std::string whole = kAnswer + frame(0x82, "first");
    for (std::size_t cut = 1; cut < kAnswer.size(); ++cut) {
        WsHandshake handshake("h:1", "/", kNonce);
        const auto early = handshake.feed(std::string_view(whole).substr(0, cut));
        QVERIFY(early.has_value() && !early->has_value());
        const auto rest = handshake.feed(std::string_view(whole).substr(cut));
        QVERIFY(rest.has_value() && rest->has_value());
        QCOMPARE(**rest, frame(0x82, "first"));
    }
    // What follows may be longer than an answer may be.
    WsHandshake handshake("h:1", "/", kNonce);
    const auto rest = handshake.feed(kAnswer + std::string(3 * kWsMaxAnswerBytes, 'x'));
    QVERIFY(rest.has_value() && rest->has_value());
    QCOMPARE((*rest)->size(), 3 * kWsMaxAnswerBytes);
}

void WsFrameTest::anEndlessAnswerIsRefused() {
    WsHandshake handshake("h:1", "/", kNonce);
    std::size_t fed = 0;
    for (bool refused = false; !refused; ++fed) {
        QVERIFY(fed <= kWsMaxAnswerBytes);
        refused = !handshake.feed("x").has_value();
    }
    WsHandshake atOnce("h:1", "/", kNonce);
    QVERIFY(!atOnce.feed(std::string(1'000'000, 'x')).has_value());
}

QTEST_GUILESS_MAIN(WsFrameTest)
#include "ws_frame_test.moc"
