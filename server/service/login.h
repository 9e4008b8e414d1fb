// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service/batch.h"

namespace vorfahrt::server::service {

// The stored side of a login (the check of the password is in auth.h). Names never reach a log.
// An unknown, empty or disabled login gives no account: the caller checks against the dummy then.
void findLogin(Batch& batch, const FindLoginRequest& request, Outcome& outcome);
// Reads the account again: one that was disabled meanwhile, or has another password, gets no token.
void issueToken(Batch& batch, const IssueTokenRequest& request, Outcome& outcome);
void useToken(Batch& batch, const TokenUsedRequest& request, Outcome& outcome);
void logout(Batch& batch, const LogoutRequest& request, Outcome& outcome);

}  // namespace vorfahrt::server::service
