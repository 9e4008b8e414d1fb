// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/lead_status.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/hybrid_clock.h"
#include "common/sync/merge.h"
#include "common/sync/mutator.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <vector>

using namespace vorfahrt;
using namespace vorfahrt::sync;

namespace {

Uuid uuidOf(char fill) {
    return *Uuid::fromBytes(std::string(16, fill));
}

// The rows of a test, in a map.
class Rows final : public RowReader {
public:
    void put(const schema::Row& row) {
        rows_.insert_or_assign(RowKey{row.info().number, row.id()}, row);
    }

    template <class T>
    void put(char id, const T& record) {
        schema::Row row(schema::recordOf<T>(), RowId(uuidOf(id)));
        row.assign(record);
        put(row);
    }

    template <class T>
    T get(char id) {
        return rows_.at(RowKey{schema::recordOf<T>().number, RowId(uuidOf(id))}).template as<T>();
    }

    Result<std::optional<schema::Row>> read(const schema::RecordInfo& info, RowId id) override {
        const auto it = rows_.find({info.number, id});
        return it == rows_.end() ? std::optional<schema::Row>() : std::optional(it->second);
    }

    ErrorCode run(const wire::Mutation& mutation) {
        const auto changes =
            runMutator(mutation, {.user = UserId(uuidOf('u')), .editTimeMs = 1000}, *this);
        if (!changes) {
            return changes.error().code;
        }
        const auto touched = touchedRows(mutation);
        for (const RowChange& change : *changes) {
            if (!touched || std::ranges::find(*touched, change.key()) == touched->end()) {
                return ErrorCode::Internal;  // a row that a replay would miss
            }
            const auto it = rows_.find(change.key());
            schema::Row row = it == rows_.end() ? schema::Row(*change.info, change.id) : it->second;
            apply(change, row);
            put(row);
        }
        return ErrorCode::Ok;
    }

private:
    std::map<RowKey, schema::Row> rows_;
};

record::Lead ownedLead() {
    record::Lead lead;
    lead.set_site_id(std::string(16, 's'));
    lead.set_owner_id(std::string(16, 'u'));
    lead.set_claim_token(3);
    lead.set_deadline_ms(5000);
    return lead;
}

wire::LeadMoveArgs moveTo(record::LeadStatus to, std::uint64_t token = 3) {
    wire::LeadMoveArgs args;
    args.set_lead_id(std::string(16, 'l'));
    args.set_activity_id(std::string(16, 'x'));
    args.set_to(to);
    args.set_claim_token(token);
    return args;
}

}  // namespace

class MutationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void movingALeadWritesItsLineAndStopsTheTimer() {
        Rows rows;
        rows.put('l', ownedLead());
        QCOMPARE(rows.run(makeMutation(kLeadMove, moveTo(record::CONTACTED))), ErrorCode::Ok);
        QCOMPARE(rows.get<record::Lead>('l').status(), record::CONTACTED);
        QCOMPARE(rows.get<record::Lead>('l').deadline_ms(), 0);
        const auto line = rows.get<record::Activity>('x');
        QCOMPARE(line.kind(), record::STATUS_CHANGE);
        QCOMPARE(line.from_status(), record::NEW);
        QCOMPARE(line.to_status(), record::CONTACTED);
        QCOMPARE(line.at_ms(), 1000);
    }

    void closedLeadsStayClosed() {
        Rows rows;
        auto lead = ownedLead();
        lead.set_status(record::WON);
        rows.put('l', lead);
        QCOMPARE(rows.run(makeMutation(kLeadMove, moveTo(record::OFFER))),
                 ErrorCode::RejectedState);
        for (const auto from : {record::WON, record::LOST, record::INVALID}) {
            for (int to = 0; to < record::LeadStatus_ARRAYSIZE; ++to) {
                QVERIFY(!domain::mayMove(from, static_cast<record::LeadStatus>(to)));
            }
        }
    }

    void losingALeadNeedsAReason() {
        Rows rows;
        rows.put('l', ownedLead());
        auto args = moveTo(record::LOST);
        QCOMPARE(rows.run(makeMutation(kLeadMove, args)), ErrorCode::Invalid);
        args.set_close_reason("Bei Wettbewerber gekauft");
        QCOMPARE(rows.run(makeMutation(kLeadMove, args)), ErrorCode::Ok);
        QCOMPARE(rows.get<record::Lead>('l').closed_ms(), 1000);
    }

    void anOldTokenIsRefused() {
        Rows rows;
        rows.put('l', ownedLead());
        QCOMPARE(rows.run(makeMutation(kLeadMove, moveTo(record::OFFER, 2))),
                 ErrorCode::StaleToken);
        record::Lead edit;
        edit.mutable_next_step()->set_text("Rückruf");
        QCOMPARE(rows.run(makeMutation(kEdit, editArgs(RowId(uuidOf('l')), edit,
                                                       {record::Lead::kNextStepFieldNumber}, 2))),
                 ErrorCode::StaleToken);
        QCOMPARE(rows.run(makeMutation(kEdit, editArgs(RowId(uuidOf('l')), edit,
                                                       {record::Lead::kNextStepFieldNumber}, 3))),
                 ErrorCode::Ok);
        QCOMPARE(rows.get<record::Lead>('l').next_step().text(), std::string("Rückruf"));
    }

    void releaseRaisesTheTokenAndSaysSo() {
        Rows rows;
        rows.put('l', ownedLead());
        record::Site site;
        site.set_name("Wandsbek");
        site.set_return_seconds(300);
        rows.put('s', site);
        wire::LeadReleaseArgs args;
        args.set_lead_id(std::string(16, 'l'));
        args.set_claim_token(3);
        QCOMPARE(rows.run(makeMutation(kLeadRelease, args)), ErrorCode::Ok);
        const auto lead = rows.get<record::Lead>('l');
        QVERIFY(lead.owner_id().empty());
        QCOMPARE(lead.claim_token(), 4U);
        QCOMPARE(lead.deadline_ms(), 1000 + 300'000);
        QCOMPARE(lead.events(0).kind(), record::RELEASED);
        QCOMPARE(rows.run(makeMutation(kLeadRelease, args)), ErrorCode::StaleToken);
    }

    void aDeskCannotSetWhatIsNotIts_data() {
        QTest::addColumn<int>("field");
        QTest::newRow("owner (cas)") << int(record::Lead::kOwnerIdFieldNumber);
        QTest::newRow("status (transition)") << int(record::Lead::kStatusFieldNumber);
        QTest::newRow("events (append)") << int(record::Lead::kEventsFieldNumber);
        QTest::newRow("number (readonly)") << int(record::Lead::kNumberFieldNumber);
        QTest::newRow("message (private, readonly)") << int(record::Lead::kMessageFieldNumber);
        QTest::newRow("digest (server facet)") << int(record::Lead::kEnquiryDigestFieldNumber);
        QTest::newRow("no such field") << 999;
    }

    void aDeskCannotSetWhatIsNotIts() {
        QFETCH(int, field);
        Rows rows;
        rows.put('l', ownedLead());
        wire::EditArgs args = editArgs(RowId(uuidOf('l')), record::Lead(), {}, 3);
        args.add_fields(static_cast<std::uint32_t>(field));
        QCOMPARE(rows.run(makeMutation(kEdit, args)), ErrorCode::Invalid);
    }

    void createIsOnceAndValid() {
        Rows rows;
        record::Customer customer;
        customer.set_site_id(std::string(16, 's'));
        customer.set_last_name("Öztürk");
        wire::CreateArgs args;
        args.set_table(schema::recordOf<record::Customer>().number);
        args.set_id(std::string(16, 'c'));
        args.set_body(customer.SerializeAsString());
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Ok);
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Duplicate);
        customer.set_held_by_lead(std::string(16, 'l'));
        args.set_id(std::string(16, 'd'));
        args.set_body(customer.SerializeAsString());
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Invalid);
        args.set_table(schema::recordOf<record::Grant>().number);
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Invalid);
    }

    // Refused where a desk writes it; kept where a newer server sent it, and no other edit suffers.
    void unknownEnumValuesAreRefusedInMutationsAlone() {
        Rows rows;
        record::Customer customer;
        customer.set_site_id(std::string(16, 's'));
        customer.set_kind(static_cast<record::CustomerKind>(99));
        wire::CreateArgs args;
        args.set_table(schema::recordOf<record::Customer>().number);
        args.set_id(std::string(16, 'd'));
        args.set_body(customer.SerializeAsString());
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Invalid);
        rows.put('c', customer);
        record::Customer edit;
        edit.set_last_name("Krüger");
        edit.set_salutation(static_cast<record::Salutation>(50));
        const RowId id(uuidOf('c'));
        QCOMPARE(rows.run(makeMutation(
                     kEdit, editArgs(id, edit, {record::Customer::kSalutationFieldNumber}))),
                 ErrorCode::Invalid);
        QCOMPARE(rows.run(makeMutation(
                     kEdit, editArgs(id, edit, {record::Customer::kLastNameFieldNumber}))),
                 ErrorCode::Ok);
        QCOMPARE(int(rows.get<record::Customer>('c').kind()), 99);
        QCOMPARE(rows.get<record::Customer>('c').last_name(), std::string("Krüger"));
        rows.put('l', ownedLead());
        QCOMPARE(rows.run(makeMutation(kLeadMove, moveTo(static_cast<record::LeadStatus>(42)))),
                 ErrorCode::RejectedState);
    }

    void aNoteIsItsAuthors() {
        Rows rows;
        rows.put('l', ownedLead());
        record::Activity note;
        note.set_kind(record::NOTE);
        note.set_lead_id(std::string(16, 'l'));
        note.set_site_id(std::string(16, 's'));
        note.set_author_id(std::string(16, 'z'));
        note.set_text("ruft morgen an");
        wire::CreateArgs args;
        args.set_table(schema::recordOf<record::Activity>().number);
        args.set_id(std::string(16, 'n'));
        args.set_body(note.SerializeAsString());
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Ok);
        QCOMPARE(rows.get<record::Activity>('n').author_id(), std::string(16, 'u'));
        QCOMPARE(rows.get<record::Lead>('l').deadline_ms(), 0);  // the first work
        note.set_kind(record::MESSAGE_IN);                       // only the intake writes these
        args.set_id(std::string(16, 'm'));
        args.set_body(note.SerializeAsString());
        QCOMPARE(rows.run(makeMutation(kCreate, args)), ErrorCode::Invalid);
    }

    void unknownNamesAndBrokenArgumentsAreRefused() {
        Rows rows;
        wire::Mutation mutation = makeMutation("lead.steal", wire::LeadMoveArgs());
        QCOMPARE(rows.run(mutation), ErrorCode::Unsupported);
        mutation = makeMutation(kEdit, wire::EditArgs());
        mutation.set_name_version(2);
        QCOMPARE(rows.run(mutation), ErrorCode::Unsupported);
        mutation = makeMutation(kEdit, wire::EditArgs());
        mutation.set_args("\xff\xff");
        QCOMPARE(rows.run(mutation), ErrorCode::Invalid);
        QVERIFY(!touchedRows(mutation).has_value());
    }

    // Concurrent edits of one field: every order of arrival ends in the same value, and every other
    // value is kept as a conflict.
    void mergeDoesNotDependOnTheOrder() {
        struct Edit {
            std::string name;
            EditStamp stamp;
        };
        const std::array edits{
            Edit{"Anna", {.editTimeMs = 500, .replica = ReplicaId(uuidOf('1')), .mid = Mid(7)}},
            Edit{"Berta", {.editTimeMs = 900, .replica = ReplicaId(uuidOf('2')), .mid = Mid(3)}},
            Edit{"Clara", {.editTimeMs = 900, .replica = ReplicaId(uuidOf('3')), .mid = Mid(1)}},
            Edit{"Dora", {.editTimeMs = 100, .replica = ReplicaId(uuidOf('1')), .mid = Mid(8)}}};
        const auto* field = record::Customer::descriptor()->FindFieldByName("first_name");
        std::array<std::size_t, 4> order{};
        std::iota(order.begin(), order.end(), std::size_t{0});
        int runs = 0;
        do {
            schema::Row row(schema::recordOf<record::Customer>(), RowId(uuidOf('c')));
            stored::FieldStamps stamps;
            std::size_t conflicts = 0;
            for (std::size_t i = 0; i < order.size(); ++i) {
                const Edit& edit = edits[order[i]];
                record::Customer values;
                values.set_first_name(edit.name);
                RowChange change{.info = &schema::recordOf<record::Customer>(),
                                 .id = row.id(),
                                 .create = false,
                                 .values = std::make_unique<record::Customer>(values),
                                 .fields = {field}};
                const auto outcome = merge(change, edit.stamp, Seq(10), Seq(11 + i), row, stamps);
                conflicts += outcome.lost.size();
            }
            QCOMPARE(row.as<record::Customer>().first_name(), std::string("Clara"));
            QCOMPARE(conflicts, std::size_t{3});
            ++runs;
        } while (std::ranges::next_permutation(order).found);
        QCOMPARE(runs, 24);
    }

    // Merge rule RESTRICTIVE: whoever withdrew is not called, however late somebody else granted.
    void aWithdrawnConsentWinsInEveryOrder() {
        struct Edit {
            record::ConsentState state;
            EditStamp stamp;
        };
        std::array edits{
            Edit{record::CONSENT_WITHDRAWN,
                 {.editTimeMs = 500, .replica = ReplicaId(uuidOf('1')), .mid = Mid(7)}},
            Edit{record::CONSENT_GRANTED,
                 {.editTimeMs = 900, .replica = ReplicaId(uuidOf('2')), .mid = Mid(3)}},
            Edit{record::CONSENT_GRANTED,
                 {.editTimeMs = 950, .replica = ReplicaId(uuidOf('3')), .mid = Mid(1)}}};
        const auto* field = record::ContactPoint::descriptor()->FindFieldByName("ads_call");
        const auto apply = [&](const Edit& edit, Seq base, Seq seq, schema::Row& row,
                               stored::FieldStamps& stamps) {
            record::ContactPoint values;
            values.mutable_ads_call()->set_state(edit.state);
            RowChange change{.info = &schema::recordOf<record::ContactPoint>(),
                             .id = row.id(),
                             .create = false,
                             .values = std::make_unique<record::ContactPoint>(values),
                             .fields = {field}};
            return merge(change, edit.stamp, base, seq, row, stamps);
        };
        std::array<std::size_t, 3> order{};
        std::iota(order.begin(), order.end(), std::size_t{0});
        do {
            schema::Row row(schema::recordOf<record::ContactPoint>(), RowId(uuidOf('c')));
            stored::FieldStamps stamps;
            for (std::size_t i = 0; i < order.size(); ++i) {
                static_cast<void>(apply(edits[order[i]], Seq(10), Seq(11 + i), row, stamps));
            }
            QCOMPARE(row.as<record::ContactPoint>().ads_call().state(), record::CONSENT_WITHDRAWN);
            // Who saw the withdrawal may write down a new consent.
            row.setRev(schema::Facet::MAIN, Seq(13));
            static_cast<void>(apply(edits[1], Seq(13), Seq(14), row, stamps));
            QCOMPARE(row.as<record::ContactPoint>().ads_call().state(), record::CONSENT_GRANTED);
        } while (std::ranges::next_permutation(order).found);
    }

    void onlyARetractionRetracts() {
        Rows rows;
        record::Activity activity;
        activity.set_site_id(std::string(16, 's'));
        const auto run = [&](char id, record::ActivityKind kind, bool names) {
            activity.set_kind(kind);
            activity.set_retracts_id(names ? std::string(16, 'n') : std::string());
            wire::CreateArgs args;
            args.set_table(schema::recordOf<record::Activity>().number);
            args.set_id(std::string(16, id));
            args.set_body(activity.SerializeAsString());
            return rows.run(makeMutation(kCreate, args));
        };
        QCOMPARE(run('a', record::DIALLED, false), ErrorCode::Ok);
        QCOMPARE(run('b', record::MAIL_OPENED, false), ErrorCode::Ok);
        QCOMPARE(run('c', record::RETRACTION, true), ErrorCode::Ok);
        QCOMPARE(run('d', record::RETRACTION, false), ErrorCode::Invalid);
        QCOMPARE(run('e', record::NOTE, true), ErrorCode::Invalid);
    }

    void anEditOfWhatWasSeenWinsWhateverItsClock() {
        schema::Row row(schema::recordOf<record::Customer>(), RowId(uuidOf('c')));
        stored::FieldStamps stamps;
        const auto* field = record::Customer::descriptor()->FindFieldByName("first_name");
        const auto edit = [&](const std::string& name, std::int64_t time, Seq base, Seq seq) {
            record::Customer values;
            values.set_first_name(name);
            RowChange change{.info = &schema::recordOf<record::Customer>(),
                             .id = row.id(),
                             .create = false,
                             .values = std::make_unique<record::Customer>(values),
                             .fields = {field}};
            auto outcome = merge(
                change, {.editTimeMs = time, .replica = ReplicaId(uuidOf('1')), .mid = Mid(1)},
                base, seq, row, stamps);
            if (outcome.changed) {
                row.setRev(schema::Facet::MAIN, seq);
            }
            return outcome;
        };
        row.setRev(schema::Facet::MAIN, Seq(1));
        QVERIFY(edit("Anna", 900, Seq(1), Seq(2)).changed);
        const auto outcome = edit("Berta", 100, Seq(2), Seq(3));  // saw Anna; its clock is slow
        QVERIFY(outcome.changed);
        QVERIFY(outcome.lost.empty());
        QCOMPARE(row.as<record::Customer>().first_name(), std::string("Berta"));
        QVERIFY(!edit("Clara", 890, Seq(1), Seq(4))
                     .changed);  // did not see Berta, and is older than Anna
        QCOMPARE(row.as<record::Customer>().first_name(), std::string("Berta"));
    }

    // A number that the server never gave out must not win by being large.
    void aBaseAboveTheRowHasSeenNothing() {
        schema::Row row(schema::recordOf<record::Customer>(), RowId(uuidOf('c')));
        row.setRev(schema::Facet::MAIN, Seq(5));
        stored::FieldStamps stamps;
        const auto* field = record::Customer::descriptor()->FindFieldByName("first_name");
        const auto edit = [&](const std::string& name, std::int64_t time, Seq base) {
            record::Customer values;
            values.set_first_name(name);
            RowChange change{.info = &schema::recordOf<record::Customer>(),
                             .id = row.id(),
                             .create = false,
                             .values = std::make_unique<record::Customer>(values),
                             .fields = {field}};
            auto outcome = merge(
                change, {.editTimeMs = time, .replica = ReplicaId(uuidOf('1')), .mid = Mid(1)},
                base, Seq(6), row, stamps);
            row.setRev(schema::Facet::MAIN, Seq(6));
            return outcome;
        };
        QVERIFY(edit("Anna", 900, Seq(5)).changed);
        const auto older = edit("Berta", 100, Seq(1'000'000));
        QVERIFY(!older.changed);
        QCOMPARE(older.lost.size(), std::size_t(1));
        QVERIFY(older.lost.front().incoming);
        const auto later = edit("Clara", 1'000, Seq(1'000'000));
        QVERIFY(later.changed);
        QCOMPARE(later.lost.size(), std::size_t(1));
        QVERIFY(!later.lost.front().incoming);
    }

    void theClockOfADeskIgnoresAWallClockThatJumps() {
        HybridClock clock(0);
        const auto wall = fromUnixMs(1'000'000);
        clock.serverTime(5'000'000, wall, Millis(100));
        QCOMPARE(clock.stamp(wall + std::chrono::hours(48), Millis(200), 0), 5'000'100);
        QCOMPARE(clock.stamp(wall, Millis(200), 0), 5'000'101);          // never twice the same
        QCOMPARE(clock.stamp(wall, Millis(200), 6'000'000), 6'000'001);  // later than what was seen
        HybridClock restarted(clock.offsetMs());
        QCOMPARE(restarted.stamp(wall, Millis(0), 0), 5'000'000);
        QCOMPARE(clampEditTime(9'000, fromUnixMs(8'000)), 8'000);
        QCOMPARE(clampEditTime(-5, fromUnixMs(8'000)), 0);
    }
};

QTEST_APPLESS_MAIN(MutationTest)
#include "mutation_test.moc"
