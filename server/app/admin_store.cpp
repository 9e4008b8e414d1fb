// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/admin_store.h"

#include "common/schema/org.pb.h"
#include "server/feed/scopes.h"
#include "server/service/server_core.h"
#include "server/store/sqlite/engine.h"

#include <array>
#include <utility>

namespace vorfahrt::server::app {
namespace {

constexpr std::size_t kPage = 1024 * 1024;

Result<RowId> pick(const std::vector<Named>& rows, const std::string& text, const char* what) {
    RowId found;
    for (const Named& row : rows) {
        if (row.name == text || row.id.text() == text) {
            if (!found.isNone()) {
                return fail(ErrorCode::Invalid, std::string(what) + ": more than one, use the id");
            }
            found = row.id;
        }
    }
    if (found.isNone()) {
        return fail(ErrorCode::NotFound, std::string("no such ") + what);
    }
    return found;
}

}  // namespace

Result<AdminStore> AdminStore::open(const Config& config) {
    AdminStore out;
    out.engine_ = store::sqliteEngine(config.databaseFile());
    VF_TRY(out.writer_, out.engine_->openWriter());
    VF_TRY(out.reader_, out.engine_->openReader());
    out.clock_ = std::make_unique<SystemClock>();
    out.random_ = std::make_unique<SystemRandom>();
    return out;
}

Result<service::Outcome> AdminStore::runOne(service::AdminCommand command) {
    const std::array<service::Request, 1> requests{service::Request(std::move(command))};
    const auto outcomes = service::runBatch(requests, clock_->now(), *random_, *writer_);
    const service::Outcome& outcome = outcomes.front();
    if (outcome.code != ErrorCode::Ok) {
        return fail(outcome.code, outcome.detail);
    }
    return outcome;
}

Result<std::vector<RowId>> AdminStore::run(service::AdminCommand command) {
    VF_TRY(const service::Outcome outcome, runOne(std::move(command)));
    return outcome.created;
}

Result<std::string> AdminStore::newSetupCode() {
    VF_TRY(const service::Outcome outcome, runOne(service::NewSetupCode{}));
    return outcome.setupCode;
}

Result<std::uint64_t> AdminStore::takeNumbers(TenantId tenant, std::string_view counter,
                                              std::uint64_t count) {
    VF_CHECK(writer_->begin());
    std::uint64_t first = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto number = writer_->nextNumber(tenant, counter);
        if (!number) {
            writer_->rollback();
            return fail(std::move(number).error());
        }
        first = i == 0 ? *number : first;
    }
    VF_CHECK(writer_->commit());
    return first;
}

Result<std::vector<Named>> AdminStore::tenants() {
    VF_TRY(const auto ids, writer_->tenants());
    std::vector<Named> out;
    for (const TenantId id : ids) {
        VF_TRY(const auto row,
               writer_->readRow(id, schema::recordOf<record::Tenant>(), RowId(id.uuid())));
        out.push_back({.id = RowId(id.uuid()),
                       .name = row ? row->row.as<record::Tenant>().name() : std::string()});
    }
    return out;
}

Result<std::vector<Named>> AdminStore::sites(TenantId tenant) {
    std::vector<Named> out;
    RowId after;
    for (bool done = false; !done;) {
        VF_TRY(const auto chunk,
               reader_->snapshotChunk(tenant, feed::kBaseScope,
                                      schema::recordOf<record::Site>().number, after, kPage));
        for (const auto& row : chunk.rows) {
            record::Site site;
            VF_CHECK(schema::parseBounded(site, row.body));
            out.push_back({.id = row.id, .name = site.name()});
            after = row.id;
        }
        done = chunk.tableDone;
    }
    return out;
}

Result<std::vector<store::Account>> AdminStore::accounts() {
    return writer_->accounts();
}

Result<TenantId> AdminStore::tenant(const std::string& text) {
    VF_TRY(const auto rows, tenants());
    VF_TRY(const RowId id, pick(rows, text, "tenant"));
    return TenantId(id.uuid());
}

Result<RowId> AdminStore::site(TenantId tenantId, const std::string& text) {
    VF_TRY(const auto rows, sites(tenantId));
    return pick(rows, text, "site");
}

}  // namespace vorfahrt::server::app
