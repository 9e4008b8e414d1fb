// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/keys/key_store.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QString>

namespace vorfahrt::client::keys {

// org.freedesktop.Secret.Service (GNOME Keyring, KWallet, KeePassXC) in its default collection. The
// kept value is the random name of an item. Where the collection is locked, its own window that
// asks for the password is brought up once, and nothing waits for it. The secret crosses the
// session bus of the person, as the specification's "plain" algorithm has it.
class SecretService final : public KeyStore {
public:
    explicit SecretService(QDBusConnection bus);

    State state() override;
    Result<std::string> protect(std::string_view name, std::string_view secret) override;
    Result<std::string> unprotect(std::string_view kept) override;
    void forget(std::string_view kept) override;

private:
    [[nodiscard]] QDBusMessage call(const QString& path, const QString& interface,
                                    const QString& method, const QVariantList& arguments) const;
    [[nodiscard]] bool openSession();
    [[nodiscard]] QString collection() const;
    // Not locked any more.
    [[nodiscard]] bool unlock(const QString& object);
    struct Found {
        QString unlocked;
        QString locked;
    };
    [[nodiscard]] Found find(std::string_view kept) const;

    QDBusConnection bus_;
    QDBusObjectPath session_;
    bool asked_ = false;
};

}  // namespace vorfahrt::client::keys
