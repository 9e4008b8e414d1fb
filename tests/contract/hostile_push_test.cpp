// SPDX-License-Identifier: GPL-3.0-or-later
// Mutations that no desk of ours would send, from a person with every right to the row.
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/mutator.h"
#include "tests/support/service_world.h"

#include <QTest>

namespace vorfahrt::tests {

using record::Customer;
using record::Lead;

namespace {

// A field of number 100, in wire format: tag, length, bytes.
std::string unknownField(std::size_t bytes) {
    std::string out("\xA2\x06", 2);
    for (std::size_t left = bytes;; left >>= 7U) {
        if (left < 0x80U) {
            out.push_back(static_cast<char>(left));
            break;
        }
        out.push_back(static_cast<char>((left & 0x7FU) | 0x80U));
    }
    return out + std::string(bytes, 'x');
}

wire::LeadMoveArgs lost(ServiceWorld& world, RowId lead, std::string reason) {
    wire::LeadMoveArgs args;
    args.set_lead_id(lead.bytes());
    args.set_to(record::LOST);
    args.set_claim_token(world.load<Lead>(lead).claim_token());
    args.set_close_reason(std::move(reason));
    args.set_activity_id(RowId(Uuid::v7(world.now, world.random)).bytes());
    return args;
}

}  // namespace

class HostilePushTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The first edit of a lead stops its return timer; the body must not say when it ends instead.
    void anEditBringsNoDeadlineAlong() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        QCOMPARE(world.claim(world.anna, lead).outcome(), wire::CLAIM_WON);
        QVERIFY(world.load<Lead>(lead).deadline_ms() > 0);
        Lead body;
        body.mutable_wish()->set_make("Marke");
        body.set_deadline_ms(4'000'000'000'000);
        body.set_owner_id(world.ben.user.bytes());
        wire::EditArgs args;
        args.set_table(schema::recordOf<Lead>().number);
        args.set_id(lead.bytes());
        args.set_body(schema::encode(body));
        args.add_fields(Lead::kWishFieldNumber);
        args.set_claim_token(world.load<Lead>(lead).claim_token());
        QCOMPARE(world.act(world.anna, sync::kEdit, args), ErrorCode::Ok);
        const auto after = world.load<Lead>(lead);
        QCOMPARE(after.wish().make(), "Marke");
        QCOMPARE(after.deadline_ms(), 0);
        QCOMPARE(after.owner_id(), world.anna.user.bytes());
    }

    // A row larger than a frame could never be sent: no desk of the site would ever be in sync.
    void unknownFieldsAreNotStored() {
        ServiceWorld world;
        const RowId id(Uuid::v7(world.now, world.random));
        Customer customer;
        customer.set_last_name("Kunde");
        customer.set_site_id(world.siteA.bytes());
        std::string body = schema::encode(customer);
        const std::string inner = unknownField(100'000);
        // address = 7, with nothing in it but a field that it does not have
        std::string address("\x3A", 1);
        for (std::size_t left = inner.size();; left >>= 7U) {
            if (left < 0x80U) {
                address.push_back(static_cast<char>(left));
                break;
            }
            address.push_back(static_cast<char>((left & 0x7FU) | 0x80U));
        }
        body += address + inner + unknownField(50'000);
        wire::CreateArgs args;
        args.set_table(schema::recordOf<Customer>().number);
        args.set_id(id.bytes());
        args.set_body(body);
        QCOMPARE(world.act(world.anna, sync::kCreate, args), ErrorCode::Ok);
        const auto stored = world.row(schema::recordOf<Customer>(), id);
        QVERIFY(stored.row.body(schema::Facet::MAIN).size() < 200);
        QVERIFY(world.everythingSentTo(world.ben).size() < 50'000);
    }

    void aClosingReasonIsShortPlainText() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        QCOMPARE(world.claim(world.anna, lead).outcome(), wire::CLAIM_WON);
        for (const std::string& reason :
             {std::string(201, 'x'), std::string(150'000, 'x'), std::string("a\0b", 3)}) {
            QCOMPARE(world.act(world.anna, sync::kLeadMove, lost(world, lead, reason)),
                     ErrorCode::Invalid);
        }
        QCOMPARE(world.load<Lead>(lead).status(), record::NEW);
        QCOMPARE(world.act(world.anna, sync::kLeadMove, lost(world, lead, std::string(200, 'x'))),
                 ErrorCode::Ok);
    }

    // An activity is written once: whoever may move a lead must not replace a note by its id.
    void aMoveReplacesNoActivity() {
        ServiceWorld world;
        const RowId lead = world.newLead();
        QCOMPARE(world.claim(world.anna, lead).outcome(), wire::CLAIM_WON);
        Customer customer;
        customer.set_last_name("Kunde");
        customer.set_site_id(world.siteA.bytes());
        record::Activity note;
        note.set_customer_id(world.create(world.ben, customer).bytes());
        note.set_site_id(world.siteA.bytes());
        note.set_kind(record::NOTE);
        note.set_text("von Ben");
        const RowId id = world.create(world.ben, note);
        auto move = lost(world, lead, "kein Interesse");
        move.set_activity_id(id.bytes());
        QCOMPARE(world.act(world.anna, sync::kLeadMove, move), ErrorCode::Duplicate);
        const auto after = world.load<record::Activity>(id);
        QCOMPARE(after.text(), "von Ben");
        QCOMPARE(after.author_id(), world.ben.user.bytes());
        QCOMPARE(world.load<Lead>(lead).status(), record::NEW);
    }

    // 200 KiB of field numbers would keep the one writer busy for seconds.
    void anEditNamesNoMoreFieldsThanThereAre() {
        ServiceWorld world;
        Customer customer;
        customer.set_last_name("Kunde");
        customer.set_site_id(world.siteA.bytes());
        const RowId id = world.create(world.anna, customer);
        auto args = sync::editArgs(id, customer, {Customer::kLastNameFieldNumber});
        for (int i = 0; i < 50'000; ++i) {
            args.add_fields(Customer::kLastNameFieldNumber);
        }
        QCOMPARE(world.act(world.anna, sync::kEdit, args), ErrorCode::Invalid);
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::HostilePushTest)
#include "hostile_push_test.moc"
