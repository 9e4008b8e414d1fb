// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/keys/key_store.h"
#include "client/keys/sealing.h"
#include "client/keys/tries.h"
#include "client/sync/sync_status.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace vorfahrt::client::sync {

// What is stored of one person of this computer at one server, in a file of his own,
// person-KEY.json of mode 0600: his file is written in his own time only. Name, login and business
// are open to read; what signs in is sealed with a key that his password opens, and while he is
// signed in also the key store of the operating system.
struct PersonFile {
    std::string server;
    Account account;
    std::int64_t usedMs = 0;
    keys::PasswordLock lock;  // none: came from an older program, and has not signed in since
    keys::Tries tries;
    bool needsServer = false;  // no token: the server is asked before the password is tried here
    std::string kept;          // of the key store; empty: the password has to be typed
    std::string sealed;        // PersonSecrets
};

// What PersonFile::sealed holds.
struct PersonSecrets {
    std::string token;                // empty: the next login needs the server
    std::vector<std::string> revoke;  // of earlier logouts that the server has not heard of
};

// What belongs to nobody: device.json.
struct DeviceFile {
    std::string deviceId;  // 16 bytes, made once
    std::string current;   // key of who is signed in; empty: nobody
    // Tokens of logouts that a server has not heard of, each with its server, kept by the key
    // store.
    std::vector<std::string> revoke;
};

// The files above in the data folder, each written by rename: the old or the new one after a
// crash. Store thread.
class People {
public:
    explicit People(std::filesystem::path folder)
        : folder_(std::move(folder)) {}

    // Of a person at a server; also the name of his replica.
    [[nodiscard]] static std::string keyOf(const std::string& server, AccountId account);
    [[nodiscard]] std::filesystem::path replicaFile(const std::string& key) const;

    [[nodiscard]] Result<DeviceFile> readDevice(Random& random) const;
    [[nodiscard]] Status writeDevice(const DeviceFile& device) const;
    [[nodiscard]] Result<PersonFile> read(const std::string& key) const;
    [[nodiscard]] Status write(const PersonFile& person) const;
    // Everybody with a readable file, the last one first.
    [[nodiscard]] std::vector<PersonFile> all() const;

    // NotFound: there is none. The file of the program before there were several people; its token
    // lies open in it.
    struct OldSession {
        std::string deviceId;
        std::string token;
        Account account;
        std::vector<std::string> revoke;
    };
    [[nodiscard]] Result<OldSession> readOldSession() const;
    void removeOldSession() const;

private:
    std::filesystem::path folder_;
};

[[nodiscard]] Result<std::string> sealSecrets(const PersonFile& person, const std::string& key,
                                              const PersonSecrets& secrets, Random& random);
[[nodiscard]] Result<PersonSecrets> openSecrets(const PersonFile& person, const std::string& key);
// What a lock or a sealed value of this person is bound to.
[[nodiscard]] std::string contextOf(const PersonFile& person, std::string_view what);

}  // namespace vorfahrt::client::sync
