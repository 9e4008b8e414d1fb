// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace vorfahrt::client::ui {

// What the person chose in the system's own settings. A value, so that tests choose it.
struct SystemLook {
    bool dark = false;
    bool reducedMotion = false;
    bool highContrast = false;
    // Colours of the system, used while its contrast is high.
    QPalette palette;
};

// Reads the settings as they are now. started: the palette of the application before the theme set
// its own. On Windows all of them are read; elsewhere the palette says light or dark, and the rest
// is left to the settings of the desk.
SystemLook readSystemLook(const QPalette& started);

}  // namespace vorfahrt::client::ui
