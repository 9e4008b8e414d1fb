// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lmtp_client.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QTcpSocket>

namespace vorfahrt::test {
namespace {

class Dialogue {
public:
    Dialogue(quint16 port, int timeoutMs)
        : deadline_(timeoutMs) {
        socket_.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        if (socket_.waitForConnected(timeoutMs)) {
            (void)answer();
        }
    }

    [[nodiscard]] QByteArray say(const QByteArray& line) {
        socket_.write(line + "\r\n");
        return answer();
    }

    // The last line of the next answer; empty: none.
    [[nodiscard]] QByteArray answer() {
        for (;;) {
            while (!socket_.canReadLine()) {
                if (deadline_.hasExpired() ||
                    !socket_.waitForReadyRead(static_cast<int>(deadline_.remainingTime()))) {
                    return {};
                }
            }
            const QByteArray line = socket_.readLine().trimmed();
            if (line.size() < 4 || line[3] != '-') {
                return line;
            }
        }
    }

private:
    QTcpSocket socket_;
    QDeadlineTimer deadline_;
};

QByteArray asData(const QByteArray& mail) {
    QByteArray out;
    const QList<QByteArray> lines = mail.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].endsWith('\r') ? lines[i].chopped(1) : lines[i];
        if (line.isEmpty() && i == lines.size() - 1) {
            break;
        }
        out += (line.startsWith('.') ? "." : "") + line + "\r\n";
    }
    return out + ".";
}

}  // namespace

QStringList deliverMail(quint16 port, const QStringList& recipients, const QByteArray& mail,
                        int timeoutMs) {
    Dialogue dialogue(port, timeoutMs);
    if (!dialogue.say("LHLO test.example").startsWith("250") ||
        !dialogue.say("MAIL FROM:<portal@example.org>").startsWith("250")) {
        return {};
    }
    QStringList out;
    qsizetype taken = 0;
    for (const QString& recipient : recipients) {
        const QByteArray answer = dialogue.say("RCPT TO:<" + recipient.toUtf8() + ">");
        if (answer.isEmpty()) {
            return {};
        }
        if (answer.startsWith("250")) {
            ++taken;
        } else {
            out.append(QString::fromUtf8(answer));
        }
    }
    if (taken == 0 || !dialogue.say("DATA").startsWith("354")) {
        return out;
    }
    QByteArray answer = dialogue.say(asData(mail));
    for (; taken > 0 && !answer.isEmpty(); --taken) {
        out.append(QString::fromUtf8(answer));
        if (taken > 1) {
            answer = dialogue.answer();
        }
    }
    (void)dialogue.say("QUIT");
    return out;
}

}  // namespace vorfahrt::test
