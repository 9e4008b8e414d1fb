// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/server_choice.h"

#include <memory>

class QSslSocket;
class QTimer;

namespace vorfahrt::client::app {

// The certificate of a server, over TLS. Nothing is sent on the connection. GUI thread.
class TlsProbe final : public viewmodel::CertificateProbe {
    Q_OBJECT

public:
    explicit TlsProbe(QObject* parent = nullptr);
    ~TlsProbe() override;

    void ask(const QString& host, quint16 port) override;
    void cancel() override;

private:
    void finish();

    std::unique_ptr<QSslSocket> socket_;
    std::unique_ptr<QTimer> limit_;
};

}  // namespace vorfahrt::client::app
