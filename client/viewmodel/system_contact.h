// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QCoreApplication>

namespace vorfahrt::client::viewmodel {

// A mail or a call by the programs of the system: opens the link and notes the contact in the
// timeline of the customer, and of the lead where one is chosen. Offline too; undo takes the note
// back, not the call.
class SystemContact {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::viewmodel::SystemContact)

public:
    // Whether there is a link for the text at all.
    static bool isPossible(const record::ContactPoint& point);
    // false, with a sentence above the page: nothing was opened, and nothing noted.
    static bool start(Desk& desk, CustomerId customer, LeadId lead, const std::string& site,
                      const record::ContactPoint& point);
    // Whom a key calls or writes to: the preferred one, else the first that is possible and was not
    // objected to. Null: nobody.
    static const record::ContactPoint* best(
        const std::vector<replica::Item<record::ContactPoint>>& points, bool mail);
};

}  // namespace vorfahrt::client::viewmodel
