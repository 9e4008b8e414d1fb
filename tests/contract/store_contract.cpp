// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/store_contract.h"

#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/sync/scope_sum.h"

#include <QTest>

#include <set>

namespace vorfahrt::tests {
namespace {

using schema::Facet;
using server::store::LogEntry;
using server::store::StoredRow;

SeededRandom& random() {
    static SeededRandom source(7);
    return source;
}

template <class Id>
Id newId() {
    return Id(Uuid::v7(fromUnixMs(1'700'000'000'000), random()));
}

template <class Record>
StoredRow rowOf(RowId id, const Record& record, Seq rev) {
    StoredRow stored{
        .row = schema::Row(schema::recordOf<Record>(), id), .stamps = {}, .masks = {0, 0}};
    stored.row.assign(record);
    stored.row.setRev(Facet::MAIN, rev);
    if (stored.row.info().has(Facet::PRIVATE)) {
        stored.row.setRev(Facet::PRIVATE, rev);
    }
    return stored;
}

record::Customer customer(const std::string& name) {
    record::Customer out;
    out.set_last_name(name);
    out.set_site_id(std::string(16, 's'));
    out.set_held_by_lead(std::string(16, 'h'));
    return out;
}

constexpr std::uint32_t kCustomer = 10;

}  // namespace

void StoreContract::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    QVERIFY(directory_->isValid());
    engine_ = open_(*directory_);
    auto writer = engine_->openWriter();
    QVERIFY2(writer, writer ? "" : writer.error().detail.c_str());
    writer_ = std::move(*writer);
    auto reader = engine_->openReader();
    QVERIFY(reader);
    reader_ = std::move(*reader);
    tenant_ = newId<TenantId>();
    other_ = newId<TenantId>();
    QVERIFY(writer_->begin());
    QVERIFY(writer_->createTenant(tenant_, std::string(16, 'e')));
    QVERIFY(writer_->createTenant(other_, std::string(16, 'f')));
    QVERIFY(writer_->commit());
}

void StoreContract::cleanup() {
    reader_.reset();
    writer_.reset();
    engine_.reset();
    directory_.reset();
}

void StoreContract::put(server::store::WriteStore& store, TenantId tenant, std::string scope,
                        RowId id, Seq seq, bool remove) {
    const LogEntry entry{.scope = std::move(scope),
                         .table = kCustomer,
                         .id = id,
                         .facet = Facet::MAIN,
                         .remove = remove,
                         .seq = seq,
                         .rev = seq};
    QVERIFY(store.putEntry(tenant, entry));
}

server::store::ScopeSum StoreContract::sum(TenantId tenant, const std::string& scope) {
    auto sums = reader_->sums(tenant, {scope});
    return sums && sums->size() == 1 ? sums->front() : server::store::ScopeSum{};
}

void StoreContract::headsSurviveAReopen() {
    QVERIFY(writer_->begin());
    QVERIFY(writer_->setHead(tenant_, Seq(41)));
    QCOMPARE(value(writer_->head(tenant_)->value().seq), 41U);
    QVERIFY(writer_->commit());
    QVERIFY(!writer_->head(newId<TenantId>())->has_value());
    writer_.reset();
    writer_ = std::move(*engine_->openWriter());
    const auto head = writer_->head(tenant_);
    QCOMPARE(value((*head)->seq), 41U);
    QCOMPARE((*head)->epoch, std::string(16, 'e'));
    QCOMPARE(writer_->tenants()->size(), std::size_t(2));
    QVERIFY(!writer_->setHead(newId<TenantId>(), Seq(1)));
}

