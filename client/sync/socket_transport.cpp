// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/socket_transport.h"

#include "common/schema/limits.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <chrono>
#include <utility>
#include <variant>

namespace vorfahrt::client::sync {
namespace {

using namespace std::chrono_literals;

constexpr auto kPingEvery = 30s;  // PROTOCOL.md, "Bounds"
constexpr auto kPatience = 20s;   // for TCP, TLS and the upgrade together
constexpr auto kClosing = 2s;     // for the last bytes to leave
constexpr qint64 kReadBytes = 64 * 1024;
// More than the machine ever has under way; a server that reads nothing costs no more than this.
constexpr qint64 kMaxUnsentBytes = 4 * 1024 * 1024;

std::string hostOf(const QUrl& url) {
    const QString host = url.host(QUrl::FullyEncoded);
    const QString bracketed =
        host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(host) : host;
    return QStringLiteral("%1:%2").arg(bracketed).arg(url.port(443)).toStdString();
}

std::string targetOf(const QUrl& url) {
    QString target = url.path(QUrl::FullyEncoded);
    if (target.isEmpty()) {
        target = QStringLiteral("/");
    }
    if (url.hasQuery()) {
        target += QLatin1Char('?') + url.query(QUrl::FullyEncoded);
    }
    return target.toStdString();
}

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

}  // namespace

SocketTransport::SocketTransport(QSsl::SslProtocol tls, QObject* parent)
    : QObject(parent),
      tls_(tls),
      ping_(this),
      patience_(this) {
    ping_.setInterval(kPingEvery);
    connect(&ping_, &QTimer::timeout, this, &SocketTransport::onPing);
    patience_.setInterval(kPatience);
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] { finish(CloseReason::Unreachable); });
}

SocketTransport::~SocketTransport() {
    close();
}

void SocketTransport::open(const std::string& url, const std::string& fingerprint) {
    close();
    url_ = QUrl(QString::fromStdString(url));
    fingerprint_ = QByteArray::fromStdString(fingerprint);
    wrongCertificate_ = false;
    pongMissing_ = false;
    step_ = Step::Connecting;
    socket_ = new QSslSocket(this);
    if (url_.scheme() != QStringLiteral("wss") || fingerprint_.size() != 32) {
        finishSoon(CloseReason::WrongCertificate);
        return;
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    // Only the pinned certificate counts: with an empty store each one ends in onSslErrors.
    tls.setCaCertificates({});
    tls.setProtocol(tls_);
    socket_->setSslConfiguration(tls);
    socket_->setReadBufferSize(kReadBytes);
    watch(*socket_);
    patience_.start();
    socket_->connectToHostEncrypted(url_.host(), static_cast<quint16>(url_.port(443)));
}

void SocketTransport::watch(QSslSocket& socket) {
    connect(&socket, &QSslSocket::sslErrors, this, &SocketTransport::onSslErrors);
    connect(&socket, &QSslSocket::encrypted, this, &SocketTransport::onEncrypted);
    connect(&socket, &QSslSocket::readyRead, this, &SocketTransport::onReadyRead);
    // These may come from inside a call.
    connect(&socket, &QSslSocket::disconnected, this, [this] { finishSoon(CloseReason::Lost); });
    connect(&socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError) {
        finishSoon(step_ == Step::Open ? CloseReason::Lost : CloseReason::Unreachable);
    });
}

bool SocketTransport::isPinned() const {
    const QSslCertificate shown = socket_->peerCertificate();
    return !shown.isNull() && shown.digest(QCryptographicHash::Sha256) == fingerprint_;
}

void SocketTransport::onSslErrors(const QList<QSslError>& errors) {
    if (socket_ == nullptr) {
        return;
    }
    if (isPinned()) {
        socket_->ignoreSslErrors(errors);
    } else {
        wrongCertificate_ = true;
    }
}

void SocketTransport::onEncrypted() {
    if (socket_ == nullptr) {
        return;
    }
    // Once more, for a certificate that came without any error.
    if (!isPinned()) {
        wrongCertificate_ = true;
        finish(CloseReason::WrongCertificate);
        return;
    }
    socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    step_ = Step::Handshake;
    handshake_.emplace(hostOf(url_), targetOf(url_), random_.bytes(16));
    const std::string& request = handshake_->request();
    socket_->write(request.data(), static_cast<qint64>(request.size()));
}

