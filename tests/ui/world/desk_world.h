// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/row.h"
#include "common/schema/sync.pb.h"
#include "tests/ui/world/replica_port.h"

#include <QTemporaryDir>

#include <map>
#include <string>
#include <vector>

namespace vorfahrt::test {

// Plays the server for one desk: rows that are put here reach its replica as the frames of the
// protocol. One tenant, one site, one signed-in person. GUI thread.
class DeskWorld {
public:
    explicit DeskWorld(std::int64_t nowMs, std::uint64_t seed = 7);

    ManualClock& clock() { return clock_; }
    SeededRandom& random() { return random_; }
    ReplicaPort& port() { return port_; }
    std::filesystem::path file() const;
    TenantId tenant() const { return tenant_; }
    RowId site() const { return site_; }
    UserId me() const { return me_; }
    const client::sync::Account& account() const { return account_; }

    RowId newId();
    RowId addUser(const std::string& name);
    void setRole(record::Role role);
    RowId addSource(const std::string& name, record::SourceKind kind);
    // In the scope of the site.
    template <class Record>
    void put(RowId id, const Record& record) {
        putRow("site", "user", schema::recordOf<Record>(), id, record);
    }
    // The base scope: users, sites, sources, grants.
    template <class Record>
    void putBase(RowId id, const Record& record) {
        putRow("base", "user", schema::recordOf<Record>(), id, record);
    }
    // Main facet in the teaser scope; nothing private.
    void putTeaser(RowId id, const record::Lead& lead);
    // From the teaser scope to the site, as at a claim; private only for its owner.
    void moveToSite(RowId id, const record::Lead& lead, bool withPrivate);
    void remove(const std::string& scope, std::uint32_t table, RowId id, schema::Facet facet);
    // A message that was not recognised: private facet for managers.
    void putIntake(RowId id, const record::IntakeMessage& message);

    // Sends what was put since the last time.
    void flush();
    // Shows the desk: what a login, or a start with a session, leads to.
    void start(bool online = true);
    void goOffline();
    void goOnline();

private:
    void putRow(const std::string& mainScope, const std::string& privateScope,
                const schema::RecordInfo& info, RowId id, const google::protobuf::Message& record);
    void add(const std::string& scope, const schema::Row& row, schema::Facet facet);
    void enter();

    QTemporaryDir dir_;
    ManualClock clock_;
    SeededRandom random_;
    ReplicaPort port_;
    TenantId tenant_;
    RowId site_;
    UserId me_;
    RowId grant_;
    client::sync::Account account_;
    std::map<std::string, std::uint32_t> scopes_;
    std::vector<wire::Entry> waiting_;
    std::uint64_t seq_ = 1;
    bool entered_ = false;
};

}  // namespace vorfahrt::test
