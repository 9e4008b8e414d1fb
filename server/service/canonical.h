// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/customer.pb.h"

#include <string>
#include <string_view>

namespace vorfahrt::server::service {

// The form of a contact by which enquiries are matched (G-11): the lower-case address or the E.164
// number; empty where the value is neither. Pure.
[[nodiscard]] std::string canonicalContact(record::ContactKind kind, std::string_view value);

}  // namespace vorfahrt::server::service
