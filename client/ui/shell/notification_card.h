// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/notifications.h"

#include <QWidget>

#include <array>
#include <vector>

namespace vorfahrt::client::ui {

class ContextCard;
class SegmentedControl;
class TextField;

// What is told, how, and when not. Hours that are not hours are said at their field and the last
// good ones hold.
class NotificationCard final : public QWidget {
    Q_OBJECT

public:
    explicit NotificationCard(Theme& theme, QWidget* parent = nullptr);
    void setSettings(const viewmodel::NotificationSettings& settings);

Q_SIGNALS:
    void chosen(const vorfahrt::client::viewmodel::NotificationSettings& settings);

private:
    void addSwitch(const char* name, const QString& label,
                   bool viewmodel::NotificationSettings::* member);
    void hoursTyped(std::size_t day);
    void showHours();

    struct Switch {
        SegmentedControl* control;
        bool viewmodel::NotificationSettings::* member;
    };
    Theme& theme_;
    ContextCard* card_;
    viewmodel::NotificationSettings settings_;
    std::vector<Switch> switches_;
    std::array<TextField*, viewmodel::NotificationSettings::kDays> hours_{};
    QWidget* hoursHost_ = nullptr;
};

}  // namespace vorfahrt::client::ui
