// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/child_process.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace vorfahrt::test {

// The real vorfahrt-server over a data folder, for end-to-end tests and benchmarks: made by its own
// command line, started, stopped or killed, and started again on the same files and the same ports,
// so that desks find it. Needs no event loop. Ids are texts as the command line prints them; empty
// means failed, and lastError() says why.
class ServerProcess : public ChildProcess {
public:
    explicit ServerProcess(const QString& dataDir);

    // Until it serves; false: it ended or said nothing in time.
    [[nodiscard]] bool start(int timeoutMs = 30'000);

    [[nodiscard]] quint16 port() const { return port_; }
    [[nodiscard]] quint16 lmtpPort() const { return lmtpPort_; }
    [[nodiscard]] QString fingerprint() const { return fingerprint_; }  // hex, of SHA-256
    // Of the last start; empty: it had a tenant.
    [[nodiscard]] QString setupCode() const { return setupCode_; }
    [[nodiscard]] QUrl url() const;  // for desks
    [[nodiscard]] QString databaseFile() const;

    // Provisioning, before the start or while it runs.
    [[nodiscard]] QString addTenant(const QString& name);
    // returnSeconds: how long a lead waits before it returns to the pool; 0: for ever.
    [[nodiscard]] QString addSite(const QString& tenant, const QString& name,
                                  int returnSeconds = 0);
    // Mail to the address becomes leads of this source.
    [[nodiscard]] QString addSource(const QString& tenant, const QString& site, const QString& name,
                                    const QString& address);
    // role: "sales", "manager" or "admin" at this site.
    [[nodiscard]] QString addUser(const QString& tenant, const QString& site, const QString& login,
                                  const QString& password, const QString& displayName,
                                  const QString& role);
    // By the command line: a new set-up code; empty: refused.
    [[nodiscard]] QString newSetupCode();
    [[nodiscard]] QString lastError() const { return lastError_; }

private:
    [[nodiscard]] QString create(const QString& what, const QStringList& arguments,
                                 const QByteArray& input = {});

    const QString dataDir_;
    quint16 port_ = 0;
    quint16 lmtpPort_ = 0;
    QString fingerprint_;
    QString setupCode_;
    QString lastError_;
};

}  // namespace vorfahrt::test
