// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/notifications.h"

#include <QByteArray>
#include <QString>

#include <filesystem>

namespace vorfahrt::client::app {

// What a person chose on this desk, in settings.ini of the data folder. No secrets.
struct Settings {
    QString language = QStringLiteral("de");
    QString theme = QStringLiteral("light");  // light, dark, system
    int zoom = 100;
    bool reducedMotion = false;
    QString lastAccount;
    int lockMinutes = 0;  // without a key or click until the desk locks itself; 0: never
    QString server;       // HOST:PORT
    QByteArray fingerprint;
    viewmodel::NotificationSettings notifications;

    static Settings load(const std::filesystem::path& dataDir);
    void save(const std::filesystem::path& dataDir) const;
};

}  // namespace vorfahrt::client::app
