// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/meta_store.h"
#include "common/sql/migrator.h"

#include <algorithm>
#include <array>

namespace vorfahrt::client::replica {
namespace {

using sql::Statement;

// Never edited once released: a change is a further step.
constexpr std::array kSteps{sql::Migration{.version = 1, .sql = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE tenant_state (
    tenant BLOB PRIMARY KEY, user BLOB NOT NULL, name TEXT NOT NULL, user_name TEXT NOT NULL,
    epoch BLOB NOT NULL, cursor INTEGER NOT NULL, last_mid INTEGER NOT NULL) STRICT;
CREATE TABLE scope (
    tenant BLOB NOT NULL, slot INTEGER NOT NULL, name TEXT NOT NULL, complete INTEGER NOT NULL,
    at_table INTEGER NOT NULL, after_id BLOB NOT NULL, count INTEGER NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (tenant, slot), UNIQUE (tenant, name)) STRICT;
CREATE TABLE shadow (
    tenant BLOB NOT NULL, record INTEGER NOT NULL, id BLOB NOT NULL, present INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    rev_main INTEGER NOT NULL, main BLOB NOT NULL, mask_main INTEGER NOT NULL,
    rev_private INTEGER NOT NULL, private BLOB NOT NULL, mask_private INTEGER NOT NULL,
    PRIMARY KEY (tenant, record, id)) STRICT;
CREATE TABLE pending (
    ord INTEGER PRIMARY KEY AUTOINCREMENT, tenant BLOB NOT NULL, replica BLOB NOT NULL,
    mid INTEGER NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, args BLOB NOT NULL,
    base_rev INTEGER NOT NULL, edit_time INTEGER NOT NULL, deps BLOB NOT NULL,
    state INTEGER NOT NULL, ack_seq INTEGER NOT NULL, keep_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant, replica, mid)) STRICT;
CREATE TABLE rejected (
    id INTEGER PRIMARY KEY AUTOINCREMENT, tenant BLOB NOT NULL, mid INTEGER NOT NULL,
    name TEXT NOT NULL, version INTEGER NOT NULL, args BLOB NOT NULL, edit_time INTEGER NOT NULL,
    code INTEGER NOT NULL, rejected_at INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT;
CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
CREATE TABLE claim_intent (
    claim BLOB PRIMARY KEY, tenant BLOB NOT NULL, lead BLOB NOT NULL, at_ms INTEGER NOT NULL) STRICT;
)sql"}};

std::int64_t asInt(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::uint64_t asUint(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}

template <class Id>
Id idAt(const Statement& statement, int column) {
    return Id::fromBytes(statement.blob(column)).value_or(Id());
}

std::string packDeps(const wire::Mutation& mutation) {
    wire::Mutation only;
    only.mutable_deps()->CopyFrom(mutation.deps());
    return only.SerializeAsString();
}

}  // namespace

ScopeState* TenantData::byName(std::string_view name) {
    const auto it = std::ranges::find(scopes, name, &ScopeState::name);
    return it == scopes.end() ? nullptr : &*it;
}

ScopeState* TenantData::byNumber(std::uint32_t number) {
    const auto it = std::ranges::find(scopes, number, &ScopeState::number);
    return number == 0 || it == scopes.end() ? nullptr : &*it;
}

ScopeState* TenantData::bySlot(int slot) {
    const auto it = std::ranges::find(scopes, slot, &ScopeState::slot);
    return it == scopes.end() ? nullptr : &*it;
}

Status MetaStore::migrate(sql::Database& database) {
    return sql::migrate(database, kSteps);
}

Result<bool> MetaStore::truncateLog() {
    // A long reader must not hold up the store thread; it is tried again.
    VF_CHECK(db_.execute("PRAGMA busy_timeout=20"));
    Result<bool> done = [&]() -> Result<bool> {
        VF_TRY(Statement statement, db_.prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
        VF_CHECK(statement.step());
        return statement.integer(0) == 0;
    }();
    VF_CHECK(db_.execute("PRAGMA busy_timeout=5000"));
    return done;
}

Result<std::optional<std::string>> MetaStore::value(std::string_view key) {
    VF_TRY(Statement * statement, db_.cached("SELECT value FROM meta WHERE key=?"));
    statement->bindText(1, key);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    std::string out(statement->blob(0));
    statement->reset();
    return out;
}

Status MetaStore::setValue(std::string_view key, std::string_view value) {
    VF_TRY(Statement * statement,
           db_.cached("INSERT INTO meta (key,value) VALUES (?,?) "
                      "ON CONFLICT(key) DO UPDATE SET value=excluded.value"));
    statement->bindText(1, key).bindBlob(2, value);
    return statement->run();
}

Result<std::vector<TenantState>> MetaStore::tenants() {
    VF_TRY(Statement * statement,
           db_.cached("SELECT tenant,user,name,user_name,epoch,cursor,last_mid FROM tenant_state "
                      "ORDER BY tenant"));
    std::vector<TenantState> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        out.push_back({.tenant = idAt<TenantId>(*statement, 0),
                       .user = idAt<UserId>(*statement, 1),
                       .name = std::string(statement->text(2)),
                       .userName = std::string(statement->text(3)),
                       .epoch = std::string(statement->blob(4)),
                       .cursor = Seq(asUint(statement->integer(5))),
                       .lastMid = Mid(asUint(statement->integer(6)))});
    }
}

Status MetaStore::writeTenant(const TenantState& state) {
    VF_TRY(
        Statement * statement,
        db_.cached("INSERT INTO tenant_state (tenant,user,name,user_name,epoch,cursor,last_mid) "
                   "VALUES (?,?,?,?,?,?,?) ON CONFLICT(tenant) DO UPDATE SET user=excluded.user, "
                   "name=excluded.name, user_name=excluded.user_name, epoch=excluded.epoch, "
                   "cursor=excluded.cursor, last_mid=excluded.last_mid"));
    statement->bindBlob(1, state.tenant.view())
        .bindBlob(2, state.user.view())
        .bindText(3, state.name)
        .bindText(4, state.userName)
        .bindBlob(5, state.epoch)
        .bindInt(6, asInt(vorfahrt::value(state.cursor)))
        .bindInt(7, asInt(vorfahrt::value(state.lastMid)));
    return statement->run();
}

Result<std::vector<ScopeState>> MetaStore::scopes(TenantId tenant) {
    VF_TRY(Statement * statement,
           db_.cached("SELECT slot,name,complete,at_table,after_id,count,sum FROM scope "
                      "WHERE tenant=? ORDER BY slot"));
    statement->bindBlob(1, tenant.view());
    std::vector<ScopeState> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        out.push_back({.slot = static_cast<int>(statement->integer(0)),
                       .name = std::string(statement->text(1)),
                       .complete = statement->integer(2) != 0,
                       .table = static_cast<std::uint32_t>(statement->integer(3)),
                       .afterId = std::string(statement->blob(4)),
                       .count = asUint(statement->integer(5)),
                       .sum = asUint(statement->integer(6))});
    }
}

Status MetaStore::writeScope(TenantId tenant, const ScopeState& scope) {
    VF_TRY(Statement * statement,
           db_.cached("INSERT INTO scope (tenant,slot,name,complete,at_table,after_id,count,sum) "
                      "VALUES (?,?,?,?,?,?,?,?) ON CONFLICT(tenant,slot) DO UPDATE SET "
                      "name=excluded.name, complete=excluded.complete, at_table=excluded.at_table, "
                      "after_id=excluded.after_id, count=excluded.count, sum=excluded.sum"));
    statement->bindBlob(1, tenant.view())
        .bindInt(2, scope.slot)
        .bindText(3, scope.name)
        .bindInt(4, scope.complete ? 1 : 0)
        .bindInt(5, scope.table)
        .bindBlob(6, scope.afterId)
        .bindInt(7, asInt(scope.count))
        .bindInt(8, asInt(scope.sum));
    return statement->run();
}

Status MetaStore::eraseScope(TenantId tenant, int slot) {
    VF_TRY(Statement * statement, db_.cached("DELETE FROM scope WHERE tenant=? AND slot=?"));
    statement->bindBlob(1, tenant.view()).bindInt(2, slot);
    return statement->run();
}

Result<std::optional<MetaStore::Shadow>> MetaStore::readShadow(TenantId tenant,
                                                               const schema::RecordInfo& info,
                                                               RowId id) {
    VF_TRY(Statement * statement,
           db_.cached("SELECT present,deleted,rev_main,main,mask_main,rev_private,private,"
                      "mask_private FROM shadow WHERE tenant=? AND record=? AND id=?"));
    statement->bindBlob(1, tenant.view()).bindInt(2, info.number).bindBlob(3, id.view());
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    Shadow shadow{.exists = statement->integer(0) != 0,
                  .stored = {.row = schema::Row(info, id), .stamps = {}, .masks = {0, 0}}};
    shadow.stored.row.setDeleted(statement->integer(1) != 0);
    int at = 2;
    for (const schema::Facet facet : {schema::Facet::MAIN, schema::Facet::PRIVATE}) {
        shadow.stored.row.setRev(facet, Seq(asUint(statement->integer(at))));
        VF_CHECK(shadow.stored.row.setFacet(facet, statement->blob(at + 1)));
        shadow.stored.masks[facet] = asUint(statement->integer(at + 2));
        at += 3;
    }
    statement->reset();
    return std::optional(std::move(shadow));
}

Status MetaStore::writeShadow(TenantId tenant, const Shadow& shadow) {
    VF_TRY(
        Statement * statement,
        db_.cached("INSERT INTO shadow (tenant,record,id,present,deleted,rev_main,main,mask_main,"
                   "rev_private,private,mask_private) VALUES (?,?,?,?,?,?,?,?,?,?,?) "
                   "ON CONFLICT(tenant,record,id) DO UPDATE SET present=excluded.present, "
                   "deleted=excluded.deleted, rev_main=excluded.rev_main, main=excluded.main, "
                   "mask_main=excluded.mask_main, rev_private=excluded.rev_private, "
                   "private=excluded.private, mask_private=excluded.mask_private"));
    const schema::Row& row = shadow.stored.row;
    statement->bindBlob(1, tenant.view())
        .bindInt(2, row.info().number)
        .bindBlob(3, row.id().view())
        .bindInt(4, shadow.exists ? 1 : 0)
        .bindInt(5, row.isDeleted() ? 1 : 0);
    int at = 6;
    for (const schema::Facet facet : {schema::Facet::MAIN, schema::Facet::PRIVATE}) {
        statement->bindInt(at, asInt(vorfahrt::value(row.rev(facet))))
            .bindBlob(at + 1, row.body(facet))
            .bindInt(at + 2, asInt(shadow.stored.masks[facet]));
        at += 3;
    }
    return statement->run();
}

Status MetaStore::eraseShadow(TenantId tenant, const vorfahrt::sync::RowKey& key) {
    VF_TRY(Statement * statement,
           db_.cached("DELETE FROM shadow WHERE tenant=? AND record=? AND id=?"));
    statement->bindBlob(1, tenant.view()).bindInt(2, key.table).bindBlob(3, key.id.view());
    return statement->run();
}

Result<std::vector<vorfahrt::sync::RowKey>> MetaStore::shadowsWithMask(TenantId tenant,
                                                                       std::uint64_t bits) {
    VF_TRY(Statement * statement, db_.cached("SELECT record,id FROM shadow WHERE tenant=? AND "
                                             "((mask_main | mask_private) & ?) <> 0"));
    statement->bindBlob(1, tenant.view()).bindInt(2, asInt(bits));
    std::vector<vorfahrt::sync::RowKey> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        out.push_back(
            {static_cast<std::uint32_t>(statement->integer(0)), idAt<RowId>(*statement, 1)});
    }
}

Status MetaStore::moveShadowMaskBit(TenantId tenant, std::uint64_t from, std::uint64_t to) {
    VF_TRY(Statement * statement,
           db_.cached("UPDATE shadow SET "
                      "mask_main = CASE WHEN mask_main & ?2 THEN (mask_main & ~?2) | ?3 "
                      "ELSE mask_main END, "
                      "mask_private = CASE WHEN mask_private & ?2 THEN (mask_private & ~?2) | ?3 "
                      "ELSE mask_private END "
                      "WHERE tenant=?1 AND ((mask_main | mask_private) & ?2) <> 0"));
    statement->bindBlob(1, tenant.view()).bindInt(2, asInt(from)).bindInt(3, asInt(to));
    return statement->run();
}

Result<std::vector<PendingMutation>> MetaStore::pending(bool kept) {
    VF_TRY(
        Statement * statement,
        db_.cached("SELECT ord,tenant,replica,mid,name,version,args,base_rev,edit_time,deps,state,"
                   "ack_seq FROM pending WHERE (state=2)=? ORDER BY ord"));
    statement->bindInt(1, kept ? 1 : 0);
    std::vector<PendingMutation> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        PendingMutation& item = out.emplace_back();
        item.order = statement->integer(0);
        item.tenant = idAt<TenantId>(*statement, 1);
        item.replica = std::string(statement->blob(2));
        VF_CHECK(schema::parseBounded(item.mutation, statement->blob(9)));
        item.mutation.set_mid(asUint(statement->integer(3)));
        item.mutation.set_name(std::string(statement->text(4)));
        item.mutation.set_name_version(static_cast<std::uint32_t>(statement->integer(5)));
        item.mutation.set_args(std::string(statement->blob(6)));
        item.mutation.set_base_rev(asUint(statement->integer(7)));
        item.mutation.set_edit_time_ms(statement->integer(8));
        item.state = static_cast<PendingState>(statement->integer(10));
        item.ackSeq = Seq(asUint(statement->integer(11)));
    }
}

