// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/intake/enquiry.h"

namespace vorfahrt::server::intake {

// Fills what follows from the given parts of a name: "Herr Dr. Max von Muster" and "Muster, Max"
// into salutation, first and last; full from first and last. Never overwrites a given part.
void completeName(EnquiryPerson& person);

}  // namespace vorfahrt::server::intake