void StoreContract::rowsKeepAllFacets() {
    const auto id = newId<RowId>();
    QVERIFY(writer_->begin());
    StoredRow row = rowOf(id, customer("Brandt"), Seq(3));
    row.stamps = "stamps";
    QVERIFY(writer_->writeRow(tenant_, row));
    QVERIFY(writer_->commit());
    const auto read = reader_->readRow(tenant_, schema::recordOf<record::Customer>(), id);
    QVERIFY(read && *read);
    QCOMPARE((*read)->row.as<record::Customer>().last_name(), std::string("Brandt"));
    QCOMPARE((*read)->row.as<record::Customer>().held_by_lead(), std::string(16, 'h'));
    QCOMPARE(value((*read)->row.rev(Facet::MAIN)), 3U);
    QCOMPARE((*read)->stamps, std::string("stamps"));
    QVERIFY(!reader_->readRow(other_, schema::recordOf<record::Customer>(), id)->has_value());

    schema::ColumnValue name{.type = schema::ColumnType::Text, .integer = 0, .text = "Brandt"};
    auto found =
        writer_->findRows(tenant_, schema::recordOf<record::Customer>(), "last_name", name, 10);
    QCOMPARE(found->size(), std::size_t(1));
    QVERIFY(!writer_->findRows(tenant_, schema::recordOf<record::Customer>(), "note", name, 10));

    // First an edit beside the columns, then one of a column.
    auto edited = customer("Brandt");
    edited.set_first_name("Kerstin");
    QVERIFY(writer_->begin());
    QVERIFY(writer_->writeRow(tenant_, rowOf(id, edited, Seq(4))));
    QVERIFY(writer_->commit());
    const auto again = reader_->readRow(tenant_, schema::recordOf<record::Customer>(), id);
    QCOMPARE((*again)->row.as<record::Customer>().first_name(), std::string("Kerstin"));
    QCOMPARE(value((*again)->row.rev(Facet::MAIN)), 4U);
    QCOMPARE((*again)->stamps, std::string());
    edited.set_last_name("Lüders");
    QVERIFY(writer_->begin());
    QVERIFY(writer_->writeRow(tenant_, rowOf(id, edited, Seq(5))));
    QVERIFY(writer_->commit());
    const auto count = [&](const char* text) {
        name.text = text;
        return writer_
            ->findRows(tenant_, schema::recordOf<record::Customer>(), "last_name", name, 10)
            ->size();
    };
    QCOMPARE(count("Brandt"), std::size_t(0));
    QCOMPARE(count("Lüders"), std::size_t(1));

    // The same two, told what stands there.
    const auto update = [&](Seq rev) {
        const auto before = writer_->readRow(tenant_, schema::recordOf<record::Customer>(), id);
        QVERIFY(before && *before);
        QVERIFY(writer_->begin());
        QVERIFY(writer_->updateRow(tenant_, rowOf(id, edited, rev), (*before)->row));
        QVERIFY(writer_->commit());
    };
    edited.set_first_name("Elke");
    update(Seq(6));
    QCOMPARE(count("Lüders"), std::size_t(1));
    edited.set_last_name("Petersen");
    edited.set_company("Petersen KG");
    update(Seq(7));
    QCOMPARE(count("Lüders"), std::size_t(0));
    QCOMPARE(count("Petersen"), std::size_t(1));
    const auto last = reader_->readRow(tenant_, schema::recordOf<record::Customer>(), id);
    QCOMPARE((*last)->row.as<record::Customer>().first_name(), std::string("Elke"));
    QCOMPARE((*last)->row.as<record::Customer>().company(), std::string("Petersen KG"));
    QCOMPARE(value((*last)->row.rev(Facet::MAIN)), 7U);
    QCOMPARE((*last)->row.as<record::Customer>().held_by_lead(), std::string(16, 'h'));
    // Not there: an error, and no row.
    QVERIFY(writer_->begin());
    QVERIFY(!writer_->updateRow(tenant_, rowOf(newId<RowId>(), edited, Seq(8)), (*last)->row));
    writer_->rollback();
}

