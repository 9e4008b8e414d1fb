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

// One name for reading and writing.
template <class Each>
void eachSwitch(viewmodel::NotificationSettings& settings, Each each) {
    each(QStringLiteral("notify/leads"), settings.leads);
    each(QStringLiteral("notify/takenBack"), settings.takenBack);
    each(QStringLiteral("notify/toast"), settings.toast);
    each(QStringLiteral("notify/system"), settings.system);
    each(QStringLiteral("notify/tray"), settings.tray);
    each(QStringLiteral("notify/taskbar"), settings.taskbar);
    each(QStringLiteral("notify/sound"), settings.sound);
    each(QStringLiteral("notify/quiet"), settings.quiet);
}

QString hoursKey(std::size_t day) {
    return QStringLiteral("notify/hours%1").arg(day + 1);
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
    eachSwitch(settings.notifications, [&file](const QString& name, bool& value) {
        value = file.value(name, value).toBool();
    });
    for (std::size_t day = 0; day < settings.notifications.hours.size(); ++day) {
        // A comma makes a list of an unquoted value.
        const QString text = file.value(hoursKey(day)).toStringList().join(QLatin1Char(','));
        settings.notifications.hours.at(day) =
            viewmodel::parseQuiet(text).value_or(std::vector<viewmodel::QuietRange>());
    }
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
    viewmodel::NotificationSettings written = notifications;
    eachSwitch(written, [&file](const QString& name, bool& value) { file.setValue(name, value); });
    for (std::size_t day = 0; day < notifications.hours.size(); ++day) {
        file.setValue(hoursKey(day), viewmodel::quietText(notifications.hours.at(day)));
    }
}

}  // namespace vorfahrt::client::app
