// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/system_look.h"

#include <QColor>
#include <QSettings>

#include <windows.h>

namespace vorfahrt::client::ui {
namespace {

QColor systemColor(int index) {
    const COLORREF value = GetSysColor(index);
    return {GetRValue(value), GetGValue(value), GetBValue(value)};
}

QPalette contrastPalette(QPalette palette) {
    const QColor text = systemColor(COLOR_WINDOWTEXT);
    const QColor ground = systemColor(COLOR_WINDOW);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, systemColor(COLOR_GRAYTEXT));
    }
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button}) {
        palette.setColor(role, ground);
    }
    palette.setColor(QPalette::Highlight, systemColor(COLOR_HIGHLIGHT));
    palette.setColor(QPalette::HighlightedText, systemColor(COLOR_HIGHLIGHTTEXT));
    return palette;
}

}  // namespace

SystemLook readSystemLook(const QPalette& started) {
    SystemLook look;
    const QSettings themes(QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\"
                                          "CurrentVersion\\Themes\\Personalize"),
                           QSettings::NativeFormat);
    look.dark = themes.value(QStringLiteral("AppsUseLightTheme"), 1).toInt() == 0;
    BOOL moves = TRUE;
    if (SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, &moves, 0) != 0) {
        look.reducedMotion = moves == FALSE;
    }
    HIGHCONTRASTW contrast{};
    contrast.cbSize = sizeof(contrast);
    if (SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof(contrast), &contrast, 0) != 0) {
        look.highContrast = (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0;
    }
    look.palette = look.highContrast ? contrastPalette(started) : started;
    return look;
}

}  // namespace vorfahrt::client::ui