void StoreContract::sumsFollowTheEntries() {
    const auto a = newId<RowId>();
    const auto b = newId<RowId>();
    QVERIFY(writer_->begin());
    put(*writer_, tenant_, "site:1", a, Seq(1));
    put(*writer_, tenant_, "site:1", b, Seq(2));
    put(*writer_, tenant_, "site:1", a, Seq(3));
    put(*writer_, other_, "site:1", a, Seq(1));
    QVERIFY(writer_->commit());
    const std::uint64_t expected = sync::rowHash(tenant_, kCustomer, b, Facet::MAIN, Seq(2)) +
                                   sync::rowHash(tenant_, kCustomer, a, Facet::MAIN, Seq(3));
    QCOMPARE(sum(tenant_, "site:1").count, std::uint64_t(2));
    QCOMPARE(sum(tenant_, "site:1").sum, expected);

    QVERIFY(writer_->begin());
    put(*writer_, tenant_, "site:1", a, Seq(4), true);
    put(*writer_, tenant_, "site:1", a, Seq(5), true);
    QVERIFY(writer_->commit());
    QCOMPARE(sum(tenant_, "site:1").count, std::uint64_t(1));
    QCOMPARE(sum(tenant_, "site:1").sum, sync::rowHash(tenant_, kCustomer, b, Facet::MAIN, Seq(2)));
    QCOMPARE(sum(other_, "site:1").count, std::uint64_t(1));
    QCOMPARE(sum(tenant_, "unknown").count, std::uint64_t(0));
}

void StoreContract::membershipsNameTheScopesOfAFacet() {
    const auto a = newId<RowId>();
    QVERIFY(writer_->begin());
    put(*writer_, tenant_, "site:2", a, Seq(1));
    put(*writer_, tenant_, "base", a, Seq(1));
    put(*writer_, tenant_, "gone", a, Seq(1));
    put(*writer_, other_, "foreign", a, Seq(1));
    put(*writer_, tenant_, "gone", a, Seq(2), true);
    const LogEntry privateEntry{.scope = "user:1",
                                .table = kCustomer,
                                .id = a,
                                .facet = Facet::PRIVATE,
                                .remove = false,
                                .seq = Seq(2),
                                .rev = Seq(2)};
    QVERIFY(writer_->putEntry(tenant_, privateEntry));
    const auto check = [&] {
        QCOMPARE(*writer_->memberships(tenant_, kCustomer, a, Facet::MAIN),
                 (std::vector<std::string>{"base", "site:2"}));
        QCOMPARE(*writer_->memberships(tenant_, kCustomer, a, Facet::PRIVATE),
                 std::vector<std::string>{"user:1"});
        QVERIFY(writer_->memberships(tenant_, 11, a, Facet::MAIN)->empty());
    };
    check();
    QVERIFY(writer_->commit());
    check();
}

void StoreContract::aSavepointTakesEverythingBack() {
    const auto a = newId<RowId>();
    const auto replica = newId<ReplicaId>();
    QVERIFY(writer_->begin());
    QVERIFY(writer_->setHead(tenant_, Seq(1)));
    QVERIFY(writer_->savepoint());
    QVERIFY(writer_->setHead(tenant_, Seq(2)));
    put(*writer_, tenant_, "new scope", a, Seq(2));
    QVERIFY(writer_->writeRow(tenant_, rowOf(a, customer("Weg"), Seq(2))));
    QVERIFY(writer_->writeReplica(
        tenant_, {.replica = replica, .user = {}, .device = {}, .lastMid = Mid(9)}));
    writer_->rollbackToSavepoint();
    QCOMPARE(value((*writer_->head(tenant_))->seq), 1U);
    QVERIFY(writer_->memberships(tenant_, kCustomer, a, Facet::MAIN)->empty());
    QVERIFY(!writer_->readReplica(tenant_, replica)->has_value());

    QVERIFY(writer_->savepoint());
    put(*writer_, tenant_, "second", a, Seq(2));
    QVERIFY(writer_->release());
    QVERIFY(writer_->writeReplica(
        tenant_, {.replica = replica, .user = {}, .device = {}, .lastMid = Mid(1)}));
    QVERIFY(writer_->commit());

    QCOMPARE(sum(tenant_, "new scope").count, std::uint64_t(0));
    QCOMPARE(sum(tenant_, "second").count, std::uint64_t(1));
    QVERIFY(!reader_->readRow(tenant_, schema::recordOf<record::Customer>(), a)->has_value());
    QCOMPARE(value(reader_->readReplica(tenant_, replica)->value().lastMid), 1U);
}

