// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"

#include <QString>

namespace vorfahrt::client::viewmodel {

enum class TrayKind { Note, Status, Release, Customer, Contact, Vehicle, Lead, Intake, Other };

[[nodiscard]] TrayKind kindOf(const replica::TrayItem& item);
// "Note for Sabine Krüger", "Status: Jana Weiß to “Offer”".
[[nodiscard]] QString trayTitle(const replica::TrayItem& item);
// What the user typed, for copying; empty where nothing was typed.
[[nodiscard]] QString typedText(const replica::TrayItem& item);
// The lead of a refused note; none for anything else.
[[nodiscard]] LeadId leadOfNote(const replica::TrayItem& item);

}  // namespace vorfahrt::client::viewmodel
