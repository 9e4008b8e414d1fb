// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"

#include <QObject>
#include <QString>

namespace vorfahrt::client::app {

// What lies outside of the window: the icon beside the clock, messages of the operating system, the
// number on the taskbar, sound. An interface, so that tests record. GUI thread.
class Announcer : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void showMessage(const QString& title, const QString& text, LeadId lead) = 0;
    virtual void play() = 0;
    // 0: none.
    virtual void showTrayCount(int count, const QString& sentence) = 0;
    virtual void showTaskbarCount(int count) = 0;
    virtual void setTrayVisible(bool visible) = 0;

Q_SIGNALS:
    // A person clicked a message (none: one of several leads), the icon, or its menu.
    void opened(vorfahrt::LeadId lead);
    void quit();
};

}  // namespace vorfahrt::client::app
