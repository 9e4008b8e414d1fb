// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/tokens_gen.h"

#include <QColor>
#include <QPalette>

namespace vorfahrt::client::ui {

// The colour of a role while the system's contrast is high: one of its few colours. Grounds are one
// colour then; edges, words and shapes tell things apart.
QColor contrastColor(const QPalette& system, Role role);

}  // namespace vorfahrt::client::ui