void StoreContract::aSavepointOfTheBatchSpoilsIt() {
    const auto a = newId<RowId>();
    QVERIFY(writer_->begin(server::store::WriteStore::Undo::WithBatch));
    // Nothing but memory was changed: undone like any other.
    QVERIFY(writer_->savepoint());
    QVERIFY(writer_->setHead(tenant_, Seq(2)));
    writer_->rollbackToSavepoint();
    QVERIFY(!writer_->isSpoilt());
    QCOMPARE(value((*writer_->head(tenant_))->seq), 0U);
    QVERIFY(writer_->savepoint());
    QVERIFY(writer_->writeRow(tenant_, rowOf(a, customer("Bleibt"), Seq(1))));
    QVERIFY(writer_->release());
    QVERIFY(!writer_->isSpoilt());
    QVERIFY(writer_->savepoint());
    QVERIFY(writer_->writeRow(tenant_, rowOf(newId<RowId>(), customer("Weg"), Seq(2))));
    writer_->rollbackToSavepoint();
    QVERIFY(writer_->isSpoilt());
    QVERIFY(!writer_->commit());
    writer_->rollback();
    QVERIFY(!reader_->readRow(tenant_, schema::recordOf<record::Customer>(), a)->has_value());
    QVERIFY(writer_->begin());
    QVERIFY(!writer_->isSpoilt());
    QVERIFY(writer_->commit());
}

void StoreContract::aRolledBackBatchLeavesNothing() {
    const auto a = newId<RowId>();
    QVERIFY(writer_->begin());
    QVERIFY(writer_->setHead(tenant_, Seq(8)));
    put(*writer_, tenant_, "base", a, Seq(8));
    writer_->rollback();
    QCOMPARE(value((*writer_->head(tenant_))->seq), 0U);
    QVERIFY(writer_->begin());
    put(*writer_, tenant_, "base", a, Seq(1));
    QVERIFY(writer_->commit());
    QCOMPARE(sum(tenant_, "base").count, std::uint64_t(1));
}

void StoreContract::entriesComeInOrderAndOnlyOnce() {
    std::vector<RowId> ids;
    QVERIFY(writer_->begin());
    for (std::uint64_t seq = 1; seq <= 20; ++seq) {
        ids.push_back(newId<RowId>());
        put(*writer_, tenant_, seq % 2 == 0 ? "even" : "odd", ids.back(), Seq(seq));
    }
    put(*writer_, tenant_, "even", ids[1], Seq(21));
    put(*writer_, tenant_, "other", ids[1], Seq(22));
    QVERIFY(writer_->commit());
    const auto all = reader_->entriesAfter(tenant_, {"even", "odd", "none"}, Seq(0), 100);
    QCOMPARE(all->size(), std::size_t(20));
    QCOMPARE(value(all->front().seq), 1U);
    QCOMPARE(value(all->back().seq), 21U);
    QCOMPARE(all->back().id, ids[1]);
    const auto some = reader_->entriesAfter(tenant_, {"even", "odd"}, Seq(10), 3);
    QCOMPARE(some->size(), std::size_t(3));
    QCOMPARE(value(some->front().seq), 11U);
    QCOMPARE(value(some->back().seq), 13U);
    QCOMPARE(some->front().scope, std::string("odd"));
}

