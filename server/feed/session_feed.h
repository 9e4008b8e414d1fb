// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/limits.h"
#include "common/schema/sync.pb.h"
#include "server/feed/delta_pages.h"
#include "server/store/store.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::server::feed {

// Sizes that tests make small.
struct FeedLimits {
    std::size_t creditBytes = 1024 * 1024;
    // Bodies of one snapshot chunk before compression; with keys it stays below 128 KiB, and one
    // row more than fits stays below a frame.
    std::size_t chunkBytes = 100 * 1024;
    std::size_t deltaFrameBytes = 128 * 1024;
    // More than this is bulk: applied frame by frame.
    int plainEntries = 2000;
    std::size_t plainBytes = 512 * 1024;
};

// The reading side of one connection: what the desk holds of each tenant, and what it must be sent
// next. Keeps positions, never data: each pump() reads the log from where the desk is. Pure but for
// the ReadStore that is passed in; the owner sees to it that one call runs at a time.
class SessionFeed {
public:
    explicit SessionFeed(FeedLimits limits = {})
        : limits_(limits) {}

    // The first message. Unauthenticated, BadVersion, Forbidden and BadFrame end the connection.
    [[nodiscard]] Result<wire::Down> hello(const wire::Hello& hello, store::ReadStore& store,
                                           TimePoint now);
    // BadOrder where the tenant does not wait for them.
    [[nodiscard]] Result<wire::Down> cursors(const wire::Cursors& cursors, store::ReadStore& store,
                                             TimePoint now);
    // The desk has made this much durable.
    void credit(std::uint64_t bytes);
    // A tenant has a new head; forgotten where the session does not span it.
    void committed(TenantId tenant, Seq head);
    // Compute the rights anew at the next pump, head or not.
    void recheckRights();

    // Frames in the order in which they must be sent, at most about `budget` bytes: ended rights
    // first, then stored results, Deltas, Snapshots. An error (Unauthenticated, Forbidden,
    // EpochChanged or the store's) ends the connection.
    [[nodiscard]] Result<std::vector<wire::Down>> pump(store::ReadStore& store, TimePoint now,
                                                       std::size_t budget);
    // There is something that a pump could send now.
    [[nodiscard]] bool wantsPump() const;

    [[nodiscard]] AccountId account() const { return account_; }
    [[nodiscard]] DeviceId device() const { return device_; }
    [[nodiscard]] ReplicaId replica() const { return replica_; }
    [[nodiscard]] const std::string& tokenHash() const { return tokenHash_; }
    // After Hello: the use of the token must be kept now (service::TokenUsedRequest).
    [[nodiscard]] bool tokenUseDue() const { return tokenUseDue_; }
    [[nodiscard]] bool spans(TenantId tenant) const;
    [[nodiscard]] std::vector<TenantId> tenants() const;
    [[nodiscard]] std::int64_t creditLeft() const { return credit_; }

private:
    struct Scope {
        std::string name;
        std::uint32_t number = 0;
        bool complete = false;
        bool started = false;                 // receives Deltas
        std::size_t table = 0;                // place in the order of tables
        RowId after;                          // last row sent of this table
        std::optional<store::ScopeSum> sent;  // sum of the last Checkpoint
    };
    struct Tenant {
        TenantId id;
        UserId user;
        std::string epoch;
        Seq cursor{0};
        std::optional<EntryPlace> partial;  // of the change after cursor, sent up to here
        Seq head{0};                        // newest that was heard of
        Seq rightsAt{0};                    // head at which the rights were read
        bool waiting = false;               // for Cursors
        bool dirty = false;
        bool recheck = false;
        bool blocked = false;  // until credit comes
        Seq poked{0};
        Seq checked{0};              // seq of the last Checkpoint
        std::optional<Mid> results;  // stored results are sent from here
        std::vector<Scope> scopes;
    };
    // What one pump has made so far.
    struct Output {
        std::vector<wire::Down> frames;
        std::size_t bytes = 0;
        std::size_t budget = 0;
        [[nodiscard]] bool full() const { return bytes >= budget; }
        [[nodiscard]] std::size_t left() const { return full() ? 0 : budget - bytes; }
    };

    [[nodiscard]] Result<wire::Down> open(const wire::Hello& hello, store::ReadStore& store,
                                          TimePoint now);
    [[nodiscard]] Result<wire::Down> openWith(const wire::Cursors& cursors, Tenant& tenant,
                                              store::ReadStore& store, TimePoint now);
    [[nodiscard]] Status authenticate(std::string_view token, store::ReadStore& store,
                                      TimePoint now);
    [[nodiscard]] Status checkAccount(store::ReadStore& store) const;
    [[nodiscard]] Result<UserId> userIn(TenantId tenant, store::ReadStore& store) const;
    [[nodiscard]] Result<std::vector<std::string>> scopesNow(const Tenant& tenant,
                                                             store::ReadStore& store) const;
    [[nodiscard]] Status openTenant(const wire::TenantHello& hello, store::ReadStore& store,
                                    wire::TenantWelcome& welcome);
    [[nodiscard]] wire::Down welcomeFrame(TimePoint now) const;
    [[nodiscard]] Status welcomeTenant(const Tenant& tenant, store::ReadStore& store,
                                       wire::TenantWelcome& welcome) const;
    Scope& addScope(Tenant& tenant, const std::string& name);
    [[nodiscard]] Tenant* find(TenantId id);

    [[nodiscard]] Status pumpAll(store::ReadStore& store, TimePoint now, Output& out);
    [[nodiscard]] Status refreshTenant(Tenant& tenant, store::ReadStore& store, TimePoint now,
                                       Output& out);
    [[nodiscard]] Status changeScopes(Tenant& tenant, store::ReadStore& store, TimePoint now,
                                      Output& out);
    [[nodiscard]] Status sendResults(Tenant& tenant, store::ReadStore& store, Output& out);
    [[nodiscard]] Status sendDeltas(Tenant& tenant, store::ReadStore& store, Output& out);
    void sendBulk(Tenant& tenant, DeltaPages pages, Output& out);
    [[nodiscard]] Status sendCheckpoint(Tenant& tenant, store::ReadStore& store, Output& out);
    [[nodiscard]] Status sendSnapshots(Tenant& tenant, store::ReadStore& store, Output& out);
    [[nodiscard]] Result<bool> sendChunk(Tenant& tenant, Scope& scope, store::ReadStore& store,
                                         Output& out);
    void send(wire::Down frame, bool costsCredit, Output& out);
    void waitForCredit(Tenant& tenant, Output& out);
    // Fits into the credit, or nothing at all is in flight.
    [[nodiscard]] bool affordable(std::size_t bytes) const;

    FeedLimits limits_;
    AccountId account_;
    DeviceId device_;
    ReplicaId replica_;
    std::string tokenHash_;
    bool tokenUseDue_ = false;
    std::int64_t credit_ = 0;  // below zero after one frame larger than the window
    std::uint32_t lastNumber_ = 0;
    std::vector<Tenant> tenants_;
};

}  // namespace vorfahrt::server::feed
