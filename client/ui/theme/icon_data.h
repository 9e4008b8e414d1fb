// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/tokens_gen.h"

#include <array>
#include <span>

namespace vorfahrt::client::ui {

// One outline on the 24 unit grid: a letter per element (M and L take 2 numbers, C takes 6, Z
// none).
struct IconData {
    const char* name;
    const char* verbs;
    std::span<const float> points;
};

extern const std::array<IconData, kIconCount> kIconData;

}  // namespace vorfahrt::client::ui
