// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/world/desk_world.h"

#include "common/base/assert.h"

#include <zstd.h>

namespace vorfahrt::test {

using namespace vorfahrt::client;
using schema::Facet;

DeskWorld::DeskWorld(std::int64_t nowMs, std::uint64_t seed)
    : clock_(fromUnixMs(nowMs)),
      random_(seed),
      port_(clock_, random_),
      tenant_(Uuid::v7(clock_.now(), random_)),
      site_(newId()),
      me_(newId().uuid()),
      grant_(newId()),
      scopes_{{"base", 1}, {"site", 2}, {"leads", 3}, {"user", 4}, {"manager", 5}} {
    VF_ASSERT(dir_.isValid());
    account_.login = "jonas.martens";
    account_.id = AccountId(newId().uuid());
    account_.tenants.push_back({tenant_, me_, "Autohaus Brandt & Söhne", "Jonas Martens"});
    record::Site site;
    site.set_name("Hamburg-Wandsbek");
    site.set_return_seconds(300);
    putBase(site_, site);
    record::User user;
    user.set_display_name("Jonas Martens");
    user.set_site_id(site_.bytes());
    putBase(RowId(me_.uuid()), user);
    setRole(record::SALES);
}

std::filesystem::path DeskWorld::file() const {
    return dir_.filePath(QStringLiteral("replica.db")).toStdU16String();
}

RowId DeskWorld::newId() {
    return RowId(Uuid::v7(clock_.now(), random_));
}

RowId DeskWorld::addUser(const std::string& name) {
    const RowId id = newId();
    record::User user;
    user.set_display_name(name);
    user.set_site_id(site_.bytes());
    putBase(id, user);
    return id;
}

void DeskWorld::setRole(record::Role role) {
    record::Grant grant;
    grant.set_user_id(me_.bytes());
    grant.set_role(role);
    grant.set_site_id(site_.bytes());
    putBase(grant_, grant);
}

RowId DeskWorld::addSource(const std::string& name, record::SourceKind kind) {
    const RowId id = newId();
    record::Source source;
    source.set_name(name);
    source.set_kind(kind);
    source.set_site_id(site_.bytes());
    putBase(id, source);
    return id;
}

void DeskWorld::add(const std::string& scope, const schema::Row& row, Facet facet) {
    wire::Entry entry;
    entry.set_scope(scopes_.at(scope));
    entry.set_table(row.info().number);
    entry.set_id(row.id().bytes());
    entry.set_facet(facet);
    entry.set_op(wire::PUT);
    entry.set_body(row.body(facet));
    std::erase_if(waiting_, [&](const wire::Entry& old) {
        return old.scope() == entry.scope() && old.table() == entry.table() &&
               old.id() == entry.id() && old.facet() == entry.facet();
    });
    waiting_.push_back(std::move(entry));
}

void DeskWorld::putRow(const std::string& mainScope, const std::string& privateScope,
                       const schema::RecordInfo& info, RowId id,
                       const google::protobuf::Message& record) {
    schema::Row row(info, id);
    row.assign(record);
    add(mainScope, row, Facet::MAIN);
    if (info.has(Facet::PRIVATE) && row.facet(Facet::PRIVATE).ByteSizeLong() > 0) {
        add(privateScope, row, Facet::PRIVATE);
    }
}

void DeskWorld::putTeaser(RowId id, const record::Lead& lead) {
    schema::Row row(schema::recordOf<record::Lead>(), id);
    row.assign(lead);
    add("leads", row, Facet::MAIN);
}

void DeskWorld::moveToSite(RowId id, const record::Lead& lead, bool withPrivate) {
    schema::Row row(schema::recordOf<record::Lead>(), id);
    row.assign(lead);
    remove("leads", row.info().number, id, Facet::MAIN);
    add("site", row, Facet::MAIN);
    if (withPrivate) {
        add("user", row, Facet::PRIVATE);
    }
}

void DeskWorld::putIntake(RowId id, const record::IntakeMessage& message) {
    schema::Row row(schema::recordOf<record::IntakeMessage>(), id);
    row.assign(message);
    add("manager", row, Facet::MAIN);
    add("manager", row, Facet::PRIVATE);
}

void DeskWorld::remove(const std::string& scope, std::uint32_t table, RowId id, Facet facet) {
    wire::Entry entry;
    entry.set_scope(scopes_.at(scope));
    entry.set_table(table);
    entry.set_id(id.bytes());
    entry.set_facet(facet);
    entry.set_op(wire::REMOVE);
    waiting_.push_back(std::move(entry));
}

// First contact: a greeting and an empty chunk for each scope.
void DeskWorld::enter() {
    entered_ = true;
    port_.open(file());
    wire::AccountTenant tenant;
    tenant.set_tenant(tenant_.bytes());
    tenant.set_user_id(me_.bytes());
    tenant.set_name(account_.tenants.front().name);
    tenant.set_user_name(account_.tenants.front().userName);
    VF_ASSERT(port_.replica().setTenants(std::span(&tenant, 1)).has_value());
    wire::TenantWelcome welcome;
    welcome.set_tenant(tenant_.bytes());
    welcome.set_epoch(std::string(16, 'e'));
    welcome.set_head(seq_);
    welcome.set_user_id(me_.bytes());
    for (const auto& [name, number] : scopes_) {
        wire::ScopeState& scope = *welcome.add_scopes();
        scope.set_name(name);
        scope.set_number(number);
        scope.set_action(wire::BACKFILL);
    }
    VF_ASSERT(port_.replica().applyWelcome(welcome, true).has_value());
    const std::string none = wire::SnapshotRows().SerializeAsString();
    std::string packed(ZSTD_compressBound(none.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), none.data(), none.size(), 1));
    for (const auto& [name, number] : scopes_) {
        wire::Snapshot chunk;
        chunk.set_tenant(tenant_.bytes());
        chunk.set_scope(number);
        chunk.set_table(schema::recordOf<record::Lead>().number);
        chunk.set_rows_zstd(packed);
        chunk.set_raw_bytes(static_cast<std::uint32_t>(none.size()));
        chunk.set_last(true);
        VF_ASSERT(port_.replica().applySnapshot(chunk).has_value());
    }
}