void StoreContract::snapshotPagesHoldEveryRowOnce() {
    constexpr int kRows = 300;
    std::set<std::string> expected;
    QVERIFY(writer_->begin());
    for (int i = 0; i < kRows; ++i) {
        const auto id = newId<RowId>();
        const auto seq = Seq(static_cast<std::uint64_t>(i) + 1);
        QVERIFY(writer_->writeRow(tenant_, rowOf(id, customer("Name " + std::to_string(i)), seq)));
        put(*writer_, tenant_, "site:1", id, seq);
        expected.insert(id.bytes());
    }
    const auto removed = newId<RowId>();
    QVERIFY(writer_->writeRow(tenant_, rowOf(removed, customer("Fort"), Seq(400))));
    put(*writer_, tenant_, "site:1", removed, Seq(400), true);
    QVERIFY(writer_->commit());

    std::set<std::string> seen;
    RowId after;
    std::uint32_t table = 0;
    int pages = 0;
    for (bool done = false; !done; ++pages) {
        const auto chunk = reader_->snapshotChunk(tenant_, "site:1", table, after, 2000);
        QVERIFY(chunk);
        QCOMPARE(chunk->table, kCustomer);
        table = chunk->table;
        for (const auto& row : chunk->rows) {
            record::Customer parsed;
            QVERIFY(parsed.ParseFromString(row.body));
            QVERIFY2(parsed.held_by_lead().empty(), "a server facet left the store");
            QVERIFY(seen.insert(row.id.bytes()).second);
            after = row.id;
        }
        done = chunk->tableDone;
    }
    QVERIFY(pages > 3);
    QCOMPARE(seen, expected);
    const auto none = reader_->snapshotChunk(tenant_, "unknown", 0, RowId{}, 2000);
    QVERIFY(none->tableDone);
    QCOMPARE(none->table, 0U);
}

void StoreContract::aReaderSeesOnePointInTime() {
    const auto a = newId<RowId>();
    QVERIFY(writer_->begin());
    QVERIFY(writer_->setHead(tenant_, Seq(1)));
    put(*writer_, tenant_, "base", a, Seq(1));
    QVERIFY(writer_->commit());
    QVERIFY(reader_->beginRead());
    QVERIFY(writer_->begin());
    QVERIFY(writer_->setHead(tenant_, Seq(2)));
    put(*writer_, tenant_, "base", newId<RowId>(), Seq(2));
    QVERIFY(writer_->commit());
    QCOMPARE(value((*reader_->head(tenant_))->seq), 1U);
    QCOMPARE(sum(tenant_, "base").count, std::uint64_t(1));
    QCOMPARE(reader_->entriesAfter(tenant_, {"base"}, Seq(0), 10)->size(), std::size_t(1));
    reader_->endRead();
    QCOMPARE(value((*reader_->head(tenant_))->seq), 2U);
    QCOMPARE(sum(tenant_, "base").count, std::uint64_t(2));
}

void StoreContract::resultsAreReadByMid() {
    const auto replica = newId<ReplicaId>();
    QVERIFY(writer_->begin());
    for (std::uint64_t mid = 1; mid <= 5; ++mid) {
        QVERIFY(writer_->writeResult(tenant_, replica,
                                     {.mid = Mid(mid),
                                      .argsHash = "hash",
                                      .code = static_cast<std::uint16_t>(mid),
                                      .seq = Seq(mid * 10),
                                      .lostFields = {5, 70000}}));
    }
    QVERIFY(!writer_->writeResult(
        tenant_, replica,
        {.mid = Mid(5), .argsHash = "other", .code = 0, .seq = Seq(0), .lostFields = {}}));
    QVERIFY(writer_->commit());
    const auto from = reader_->resultsFrom(tenant_, replica, Mid(4), 10);
    QCOMPARE(from->size(), std::size_t(2));
    QCOMPARE(value(from->front().mid), 4U);
    QCOMPARE(from->front().lostFields, (std::vector<std::uint32_t>{5, 70000}));
    QVERIFY(reader_->resultsFrom(tenant_, newId<ReplicaId>(), Mid(0), 10)->empty());
    QVERIFY(!writer_->readResult(tenant_, replica, Mid(6))->has_value());
    QCOMPARE(value(writer_->readResult(tenant_, replica, Mid(2))->value().seq), 20U);
}

