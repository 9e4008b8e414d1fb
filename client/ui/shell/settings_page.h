// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/notifications.h"

#include <QWidget>

namespace vorfahrt::client::ui {

class NotificationCard;
class SegmentedControl;

// Look, language and notifications of this desk.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    SettingsPage(Theme& theme, const QString& language, QWidget* parent = nullptr);
    void setNotifications(const viewmodel::NotificationSettings& settings);

Q_SIGNALS:
    void languageChosen(const QString& language);
    void themeChosen(int mode);
    void zoomChosen(int percent);
    void reducedMotionChosen(bool reduced);
    // To the page where keys are listed and changed.
    void keysRequested();
    void notificationsChosen(const vorfahrt::client::viewmodel::NotificationSettings& settings);

private:
    Theme& theme_;
    SegmentedControl* themes_;
    NotificationCard* notifications_;
};

}  // namespace vorfahrt::client::ui
