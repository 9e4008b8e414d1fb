// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace vorfahrt::client::ui {

// Puts what takes the focus in `later` (itself too) right behind the last such widget of `before`.
// For parts that were made early and stand low, and for parts that come after their pane was made.
// `later` may be a part of `before`.
void tabBehind(QWidget& before, QWidget& later);

}  // namespace vorfahrt::client::ui
