// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/sign_in.h"

#include <QLocale>

namespace vorfahrt::client::viewmodel {
namespace {

// Longer than a slow login takes; then the page says that nobody answers.
constexpr int kPatienceMs = 12000;

}  // namespace

SignIn::SignIn(Desk& desk, QString serverName, QObject* parent)
    : QObject(parent),
      desk_(desk),
      serverName_(std::move(serverName)) {
    wait_.setInterval(1000);
    connect(&wait_, &QTimer::timeout, this, [this] {
        if (--waitSeconds_ <= 0) {
            waitSeconds_ = 0;
            passwordError_.clear();
            wait_.stop();
        }
        Q_EMIT changed();
    });
    patience_.setSingleShot(true);
    patience_.setInterval(kPatienceMs);
    connect(&patience_, &QTimer::timeout, this, [this] {
        busy_ = false;
        silent_ = true;
        Q_EMIT changed();
    });
    connect(&desk.port(), &DeskPort::loginFinished, this, &SignIn::finished);
    connect(&desk, &Desk::statusChanged, this, &SignIn::changed);
    connect(&desk, &Desk::stageChanged, this, &SignIn::changed);
}

void SignIn::submit(const QString& account, const QString& password) {
    if (!mayTry()) {
        return;
    }
    silent_ = false;
    accountError_ = account.trimmed().isEmpty() ? tr("Enter your user name.") : QString();
    passwordError_ = password.isEmpty() ? tr("Enter your password.") : QString();
    if (accountError_.isEmpty() && passwordError_.isEmpty()) {
        busy_ = true;
        patience_.start();
        desk_.port().login(account.trimmed(), password);
    }
    Q_EMIT changed();
}

void SignIn::finished(const sync::LoginAnswer& answer) {
    busy_ = false;
    silent_ = false;
    patience_.stop();
    passwordError_.clear();
    switch (answer.code) {
        case ErrorCode::Ok: break;
        case ErrorCode::RateLimited:
            waitSeconds_ = static_cast<int>((answer.retryAfterMs + 999) / 1000);
            wait_.start();
            break;
        case ErrorCode::Unauthenticated:
        case ErrorCode::Forbidden:
        case ErrorCode::NotFound: passwordError_ = tr("User name or password is wrong."); break;
        case ErrorCode::Unavailable:
        case ErrorCode::Timeout: silent_ = true; break;
        default: passwordError_ = tr("The server could not sign you in. Try again later."); break;
    }
    Q_EMIT changed();
}

SignIn::Server SignIn::server() const {
    switch (desk_.status().trouble) {
        case sync::Trouble::WrongCertificate: return Server::WrongCertificate;
        case sync::Trouble::TooOld: return Server::TooOld;
        case sync::Trouble::Unreachable: return Server::Unreachable;
        default: break;
    }
    if (silent_) {
        return Server::Unreachable;
    }
    const sync::State state = desk_.status().state;
    const bool connected = state == sync::State::LoggingIn || state == sync::State::Greeting ||
                           desk_.online() || desk_.status().lastContactMs != 0;
    return connected ? Server::Reachable : Server::Unknown;
}

QString SignIn::serverLine() const {
    switch (server()) {
        case Server::Reachable: return tr("Server reachable");
        case Server::Unreachable: return tr("Server not reachable");
        case Server::WrongCertificate: return tr("Certificate of the server is not the known one");
        case Server::TooOld: return tr("Program and server do not fit together");
        case Server::Unknown: return tr("Server %1").arg(serverName_);
    }
    return {};
}

QString SignIn::problem() const {
    if (!desk_.openError().isEmpty()) {
        return desk_.openError();
    }
    if (waitSeconds_ > 0) {
        return tr("Too many tries. You can try again in %n second(s).", nullptr, waitSeconds_);
    }
    switch (server()) {
        case Server::WrongCertificate:
            return tr("The server at %1 shows another certificate than the one this desk knows. "
                      "Nothing was sent. Ask your administrator for the right fingerprint and "
                      "start the program with it.")
                .arg(serverName_);
        case Server::TooOld:
            return tr(
                "This program is too old for the server. Install the new version; your data "
                "here stay as they are.");
        case Server::Unreachable:
            return tr("No answer from %1. Check the network; the program goes on trying.")
                .arg(serverName_);
        default: return {};
    }
}

QString SignIn::progressLine() const {
    const auto rows = static_cast<qlonglong>(desk_.status().rowsReceived);
    return tr("Your data are being loaded: %1 entries").arg(QLocale().toString(rows));
}

}  // namespace vorfahrt::client::viewmodel
