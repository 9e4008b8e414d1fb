// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server_data.h"

#include "common/base/assert.h"
#include "common/schema/lead.pb.h"
#include "server/service/server_core.h"
#include "server/store/sqlite/engine.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace vorfahrt::test {

using namespace server::service;

namespace {

constexpr std::size_t kRowsPerChange = 2'000;  // of ImportRows

}  // namespace

ServerData::ServerData(const std::filesystem::path& file, std::uint64_t seed)
    : random_(seed),
      engine_(server::store::sqliteEngine(file)) {
    auto writer = engine_->openWriter();
    VF_ASSERT(writer.has_value());
    writer_ = std::move(*writer);
}

ServerData::~ServerData() = default;

Outcome ServerData::run(Request request) {
    std::vector<Request> requests;
    requests.push_back(std::move(request));
    Outcome outcome = std::move(runBatch(requests, clock_.now(), random_, *writer_).front());
    if (outcome.code != ErrorCode::Ok) {
        const std::string_view code = name(outcome.code);
        std::fprintf(stderr, "server data: %.*s %s\n", static_cast<int>(code.size()), code.data(),
                     outcome.detail.c_str());
    }
    VF_ASSERT(outcome.code == ErrorCode::Ok);
    return outcome;
}

RowId ServerData::newId() {
    return RowId(Uuid::v7(clock_.now(), random_));
}

TenantId ServerData::addTenant(std::string_view name) {
    const Outcome made = run(AddTenant{.name = std::string(name), .dealerColour = 1});
    return TenantId(made.created.at(0).uuid());
}

RowId ServerData::addSite(TenantId tenant, std::string_view name, std::uint32_t returnSeconds) {
    record::Site site;
    site.set_name(std::string(name));
    site.set_return_seconds(returnSeconds);
    return run(SaveSite{.tenant = tenant, .site = {}, .record = site}).created.at(0);
}

RowId ServerData::addSource(TenantId tenant, RowId site, std::string_view name,
                            std::string_view intakeAddress) {
    record::Source source;
    source.set_name(std::string(name));
    source.set_kind(record::MOBILE_DE);
    source.set_site_id(site.bytes());
    source.set_intake_address(std::string(intakeAddress));
    return run(SaveSource{.tenant = tenant, .source = {}, .record = source}).created.at(0);
}

SignedIn ServerData::addPerson(TenantId tenant, std::string_view login, record::Role role,
                               RowId site, std::string_view passwordHash) {
    record::User user;
    user.set_display_name("Person " + std::string(login));
    user.set_site_id(site.bytes());
    const Outcome made = run(AddUser{.tenant = tenant,
                                     .login = std::string(login),
                                     .passwordHash = std::string(passwordHash),
                                     .record = user,
                                     .roles = {{.role = role, .site = site}}});
    const auto account = run(FindLoginRequest{.login = std::string(login)}).account;
    VF_ASSERT(account.has_value());
    SignedIn person;
    person.login = std::string(login);
    person.account = account->id;
    person.user = UserId(made.created.at(0).uuid());
    person.device = DeviceId(newId().uuid());
    person.replica = ReplicaId(newId().uuid());
    const auto issued = run(IssueTokenRequest{.account = person.account,
                                              .checkedHash = account->passwordHash,
                                              .device = person.device,
                                              .newHash = {}});
    VF_ASSERT(issued.token.has_value());
    person.token = issued.token->token;
    return person;
}

void ServerData::import(TenantId tenant, std::vector<schema::Row> rows) {
    for (std::size_t at = 0; at < rows.size(); at += kRowsPerChange) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end =
            rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), at + kRowsPerChange));
        ImportRows command{.tenant = tenant, .rows = {}};
        command.rows.assign(std::make_move_iterator(begin), std::make_move_iterator(end));
        static_cast<void>(run(AdminCommand(std::move(command))));
    }
}

schema::Row ServerData::storedRow(TenantId tenant, const schema::RecordInfo& info, RowId id) {
    auto row = writer_->readRow(tenant, info, id);
    VF_ASSERT(row.has_value() && row->has_value());
    return (*row)->row;
}

}  // namespace vorfahrt::test