Result<std::int64_t> MetaStore::insertPending(const PendingMutation& pending) {
    VF_TRY(
        Statement * statement,
        db_.cached("INSERT INTO pending (tenant,replica,mid,name,version,args,base_rev,edit_time,"
                   "deps,state,ack_seq) VALUES (?,?,?,?,?,?,?,?,?,?,?) RETURNING ord"));
    const wire::Mutation& mutation = pending.mutation;
    statement->bindBlob(1, pending.tenant.view())
        .bindBlob(2, pending.replica)
        .bindInt(3, asInt(mutation.mid()))
        .bindText(4, mutation.name())
        .bindInt(5, mutation.name_version())
        .bindBlob(6, mutation.args())
        .bindInt(7, asInt(mutation.base_rev()))
        .bindInt(8, mutation.edit_time_ms())
        .bindBlob(9, packDeps(mutation))
        .bindInt(10, static_cast<int>(pending.state))
        .bindInt(11, asInt(vorfahrt::value(pending.ackSeq)));
    VF_CHECK(statement->step());
    const std::int64_t order = statement->integer(0);
    // A second step ends the statement: a reset alone would leave the insert undone on some paths.
    VF_CHECK(statement->run());
    return order;
}

Status MetaStore::updatePending(const PendingMutation& pending, std::int64_t keepUntilMs) {
    VF_TRY(
        Statement * statement,
        db_.cached("UPDATE pending SET replica=?, mid=?, deps=?, state=?, ack_seq=?, keep_until=? "
                   "WHERE ord=?"));
    statement->bindBlob(1, pending.replica)
        .bindInt(2, asInt(pending.mutation.mid()))
        .bindBlob(3, packDeps(pending.mutation))
        .bindInt(4, static_cast<int>(pending.state))
        .bindInt(5, asInt(vorfahrt::value(pending.ackSeq)))
        .bindInt(6, keepUntilMs)
        .bindInt(7, pending.order);
    return statement->run();
}