void SocketTransport::onReadyRead() {
    const quint64 connection = generation_;
    while (connection == generation_ && socket_ != nullptr && socket_->bytesAvailable() > 0) {
        const QByteArray bytes = socket_->read(kReadBytes);
        const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        if (step_ == Step::Handshake) {
            takeAnswer(view);
        } else if (step_ == Step::Open) {
            takeFrames(view);
        } else {
            finish(CloseReason::Unreachable);
        }
    }
}

void SocketTransport::takeAnswer(std::string_view bytes) {
    const auto rest = handshake_->feed(bytes);
    if (!rest) {
        finish(CloseReason::Unreachable);
        return;
    }
    if (!rest->has_value()) {
        return;
    }
    handshake_.reset();
    reader_.emplace(schema::kMaxFrameBytes);
    step_ = Step::Open;
    patience_.stop();
    ping_.start();
    const quint64 connection = generation_;
    if (callbacks_.opened) {
        callbacks_.opened();
    }
    if (connection == generation_ && !(*rest)->empty()) {
        takeFrames(**rest);
    }
}

void SocketTransport::takeFrames(std::string_view bytes) {
    const quint64 connection = generation_;
    for (const WsEvent& event : reader_->feed(bytes)) {
        // The callback of a frame may have closed the connection, or opened another one.
        if (!take(event) || connection != generation_) {
            return;
        }
    }
    // Of many pings only the last one has to be answered (section 5.5.2).
    if (const auto payload = std::exchange(lastPing_, std::nullopt)) {
        write(WsOpcode::Pong, *payload);
    }
}

bool SocketTransport::take(const WsEvent& event) {
    return std::visit(Match{[this](const ws::Message& message) {
                                if (callbacks_.frame) {
                                    callbacks_.frame(message.bytes);
                                }
                                return true;
                            },
                            [this](const ws::Ping& ping) {
                                lastPing_ = ping.payload;
                                return true;
                            },
                            [this](const ws::Pong&) {
                                pongMissing_ = false;
                                return true;
                            },
                            [this](const ws::Closed&) {
                                release(WsClose::Normal);
                                finish(CloseReason::Lost);
                                return false;
                            },
                            [this](const ws::Broken& broken) {
                                release(broken.code);
                                finish(CloseReason::Lost);
                                return false;
                            }},
                      event);
}

void SocketTransport::onPing() {
    if (std::exchange(pongMissing_, true)) {
        finish(CloseReason::Lost);
        return;
    }
    write(WsOpcode::Ping, {});
}

void SocketTransport::send(std::string_view frame) {
    if (socket_ != nullptr && step_ == Step::Open) {
        write(WsOpcode::Binary, frame);
    }
}

void SocketTransport::write(WsOpcode opcode, std::string_view payload) {
    if (socket_->bytesToWrite() + socket_->encryptedBytesToWrite() > kMaxUnsentBytes) {
        finishSoon(CloseReason::Lost);
        return;
    }
    const std::string frame = wsFrame(opcode, payload, random_.bytes(4));
    if (socket_->write(frame.data(), static_cast<qint64>(frame.size())) < 0) {
        finishSoon(CloseReason::Lost);
    }
}

void SocketTransport::close() {
    release(WsClose::Normal);
}

// The socket ends by itself, nobody listens to it any more.
void SocketTransport::release(std::optional<WsClose> code) {
    ++generation_;
    ping_.stop();
    patience_.stop();
    handshake_.reset();
    lastPing_.reset();
    QSslSocket* socket = std::exchange(socket_, nullptr);
    if (socket == nullptr) {
        return;
    }
    socket->disconnect(this);
    // Its signals may be on the stack: it goes when the event loop is back.
    if (step_ != Step::Open || !code.has_value() ||
        socket->state() != QAbstractSocket::ConnectedState) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(kClosing, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    const std::string frame = wsFrame(WsOpcode::Close, wsClosePayload(*code), random_.bytes(4));
    socket->write(frame.data(), static_cast<qint64>(frame.size()));
    socket->flush();
    socket->disconnectFromHost();
}

void SocketTransport::finishSoon(CloseReason reason) {
    QMetaObject::invokeMethod(
        this,
        [this, reason, connection = generation_] {
            if (connection == generation_) {
                finish(reason);
            }
        },
        Qt::QueuedConnection);
}

void SocketTransport::finish(CloseReason reason) {
    release(std::nullopt);
    if (callbacks_.closed) {
        callbacks_.closed(wrongCertificate_ ? CloseReason::WrongCertificate : reason);
    }
}

}  // namespace vorfahrt::client::sync
