// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <algorithm>
#include <array>

namespace vorfahrt::client::ui {

// Columns of a page by the width of the window (design, section 2), in design pixels.
struct PageColumns {
    int from;
    int list;
    int context;
    bool drawer;  // the context lies above the page and is opened with Ctrl+I
};
inline constexpr std::array<PageColumns, 4> kPageColumns{{{1800, 600, 352, false},
                                                          {1500, 520, 352, false},
                                                          {1280, 480, 352, true},
                                                          {0, 360, 320, true}}};
// Pixels at any zoom: what a person may drag a column to.
inline constexpr int kMinList = 360;
inline constexpr int kMinDetail = 560;
inline constexpr int kMinContext = 320;
inline constexpr int kRailExpandedFrom = kPageColumns[0].from;

// Index into kPageColumns; the text size counts, so that a zoomed page is a narrower one.
[[nodiscard]] inline int layoutClassOf(const Theme& theme, int windowWidth) {
    int found = 0;
    while (windowWidth < theme.px(kPageColumns[static_cast<std::size_t>(found)].from)) {
        ++found;
    }
    return found;
}

// First width of the list; the detail keeps its least width.
[[nodiscard]] inline int listWidthOf(const Theme& theme, int layoutClass, int windowWidth,
                                     bool withContext) {
    const PageColumns& columns = kPageColumns[static_cast<std::size_t>(layoutClass)];
    const int rail = theme.px(layoutClass == 0 ? size::kRailExpanded : size::kRailCollapsed);
    const int context = withContext && !columns.drawer ? theme.px(columns.context) : 0;
    constexpr int kGrips = 10;
    const int room = windowWidth - rail - context - kGrips - kMinDetail;
    return std::clamp(theme.px(columns.list), kMinList, std::max(kMinList, room));
}

}  // namespace vorfahrt::client::ui
