// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/transport.h"
#include "client/sync/ws_frame.h"
#include "client/sync/ws_handshake.h"
#include "common/base/random.h"

#include <QList>
#include <QObject>
#include <QSslError>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>

namespace vorfahrt::client::sync {

// Transport over QSslSocket with the WebSocket client of ws_frame.h and ws_handshake.h: for builds
// without Qt WebSockets (Windows). Not a byte goes to a server whose certificate is not the pinned
// one. Bounded in both directions and in time. Lives on the store thread.
class SocketTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    // tls: for tests that play an older system.
    explicit SocketTransport(QSsl::SslProtocol tls = QSsl::TlsV1_2OrLater,
                             QObject* parent = nullptr);
    ~SocketTransport() override;

    void setCallbacks(Callbacks callbacks) override { callbacks_ = std::move(callbacks); }
    void open(const std::string& url, const std::string& fingerprint) override;
    void send(std::string_view frame) override;
    void close() override;

private:
    enum class Step { Connecting, Handshake, Open };

    void watch(QSslSocket& socket);
    void onSslErrors(const QList<QSslError>& errors);
    void onEncrypted();
    void onReadyRead();
    void takeAnswer(std::string_view bytes);
    void takeFrames(std::string_view bytes);
    // false: this connection is over.
    [[nodiscard]] bool take(const WsEvent& event);
    void onPing();
    void write(WsOpcode opcode, std::string_view payload);
    void finishSoon(CloseReason reason);
    void finish(CloseReason reason);
    void release(std::optional<WsClose> code);
    [[nodiscard]] bool isPinned() const;

    const QSsl::SslProtocol tls_;
    SystemRandom random_;
    Callbacks callbacks_;
    QUrl url_;
    QByteArray fingerprint_;
    QSslSocket* socket_ = nullptr;  // a child
    // Of the connection: what was queued for an earlier one is for nobody.
    quint64 generation_ = 0;
    Step step_ = Step::Connecting;
    std::optional<WsHandshake> handshake_;
    std::optional<WsReader> reader_;
    std::optional<std::string> lastPing_;  // payload of the ping to be answered
    QTimer ping_;
    QTimer patience_;  // until the handshakes are done
    bool pongMissing_ = false;
    bool wrongCertificate_ = false;
};

}  // namespace vorfahrt::client::sync
