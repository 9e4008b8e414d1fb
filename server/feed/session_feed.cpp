// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/feed/session_feed.h"

#include "common/base/bytes.h"
#include "common/schema/org.pb.h"
#include "common/sync/scope_sum.h"
#include "server/feed/scopes.h"
#include "server/feed/table_order.h"

#include <algorithm>
#include <utility>

namespace vorfahrt::server::feed {

using store::ReadStore;

// ------------------------------------------------------------------------------------------- who

Status SessionFeed::authenticate(std::string_view token, ReadStore& store, TimePoint now) {
    tokenHash_ = digest32(token);
    VF_TRY(const std::optional<store::TokenInfo> info, store.readToken(tokenHash_));
    if (!info || info->revoked || isIdle(*info, now)) {
        return fail(ErrorCode::Unauthenticated, "token");
    }
    tokenUseDue_ = isUseDue(*info, now);
    account_ = info->account;
    device_ = info->device;
    return checkAccount(store);
}

Status SessionFeed::checkAccount(ReadStore& store) const {
    VF_TRY(const std::optional<store::TokenInfo> token, store.readToken(tokenHash_));
    VF_TRY(const std::optional<store::Account> account, store.readAccount(account_));
    if (!token || token->revoked || !account || account->disabled) {
        return fail(ErrorCode::Unauthenticated, "token or account ended");
    }
    return {};
}

Result<UserId> SessionFeed::userIn(TenantId tenant, ReadStore& store) const {
    VF_TRY(const std::vector<store::AccountUser> users, store.usersOfAccount(account_));
    const auto it = std::ranges::find(users, tenant, &store::AccountUser::tenant);
    if (it == users.end()) {
        return fail(ErrorCode::Forbidden, "no user in this tenant");
    }
    VF_TRY(const std::optional<store::StoredRow> row,
           store.readRow(tenant, schema::recordOf<record::User>(), RowId(it->user.uuid())));
    if (!row || row->row.isDeleted() || row->row.as<record::User>().disabled()) {
        return fail(ErrorCode::Forbidden, "user ended");
    }
    return it->user;
}

Result<std::vector<std::string>> SessionFeed::scopesNow(const Tenant& tenant,
                                                        ReadStore& store) const {
    VF_TRY(const std::vector<store::StoredRow> grants, store.grantsOf(tenant.id, tenant.user));
    return scopesOfPerson(tenant.user, grants);
}

// ----------------------------------------------------------------------------------------- hello

SessionFeed::Tenant* SessionFeed::find(TenantId id) {
    const auto it = std::ranges::find(tenants_, id, &Tenant::id);
    return it == tenants_.end() ? nullptr : &*it;
}

bool SessionFeed::spans(TenantId tenant) const {
    return std::ranges::find(tenants_, tenant, &Tenant::id) != tenants_.end();
}

std::vector<TenantId> SessionFeed::tenants() const {
    std::vector<TenantId> out;
    for (const Tenant& tenant : tenants_) {
        out.push_back(tenant.id);
    }
    return out;
}

SessionFeed::Scope& SessionFeed::addScope(Tenant& tenant, const std::string& name) {
    Scope scope;
    scope.name = name;
    scope.number = ++lastNumber_;
    return tenant.scopes.emplace_back(std::move(scope));
}

wire::Down SessionFeed::welcomeFrame(TimePoint now) const {
    wire::Down frame;
    wire::Welcome& welcome = *frame.mutable_welcome();
    welcome.set_protocol(schema::kProtocol);
    welcome.set_schema_version(schema::kSchemaVersion);
    welcome.set_server_time_ms(toUnixMs(now));
    welcome.set_max_frame_bytes(static_cast<std::uint32_t>(schema::kMaxFrameBytes));
    welcome.set_max_push_mutations(schema::kMaxPushMutations);
    welcome.set_accounts(true);
    welcome.set_credit_bytes(static_cast<std::uint32_t>(limits_.creditBytes));
    return frame;
}

Status SessionFeed::welcomeTenant(const Tenant& tenant, ReadStore& store,
                                  wire::TenantWelcome& welcome) const {
    VF_TRY(const std::optional<store::ReplicaState> replica,
           store.readReplica(tenant.id, replica_));
    if (replica && replica->user != tenant.user) {
        return fail(ErrorCode::Forbidden, "replica of another person");
    }
    welcome.set_tenant(tenant.id.bytes());
    welcome.set_epoch(tenant.epoch);
    welcome.set_head(value(tenant.head));
    welcome.set_last_mid(replica ? value(replica->lastMid) : 0);
    welcome.set_user_id(tenant.user.bytes());
    welcome.set_need_cursors(tenant.waiting);
    return {};
}

Status SessionFeed::openTenant(const wire::TenantHello& hello, ReadStore& store,
                               wire::TenantWelcome& welcome) {
    const auto id = TenantId::fromBytes(hello.tenant());
    if (!id || spans(*id)) {
        return fail(ErrorCode::BadFrame, "tenant");
    }
    VF_TRY(const std::optional<store::TenantHead> head, store.head(*id));
    if (!head) {
        return fail(ErrorCode::Forbidden, "no such tenant");
    }
    Tenant tenant;
    tenant.id = *id;
    VF_TRY(tenant.user, userIn(*id, store));
    tenant.epoch = head->epoch;
    tenant.head = head->seq;
    tenant.rightsAt = head->seq;
    tenant.dirty = true;
    VF_TRY(const std::vector<std::string> names, scopesNow(tenant, store));
    // A cursor beyond the head is of another history, whatever epoch it names.
    const bool known = hello.epoch() == head->epoch && hello.cursor() <= value(head->seq);
    const bool same = known && hello.scopes_digest() == sync::scopesDigest(names);
    tenant.cursor = known ? Seq(hello.cursor()) : head->seq;
    tenant.waiting = known && !same;
    if (hello.oldest_unacked_mid() > 0) {
        tenant.results = Mid(hello.oldest_unacked_mid());
    }
    VF_CHECK(welcomeTenant(tenant, store, welcome));
    if (!tenant.waiting) {
        for (const std::string& name : names) {
            Scope& scope = addScope(tenant, name);
            scope.complete = same;
            scope.started = same;
            wire::ScopeState& state = *welcome.add_scopes();
            state.set_name(name);
            state.set_number(scope.number);
            state.set_action(same ? wire::KEEP : wire::BACKFILL);
        }
    }
    tenants_.push_back(std::move(tenant));
    return {};
}

Result<wire::Down> SessionFeed::hello(const wire::Hello& hello, ReadStore& store, TimePoint now) {
    VF_CHECK(store.beginRead());
    Result<wire::Down> answer = open(hello, store, now);
    store.endRead();
    return answer;
}

Result<wire::Down> SessionFeed::open(const wire::Hello& hello, ReadStore& store, TimePoint now) {
    if (hello.protocol_min() > schema::kProtocol || hello.protocol_max() < schema::kProtocol) {
        return fail(ErrorCode::BadVersion, "no common protocol");
    }
    // Another set of records: this desk would take rows of a table that it does not know for a
    // broken frame, and come back for ever.
    if (hello.schema_version() != schema::kSchemaVersion) {
        return fail(ErrorCode::BadVersion, "another schema");
    }
    const auto replica = ReplicaId::fromBytes(hello.replica_id());
    if (!replica || replica->isNone() ||
        static_cast<std::size_t>(hello.tenants_size()) > schema::kMaxTenants) {
        return fail(ErrorCode::BadFrame, "hello");
    }
    replica_ = *replica;
    VF_CHECK(authenticate(hello.token(), store, now));
    wire::Down frame = welcomeFrame(now);
    for (const wire::TenantHello& tenant : hello.tenants()) {
        VF_CHECK(openTenant(tenant, store, *frame.mutable_welcome()->add_tenants()));
    }
    credit_ = static_cast<std::int64_t>(limits_.creditBytes);
    return frame;
}

Result<wire::Down> SessionFeed::cursors(const wire::Cursors& cursors, ReadStore& store,
                                        TimePoint now) {
    const auto id = TenantId::fromBytes(cursors.tenant());
    Tenant* tenant = id ? find(*id) : nullptr;
    if (tenant == nullptr || !tenant->waiting) {
        return fail(ErrorCode::BadOrder, "cursors were not asked for");
    }
    if (static_cast<std::size_t>(cursors.scopes_size()) > schema::kMaxHeldScopes) {
        return fail(ErrorCode::BadFrame, "too many scopes");
    }
    VF_CHECK(store.beginRead());
    Result<wire::Down> answer = openWith(cursors, *tenant, store, now);
    store.endRead();
    return answer;
}

Result<wire::Down> SessionFeed::openWith(const wire::Cursors& cursors, Tenant& tenant,
                                         ReadStore& store, TimePoint now) {
    VF_TRY(const std::optional<store::TenantHead> head, store.head(tenant.id));
    if (!head || head->epoch != tenant.epoch) {
        return fail(ErrorCode::EpochChanged, "between hello and cursors");
    }
    tenant.head = head->seq;
    tenant.rightsAt = head->seq;
    tenant.waiting = false;
    tenant.dirty = true;
    VF_TRY(const std::vector<std::string> names, scopesNow(tenant, store));
    wire::Down frame = welcomeFrame(now);
    wire::TenantWelcome& welcome = *frame.mutable_welcome()->add_tenants();
    VF_CHECK(welcomeTenant(tenant, store, welcome));
    const auto tell = [&](const Scope& scope, wire::ScopeAction action) {
        wire::ScopeState& state = *welcome.add_scopes();
        state.set_name(scope.name);
        state.set_number(scope.number);
        state.set_action(action);
    };
    for (const wire::HeldScope& held : cursors.scopes()) {
        if (!std::ranges::binary_search(names, held.name())) {
            // Named once, so that the desk knows what to drop; nothing of it is ever sent.
            Scope ended;
            ended.name = held.name();
            ended.number = ++lastNumber_;
            tell(ended, wire::DROP);
        }
    }
    bool holdsAny = false;
    for (const std::string& name : names) {
        const auto held = std::ranges::find(cursors.scopes(), name, &wire::HeldScope::name);
        const bool isHeld = held != cursors.scopes().end();
        Scope& scope = addScope(tenant, name);
        wire::ScopeAction action = wire::BACKFILL;
        if (isHeld && held->complete()) {
            scope.complete = scope.started = true;
            action = wire::KEEP;
        } else if (isHeld && tablePlace(held->table())) {
            scope.table = *tablePlace(held->table());
            scope.after = RowId::fromBytes(held->after_id()).value_or(RowId{});
            scope.started = true;
            action = wire::RESUME;
        }
        holdsAny = holdsAny || action != wire::BACKFILL;
        tell(scope, action);
    }
    if (!holdsAny) {
        tenant.cursor = head->seq;
    }
    return frame;
}

// ---------------------------------------------------------------------------------------- events

void SessionFeed::credit(std::uint64_t bytes) {
    const auto window = static_cast<std::int64_t>(limits_.creditBytes);
    const auto given = static_cast<std::int64_t>(std::min<std::uint64_t>(bytes, 1U << 30));
    credit_ = std::min(credit_ + given, window);
    for (Tenant& tenant : tenants_) {
        tenant.blocked = false;
    }
}

void SessionFeed::committed(TenantId id, Seq head) {
    Tenant* tenant = find(id);
    if (tenant != nullptr && value(head) > value(tenant->head)) {
        tenant->dirty = true;
    }
}

void SessionFeed::recheckRights() {
    for (Tenant& tenant : tenants_) {
        tenant.recheck = true;
    }
}

bool SessionFeed::wantsPump() const {
    return std::ranges::any_of(tenants_, [](const Tenant& tenant) {
        if (tenant.waiting) {
            return tenant.recheck || tenant.results.has_value();
        }
        const bool filling =
            std::ranges::any_of(tenant.scopes, [](const Scope& scope) { return !scope.complete; });
        return tenant.dirty || tenant.recheck || tenant.results ||
               (!tenant.blocked && (filling || value(tenant.cursor) < value(tenant.head)));
    });
}

}  // namespace vorfahrt::server::feed
