// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/lmtp.h"

#include <QtTest/QtTest>

using namespace vorfahrt::server::intake;

namespace {

// Plays the server around the machine: knows some recipients, "stores" what is delivered.
class Peer {
public:
    explicit Peer(LmtpLimits limits = {})
        : session("mx.test", limits) {
        take(session.greet());
    }

    // All replies to these bytes, in order.
    std::string send(std::string_view bytes) {
        replies.clear();
        take(session.feed(bytes));
        return replies;
    }

    void take(const LmtpSession::Effects& effects) {
        for (const lmtp::Effect& effect : effects) {
            if (const auto* reply = std::get_if<lmtp::Reply>(&effect)) {
                replies += reply->bytes;
            } else if (const auto* lookup = std::get_if<lmtp::LookupRecipient>(&effect)) {
                lookups.push_back(lookup->address);
                if (!manual) {
                    take(session.recipientKnown(answerFor(lookup->address)));
                }
            } else if (const auto* mail = std::get_if<lmtp::Deliver>(&effect)) {
                mails.push_back(*mail);
                if (!manual) {
                    take(session.delivered(results));
                }
            } else {
                closed = true;
            }
        }
    }

    static lmtp::Lookup answerFor(const std::string& address) {
        return address.starts_with("known")   ? lmtp::Lookup::Known
               : address.starts_with("later") ? lmtp::Lookup::TryLater
                                              : lmtp::Lookup::Unknown;
    }

    // Up to the 354 of one mail to known@test.
    void open() {
        send("LHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<known@test>\r\nDATA\r\n");
        QVERIFY(replies.ends_with("354 end with CRLF . CRLF\r\n"));
    }

    LmtpSession session;
    std::string replies;
    std::vector<std::string> lookups;
    std::vector<lmtp::Deliver> mails;
    std::vector<lmtp::Delivery> results{lmtp::Delivery::Stored};
    bool closed = false;
    bool manual = false;
};

std::string codes(const std::string& replies) {
    std::string out;
    for (std::size_t at = 0; at < replies.size(); at = replies.find("\r\n", at) + 2) {
        if (replies[at + 3] == ' ') {
            out += (out.empty() ? "" : " ") + replies.substr(at, 3);
        }
    }
    return out;
}

}  // namespace

class LmtpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneMail() {
        Peer peer;
        QCOMPARE(codes(peer.replies), std::string("220"));
        QCOMPARE(codes(peer.send("LHLO client\r\n")), std::string("250"));
        QVERIFY(peer.replies.find("250 SIZE 36700160\r\n") != std::string::npos);
        QCOMPARE(codes(peer.send("MAIL FROM:<a@b> SIZE=100 BODY=8BITMIME SMTPUTF8\r\n")),
                 std::string("250"));
        QCOMPARE(codes(peer.send("RCPT TO:<known@test>\r\n")), std::string("250"));
        QCOMPARE(codes(peer.send("DATA\r\n")), std::string("354"));
        QCOMPARE(codes(peer.send("Subject: x\r\n\r\n..dot\r\n.\r\n")), std::string("250"));
        QCOMPARE(peer.mails.size(), std::size_t(1));
        QCOMPARE(peer.mails[0].raw, std::string("Subject: x\r\n\r\n.dot\r\n"));
        QCOMPARE(peer.mails[0].envelope.sender, std::string("a@b"));
        QVERIFY(peer.mails[0].envelope.smtpUtf8);
        QCOMPARE(codes(peer.send("QUIT\r\n")), std::string("221"));
        QVERIFY(peer.closed);
    }

    void oneAnswerForEachRecipient() {
        Peer peer;
        peer.results = {lmtp::Delivery::Stored, lmtp::Delivery::TryLater};
        const std::string all = peer.send(
            "LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<known1@t>\r\nRCPT TO:<nobody@t>\r\n"
            "RCPT TO:<later@t>\r\nRCPT TO:<known2@t>\r\nRCPT TO:<known3@t>\r\nDATA\r\n"
            "x\r\n.\r\nNOOP\r\n");
        QCOMPARE(codes(all), std::string("250 250 250 550 451 250 250 354 250 451 451 250"));
        QCOMPARE(peer.mails[0].envelope.recipients.size(), std::size_t(3));
        QVERIFY(peer.mails[0].envelope.sender.empty());
    }

    void nothingIsConfirmedBeforeTheCommit() {
        Peer peer;
        peer.open();
        peer.manual = true;
        QCOMPARE(peer.send("x\r\n.\r\nNOOP\r\n"), std::string());
        QVERIFY(peer.session.waiting());
        peer.take(peer.session.delivered({lmtp::Delivery::TryLater}));
        QCOMPARE(codes(peer.replies), std::string("451 250"));
        // A late or doubled answer changes nothing.
        QVERIFY(peer.session.delivered({lmtp::Delivery::Stored}).empty());
        QVERIFY(peer.session.recipientKnown(lmtp::Lookup::Known).empty());
    }

    void onlyCrlfDotCrlfEnds_data() {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("kept");
        const auto row = [](const char* name, const char* sent, const char* kept) {
            QTest::newRow(name) << QByteArray(sent) << QByteArray(kept);
        };
        row("LF dot LF", "a\n.\nb\r\n.\r\n", "a\n.\nb\r\n");
        row("LF dot CRLF", "a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n");
        row("CRLF dot LF", "a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n");
        row("CR dot CR", "a\r.\rb\r\n.\r\n", "a\r.\rb\r\n");
        row("CR CRLF dot CR CRLF", "a\r\r\n.\r\r\nb\r\n.\r\n", "a\r\r\n\r\r\nb\r\n");
        row("smuggled commands", "a\n.\nMAIL FROM:<x@y>\r\n.\r\n", "a\n.\nMAIL FROM:<x@y>\r\n");
        row("empty", ".\r\n", "");
        row("stuffed", "..\r\n...x\r\n.\r\n", ".\r\n..x\r\n");
    }
    void onlyCrlfDotCrlfEnds() {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, kept);
        for (const bool byteByByte : {false, true}) {
            Peer peer;
            peer.open();
            if (byteByByte) {
                for (const char& c : sent) {
                    peer.send({&c, 1});
                }
            } else {
                peer.send({sent.constData(), std::size_t(sent.size())});
            }
            QCOMPARE(codes(peer.replies), std::string("250"));
            QCOMPARE(peer.mails.size(), std::size_t(1));
            QCOMPARE(QByteArray::fromStdString(peer.mails[0].raw), kept);
            QCOMPARE(codes(peer.send("NOOP\r\n")), std::string("250"));
        }
    }

    void tooLargeIsDrainedNotHeld() {
        Peer peer;
        QCOMPARE(codes(peer.send("LHLO a\r\nMAIL FROM:<a@b> SIZE=52428800\r\n")),
                 std::string("250 552"));
        // No SIZE given: 50 MB arrive all the same.
        peer.send("MAIL FROM:<a@b>\r\nRCPT TO:<known@t>\r\nRCPT TO:<known2@t>\r\nDATA\r\n");
        const std::string chunk(64 * 1024, 'x');
        std::size_t most = 0;
        for (std::size_t sent = 0; sent < 50U << 20U; sent += chunk.size()) {
            QCOMPARE(peer.send(chunk), std::string());
            most = std::max(most, peer.session.heldBytes());
            if (sent > 36U << 20U) {
                QVERIFY(peer.session.heldBytes() < 1U << 20U);
            }
        }
        qInfo() << "most held:" << most;
        QCOMPARE(codes(peer.send("\r\n.\r\n")), std::string("552 552"));
        QVERIFY(peer.mails.empty());
        peer.open();
        QCOMPARE(codes(peer.send("small\r\n.\r\n")), std::string("250"));
    }

    void limits() {
        Peer peer({.message = 10, .drain = 100, .recipients = 1, .waiting = 50});
        peer.send("LHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<known@t>\r\n");
        QCOMPARE(codes(peer.send("RCPT TO:<known2@t>\r\n")), std::string("452"));
        QCOMPARE(codes(peer.send("DATA\r\n12345678\r\n.\r\n")), std::string("354 250"));
        peer.open();
        QCOMPARE(codes(peer.send("123456789\r\n.\r\n")), std::string("552"));
        peer.open();
        QCOMPARE(codes(peer.send(std::string(200, 'x'))), std::string("421"));
        QVERIFY(peer.closed);
        QVERIFY(peer.session.feed("NOOP\r\n").empty());

        Peer eager({.waiting = 50});
        eager.manual = true;
        eager.send("LHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<known@t>\r\n");
        QCOMPARE(codes(eager.send(std::string(60, 'x'))), std::string("421"));

        Peer wrong({.errors = 3});
        QCOMPARE(codes(wrong.send("A\r\nB\r\nC\r\nNOOP\r\n")), std::string("500 500 500 421"));
    }

    void badCommands_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* line, const char* code) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(code);
        };
        row("HELO a", "500");
        row("EHLO a", "500");
        row("LHLO", "501");
        row("BOGUS", "500");
        row("", "500");
        row("MAIL", "501");
        row("MAIL FROM:a@b", "501");
        row("MAIL FROM:<a@b", "501");
        row("MAIL FROM:<a b>", "501");
        row("MAIL FROM:<a@b>x", "501");
        row("MAIL FROM:<a@b> SIZE=x", "501");
        row("MAIL FROM:<a@b> SIZE=99999999999999999999", "501");
        row("MAIL FROM:<a@b> BODY=BINARYMIME", "555");
        row("MAIL FROM:<a@b> RET=FULL", "555");
        row("RCPT TO:<known@t>", "503");
        row("DATA", "503");
        row("DATA now", "501");
        row("VRFY x", "252");
        row("rset", "250");
        row("noop anything", "250");
        row("a\nb", "500");
        row("NOOP\rNOOP", "500");
    }
    void badCommands() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, code);
        Peer peer;
        peer.send("LHLO a\r\n");
        QCOMPARE(QByteArray::fromStdString(codes(peer.send(line.toStdString() + "\r\n"))), code);
        peer.open();
        QCOMPARE(codes(peer.send(".\r\n")), std::string("250"));
    }

    void orderIsChecked() {
        Peer peer;
        QCOMPARE(codes(peer.send("MAIL FROM:<a@b>\r\n")), std::string("503"));
        QCOMPARE(codes(peer.send("LHLO a\r\nMAIL FROM:<a@b>\r\nMAIL FROM:<a@b>\r\n")),
                 std::string("250 250 503"));
        QCOMPARE(codes(peer.send("RCPT TO:<>\r\nRCPT TO:<nobody@t>\r\nDATA\r\n")),
                 std::string("501 550 503"));
        QCOMPARE(codes(peer.send("RCPT TO:<@x,@y:known@t>\r\n")), std::string("250"));
        QCOMPARE(peer.lookups.back(), std::string("known@t"));
        QCOMPARE(codes(peer.send("RSET\r\nDATA\r\n")), std::string("250 503"));
    }

    void longLineIsRefusedOnce() {
        Peer peer;
        peer.send("LHLO a\r\n");
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(peer.send(std::string(1000, 'x')), std::string());
            QVERIFY(peer.session.heldBytes() <= 4096 + 1000);
        }
        QCOMPARE(codes(peer.send("\r\nNOOP\r\n")), std::string("500 250"));
    }

    // Any bytes in any portions: never a crash, never an answer of the store without a mail.
    void randomBytes() {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo() << "seed" << seed;
        QRandomGenerator random(seed);
        const std::vector<std::string> words = {"LHLO a\r\n",
                                                "MAIL FROM:<a@b>\r\n",
                                                "RCPT TO:<known@t>\r\n",
                                                "DATA\r\n",
                                                ".\r\n",
                                                "\r\n",
                                                "\n.\n",
                                                "x",
                                                ".",
                                                "\r",
                                                "\n",
                                                "RSET\r\n"};
        for (int run = 0; run < 300; ++run) {
            Peer peer({.message = 200, .drain = 2000, .errors = 1000});
            std::string all;
            for (int i = 0; i < 200 && !peer.closed; ++i) {
                const auto pick = random.bounded(int(words.size()) + 1);
                const std::string one = pick == int(words.size())
                                            ? std::string(1, char(random.bounded(256)))
                                            : words[std::size_t(pick)];
                all += one;
                peer.send(one);
            }
            // The same bytes in one piece give the same mails.
            Peer whole({.message = 200, .drain = 2000, .errors = 1000});
            whole.send(all);
            QCOMPARE(whole.mails.size(), peer.mails.size());
        }
    }
};

QTEST_GUILESS_MAIN(LmtpTest)
#include "lmtp_test.moc"
