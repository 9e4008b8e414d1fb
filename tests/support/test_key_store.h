// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/keys/key_store.h"
#include "client/keys/sealing.h"
#include "client/sync/sync_thread.h"
#include "common/base/random.h"

#include <memory>
#include <set>

namespace vorfahrt::test {

// A key store that every program of the tests shares: what one run keeps, the next one opens. With
// a state of its own it is missing or locked, and counts what it is asked.
class TestKeyStore final : public client::keys::KeyStore {
public:
    State state() override { return now; }
    Result<std::string> protect(std::string_view, std::string_view secret) override {
        VF_CHECK(ready());
        return client::keys::seal(kKey, "test key store", secret, random_);
    }
    Result<std::string> unprotect(std::string_view kept) override {
        VF_CHECK(ready());
        if (forgotten.contains(std::string(kept))) {
            return fail(ErrorCode::NotFound, "forgotten");
        }
        auto secret = client::keys::open(kKey, "test key store", kept);
        return secret ? secret : fail(ErrorCode::NotFound, "of another store");
    }
    void forget(std::string_view kept) override { forgotten.emplace(kept); }

    State now = State::Ready;
    std::set<std::string> forgotten;

private:
    [[nodiscard]] Status ready() const {
        switch (now) {
            case State::Missing: return fail(ErrorCode::Unavailable, "test: missing");
            case State::Locked: return fail(ErrorCode::Forbidden, "test: locked");
            case State::Ready: break;
        }
        return {};
    }

    static constexpr std::string_view kKey = "no secret: the tests share it...";
    SystemRandom random_;
};

// A desk of the tests comes back after a restart as one of a person with a key store does.
inline client::sync::SyncThread::Options withTestKeys(client::sync::SyncThread::Options options) {
    options.keyStore = std::make_shared<TestKeyStore>();
    return options;
}

}  // namespace vorfahrt::test
