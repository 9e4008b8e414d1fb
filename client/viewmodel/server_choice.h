// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

namespace vorfahrt::client::viewmodel {

inline constexpr quint16 kDefaultPort = 4433;

// HOST, HOST:PORT or [ADDRESS]:PORT; empty where it is none of them.
[[nodiscard]] QUrl serverUrl(const QString& address);
// HOST:PORT of such a URL, as it is shown.
[[nodiscard]] QString serverName(const QUrl& url);
// 64 hexadecimal digits, with any blanks, colons and dashes between them; empty where it is none.
[[nodiscard]] QByteArray fingerprintOf(QString text);
// Four groups of four digits a line, to be read aloud.
[[nodiscard]] QString fingerprintText(const QByteArray& fingerprint);

// Asks a server which certificate it shows, so that a person can compare it. One question at a
// time, a new one drops the last. GUI thread.
class CertificateProbe : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void ask(const QString& host, quint16 port) = 0;
    virtual void cancel() = 0;

Q_SIGNALS:
    // SHA-256 of the certificate, 32 bytes; empty: no answer, or not by TLS.
    void finished(const QByteArray& fingerprint);
};

// Which server this desk works with, and which certificate it has to show: address, look, compare,
// pin. Also for a certificate that has changed. GUI thread.
class ServerChoice final : public QObject {
    Q_OBJECT

public:
    // url and pinned: empty at the first start.
    ServerChoice(CertificateProbe& probe, QUrl url, QByteArray pinned, QObject* parent = nullptr);

    const QUrl& url() const { return url_; }
    const QByteArray& pinned() const { return pinned_; }
    bool isKnown() const { return !url_.isEmpty() && !pinned_.isEmpty(); }

    // Looks at the server's certificate. expected: a fingerprint that was handed over, or empty;
    // the right one is pinned at once.
    void look(const QString& address, const QString& expected);
    bool isBusy() const { return busy_; }
    QString addressError() const { return addressError_; }
    QString expectedError() const { return expectedError_; }
    // Shown by the server and not pinned yet; empty: nothing to compare.
    const QByteArray& found() const { return found_; }
    // The known server shows another certificate than the pinned one.
    bool hasChanged() const;
    // The person has compared it.
    void pin();
    void forgetFound();

Q_SIGNALS:
    void changed();
    // To be stored, and told to the store thread.
    void chosen(const QUrl& url, const QByteArray& fingerprint);

private:
    void finished(const QByteArray& fingerprint);

    CertificateProbe& probe_;
    QUrl url_;
    QByteArray pinned_;
    QUrl asked_;
    QByteArray expected_;
    QByteArray found_;
    bool busy_ = false;
    QString addressError_;
    QString expectedError_;
};

}  // namespace vorfahrt::client::viewmodel
