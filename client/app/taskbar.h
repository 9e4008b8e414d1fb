// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vorfahrt::client::app {

// The number on the program's entry of the taskbar or dock; 0: none. On Linux by the D-Bus signal
// com.canonical.Unity.LauncherEntry, which Plasma and several docks show; elsewhere, and without a
// session bus, nothing happens. GUI thread.
void showTaskbarCount(int count);

}  // namespace vorfahrt::client::app