Status MetaStore::markPending(const PendingMutation& pending, std::int64_t keepUntilMs) {
    VF_TRY(Statement * statement,
           db_.cached("UPDATE pending SET state=?, ack_seq=?, keep_until=? WHERE ord=?"));
    statement->bindInt(1, static_cast<int>(pending.state))
        .bindInt(2, asInt(vorfahrt::value(pending.ackSeq)))
        .bindInt(3, keepUntilMs)
        .bindInt(4, pending.order);
    return statement->run();
}

Status MetaStore::erasePending(std::int64_t order) {
    VF_TRY(Statement * statement, db_.cached("DELETE FROM pending WHERE ord=?"));
    statement->bindInt(1, order);
    return statement->run();
}

Result<std::int64_t> MetaStore::newestEditTime() {
    VF_TRY(Statement * statement, db_.cached("SELECT max(edit_time) FROM pending"));
    VF_CHECK(statement->step());
    const std::int64_t newest = statement->integer(0);
    statement->reset();
    return newest;
}

Status MetaStore::erasePendingKeptUntil(std::int64_t nowMs) {
    VF_TRY(Statement * statement, db_.cached("DELETE FROM pending WHERE state=2 AND keep_until<?"));
    statement->bindInt(1, nowMs);
    return statement->run();
}

