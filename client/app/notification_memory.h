// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/notifier.h"

#include <filesystem>

namespace vorfahrt::client::app {

// What was told already, in notices.ini of the data folder: ids only, by account and business. A
// file that is damaged means that everything is known.
[[nodiscard]] viewmodel::Notifier::Storage notificationMemory(const std::filesystem::path& dataDir);

}  // namespace vorfahrt::client::app
