// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "server/app/config.h"
#include "server/service/requests.h"
#include "server/store/store.h"

#include <memory>
#include <string>
#include <vector>

namespace vorfahrt::server::app {

struct Named {
    RowId id;
    std::string name;
};

// The database as the command line uses it: each command is one durable batch of ServerCore, beside
// a running server (which notices the new head within a second).
class AdminStore {
public:
    [[nodiscard]] static Result<AdminStore> open(const Config& config);

    // The ids that the command made.
    [[nodiscard]] Result<std::vector<RowId>> run(service::AdminCommand command);
    // A new set-up code; RejectedState where there is a tenant.
    [[nodiscard]] Result<std::string> newSetupCode();
    // Takes numbers of a counter, as many as asked for.
    [[nodiscard]] Result<std::uint64_t> takeNumbers(TenantId tenant, std::string_view counter,
                                                    std::uint64_t count);

    [[nodiscard]] Result<std::vector<Named>> tenants();
    [[nodiscard]] Result<std::vector<Named>> sites(TenantId tenant);
    [[nodiscard]] Result<std::vector<store::Account>> accounts();
    // By id or by name; NotFound where it is not one.
    [[nodiscard]] Result<TenantId> tenant(const std::string& text);
    [[nodiscard]] Result<RowId> site(TenantId tenant, const std::string& text);
    [[nodiscard]] const Clock& clock() const { return *clock_; }

private:
    AdminStore() = default;
    [[nodiscard]] Result<service::Outcome> runOne(service::AdminCommand command);

    std::unique_ptr<store::Engine> engine_;
    std::unique_ptr<store::WriteStore> writer_;
    std::unique_ptr<store::ReadStore> reader_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Random> random_;
};

}  // namespace vorfahrt::server::app
