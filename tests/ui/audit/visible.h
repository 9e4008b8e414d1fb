// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace vorfahrt::test {

// The page and all that is visible in it, parents first; without the parts that Qt's own widgets
// are made of, but with the viewports of scroll areas.
std::vector<QWidget*> visibleWidgets(QWidget& page);
std::vector<QWidget*> visibleChildren(QWidget& parent);

}  // namespace vorfahrt::test
