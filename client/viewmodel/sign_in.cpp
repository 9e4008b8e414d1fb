// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/sign_in.h"

#include "client/viewmodel/words.h"

#include <QLocale>

#include <algorithm>

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
    connect(&desk.port(), &DeskPort::peopleChanged, this,
            [this](const std::vector<sync::Person>& people, sync::KeyStoreState keyStore) {
                people_ = people;
                keyStore_ = keyStore;
                Q_EMIT changed();
            });
    connect(&desk, &Desk::statusChanged, this, &SignIn::changed);
    connect(&desk, &Desk::stageChanged, this, &SignIn::changed);
}

void SignIn::setServerName(const QString& name) {
    serverName_ = name;
    silent_ = false;
    Q_EMIT changed();
}

bool SignIn::offlinePossible(const QString& account) const {
    return std::ranges::any_of(people_, [&](const sync::Person& person) {
        return person.opensOffline &&
               qstr(person.login).compare(account.trimmed(), Qt::CaseInsensitive) == 0;
    });
}

QString SignIn::note() const {
    switch (desk_.left()) {
        case Desk::Left::Locked:
            return tr("The desk is locked. Your drafts are kept; your password opens it again.");
        case Desk::Left::SessionEnded:
            return tr(
                "The server ended your session on this computer. Sign in again; changes that "
                "were not sent are kept.");
        case Desk::Left::SignedOut:
        case Desk::Left::Never: break;
    }
    if (people_.empty() || desk_.left() == Desk::Left::SignedOut) {
        return {};
    }
    switch (keyStore_) {
        case sync::KeyStoreState::Missing:
            return tr(
                "This computer has no key store: the desk asks for your password at each "
                "start.");
        case sync::KeyStoreState::Locked:
            return tr(
                "The key store of this computer is locked. Unlock it before the next start, "
                "or sign in with your password.");
        case sync::KeyStoreState::Ready: break;
    }
    return {};
}

void SignIn::submit(const QString& account, const QString& password) {
    if (!mayTry()) {
        return;
    }
    silent_ = false;
    onlineOnly_ = false;
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
    offlineAnswer_ = answer.offline;
    onlineOnly_ = answer.offline && answer.code == ErrorCode::Forbidden;
    switch (answer.code) {
        case ErrorCode::Ok: wanted_.clear(); break;
        case ErrorCode::RateLimited:
            waitSeconds_ = static_cast<int>((answer.retryAfterMs + 999) / 1000);
            wait_.start();
            break;
        case ErrorCode::Unauthenticated:
        case ErrorCode::Forbidden:
        case ErrorCode::NotFound:
            if (onlineOnly_) {
                break;
            }
            if (answer.offline) {
                waitSeconds_ = static_cast<int>((answer.retryAfterMs + 999) / 1000);
                passwordError_ = tr("The password is wrong. %n more try(s) without the server.",
                                    nullptr, answer.triesLeft);
                if (waitSeconds_ > 0) {
                    wait_.start();
                }
                break;
            }
            passwordError_ = tr("User name or password is wrong.");
            break;
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
    if (onlineOnly_) {
        return tr("Too many wrong passwords without the server. Signing in is possible again as "
                  "soon as %1 can be reached.")
            .arg(serverName_);
    }
    switch (server()) {
        case Server::WrongCertificate:
            return tr("The server at %1 shows another certificate than the one this desk knows. "
                      "Nothing was sent. Ask your administrator whether it was changed, then "
                      "compare the new one under “Server”.")
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
