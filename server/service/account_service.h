// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service/batch.h"

namespace vorfahrt::server::service {

// Set-up, codes, passwords and administration as desks ask for them (PROTOCOL.md, section 9). Each
// answers by Outcome::accountResult; a token that ended is Outcome::code Unauthenticated. Passwords
// come as hashes. Store thread.
void runSetup(Batch& batch, const SetupRequest& request, Outcome& outcome);
void redeemCode(Batch& batch, const RedeemRequest& request, Outcome& outcome);
// First half of a change of password: the stored hash, or the answer where it was done already.
void findPassword(Batch& batch, const FindPasswordRequest& request, Outcome& outcome);
void changePassword(Batch& batch, const ChangePasswordRequest& request, Outcome& outcome);
// SignOutEverywhere, AddSite, AddUser, IssueCode, DisableUser.
void administerAccounts(Batch& batch, const AccountAdminRequest& request, Outcome& outcome);

}  // namespace vorfahrt::server::service
