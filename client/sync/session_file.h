// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/sync_status.h"
#include "common/base/random.h"
#include "common/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace vorfahrt::client::sync {

// Who was signed in last, so that the desk starts without a network: one file of mode 0600 in the
// data folder. Written by rename, so it is the old or the new one after a crash. The token is a
// secret.
struct SessionState {
    std::string deviceId;  // 16 bytes, made once
    std::string token;     // empty: nobody is signed in
    Account account;
    std::vector<std::string> revoke;  // tokens that the server may still take, of earlier logouts
};

[[nodiscard]] Result<SessionState> readSession(const std::filesystem::path& folder, Random& random);
[[nodiscard]] Status writeSession(const std::filesystem::path& folder, const SessionState& state);
// The replica of this account on this server.
[[nodiscard]] std::filesystem::path replicaFile(const std::filesystem::path& folder,
                                                const std::string& server, AccountId account);

}  // namespace vorfahrt::client::sync
