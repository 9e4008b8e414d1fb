// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/local_accounts.h"

#include "common/base/log.h"

#include <algorithm>
#include <utility>

namespace vorfahrt::client::sync {
namespace {

constexpr std::string_view kLabel = "Vorfahrt";
constexpr std::size_t kMaxRevoke = 8;

// As the server compares logins.
std::string folded(std::string_view login) {
    const auto first = login.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    std::string out(login.substr(first, login.find_last_not_of(" \t\r\n") - first + 1));
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string lockContext(const PersonFile& person) {
    return contextOf(person, "vorfahrt lock 1");
}

}  // namespace

LocalAccounts::LocalAccounts(People people, keys::KeyStore& store, const Clock& clock,
                             Random& random, keys::PasswordCost cost)
    : people_(std::move(people)),
      store_(store),
      clock_(clock),
      random_(random),
      cost_(cost) {}

LocalAccounts::~LocalAccounts() {
    if (open_) {
        keys::wipe(open_->key);
        keys::wipe(open_->secrets.token);
    }
}

void LocalAccounts::load(std::string server) {
    server_ = std::move(server);
    revoke_.clear();
    if (auto device = people_.readDevice(random_)) {
        device_ = std::move(*device);
    } else {
        log::error("accounts", "device file: {}", name(device.error().code));
        device_.deviceId = random_.bytes(16);
    }
    switch (store_.state()) {
        case keys::KeyStore::State::Ready: storeState_ = KeyStoreState::Ready; break;
        case keys::KeyStore::State::Missing: storeState_ = KeyStoreState::Missing; break;
        case keys::KeyStore::State::Locked: storeState_ = KeyStoreState::Locked; break;
    }
    takeOver();
    for (const std::string& kept : device_.revoke) {
        const auto secret = unprotect(kept);
        const auto end = secret ? secret->find('\n') : std::string::npos;
        if (end != std::string::npos && secret->substr(0, end) == server_) {
            revoke_.emplace(secret->substr(end + 1), kept);
        }
    }
}

// Without a key store there is nothing yet that could seal the token: it is used as it was, and the
// old file goes at the next login with a password.
void LocalAccounts::takeOver() {
    const auto old = people_.readOldSession();
    if (!old || server_.empty()) {
        return;
    }
    for (const std::string& token : old->revoke) {
        keepForRevocation(token);
    }
    if (!old->token.empty() && !old->account.id.isNone()) {
        PersonFile person;
        person.server = server_;
        person.account = old->account;
        begin(std::move(person), random_.bytes(keys::kKeyBytes),
              {.token = old->token, .revoke = {}});
        if (open_->person.kept.empty()) {
            return;
        }
        // As reopen() finds him.
        open_.reset();
    }
    people_.removeOldSession();
}

std::vector<Person> LocalAccounts::people() const {
    std::vector<Person> list;
    for (const PersonFile& file : people_.all()) {
        if (file.server != server_) {
            continue;
        }
        Person person;
        person.login = file.account.login;
        person.opensOffline = file.lock.isSet();
        if (!file.account.tenants.empty()) {
            person.name = file.account.tenants.front().userName;
            person.business = file.account.tenants.front().name;
        }
        list.push_back(std::move(person));
    }
    return list;
}

std::vector<std::string> LocalAccounts::tokensToRevoke() {
    std::vector<std::string> tokens;
    for (const auto& [token, kept] : revoke_) {
        tokens.push_back(token);
    }
    if (open_) {
        tokens.insert(tokens.end(), open_->secrets.revoke.begin(), open_->secrets.revoke.end());
    }
    return tokens;
}

Status LocalAccounts::reopen() {
    if (open_) {
        return {};
    }
    if (device_.current.empty()) {
        return fail(ErrorCode::NotFound, "nobody was signed in");
    }
    VF_TRY(PersonFile person, people_.read(device_.current));
    if (person.server != server_ || person.kept.empty()) {
        return fail(ErrorCode::NotFound, "nobody was signed in here");
    }
    VF_TRY(std::string key, unprotect(person.kept));
    VF_TRY(PersonSecrets secrets, openSecrets(person, key));
    open_ = Open{std::move(person), std::move(key), std::move(secrets)};
    return {};
}

std::optional<PersonFile> LocalAccounts::find(const std::string& login) const {
    for (PersonFile& person : people_.all()) {
        if (person.server == server_ && folded(person.account.login) == folded(login)) {
            return std::move(person);
        }
    }
    return std::nullopt;
}

LocalAccounts::Known LocalAccounts::known(const std::string& login) const {
    const auto person = find(login);
    return {.opensOffline = person && person->lock.isSet(),
            .needsServer = !person || person->needsServer};
}

LocalAccounts::Opening LocalAccounts::openWith(const std::string& login,
                                               const std::string& password) {
    auto person = find(login);
    if (!person || !person->lock.isSet()) {
        return {.code = ErrorCode::NotFound};
    }
    if (person->tries.isOver()) {
        return {.code = ErrorCode::Forbidden};
    }
    const std::string who = People::keyOf(person->server, person->account.id);
    if (const auto last = lastTry_.find(who); last != lastTry_.end()) {
        person->tries.steady = last->second;
    }
    const std::int64_t before = person->tries.lastMs;
    const Millis wait = keys::remainingWait(person->tries, clock_);
    if (wait > Millis(0)) {
        if (person->tries.lastMs != before && !people_.write(*person)) {
            return {.code = ErrorCode::Unavailable};
        }
        return {.code = ErrorCode::RateLimited, .wait = wait};
    }
    keys::countTry(person->tries, clock_);
    lastTry_[who] = clock_.steady();
    if (!people_.write(*person)) {
        return {.code = ErrorCode::Unavailable};
    }
    auto key = keys::openLock(person->lock, password, lockContext(*person));
    if (!key) {
        log::info("accounts", "password not taken: {}", name(key.error().code));
        if (key.error().code == ErrorCode::Unauthenticated && person->tries.isOver()) {
            return {.code = ErrorCode::Forbidden};
        }
        return {.code = key.error().code,
                .wait = keys::waitAfter(person->tries.wrong),
                .triesLeft = keys::kMaxTries - person->tries.wrong};
    }
    person->tries = {};
    lastTry_.erase(who);
    auto secrets = openSecrets(*person, *key);
    if (!secrets) {
        log::error("accounts", "secrets of a person: {}", name(secrets.error().code));
    }
    begin(std::move(*person), std::move(*key), secrets ? std::move(*secrets) : PersonSecrets{});
    return {};
}

void LocalAccounts::signedIn(const Account& account, const std::string& token,
                             const std::string& password) {
    PersonFile person;
    if (auto stored = people_.read(People::keyOf(server_, account.id))) {
        person = std::move(*stored);
    }
    person.server = server_;
    person.account = account;
    person.tries = {};
    PersonSecrets secrets;
    std::string key;
    bool opens = false;
    if (person.lock.isSet()) {
        if (auto opened = keys::openLock(person.lock, password, lockContext(person))) {
            key = std::move(*opened);
            opens = true;
        }
    }
    if (open_ && open_->person.account.id == account.id) {
        key = open_->key;
        secrets = open_->secrets;
    } else if (auto known = opens ? openSecrets(person, key) : fail(ErrorCode::NotFound)) {
        secrets = std::move(*known);
    }
    if (key.empty()) {
        key = random_.bytes(keys::kKeyBytes);
    }
    if (!opens) {
        auto lock = keys::makeLock(password, lockContext(person), key, cost_, random_);
        if (lock) {
            person.lock = std::move(*lock);
        } else {
            log::error("accounts", "password lock: {}", name(lock.error().code));
        }
    }
    secrets.token = token;
    const std::string who = People::keyOf(server_, account.id);
    lastTry_.erase(who);
    if (open_ && open_->person.account.id != account.id) {
        leave();
    }
    begin(std::move(person), std::move(key), std::move(secrets));
    people_.removeOldSession();
}

void LocalAccounts::begin(PersonFile person, std::string key, PersonSecrets secrets) {
    const std::string old = std::exchange(person.kept, {});
    open_ = Open{std::move(person), std::move(key), std::move(secrets)};
    open_->person.usedMs = toUnixMs(clock_.now());
    open_->person.needsServer = open_->secrets.token.empty();
    if (!old.empty()) {
        store_.forget(old);
    }
    const bool stays = keepKey();
    if (auto status = save(); !status) {
        log::error("accounts", "person file: {}", name(status.error().code));
    }
    device_.current =
        stays ? People::keyOf(open_->person.server, open_->person.account.id) : std::string();
    saveDevice();
}

bool LocalAccounts::keepKey() {
    auto kept = protect(open_->key);
    open_->person.kept = kept ? std::move(*kept) : std::string();
    return !open_->person.kept.empty();
}

Status LocalAccounts::save() {
    // Nothing opens it again: an old session that no key store and no password seals.
    if (open_->person.kept.empty() && !open_->person.lock.isSet()) {
        return {};
    }
    VF_TRY(open_->person.sealed, sealSecrets(open_->person, open_->key, open_->secrets, random_));
    return people_.write(open_->person);
}

void LocalAccounts::saveDevice() {
    if (auto status = people_.writeDevice(device_); !status) {
        log::error("accounts", "device file: {}", name(status.error().code));
    }
}

Status LocalAccounts::passwordChanged(const std::string& password) {
    if (!open_) {
        return fail(ErrorCode::NotFound, "nobody is signed in");
    }
    VF_TRY(open_->person.lock,
           keys::makeLock(password, lockContext(open_->person), open_->key, cost_, random_));
    return save();
}

void LocalAccounts::leave() {
    if (!open_) {
        return;
    }
    const std::string kept = std::exchange(open_->person.kept, {});
    open_->person.needsServer = open_->secrets.token.empty();
    if (auto status = save(); !status) {
        log::error("accounts", "person file: {}", name(status.error().code));
    }
    device_.current.clear();
    saveDevice();
    if (!kept.empty()) {
        store_.forget(kept);
    }
    keys::wipe(open_->key);
    keys::wipe(open_->secrets.token);
    open_.reset();
    // An old session that nothing could seal: it must not open at the next start.
    people_.removeOldSession();
}

void LocalAccounts::signOut() {
    if (!open_) {
        return;
    }
    const std::string token = std::exchange(open_->secrets.token, {});
    if (!token.empty()) {
        keepForRevocation(token);
        // Without a key store nothing keeps it over a restart but his own file.
        if (revoke_[token].empty() && open_->secrets.revoke.size() < kMaxRevoke) {
            open_->secrets.revoke.push_back(token);
        }
    }
    leave();
}

void LocalAccounts::tokenLost() {
    if (open_) {
        open_->secrets.token.clear();
        open_->person.needsServer = true;
        if (auto status = save(); !status) {
            log::error("accounts", "person file: {}", name(status.error().code));
        }
        people_.removeOldSession();
    }
}

void LocalAccounts::keepForRevocation(const std::string& token) {
    auto kept = protect(server_ + "\n" + token);
    revoke_[token] = kept ? *kept : std::string();
    if (kept) {
        device_.revoke.push_back(*kept);
        while (device_.revoke.size() > kMaxRevoke) {
            store_.forget(device_.revoke.front());
            device_.revoke.erase(device_.revoke.begin());
        }
        saveDevice();
    }
}

void LocalAccounts::tokenRevoked(const std::string& token) {
    if (const auto it = revoke_.find(token); it != revoke_.end()) {
        if (!it->second.empty()) {
            std::erase(device_.revoke, it->second);
            saveDevice();
            store_.forget(it->second);
        }
        revoke_.erase(it);
    }
    if (open_ && std::erase(open_->secrets.revoke, token) > 0) {
        if (auto status = save(); !status) {
            log::error("accounts", "person file: {}", name(status.error().code));
        }
    }
}

std::filesystem::path LocalAccounts::replicaFile() const {
    return people_.replicaFile(People::keyOf(open_->person.server, open_->person.account.id));
}

Result<std::string> LocalAccounts::protect(const std::string& secret) {
    auto kept = store_.protect(kLabel, secret);
    storeState_ = kept                                        ? KeyStoreState::Ready
                  : kept.error().code == ErrorCode::Forbidden ? KeyStoreState::Locked
                                                              : KeyStoreState::Missing;
    return kept;
}

Result<std::string> LocalAccounts::unprotect(const std::string& kept) {
    auto secret = store_.unprotect(kept);
    if (!secret && secret.error().code == ErrorCode::Forbidden) {
        storeState_ = KeyStoreState::Locked;
    }
    return secret;
}

}  // namespace vorfahrt::client::sync
