// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/tls_probe.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <chrono>

namespace vorfahrt::client::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 10s;

}  // namespace

TlsProbe::TlsProbe(QObject* parent)
    : viewmodel::CertificateProbe(parent),
      limit_(std::make_unique<QTimer>()) {
    limit_->setSingleShot(true);
    limit_->setInterval(kPatience);
    connect(limit_.get(), &QTimer::timeout, this, &TlsProbe::finish);
}

TlsProbe::~TlsProbe() {
    cancel();
}

void TlsProbe::ask(const QString& host, quint16 port) {
    cancel();
    socket_ = std::make_unique<QSslSocket>();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    // It is a person who judges the certificate, and nothing is sent.
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    socket_->setSslConfiguration(tls);
    connect(socket_.get(), &QSslSocket::encrypted, this, &TlsProbe::finish);
    connect(socket_.get(), &QSslSocket::errorOccurred, this, &TlsProbe::finish);
    limit_->start();
    socket_->connectToHostEncrypted(host, port);
}

void TlsProbe::cancel() {
    limit_->stop();
    if (socket_ != nullptr) {
        QSslSocket* socket = socket_.release();
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void TlsProbe::finish() {
    const QSslCertificate shown = socket_ != nullptr && socket_->isEncrypted()
                                      ? socket_->peerCertificate()
                                      : QSslCertificate();
    cancel();
    Q_EMIT finished(shown.isNull() ? QByteArray() : shown.digest(QCryptographicHash::Sha256));
}

}  // namespace vorfahrt::client::app
