// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QWidget>

namespace vorfahrt::client::ui {

class SegmentedControl;

// Look and language of this desk.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    SettingsPage(Theme& theme, const QString& language, QWidget* parent = nullptr);

Q_SIGNALS:
    void languageChosen(const QString& language);
    void themeChosen(int mode);
    void zoomChosen(int percent);
    void reducedMotionChosen(bool reduced);
    // To the page where keys are listed and changed.
    void keysRequested();

private:
    Theme& theme_;
    SegmentedControl* themes_;
};

}  // namespace vorfahrt::client::ui
