// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/app/desk_window.h"
#include "tests/ui/world/desk_world.h"

#include <QList>
#include <QUrl>

#include <memory>

namespace vorfahrt::test {

// A server's certificate without a server.
class TestProbe final : public client::viewmodel::CertificateProbe {
public:
    void ask(const QString& host, quint16 port) override {
        asked << QStringLiteral("%1:%2").arg(host).arg(port);
    }
    void cancel() override {}
    QStringList asked;
};

// The program without its main(): view models on a port, and windows on the view models. A second
// one on the same file is the program after a restart.
class DeskSetup {
public:
    explicit DeskSetup(DeskWorld& world);

    std::unique_ptr<client::app::DeskWindow> makeWindow(
        client::ui::Theme& theme, const QString& language = QStringLiteral("de"));
    // What was given to the programs of the system; opens: whether one takes it.
    QList<QUrl> links;
    bool opens = true;
    // Until the reader has answered everything; asserts that it comes to that.
    void settle();

    client::model::ReplicaReader reader;
    client::viewmodel::Desk desk;
    client::viewmodel::SignIn signIn;
    client::viewmodel::Leads leads;
    client::viewmodel::Customers customers;
    client::viewmodel::Inbox inbox;
    client::viewmodel::Tray tray;
    client::viewmodel::Account account;
    TestProbe probe;
    client::viewmodel::ServerChoice server;
};

}  // namespace vorfahrt::test