void StoreContract::aClaimIsAnsweredOnce() {
    const server::store::ClaimAnswer answer{.claim = newId<ClaimId>(),
                                            .lead = newId<LeadId>(),
                                            .user = newId<UserId>(),
                                            .outcome = 1,
                                            .token = 7,
                                            .owner = newId<UserId>()};
    QVERIFY(writer_->begin());
    QVERIFY(writer_->writeClaim(tenant_, answer));
    const auto second = writer_->writeClaim(tenant_, answer);
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Duplicate);
    QVERIFY(writer_->commit());
    const auto read = writer_->readClaim(tenant_, answer.claim);
    QCOMPARE((*read)->token, answer.token);
    QCOMPARE((*read)->owner, answer.owner);
    QVERIFY(!writer_->readClaim(other_, answer.claim)->has_value());
    QVERIFY(writer_->begin());
    QVERIFY(writer_->addConflict(tenant_, {.table = kCustomer,
                                           .id = newId<RowId>(),
                                           .field = 5,
                                           .loser = "x",
                                           .seq = Seq(3),
                                           .replica = newId<ReplicaId>(),
                                           .mid = Mid(2),
                                           .editTimeMs = 1}));
    QVERIFY(writer_->commit());
}

void StoreContract::accountsAndTokens() {
    const auto id = newId<AccountId>();
    const server::store::TokenInfo token{.hash = std::string(32, 't'),
                                         .account = id,
                                         .device = newId<DeviceId>(),
                                         .created = fromUnixMs(1),
                                         .lastUsed = fromUnixMs(2),
                                         .revoked = false};
    auto second = token;
    second.hash = std::string(32, 'u');
    QVERIFY(writer_->begin());
    QVERIFY(writer_->writeAccount(
        {.id = id, .login = "a.brandt", .passwordHash = "h", .disabled = false}));
    QCOMPARE(writer_
                 ->writeAccount({.id = newId<AccountId>(),
                                 .login = "a.brandt",
                                 .passwordHash = "h",
                                 .disabled = false})
                 .error()
                 .code,
             ErrorCode::Duplicate);
    QVERIFY(writer_->writeAccount(
        {.id = id, .login = "a.brandt", .passwordHash = "h2", .disabled = true}));
    QVERIFY(writer_->writeToken(token));
    QVERIFY(writer_->writeToken(second));
    QVERIFY(writer_->commit());
    QVERIFY(reader_->readAccount(id)->value().disabled);
    QCOMPARE(writer_->findAccount("a.brandt")->value().passwordHash, std::string("h2"));
    QVERIFY(!writer_->findAccount("nobody")->has_value());
    QCOMPARE(writer_->accounts()->size(), std::size_t(1));

    QVERIFY(*writer_->knowsDevice(id, token.device));
    QVERIFY(!*writer_->knowsDevice(id, newId<DeviceId>()));
    QVERIFY(!*writer_->knowsDevice(newId<AccountId>(), token.device));
    QVERIFY(writer_->tokenUsed(token.hash, fromUnixMs(77)));
    QCOMPARE(toUnixMs(reader_->readToken(token.hash)->value().lastUsed), std::int64_t(77));
    QCOMPARE(toUnixMs(reader_->readToken(second.hash)->value().lastUsed), std::int64_t(2));
    QVERIFY(writer_->tokenUsed(std::string(32, 'z'), fromUnixMs(77)));

    QVERIFY(writer_->revokeTokens(id, token.hash));
    QVERIFY(reader_->readToken(token.hash)->value().revoked);
    QVERIFY(!reader_->readToken(second.hash)->value().revoked);
    QVERIFY(writer_->revokeTokens(id, {}));
    QVERIFY(reader_->readToken(second.hash)->value().revoked);
    QVERIFY(*writer_->knowsDevice(id, token.device));

    record::User user;
    user.set_account_id(id.bytes());
    user.set_display_name("Anna Brandt");
    const auto userId = newId<RowId>();
    record::Grant grant;
    grant.set_user_id(userId.bytes());
    grant.set_site_id(std::string(16, 's'));
    grant.set_role(record::SALES);
    StoredRow old = rowOf(newId<RowId>(), grant, Seq(1));
    old.row.setDeleted(true);
    QVERIFY(writer_->begin());
    QVERIFY(writer_->writeRow(tenant_, rowOf(userId, user, Seq(1))));
    QVERIFY(writer_->writeRow(tenant_, rowOf(newId<RowId>(), grant, Seq(1))));
    QVERIFY(writer_->writeRow(tenant_, old));
    QVERIFY(writer_->commit());
    const auto users = reader_->usersOfAccount(id);
    QCOMPARE(users->size(), std::size_t(1));
    QCOMPARE(users->front().tenant, tenant_);
    QCOMPARE(reader_->grantsOf(tenant_, UserId(userId.uuid()))->size(), std::size_t(1));
    QVERIFY(reader_->grantsOf(other_, UserId(userId.uuid()))->empty());
}

