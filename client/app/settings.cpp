// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/settings.h"

#include "client/viewmodel/server_choice.h"

#include <QSettings>

#include <algorithm>

namespace vorfahrt::client::app {
namespace {

QString fileIn(const std::filesystem::path& dataDir) {
    return QString::fromStdU16String((dataDir / "settings.ini").u16string());
}

}  // namespace

Settings Settings::load(const std::filesystem::path& dataDir) {
    const QSettings file(fileIn(dataDir), QSettings::IniFormat);
    Settings settings;
    settings.language = file.value(QStringLiteral("language"), settings.language).toString();
    settings.theme = file.value(QStringLiteral("theme"), settings.theme).toString();
    settings.zoom = file.value(QStringLiteral("zoom"), settings.zoom).toInt();
    settings.reducedMotion = file.value(QStringLiteral("reducedMotion"), false).toBool();
    settings.lastAccount = file.value(QStringLiteral("lastAccount")).toString();
    settings.lockMinutes = std::clamp(file.value(QStringLiteral("lockMinutes")).toInt(), 0, 240);
    settings.server = file.value(QStringLiteral("server/address")).toString().left(300);
    settings.fingerprint =
        viewmodel::fingerprintOf(file.value(QStringLiteral("server/fingerprint")).toString());
    return settings;
}

void Settings::save(const std::filesystem::path& dataDir) const {
    QSettings file(fileIn(dataDir), QSettings::IniFormat);
    file.setValue(QStringLiteral("language"), language);
    file.setValue(QStringLiteral("theme"), theme);
    file.setValue(QStringLiteral("zoom"), zoom);
    file.setValue(QStringLiteral("reducedMotion"), reducedMotion);
    file.setValue(QStringLiteral("lastAccount"), lastAccount);
    file.setValue(QStringLiteral("lockMinutes"), lockMinutes);
    file.setValue(QStringLiteral("server/address"), server);
    file.setValue(QStringLiteral("server/fingerprint"), QString::fromLatin1(fingerprint.toHex()));
}

}  // namespace vorfahrt::client::app
