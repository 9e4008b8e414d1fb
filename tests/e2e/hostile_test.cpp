// SPDX-License-Identifier: GPL-3.0-or-later
// Frames, orders, tenants, tokens and mutations that PROTOCOL.md does not allow, on the real
// server; afterwards it is alive, serves an honest desk, and its log holds no secret.
#include "tests/e2e/hostile_world.h"

using namespace vorfahrt;
using namespace vorfahrt::test;

class HostileTest : public QObject, private HostileWorld {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { startServer(); }
    void cleanup() { checkServer(); }
    void cleanupTestCase() { stopServerAndSearchLog(); }

    // ------------------------------------------------------------------------------- frames

    void framesThatAreNone_data() {
        QTest::addColumn<QByteArray>("frame");
        SeededRandom random(kSeed);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("random") << QByteArray::fromStdString(random.bytes(512));
        const std::string whole = helloOf(anna_).SerializeAsString();
        QTest::newRow("truncated") << QByteArray::fromStdString(whole.substr(0, whole.size() - 3));
        // Field 99, length-delimited, empty: no message that we know.
        QTest::newRow("unknown oneof field") << QByteArray("\x9A\x06\x00", 3);
        QTest::newRow("deep nesting") << QByteArray(60'000, '\x0B');
        // Login with a name that is not UTF-8.
        QTest::newRow("not UTF-8") << QByteArray("\x0A\x04\x0A\x02\xFF\xFE", 6);
    }
    void framesThatAreNone() {
        QFETCH(const QByteArray, frame);
        const auto before = connected();
        before->sendBytes(frame.toStdString());
        QVERIFY(before->isRefused(ErrorCode::BadFrame, true));
        QVERIFY(before->untilClosed());
        const auto after = ready(anna_);
        QVERIFY(after != nullptr);
        after->sendBytes(frame.toStdString());
        QVERIFY(after->isRefused(ErrorCode::BadFrame, true));
        QVERIFY(after->untilClosed());
    }

    void framesThatAreTooLargeOrText() {
        for (const auto& peer : {connected(), ready(anna_)}) {
            peer->sendBytes(std::string(256 * 1024 + 1, 'x'));
            QVERIFY(peer->untilClosed());
            QCOMPARE(peer->closeCode, std::uint16_t{1009});
        }
        const auto text = ready(anna_);
        text->raw().sendText("hello");
        QVERIFY(text->untilClosed());
        QCOMPARE(text->closeCode, std::uint16_t{1003});
        // A header that promises 2^63 bytes, and one that is never finished.
        const auto huge = ready(anna_);
        huge->raw().sendRaw(std::string("\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0", 14));
        QVERIFY(huge->untilClosed());
        const auto cut = ready(anna_);
        cut->raw().sendRaw(std::string("\x82\xFE\x10", 3));
        cut->raw().abort();
    }

    void reservedMessagesAreRefusedAndTheConnectionGoesOn() {
        const auto peer = ready(anna_);
        for (int kind = 0; kind < 3; ++kind) {
            wire::Up up;
            kind == 0   ? up.mutable_repair()
            : kind == 1 ? up.mutable_blob_have()
                        : up.mutable_blob_put();
            peer->send(up);
            QVERIFY(peer->isRefused(ErrorCode::Unsupported, false));
        }
        QCOMPARE(claimOn(*peer, newClaimId(), anyLead()).outcome(), wire::CLAIM_WON);
    }

    // ------------------------------------------------------------------------------- order

    void messagesInTheWrongState() {
        wire::Up cursors;
        cursors.mutable_cursors()->set_tenant(tenant_.bytes());
        wire::Up push;
        push.mutable_push()->set_tenant(tenant_.bytes());
        wire::Up claim;
        claim.mutable_claim()->set_tenant(tenant_.bytes());
        claim.mutable_claim()->set_claim_id(newClaimId());
        claim.mutable_claim()->set_lead_id(lead_.bytes());
        for (const wire::Up& up : {cursors, push, claim, creditOf(1), logoutFrame()}) {
            QVERIFY(connected()->isThrownOut(up, ErrorCode::BadOrder));
        }
        // Cursors that nobody asked for, Hello twice, Login after Hello.
        for (const wire::Up& up : {cursors, helloOf(anna_), loginOf("anna", "whatever")}) {
            const auto peer = ready(anna_);
            QVERIFY(peer != nullptr);
            QVERIFY(peer->isThrownOut(up, ErrorCode::BadOrder));
        }
    }

    void tenants() {
        wire::Up many = helloOf(anna_);
        for (int i = 0; i < 16; ++i) {
            many.mutable_hello()->add_tenants()->set_tenant(data_->newId().bytes());
        }
        QVERIFY(connected()->isThrownOut(many, ErrorCode::BadFrame));
        wire::Up twice = helloOf(anna_);
        twice.mutable_hello()->add_tenants()->set_tenant(tenant_.bytes());
        QVERIFY(connected()->isThrownOut(twice, ErrorCode::BadFrame));
        // One that exists and one that does not read the same.
        for (const TenantId& tenant : {otherTenant_, TenantId(data_->newId().uuid())}) {
            wire::Up foreign = helloOf(anna_);
            foreign.mutable_hello()->mutable_tenants(0)->set_tenant(tenant.bytes());
            QVERIFY(connected()->isThrownOut(foreign, ErrorCode::Forbidden));
        }
        wire::Up push = pushOf({createOf(1, "x")});
        push.mutable_push()->set_tenant(otherTenant_.bytes());
        wire::Up claim;
        claim.mutable_claim()->set_tenant(otherTenant_.bytes());
        claim.mutable_claim()->set_claim_id(newClaimId());
        claim.mutable_claim()->set_lead_id(lead_.bytes());
        wire::Up cursors;
        cursors.mutable_cursors()->set_tenant(otherTenant_.bytes());
        for (const wire::Up& up : {push, claim, cursors}) {
            QVERIFY(ready(anna_)->isThrownOut(up, ErrorCode::BadOrder));
        }
    }

    void tokensAndReplicas() {
        SeededRandom random(kSeed + 1);
        for (const std::string& token : {std::string(), random.bytes(32), random.bytes(31),
                                         std::string(100'000, 'x'), revoked_.token}) {
            wire::Up up = helloOf(anna_);
            up.mutable_hello()->set_token(token);
            QVERIFY(connected()->isThrownOut(up, ErrorCode::Unauthenticated));
        }
        QVERIFY(connected()->isThrownOut(helloOf(disabled_), ErrorCode::Forbidden));
        // Ben's replica must have pushed once, or it is nobody's yet.
        const auto ben = ready(ben_);
        QVERIFY(ben != nullptr);
        ben->send(pushOf({createOf(1, "Bens")}));
        QVERIFY(ben->await(wire::Down::kResults) != nullptr);
        wire::Up stolen = helloOf(anna_);
        stolen.mutable_hello()->set_replica_id(ben_.replica.bytes());
        QVERIFY(connected()->isThrownOut(stolen, ErrorCode::Forbidden));
        for (const std::string& replica :
             {std::string(), std::string(16, '\0'), std::string(17, 'x')}) {
            wire::Up up = helloOf(anna_);
            up.mutable_hello()->set_replica_id(replica);
            QVERIFY(connected()->isThrownOut(up, ErrorCode::BadFrame));
        }
        wire::Up version = helloOf(anna_);
        version.mutable_hello()->set_protocol_min(2);
        version.mutable_hello()->set_protocol_max(9);
        QVERIFY(connected()->isThrownOut(version, ErrorCode::BadVersion));
    }

    void logoutRevokes() {
        SignedIn person = leaver_;
        const auto first = ready(person);
        const auto second = ready(person);  // another desk with the same token
        QVERIFY(first != nullptr && second != nullptr);
        first->send(logoutFrame());
        QVERIFY(first->untilClosed());
        QVERIFY(second->isRefused(ErrorCode::Unauthenticated, true));
        QVERIFY(second->untilClosed());
        QVERIFY(connected()->isThrownOut(helloOf(person), ErrorCode::Unauthenticated));
    }

    // ------------------------------------------------------------------------------- mutations

    void pushesThatAreNone() {
        std::vector<wire::Mutation> tooMany;
        for (std::uint64_t mid = 1; mid <= 501; ++mid) {
            tooMany.push_back(createOf(mid, "x"));
        }
        wire::Mutation large = createOf(1, "x");
        large.set_args(std::string(201 * 1024, 'x'));
        for (const auto& mutations :
             {tooMany, std::vector{createOf(2, "x"), createOf(1, "x")},
              std::vector{createOf(1, "x"), createOf(1, "x")}, std::vector{createOf(0, "x")},
              std::vector{large}, std::vector<wire::Mutation>{}}) {
            QVERIFY(ready(eve_)->isThrownOut(pushOf(mutations), ErrorCode::BadFrame));
        }
    }

    void replayGapAndFork() {
        const auto peer = ready(eve_);
        const wire::Mutation create = createOf(++eveMid_, "Kunde");
        const auto first = pushed(*peer, {create});
        QCOMPARE(codeOf(first.results(0).code()), ErrorCode::Ok);
        const auto again = pushed(*peer, {create});
        QCOMPARE(again.results(0).SerializeAsString(), first.results(0).SerializeAsString());
        const auto gap = pushed(*peer, {createOf(eveMid_ + 5, "zu früh")});
        QCOMPARE(codeOf(gap.results(0).code()), ErrorCode::GapInSequence);
        QCOMPARE(gap.last_mid(), eveMid_);
        const auto far = pushed(*peer, {createOf(std::numeric_limits<std::uint64_t>::max(), "x")});
        QCOMPARE(codeOf(far.results(0).code()), ErrorCode::GapInSequence);
        const auto forked = pushed(*peer, {createOf(eveMid_, "anderer Inhalt")});
        QCOMPARE(codeOf(forked.results(0).code()), ErrorCode::ReplicaForked);
    }

    void mutationsThatArePresumptuous() {
        const auto peer = ready(eve_);
        const auto code = [&](wire::Mutation mutation) {
            mutation.set_mid(++eveMid_);
            return codeOf(pushed(*peer, {mutation}).results(0).code());
        };
        const auto editOf = [&](RowId id, const std::string& name) {
            return sync::makeMutation(sync::kEdit,
                                      sync::editArgs(id, customerAt(siteA_, name),
                                                     {record::Customer::kLastNameFieldNumber}));
        };
        // What one may not see reads like what is not there.
        QCOMPARE(code(editOf(data_->newId(), "x")), ErrorCode::NotFound);
        QCOMPARE(code(editOf(customerB_, "x")), ErrorCode::NotFound);
        QCOMPARE(code(editOf(heldCustomer_, "x")), ErrorCode::NotFound);
        // Ids of others.
        QCOMPARE(code(create(customerB_, customerAt(siteA_, "x"))), ErrorCode::NotFound);
        QCOMPARE(code(create(customerA_, customerAt(siteA_, "x"))), ErrorCode::Duplicate);
        QCOMPARE(code(create(RowId(), customerAt(siteA_, "x"))), ErrorCode::Invalid);
        QCOMPARE(code(create(data_->newId(), customerAt(siteB_, "x"))), ErrorCode::Forbidden);
        record::Customer held = customerAt(siteA_, "x");
        held.set_held_by_lead(lead_.bytes());
        QCOMPARE(code(create(data_->newId(), held)), ErrorCode::Invalid);
        record::ContactPoint point;
        point.set_customer_id(customerA_.bytes());
        point.set_site_id(siteA_.bytes());
        point.set_value("x@example.org");
        point.set_canonical("other@example.org");
        QCOMPARE(code(create(data_->newId(), point)), ErrorCode::Invalid);
        point.clear_canonical();
        point.set_customer_id(customerB_.bytes());
        QCOMPARE(code(create(data_->newId(), point)), ErrorCode::NotFound);
        record::Lead lead;
        lead.set_site_id(siteA_.bytes());
        QCOMPARE(code(create(data_->newId(), lead)), ErrorCode::Invalid);
        record::Grant grant;
        grant.set_user_id(eve_.user.bytes());
        grant.set_site_id(siteA_.bytes());
        grant.set_role(record::ADMIN);
        QCOMPARE(code(create(data_->newId(), grant)), ErrorCode::Invalid);
        for (const int field : std::initializer_list<int>{
                 record::Lead::kOwnerIdFieldNumber, record::Lead::kNumberFieldNumber,
                 record::Lead::kStatusFieldNumber, record::Lead::kEventsFieldNumber,
                 record::Lead::kMessageFieldNumber, record::Lead::kCustomerIdFieldNumber,
                 record::Lead::kEnquiryDigestFieldNumber, 999}) {
            wire::EditArgs args;
            args.set_table(schema::recordOf<record::Lead>().number);
            args.set_id(freeLead_.bytes());
            args.add_fields(static_cast<std::uint32_t>(field));
            QCOMPARE(code(sync::makeMutation(sync::kEdit, args)), ErrorCode::Invalid);
        }
        wire::LeadReleaseArgs release;
        release.set_lead_id(leadB_.bytes());
        QCOMPARE(code(sync::makeMutation(sync::kLeadRelease, release)), ErrorCode::NotFound);
        wire::Mutation unknown = createOf(1, "x");
        unknown.set_name("record.drop; DROP TABLE customer");
        QCOMPARE(code(unknown), ErrorCode::Unsupported);
        wire::Mutation version = createOf(1, "x");
        version.set_name_version(2);
        QCOMPARE(code(version), ErrorCode::Unsupported);
        wire::Mutation garbage = createOf(1, "x");
        garbage.set_args("\xFF\xFF\xFF");
        QCOMPARE(code(garbage), ErrorCode::Invalid);
        wire::Mutation table = createOf(1, "x");
        wire::CreateArgs args;
        args.set_table(4'000'000'000U);
        args.set_id(data_->newId().bytes());
        table.set_args(schema::encode(args));
        QCOMPARE(code(table), ErrorCode::Invalid);
        QCOMPARE(code(create(data_->newId(), customerAt(siteA_, std::string("a\0b", 3)))),
                 ErrorCode::Invalid);
        QCOMPARE(code(create(data_->newId(), customerAt(siteA_, std::string(81, 'x')))),
                 ErrorCode::Invalid);
        wire::Mutation cascade = createOf(1, "x");
        cascade.add_deps(eveMid_);
        QCOMPARE(code(cascade), ErrorCode::Cascade);
        // After all of it the replica goes on.
        QCOMPARE(code(createOf(1, "Ordentlich")), ErrorCode::Ok);
    }

    // An edit from the day after tomorrow wins against nothing that happens later.
    void aClockTwoDaysOff() {
        const auto peer = ready(eve_);
        const auto edit = [&](const std::string& name, std::int64_t timeMs, std::uint64_t baseRev) {
            wire::Mutation mutation = sync::makeMutation(
                sync::kEdit, sync::editArgs(customerA_, customerAt(siteA_, name),
                                            {record::Customer::kLastNameFieldNumber}));
            mutation.set_mid(++eveMid_);
            mutation.set_edit_time_ms(timeMs);
            mutation.set_base_rev(baseRev);
            return pushed(*peer, {mutation}).results(0);
        };
        const std::int64_t now = toUnixMs(SystemClock().now());
        const auto ahead = edit("Übermorgen", now + 172'800'000, 0);
        QCOMPARE(codeOf(ahead.code()), ErrorCode::Ok);
        // Concurrent (base 0), a moment later by the true clock, from the same desk.
        const auto honest = edit("Heute", toUnixMs(SystemClock().now()) + 1'000, 0);
        QCOMPARE(codeOf(honest.code()), ErrorCode::Ok);
        QCOMPARE(honest.lost_fields_size(), 0);
        for (const std::int64_t time :
             {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
            QCOMPARE(codeOf(edit("Zeit", time, 0).code()), ErrorCode::Ok);
        }
    }

    void claimsOfOthersLeads() {
        const auto peer = ready(eve_);
        QCOMPARE(claimOn(*peer, newClaimId(), leadB_).outcome(), wire::CLAIM_GONE);
        const auto unknown = claimOn(*peer, newClaimId(), data_->newId());
        QCOMPARE(unknown.outcome(), wire::CLAIM_GONE);
        QVERIFY(unknown.private_facet().empty() && unknown.owner_id().empty());
        // A claim id of somebody else.
        const std::string id = newClaimId();
        const auto anna = ready(anna_);
        const RowId annas = anyLead();
        QCOMPARE(claimOn(*anna, id, annas).outcome(), wire::CLAIM_WON);
        const auto stolen = claimOn(*peer, id, annas);
        QCOMPARE(stolen.outcome(), wire::CLAIM_REFUSED);
        QCOMPARE(codeOf(stolen.code()), ErrorCode::Duplicate);
        QVERIFY(stolen.private_facet().empty());
        for (const std::string& bad :
             {std::string(), std::string(16, '\0'), std::string(15, 'x')}) {
            wire::Up up;
            up.mutable_claim()->set_tenant(tenant_.bytes());
            up.mutable_claim()->set_claim_id(bad);
            up.mutable_claim()->set_lead_id(lead_.bytes());
            QVERIFY(ready(eve_)->isThrownOut(up, ErrorCode::BadFrame));
        }
    }
};

QTEST_GUILESS_MAIN(HostileTest)
#include "hostile_test.moc"
