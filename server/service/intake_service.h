// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/mutations.pb.h"
#include "server/service/batch.h"
#include "server/service/change_set.h"

namespace vorfahrt::server::service {

// Lead mails on the store thread (DD-25, DD-59): a mail is stored raw and durable first
// (acceptMail, answered with Ok after the commit), then parsed off this thread (readMail), then
// written as a lead in a change of its own (applyRecognised). What lies between is the record's
// state RECEIVED: after a crash findUnparsed gives it again, and applying twice changes nothing.

void findRecipient(Batch& batch, const FindRecipientRequest& request, Outcome& outcome);
void acceptMail(Batch& batch, const MailRequest& request, Outcome& outcome);
void applyRecognised(Batch& batch, const RecognisedRequest& request, Outcome& outcome);
// At most 20 at a time: the owner asks until nothing comes.
void findUnparsed(Batch& batch, Outcome& outcome);
// Parses a message once more that was not recognised, with the rules of today.
void parseAgain(Batch& batch, const ParseAgainRequest& request, Outcome& outcome);

// The effects of intake.convert beside those of the mutator: the lead as the person read it.
[[nodiscard]] Status convertMessage(Batch& batch, ChangeSet& changes,
                                    const wire::IntakeConvertArgs& args);

// Decodes and recognises a stored mail. Pure, any thread; never fails: what cannot be read is not
// recognised.
[[nodiscard]] RecognisedRequest readMail(const ParseJob& job);

}  // namespace vorfahrt::server::service