void DeskWorld::flush() {
    if (!entered_) {
        enter();
    }
    wire::Delta delta;
    delta.set_tenant(tenant_.bytes());
    delta.set_from(seq_);
    for (wire::Entry& entry : waiting_) {
        entry.set_rev(seq_ + 1);
        *delta.add_entries() = std::move(entry);
    }
    waiting_.clear();
    delta.set_to(++seq_);
    wire::Checkpoint checkpoint;
    checkpoint.set_tenant(tenant_.bytes());
    checkpoint.set_seq(seq_);
    auto outcome = port_.replica().applyDelta(tenant_, std::span(&delta, 1), &checkpoint);
    VF_ASSERT(outcome.has_value());
    port_.changed(outcome->changes);
}

void DeskWorld::start(bool online) {
    if (online) {
        goOnline();
    } else {
        goOffline();
    }
    port_.announce(account_);
}

void DeskWorld::goOnline() {
    client::sync::SyncStatus status = port_.status();
    status.state = client::sync::State::Synchronized;
    status.trouble = client::sync::Trouble::None;
    status.wantsOnline = true;
    status.lastContactMs = toUnixMs(clock_.now());
    status.retryInMs = 0;
    port_.setStatus(status);
}

void DeskWorld::goOffline() {
    client::sync::SyncStatus status = port_.status();
    status.state = client::sync::State::Waiting;
    status.trouble = client::sync::Trouble::Unreachable;
    status.wantsOnline = true;
    if (status.lastContactMs == 0) {
        status.lastContactMs = toUnixMs(clock_.now());
    }
    status.retryInMs = 24'000;
    port_.setStatus(status);
}

}  // namespace vorfahrt::test