Status MetaStore::insertRejected(const PendingMutation& pending, std::uint16_t code,
                                 std::int64_t atMs) {
    VF_TRY(
        Statement * statement,
        db_.cached("INSERT INTO rejected (tenant,mid,name,version,args,edit_time,code,rejected_at,"
                   "seen) VALUES (?,?,?,?,?,?,?,?,0)"));
    const wire::Mutation& mutation = pending.mutation;
    statement->bindBlob(1, pending.tenant.view())
        .bindInt(2, asInt(mutation.mid()))
        .bindText(3, mutation.name())
        .bindInt(4, mutation.name_version())
        .bindBlob(5, mutation.args())
        .bindInt(6, mutation.edit_time_ms())
        .bindInt(7, code)
        .bindInt(8, atMs);
    return statement->run();
}

Status MetaStore::markRejectedSeen(std::int64_t id) {
    VF_TRY(Statement * statement, db_.cached("UPDATE rejected SET seen=1 WHERE id=?"));
    statement->bindInt(1, id);
    return statement->run();
}

Status MetaStore::eraseRejected(std::int64_t id) {
    VF_TRY(Statement * statement, db_.cached("DELETE FROM rejected WHERE id=?"));
    statement->bindInt(1, id);
    return statement->run();
}

Result<int> MetaStore::countRejectedUnseen() {
    VF_TRY(Statement * statement, db_.cached("SELECT count(*) FROM rejected WHERE seen=0"));
    VF_CHECK(statement->step());
    const int count = static_cast<int>(statement->integer(0));
    statement->reset();
    return count;
}

