// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/intake/mail.h"
#include "server/intake/mail_rule.h"

namespace vorfahrt::server::intake {

// True if the sender and the subject are those of the rule. Linear in the text.
[[nodiscard]] bool ruleMatches(const MailRule& rule, const Mail& mail);

// Reads labelled values ("Telefon: 040 ...", table rows, a label above its value) as the rule says.
// Not guessed: without enough known labels, a contact, and a vehicle or a message it is an error
// value that says what is missing, without any content of the mail.
[[nodiscard]] Result<Enquiry> parseLabelMail(const MailRule& rule, const Mail& mail);

}  // namespace vorfahrt::server::intake