void StoreContract::deadlinesAcrossTenants() {
    QVERIFY(!writer_->nextDeadline()->has_value());
    QVERIFY(writer_->begin());
    for (int i = 0; i < 3; ++i) {
        record::Lead lead;
        lead.set_site_id(std::string(16, 's'));
        lead.set_deadline_ms(i == 2 ? 0 : 2000 - i * 1000);
        QVERIFY(writer_->writeRow(i == 0 ? tenant_ : other_, rowOf(newId<RowId>(), lead, Seq(1))));
    }
    QVERIFY(writer_->commit());
    QCOMPARE(toUnixMs(writer_->nextDeadline()->value()), std::int64_t(1000));
    QVERIFY(writer_->dueLeads(fromUnixMs(999), 10)->empty());
    const auto due = writer_->dueLeads(fromUnixMs(2000), 10);
    QCOMPARE(due->size(), std::size_t(2));
    QCOMPARE(due->front().tenant, other_);
    QCOMPARE(writer_->dueLeads(fromUnixMs(2000), 1)->size(), std::size_t(1));
}

void StoreContract::numbersAndAddresses() {
    record::Source source;
    source.set_name("mobile.de");
    source.set_site_id(std::string(16, 's'));
    source.set_intake_address("leads@brandt.example");
    const auto id = newId<RowId>();
    QVERIFY(writer_->begin());
    QCOMPARE(*writer_->nextNumber(tenant_, "lead"), std::uint64_t(1));
    QCOMPARE(*writer_->nextNumber(tenant_, "lead"), std::uint64_t(2));
    QCOMPARE(*writer_->nextNumber(other_, "lead"), std::uint64_t(1));
    QVERIFY(writer_->writeRow(tenant_, rowOf(id, source, Seq(1))));
    QVERIFY(writer_->commit());
    const auto found = writer_->findSource("leads@brandt.example");
    QVERIFY(found && *found);
    QCOMPARE((*found)->source, id);
    QCOMPARE((*found)->tenant, tenant_);
    QVERIFY(!writer_->findSource("")->has_value());
    QVERIFY(!writer_->findSource("x@brandt.example")->has_value());
}

void StoreContract::rawMessagesAreKeptAsTheyCame() {
    const auto id = newId<RowId>();
    const std::string bytes("Subject: \0\xff\r\n\r\n", 15);
    QVERIFY(writer_->begin());
    QVERIFY(writer_->writeRaw(tenant_, {.intake = id,
                                        .received = fromUnixMs(5),
                                        .envelopeFrom = "a@example.org",
                                        .envelopeTo = "b@example.org",
                                        .bytes = bytes}));
    QVERIFY(writer_->commit());
    const auto read = writer_->readRaw(tenant_, id);
    QCOMPARE((*read)->bytes, bytes);
    QCOMPARE((*read)->envelopeTo, std::string("b@example.org"));
    QVERIFY(!writer_->readRaw(other_, id)->has_value());
}

void StoreContract::commitsOfOthersAreNoticed() {
    const auto begun = writer_->outsideVersion();
    QVERIFY(begun);
    QVERIFY(writer_->begin());
    QVERIFY(writer_->nextNumber(tenant_, "lead"));
    QVERIFY(writer_->commit());
    QCOMPARE(*writer_->outsideVersion(), *begun);  // its own
    auto other = engine_->openWriter();
    QVERIFY(other && (*other)->begin());
    const AccountId account = newId<AccountId>();
    QVERIFY((*other)->revokeTokens(account, {}));
    QVERIFY((*other)->nextNumber(tenant_, "lead"));
    QCOMPARE(*writer_->outsideVersion(), *begun);  // not committed
    QVERIFY((*other)->commit());
    QVERIFY(*writer_->outsideVersion() != *begun);
}

}  // namespace vorfahrt::tests
