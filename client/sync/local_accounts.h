// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/people.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::client::sync {

// Who may open what on this computer, without a network: the session that the key store gives back
// after a restart, or the password of a person who has signed in here before. One person at a time;
// leave() forgets everything that would open his files. No socket and no replica. Store thread.
class LocalAccounts {
public:
    LocalAccounts(People people, keys::KeyStore& store, const Clock& clock, Random& random,
                  keys::PasswordCost cost);
    ~LocalAccounts();
    LocalAccounts(const LocalAccounts&) = delete;
    LocalAccounts& operator=(const LocalAccounts&) = delete;

    // Reads the files, takes over what an older program left. Nobody may be signed in.
    void load(std::string server);
    [[nodiscard]] const std::string& deviceId() const { return device_.deviceId; }
    [[nodiscard]] KeyStoreState keyStore() const { return storeState_; }
    // Of this server, the last one first.
    [[nodiscard]] std::vector<Person> people() const;
    // Of logouts that this server has not heard of, as far as they can be read now.
    [[nodiscard]] std::vector<std::string> tokensToRevoke();

    // The person who was signed in when the program ended. NotFound: nobody, or the key store does
    // not give the key back (keyStore() says why).
    [[nodiscard]] Status reopen();

    // What is known of who has this login here.
    struct Known {
        bool opensOffline = false;
        bool needsServer = false;
    };
    [[nodiscard]] Known known(const std::string& login) const;
    struct Opening {
        ErrorCode code = ErrorCode::Ok;
        Millis wait{0};     // with RateLimited
        int triesLeft = 0;  // with Unauthenticated
    };
    // Opens the person's files with his password. Unauthenticated: wrong; RateLimited: too soon
    // after wrong ones; Forbidden: too many, the server has to say that it is him; NotFound: he has
    // never signed in here. A try is counted on the disk before it is made.
    [[nodiscard]] Opening openWith(const std::string& login, const std::string& password);

    // The server said that it is him.
    void signedIn(const Account& account, const std::string& token, const std::string& password);
    // The server has taken the new password of who is signed in.
    [[nodiscard]] Status passwordChanged(const std::string& password);
    // From now on only his password opens his files; the token stays, sealed.
    void leave();
    // The same; the token, which is to be revoked, goes to tokensToRevoke().
    void signOut();
    // The server does not take the token any more.
    void tokenLost();
    void tokenRevoked(const std::string& token);

    [[nodiscard]] bool isOpen() const { return open_.has_value(); }
    // Of who is signed in.
    [[nodiscard]] const Account& account() const { return open_->person.account; }
    [[nodiscard]] const std::string& token() const { return open_->secrets.token; }
    [[nodiscard]] std::filesystem::path replicaFile() const;

private:
    struct Open {
        PersonFile person;
        std::string key;
        PersonSecrets secrets;
    };
    [[nodiscard]] std::optional<PersonFile> find(const std::string& login) const;
    void takeOver();
    void begin(PersonFile person, std::string key, PersonSecrets secrets);
    [[nodiscard]] bool keepKey();
    [[nodiscard]] Status save();
    void saveDevice();
    void keepForRevocation(const std::string& token);
    [[nodiscard]] Result<std::string> protect(const std::string& secret);
    [[nodiscard]] Result<std::string> unprotect(const std::string& kept);

    People people_;
    keys::KeyStore& store_;
    const Clock& clock_;
    Random& random_;
    keys::PasswordCost cost_;
    std::string server_;
    DeviceFile device_;
    KeyStoreState storeState_ = KeyStoreState::Ready;
    std::optional<Open> open_;
    std::map<std::string, Millis> lastTry_;  // steady, by person
    // Token and what the key store keeps it by; without a key store it is here only.
    std::map<std::string, std::string> revoke_;
};

}  // namespace vorfahrt::client::sync
