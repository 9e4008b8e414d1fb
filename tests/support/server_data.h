// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/base/random.h"
#include "common/schema/org.pb.h"
#include "common/schema/row.h"
#include "server/service/requests.h"
#include "server/store/store.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::test {

// A person with a token, as a desk would have it after a login.
struct SignedIn {
    std::string login;
    AccountId account;
    UserId user;
    DeviceId device;
    ReplicaId replica;
    std::string token;
};

// Fills the database of a server that is not running, through the services that the server itself
// uses: rows, log and scopes are those that a desk would have made, only without a network, and
// hundreds of people need no password hash each. Asserts where setting up fails. One thread.
class ServerData {
public:
    explicit ServerData(const std::filesystem::path& file, std::uint64_t seed = 1);
    ~ServerData();
    ServerData(const ServerData&) = delete;
    ServerData& operator=(const ServerData&) = delete;

    [[nodiscard]] server::service::Outcome run(server::service::Request request);

    [[nodiscard]] TenantId addTenant(std::string_view name);
    [[nodiscard]] RowId addSite(TenantId tenant, std::string_view name,
                                std::uint32_t returnSeconds);
    [[nodiscard]] RowId addSource(TenantId tenant, RowId site, std::string_view name,
                                  std::string_view intakeAddress);
    // passwordHash: for a login over the network; otherwise anything. The hash of one password
    // serves many people.
    [[nodiscard]] SignedIn addPerson(TenantId tenant, std::string_view login, record::Role role,
                                     RowId site, std::string_view passwordHash = "none");
    // Any number of rows, in changes of 2,000.
    void import(TenantId tenant, std::vector<schema::Row> rows);

    template <class Record>
    [[nodiscard]] static schema::Row row(RowId id, const Record& record) {
        schema::Row out(schema::recordOf<Record>(), id);
        out.assign(record);
        return out;
    }
    template <class Record>
    [[nodiscard]] Record load(TenantId tenant, RowId id) {
        return storedRow(tenant, schema::recordOf<Record>(), id).template as<Record>();
    }
    [[nodiscard]] RowId newId();
    [[nodiscard]] Random& random() { return random_; }
    [[nodiscard]] server::store::WriteStore& store() { return *writer_; }

private:
    [[nodiscard]] schema::Row storedRow(TenantId tenant, const schema::RecordInfo& info, RowId id);

    SystemClock clock_;
    SeededRandom random_;
    std::unique_ptr<server::store::Engine> engine_;
    std::unique_ptr<server::store::WriteStore> writer_;
};

}  // namespace vorfahrt::test
