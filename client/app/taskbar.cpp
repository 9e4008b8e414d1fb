// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/taskbar.h"

#ifdef VF_HAS_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>
#endif

namespace vorfahrt::client::app {

#ifdef VF_HAS_DBUS
void showTaskbarCount(int count) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    QDBusMessage signal = QDBusMessage::createSignal(
        QStringLiteral("/com/canonical/unity/launcherentry/1"),
        QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    const QVariantMap values{{QStringLiteral("count"), static_cast<qlonglong>(count)},
                             {QStringLiteral("count-visible"), count > 0}};
    signal << QStringLiteral("application://vorfahrt.desktop") << values;
    static_cast<void>(bus.send(signal));
}
#else
void showTaskbarCount(int /*count*/) {}
#endif

}  // namespace vorfahrt::client::app
