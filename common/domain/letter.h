// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/customer.pb.h"

#include <string>
#include <vector>

namespace vorfahrt::domain {

// How a customer is written to in German (G-13), whatever the language of the desk.

// "Sehr geehrte Frau Dr. Müller,", "Guten Tag Alex Meier,", "Sehr geehrte Familie Öztürk,",
// "Liebe Sabine,". A company is addressed by its contact person, or "Damen und Herren". Never
// guesses a gender.
[[nodiscard]] std::string letterSalutation(const record::Customer& customer);

// The lines of the address field by DIN 5008, at most six, none empty: "Frau" / "Dr. Sabine Krüger"
// / "Tannenstieg 14" / "22043 Hamburg"; a foreign country last, in capitals.
[[nodiscard]] std::vector<std::string> addressBlock(const record::Customer& customer);

// "Dr. Sabine von Krüger": all parts of a person's name in order; empty where there are none.
[[nodiscard]] std::string personName(const record::Customer& customer);

}  // namespace vorfahrt::domain
