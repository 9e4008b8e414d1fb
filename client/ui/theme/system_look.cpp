// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/system_look.h"

namespace vorfahrt::client::ui {
namespace {

constexpr int kDarkBelow = 128;

}  // namespace

SystemLook readSystemLook(const QPalette& started) {
    SystemLook look;
    look.palette = started;
    look.dark = started.color(QPalette::Window).lightness() < kDarkBelow;
    return look;
}

}  // namespace vorfahrt::client::ui
