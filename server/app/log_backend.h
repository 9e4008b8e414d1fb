// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/log.h"

namespace vorfahrt::server::app {

// Sends the program's log, and what libprotobuf has to say, to standard error as lines of JSON
// (time, level, area, text). Once, before any thread starts.
void useJsonLog(log::Level least);

}  // namespace vorfahrt::server::app
