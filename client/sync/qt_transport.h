// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/transport.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSsl>
#include <QSslError>
#include <QTimer>
#include <QWebSocket>

#include <memory>

namespace vorfahrt::client::sync {

// Transport over QWebSocket. The pinned certificate is trusted without a chain, because the server
// makes its own; every other one is refused, also one that a public authority signed. Lives on the
// store thread.
class QtTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    // tls: for tests that play an older system.
    explicit QtTransport(QSsl::SslProtocol tls = QSsl::TlsV1_2OrLater, QObject* parent = nullptr);
    ~QtTransport() override;

    void setCallbacks(Callbacks callbacks) override { callbacks_ = std::move(callbacks); }
    void open(const std::string& url, const std::string& fingerprint) override;
    void send(std::string_view frame) override;
    void close() override;

private:
    void onSslErrors(const QList<QSslError>& errors);
    void onConnected();
    void onPing();
    void finish(CloseReason reason);
    [[nodiscard]] bool isPinned() const;

    const QSsl::SslProtocol tls_;
    Callbacks callbacks_;
    std::unique_ptr<QWebSocket> socket_;
    QByteArray fingerprint_;
    QTimer ping_;
    bool pongMissing_ = false;
    bool wrongCertificate_ = false;
};

}  // namespace vorfahrt::client::sync
