// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/customer.pb.h"

#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::server::service {

// The form of a contact by which enquiries are matched (G-11): the lower-case address or the E.164
// number; of a long number without any prefix its digits; empty where the value is none of these.
// Pure.
[[nodiscard]] std::string canonicalContact(record::ContactKind kind, std::string_view value);
// Is this form proof that it is the same contact? Digits without a prefix are none.
[[nodiscard]] bool isSureContact(record::ContactKind kind, std::string_view canonical);
// The canonical forms of a telephone number with and without its trunk 0; none where it is
// ambiguous (domain::nationalDigits). A hint, not proof.
[[nodiscard]] std::vector<std::string> alikeContacts(record::ContactKind kind,
                                                     std::string_view value);

}  // namespace vorfahrt::server::service
