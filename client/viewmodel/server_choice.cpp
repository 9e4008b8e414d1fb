// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/server_choice.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr qsizetype kFingerprintBytes = 32;
constexpr qsizetype kGroup = 4;
constexpr qsizetype kGroupsInLine = 4;

}  // namespace

QUrl serverUrl(const QString& address) {
    QString text = address.trimmed();
    if (text.startsWith(QStringLiteral("wss://"))) {
        text = text.mid(6).section(QLatin1Char('/'), 0, 0);
    }
    static const QString kNotHere = QStringLiteral("/@?#\\ ");
    for (const QChar c : text) {
        if (kNotHere.contains(c)) {
            return {};
        }
    }
    QUrl url(QStringLiteral("wss://%1/v1/sync").arg(text), QUrl::StrictMode);
    if (text.isEmpty() || !url.isValid() || url.host().isEmpty() || url.port() == 0) {
        return {};
    }
    if (url.port() < 0) {
        url.setPort(kDefaultPort);
    }
    return url;
}

QString serverName(const QUrl& url) {
    return url.isEmpty() ? QString() : url.authority();
}

QByteArray fingerprintOf(QString text) {
    for (const char* between : {":", " ", "-", "\n", "\t", "\u00a0"}) {
        text.remove(QString::fromUtf8(between));
    }
    static const QString kDigits = QStringLiteral("0123456789abcdefABCDEF");
    const bool exact =
        text.size() == 2 * kFingerprintBytes &&
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return kDigits.contains(c); });
    return exact ? QByteArray::fromHex(text.toLatin1()) : QByteArray();
}

QString fingerprintText(const QByteArray& fingerprint) {
    const QString digits = QString::fromLatin1(fingerprint.toHex().toUpper());
    QString text;
    for (qsizetype at = 0; at < digits.size(); at += kGroup) {
        if (at > 0) {
            text += at % (kGroup * kGroupsInLine) == 0 ? QLatin1Char('\n') : QLatin1Char(' ');
        }
        text += QStringView(digits).mid(at, kGroup);
    }
    return text;
}

ServerChoice::ServerChoice(CertificateProbe& probe, QUrl url, QByteArray pinned, QObject* parent)
    : QObject(parent),
      probe_(probe),
      url_(std::move(url)),
      pinned_(std::move(pinned)) {
    connect(&probe, &CertificateProbe::finished, this, &ServerChoice::finished);
}

void ServerChoice::look(const QString& address, const QString& expected) {
    if (busy_) {
        return;
    }
    asked_ = serverUrl(address);
    found_.clear();
    expected_ = fingerprintOf(expected);
    addressError_ = asked_.isEmpty()
                        ? tr("Enter a name or an address, with the port where it is not 4433: "
                             "desk.example.org:4433")
                        : QString();
    expectedError_ = !expected.trimmed().isEmpty() && expected_.isEmpty()
                         ? tr("A fingerprint has 64 digits from 0 to 9 and A to F.")
                         : QString();
    if (addressError_.isEmpty() && expectedError_.isEmpty()) {
        busy_ = true;
        probe_.ask(asked_.host(), static_cast<quint16>(asked_.port()));
    }
    Q_EMIT changed();
}

void ServerChoice::finished(const QByteArray& fingerprint) {
    if (!busy_) {
        return;
    }
    busy_ = false;
    if (fingerprint.isEmpty()) {
        addressError_ =
            tr("No answer from %1. Check the address and the network.").arg(serverName(asked_));
    } else if (!expected_.isEmpty() && expected_ != fingerprint) {
        expectedError_ =
            tr("%1 shows another certificate than this one. Nothing was sent. Ask your "
               "administrator.")
                .arg(serverName(asked_));
    } else {
        found_ = fingerprint;
        if (expected_ == fingerprint || (asked_ == url_ && pinned_ == fingerprint)) {
            pin();
            return;
        }
    }
    Q_EMIT changed();
}

bool ServerChoice::hasChanged() const {
    return !found_.isEmpty() && asked_ == url_ && !pinned_.isEmpty() && found_ != pinned_;
}

void ServerChoice::pin() {
    if (found_.isEmpty()) {
        return;
    }
    url_ = asked_;
    pinned_ = std::exchange(found_, {});
    Q_EMIT chosen(url_, pinned_);
    Q_EMIT changed();
}

void ServerChoice::forgetFound() {
    found_.clear();
    busy_ = false;
    probe_.cancel();
    Q_EMIT changed();
}

}  // namespace vorfahrt::client::viewmodel
