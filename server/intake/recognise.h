// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/intake/enquiry.h"
#include "server/intake/mail.h"
#include "server/intake/mail_rule.h"

#include <string>
#include <vector>

namespace vorfahrt::server::intake {

enum class NotRecognised {
    None,
    AutoReply,       // absence notes and the like
    Bulk,            // newsletters and lists
    DeliveryReport,  // bounces and receipts
    NoRule,          // nothing that any parser understands
    Incomplete,      // a rule or ADF was met, but something is missing
};

// What a mail is. enquiries is empty exactly when why is not None; such a mail goes to the "not
// recognised" list with its original and is never guessed into a lead.
struct Recognition {
    std::vector<Enquiry> enquiries;  // one, but an ADF file may hold several prospects
    std::string parser;              // "adf/1", "german-labels/1"; kept with the result
    NotRecognised why = NotRecognised::None;
    std::string reason;  // for the list; English key words, nothing out of the mail
};

// ADF first (attachments, then bodies), then the rules in their order.
[[nodiscard]] Recognition recognise(const Mail& mail, const std::vector<MailRule>& rules);

}  // namespace vorfahrt::server::intake
