// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/id.h"
#include "common/schema/sync.pb.h"
#include "server/intake/recognise.h"
#include "server/service/admin.h"
#include "server/store/store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vorfahrt::server::service {

// Who sends, as the session learned it at Hello. What he may do is read anew for each request.
struct Principal {
    AccountId account;
    std::string tokenHash;  // digest32 of the token
    ReplicaId replica;
    DeviceId device;
};

struct PushRequest {
    Principal who;
    wire::Push push;
};

struct ClaimRequest {
    Principal who;
    wire::Claim claim;
};

// Revokes the token of this principal.
struct LogoutRequest {
    Principal who;
};

// A session began with this token: when it was used last is kept. Sent where isUseDue (store.h).
struct TokenUsedRequest {
    std::string tokenHash;
};

// First half of a login: the stored hash. The check itself runs in the pool (auth.h).
struct FindLoginRequest {
    std::string login;
    DeviceId device = {};
};

// Second half, after the password was right: issues a token.
struct IssueTokenRequest {
    AccountId account;
    std::string checkedHash;  // the hash that the password was right for; another one now: refused
    DeviceId device;
    std::string newHash;  // not empty: stored instead of the old one
};

// Requests about accounts (PROTOCOL.md, section 9). Before a session:
struct SetupRequest {
    wire::AccountRequest request;  // a Setup, its password blanked
    std::string passwordHash;
};
struct RedeemRequest {
    std::string id;
    std::string login;  // folded; empty where it cannot be one
    std::string code;   // as it was typed
    std::string passwordHash;
};

// Of a session:
struct FindPasswordRequest {
    Principal who;
    std::string id;
};
struct ChangePasswordRequest {
    Principal who;
    std::string id;
    std::string checkedHash;  // the hash that the old password was right for
    std::string newHash;
};
struct AccountAdminRequest {
    Principal who;
    wire::AccountRequest request;
};

// Returns due leads to the pool; the owner sends it at nextDeadline() of the store.
struct TimerRequest {};

// May mail be taken for this address? Ok or NotFound (RCPT TO).
struct FindRecipientRequest {
    std::string address;
};

// One mail for one recipient; Ok means that it is durable. Parsing follows by Outcome::parse.
struct MailRequest {
    std::string envelopeFrom;
    std::string envelopeTo;
    std::shared_ptr<const std::string> bytes;
};

// A stored mail, parsed by parseMail (intake_service.h) off the store thread. Also for a mail that
// is parsed again.
struct RecognisedRequest {
    TenantId tenant;
    RowId intake;
    std::string messageId;
    std::string sender;
    std::string subject;
    std::string text;
    intake::Recognition recognition;
};

// What is stored and was not parsed when the server stopped: answered by Outcome::parse.
struct UnparsedRequest {};

// A message that was not recognised, read once more: answered by Outcome::parse.
struct ParseAgainRequest {
    TenantId tenant;
    RowId intake;
};

using Request =
    std::variant<PushRequest, ClaimRequest, LogoutRequest, TokenUsedRequest, FindLoginRequest,
                 IssueTokenRequest, SetupRequest, RedeemRequest, FindPasswordRequest,
                 ChangePasswordRequest, AccountAdminRequest, TimerRequest, FindRecipientRequest,
                 MailRequest, RecognisedRequest, UnparsedRequest, ParseAgainRequest, AdminCommand>;

// New head of a tenant: the fan-out reads on from there.
struct Committed {
    TenantId tenant;
    Seq head{0};
};

struct IssuedToken {
    std::string token;
    wire::LoginResult result;  // complete, with the person's tenants
};

// A mail that waits for its parser; a plain value for any thread.
struct ParseJob {
    TenantId tenant;
    RowId intake;
    TimePoint received;
    std::shared_ptr<const std::string> bytes;
    std::string mailRules;  // of the source, JSON
};

struct TenantUser {
    TenantId tenant;
    UserId user;
};

// The answer to one request. Nothing of it may leave before runBatch has returned.
struct Outcome {
    ErrorCode code = ErrorCode::Ok;  // of requests that have no frame to say it in
    std::string detail;              // for the log and the command line; no personal data
    std::vector<wire::Down> replies;
    std::vector<Committed> committed;
    std::vector<AccountId> signedOut;        // end the sessions of these accounts
    std::vector<std::string> tokensRevoked;  // hashes; end their sessions
    std::vector<TenantUser> rightsChanged;   // compute the scopes of these persons anew
    std::optional<store::Account> account;   // FindLogin, FindPassword
    bool knownDevice = false;                // FindLogin: it signed in to this account before
    std::optional<IssuedToken> token;        // IssueToken
    std::optional<wire::AccountResult> accountResult;  // of the requests about accounts
    std::string setupCode;                             // NewSetupCode
    std::vector<ParseJob> parse;                       // Mail, Unparsed
    std::vector<RowId> created;  // Admin: the rows made, in the order of the command
    // The commit failed: what happened is unknown. The owner closes this store, opens it again and
    // only then runs another batch (design.md section 3).
    bool reopen = false;
};

}  // namespace vorfahrt::server::service