Status MetaStore::writeDraft(std::string_view key, std::string_view text, std::int64_t atMs) {
    VF_TRY(Statement * statement,
           db_.cached("INSERT INTO draft (key,text,saved_at) VALUES (?,?,?) ON CONFLICT(key) DO "
                      "UPDATE SET text=excluded.text, saved_at=excluded.saved_at"));
    statement->bindText(1, key).bindText(2, text).bindInt(3, atMs);
    return statement->run();
}

Status MetaStore::eraseDraft(std::string_view key) {
    VF_TRY(Statement * statement, db_.cached("DELETE FROM draft WHERE key=?"));
    statement->bindText(1, key);
    return statement->run();
}

Status MetaStore::writeClaim(const ClaimIntent& intent) {
    VF_TRY(Statement * statement,
           db_.cached("INSERT INTO claim_intent (claim,tenant,lead,at_ms) VALUES (?,?,?,?)"));
    statement->bindBlob(1, intent.claim.view())
        .bindBlob(2, intent.tenant.view())
        .bindBlob(3, intent.lead.view())
        .bindInt(4, intent.atMs);
    return statement->run();
}

Status MetaStore::eraseClaim(ClaimId claim) {
    VF_TRY(Statement * statement, db_.cached("DELETE FROM claim_intent WHERE claim=?"));
    statement->bindBlob(1, claim.view());
    return statement->run();
}

Result<std::vector<ClaimIntent>> MetaStore::claims() {
    VF_TRY(Statement * statement,
           db_.cached("SELECT tenant,claim,lead,at_ms FROM claim_intent ORDER BY at_ms, claim"));
    std::vector<ClaimIntent> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        out.push_back({.tenant = idAt<TenantId>(*statement, 0),
                       .claim = idAt<ClaimId>(*statement, 1),
                       .lead = idAt<LeadId>(*statement, 2),
                       .atMs = statement->integer(3)});
    }
}

}  // namespace vorfahrt::client::replica
