// SPDX-License-Identifier: GPL-3.0-or-later
// 107 mails with a published oracle (samples/mail/stalwart, beside the checkout; skipped without
// it). The oracle keeps broken bytes as U+FFFD and counts a part that the end of the mail cut off
// as an attachment, so its text is compared with Mail::textBodyParts, not with the mended
// Mail::textBody. Compared after NFC and folding of white space only; each difference is printed.
#include "server/intake/mime.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

using namespace vorfahrt::server::intake;

namespace {

QString normal(const QString& text) {
    return text.normalized(QString::NormalizationForm_C).simplified();
}

QString fromStd(const std::string& text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QJsonValue header(const QJsonObject& oracle, const QString& name) {
    const QJsonArray parts = oracle[QStringLiteral("parts")].toArray();
    QJsonValue found;
    for (const QJsonValue& one : parts.at(0)[QStringLiteral("headers")].toArray()) {
        if (one[QStringLiteral("name")].toString() == name) {
            found = one[QStringLiteral("value")];  // the last one counts
        }
    }
    return found;
}

QString oracleFrom(const QJsonObject& oracle) {
    const QJsonValue value = header(oracle, QStringLiteral("from"));
    const QJsonArray list = value[QStringLiteral("Address")][QStringLiteral("List")].toArray();
    if (list.isEmpty()) {
        return {};
    }
    return list.at(0)[QStringLiteral("name")].toString() + QStringLiteral(" <") +
           list.at(0)[QStringLiteral("address")].toString() + QStringLiteral(">");
}

QString oracleText(const QJsonObject& oracle) {
    const QJsonArray parts = oracle[QStringLiteral("parts")].toArray();
    QStringList texts;
    for (const QJsonValue& index : oracle[QStringLiteral("text_body")].toArray()) {
        const QJsonValue body = parts.at(index.toInt())[QStringLiteral("body")];
        for (const QString& kind : {QStringLiteral("Text"), QStringLiteral("Html")}) {
            if (body[kind].isString()) {
                texts << body[kind].toString();
            }
        }
    }
    return texts.join(QLatin1Char('\n'));
}

}  // namespace

class MailCorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oracleAgrees() {
        const QString root = qEnvironmentVariable("VF_SAMPLES") + QStringLiteral("/mail/stalwart");
        if (!QDir(root).exists()) {
            QSKIP("samples are not beside this checkout");
        }
        int files = 0;
        int subject = 0;
        int from = 0;
        int text = 0;
        QDirIterator it(root, {QStringLiteral("*.eml")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            QFile raw(path);
            QFile expected(path.chopped(4) + QStringLiteral(".expected.json"));
            QVERIFY(raw.open(QIODevice::ReadOnly) && expected.open(QIODevice::ReadOnly));
            const QByteArray bytes = raw.readAll();
            const QJsonObject oracle = QJsonDocument::fromJson(expected.readAll()).object();
            const auto mail = parseMail({bytes.constData(), std::size_t(bytes.size())});
            QVERIFY2(mail.has_value(), qPrintable(path));
            ++files;
            const QString name = path.mid(root.size() + 1);
            const auto same = [&](const char* what, const QString& ours, const QString& theirs) {
                if (normal(ours) == normal(theirs)) {
                    return 1;
                }
                qInfo().noquote() << name << what << "differs\n  ours:  " << normal(ours).left(300)
                                  << "\n  oracle:" << normal(theirs).left(300);
                return 0;
            };
            subject +=
                same("subject", fromStd(mail->subject),
                     header(oracle, QStringLiteral("subject"))[QStringLiteral("Text")].toString());
            const QString sender = mail->fromAddress.empty() && mail->fromName.empty()
                                       ? QString()
                                       : fromStd(mail->fromName) + QStringLiteral(" <") +
                                             fromStd(mail->fromAddress) + QStringLiteral(">");
            from += same("from", sender, oracleFrom(oracle));
            QStringList parts;
            for (const MailBodyPart& part : mail->textBodyParts) {
                if (!part.cut) {
                    parts << fromStd(part.content);
                }
            }
            text += same("text", parts.join(QLatin1Char('\n')), oracleText(oracle));
        }
        qInfo() << "of" << files << "agree: subject" << subject << "from" << from << "text" << text;
        QCOMPARE(files, 107);
        QVERIFY(subject >= 102);
        QVERIFY(from >= 105);
        QVERIFY(text >= 102);
    }
};

QTEST_GUILESS_MAIN(MailCorpusTest)
#include "mail_corpus_test.moc"
