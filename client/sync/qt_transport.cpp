// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/qt_transport.h"

#include "common/schema/limits.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QUrl>

#include <chrono>
#include <utility>

namespace vorfahrt::client::sync {
namespace {

using namespace std::chrono_literals;

constexpr auto kPingEvery = 30s;  // PROTOCOL.md, "Bounds"

}  // namespace

QtTransport::QtTransport(QSsl::SslProtocol tls, QObject* parent)
    : QObject(parent),
      tls_(tls),
      ping_(this) {
    ping_.setInterval(kPingEvery);
    connect(&ping_, &QTimer::timeout, this, &QtTransport::onPing);
}

QtTransport::~QtTransport() {
    close();
}

void QtTransport::open(const std::string& url, const std::string& fingerprint) {
    close();
    fingerprint_ = QByteArray::fromStdString(fingerprint);
    wrongCertificate_ = false;
    pongMissing_ = false;
    const QUrl target(QString::fromStdString(url));
    socket_ = std::make_unique<QWebSocket>();
    socket_->setMaxAllowedIncomingFrameSize(schema::kMaxFrameBytes);
    socket_->setMaxAllowedIncomingMessageSize(schema::kMaxFrameBytes);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    // Only the pinned certificate counts: with an empty store each one ends in onSslErrors.
    tls.setCaCertificates({});
    tls.setProtocol(tls_);
    socket_->setSslConfiguration(tls);
    QWebSocket* socket = socket_.get();
    connect(socket, &QWebSocket::sslErrors, this, &QtTransport::onSslErrors);
    connect(socket, &QWebSocket::connected, this, &QtTransport::onConnected);
    connect(socket, &QWebSocket::disconnected, this, [this] { finish(CloseReason::Lost); });
    connect(socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError) { finish(CloseReason::Unreachable); });
    connect(socket, &QWebSocket::pong, this, [this] { pongMissing_ = false; });
    connect(socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& message) {
        if (callbacks_.frame) {
            callbacks_.frame({message.constData(), static_cast<std::size_t>(message.size())});
        }
    });
    if (target.scheme() != QStringLiteral("wss") || fingerprint_.size() != 32) {
        QTimer::singleShot(0, socket, [this] { finish(CloseReason::WrongCertificate); });
        return;
    }
    socket->open(target);
}

bool QtTransport::isPinned() const {
    // QWebSocket tells the certificate after the handshake only; its socket knows it during it. The
    // errors name those of a chain, in which a stranger could put ours behind his own.
    const auto* tls = socket_->findChild<QSslSocket*>();
    const QSslCertificate shown = tls == nullptr ? QSslCertificate() : tls->peerCertificate();
    return !shown.isNull() && shown.digest(QCryptographicHash::Sha256) == fingerprint_;
}

void QtTransport::onSslErrors(const QList<QSslError>& errors) {
    if (socket_ == nullptr) {
        return;
    }
    if (isPinned()) {
        socket_->ignoreSslErrors(errors);
    } else {
        wrongCertificate_ = true;
    }
}

void QtTransport::onConnected() {
    // Once more, for a certificate that came without any error.
    if (!isPinned()) {
        wrongCertificate_ = true;
        finish(CloseReason::WrongCertificate);
        return;
    }
    ping_.start();
    if (callbacks_.opened) {
        callbacks_.opened();
    }
}

void QtTransport::onPing() {
    if (socket_ == nullptr) {
        return;
    }
    if (std::exchange(pongMissing_, true)) {
        finish(CloseReason::Lost);
        return;
    }
    socket_->ping();
}

void QtTransport::send(std::string_view frame) {
    if (socket_ != nullptr) {
        socket_->sendBinaryMessage(QByteArray(frame.data(), static_cast<qsizetype>(frame.size())));
    }
}

void QtTransport::close() {
    ping_.stop();
    if (socket_ == nullptr) {
        return;
    }
    // Its signals may be on the stack: it goes when the event loop is back.
    QWebSocket* socket = socket_.release();
    socket->disconnect(this);
    socket->close();
    socket->deleteLater();
}

void QtTransport::finish(CloseReason reason) {
    if (socket_ == nullptr) {
        return;
    }
    close();
    if (callbacks_.closed) {
        callbacks_.closed(wrongCertificate_ ? CloseReason::WrongCertificate : reason);
    }
}

}  // namespace vorfahrt::client::sync
