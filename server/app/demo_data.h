// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/app/admin_store.h"

#include <string>

namespace vorfahrt::server::app {

// The demo dealer group "Autohaus Brandt & Söhne": two sites, ten people, 500 customers with their
// vehicles, 60 leads. Names are invented and the same each time; only ids and times differ. Answers
// a line of JSON with the logins, the source addresses and the ids.
[[nodiscard]] Result<std::string> seedDemoData(AdminStore& store, const std::string& password);

}  // namespace vorfahrt::server::app
