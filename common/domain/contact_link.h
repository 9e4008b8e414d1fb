// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vorfahrt::domain {

// Links that the programs of the system open. Whatever the text holds, the result names one
// address or number and nothing else: no header, no second receiver, no other scheme.

// "mailto:s.krueger@example.org" (RFC 6068); empty where the text is no address.
[[nodiscard]] std::string mailtoUri(std::string_view address);

// "tel:+491713920045" (RFC 3966); short numbers by their digits; empty where there are none.
[[nodiscard]] std::string telUri(std::string_view number);

}  // namespace vorfahrt::domain
