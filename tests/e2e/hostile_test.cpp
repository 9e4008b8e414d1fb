// SPDX-License-Identifier: GPL-3.0-or-later
// The real server over TLS against people who mean it harm: frames, orders, tenants, tokens,
// mutations, floods and silence. PROTOCOL.md says what each is answered; afterwards the server is
// alive, serves an honest desk, and its log holds no secret.
#include "common/base/bytes.h"
#include "common/schema/customer.pb.h"
#include "common/sync/mutator.h"
#include "server/service/auth.h"
#include "tests/support/server_process.h"
#include "tests/support/wire_desk.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <filesystem>
#include <limits>
#include <sys/resource.h>
#include <utility>
#include <vector>

using namespace vorfahrt;
using namespace vorfahrt::test;
namespace service = vorfahrt::server::service;

namespace {

constexpr const char* kPassword = "canary-Kennwort-7731";
constexpr std::uint64_t kSeed = 20'250;

boost::asio::io_context& io() {
    static boost::asio::io_context context(1);
    return context;
}

bool runUntil(const std::function<bool()>& condition, int timeoutMs = 8'000) {
    QElapsedTimer clock;
    clock.start();
    while (!condition()) {
        if (clock.elapsed() > timeoutMs) {
            return false;
        }
        io().restart();
        io().run_one_for(std::chrono::milliseconds(50));
    }
    return true;
}

ErrorCode codeOf(std::uint32_t code) {
    return static_cast<ErrorCode>(code);
}

// One connection that sends what it likes.
class Peer {
public:
    Peer(WsClientContext& context, WsClientOptions options)
        : client_(WsClient::create(io().get_executor(), context, std::move(options))) {
        client_->onOpen = [this] { open_ = true; };
        client_->onMessage = [this](std::string message) {
            bytes += message.size();
            wire::Down down;
            if (!down.ParseFromString(message)) {
                undecodable = true;
            }
            in.push_back(std::move(down));
        };
        client_->onClosed = [this](std::uint16_t code, std::string) {
            closed_ = true;
            closeCode = code;
        };
        client_->connect();
    }
    ~Peer() {
        client_->onOpen = nullptr;
        client_->onMessage = nullptr;
        client_->onClosed = nullptr;
        client_->abort();
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] bool opened() {
        return runUntil([this] { return open_ || closed_; }, 20'000) && open_;
    }
    [[nodiscard]] bool isOpen() const { return open_ && !closed_; }
    [[nodiscard]] bool isClosed() const { return closed_; }
    [[nodiscard]] bool untilClosed() {
        return runUntil([this] { return closed_; });
    }
    void send(const wire::Up& up) { client_->send(up.SerializeAsString()); }
    void sendBytes(std::string bytesToSend) { client_->send(std::move(bytesToSend)); }
    [[nodiscard]] WsClient& raw() { return *client_; }

    // The next frame of this kind from `from` on; nothing where the connection ended before.
    [[nodiscard]] const wire::Down* await(wire::Down::KindCase kind, int timeoutMs = 8'000) {
        std::size_t at = taken_;
        const auto find = [&] {
            for (; at < in.size(); ++at) {
                if (in[at].kind_case() == kind) {
                    return true;
                }
            }
            return false;
        };
        if (!runUntil([&] { return find() || closed_; }, timeoutMs) || !find()) {
            return nullptr;
        }
        taken_ = at + 1;
        return &in[at];
    }
    // Sends and expects Refused of this code, closing, and the end of the connection.
    [[nodiscard]] bool isThrownOut(const wire::Up& up, ErrorCode why) {
        send(up);
        return isRefused(why, true) && untilClosed();
    }
    [[nodiscard]] bool isRefused(ErrorCode why, bool closing) {
        const wire::Down* frame = await(wire::Down::kRefused);
        if (frame == nullptr) {
            qWarning("no Refused");
            return false;
        }
        if (codeOf(frame->refused().code()) != why || frame->refused().closing() != closing) {
            qWarning("Refused with code %u", frame->refused().code());
            return false;
        }
        return true;
    }

    std::deque<wire::Down> in;
    std::size_t bytes = 0;
    bool undecodable = false;
    std::uint16_t closeCode = 0;

private:
    std::shared_ptr<WsClient> client_;
    std::size_t taken_ = 0;
    bool open_ = false;
    bool closed_ = false;
};

record::Customer customerAt(RowId site, const std::string& name) {
    record::Customer customer;
    customer.set_last_name(name);
    customer.set_site_id(site.bytes());
    return customer;
}

wire::Up creditOf(std::uint64_t bytes) {
    wire::Up up;
    up.mutable_credit()->set_bytes(bytes);
    return up;
}

wire::Up logoutFrame() {
    wire::Up up;
    up.mutable_logout();
    return up;
}

}  // namespace

class HostileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qInfo("seed %llu", static_cast<unsigned long long>(kSeed));
        QVERIFY(folder_.isValid());
        rlimit files{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
        files.rlim_cur = files.rlim_max;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
        const QString dir = folder_.filePath(QStringLiteral("data"));
        server_ = std::make_unique<ServerProcess>(dir);
        // The limit by account is what is tested; all come from one address here.
        server_->setVariable(QStringLiteral("VORFAHRT_LOGIN_PER_ADDRESS_MINUTE"),
                             QStringLiteral("200"));
        provision(server_->databaseFile().toStdString());
        QVERIFY2(server_->start(), qPrintable(server_->describe()));
    }

    // After each attack the server is there and serves.
    void cleanup() {
        QVERIFY2(server_->isRunning(), qPrintable(server_->describe()));
        QVERIFY(honestDeskWorks());
    }

    void cleanupTestCase() {
        QVERIFY2(server_->stop(), qPrintable(server_->describe()));
        const QByteArray log = server_->log();
        QVERIFY(!log.isEmpty());
        for (const std::string& secret : secrets_) {
            const QByteArray raw = QByteArray::fromStdString(secret);
            QVERIFY2(!log.contains(raw), "a secret stands in the log");
            QVERIFY2(!log.toLower().contains(raw.toHex()), "a secret stands in the log as hex");
            QVERIFY2(!log.contains(raw.toBase64()), "a secret stands in the log as base64");
        }
        for (const auto& line : log.split('\n')) {
            QVERIFY2(!line.contains("\"error\"") || !line.contains("store"), line.constData());
        }
    }

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

    // Ten thousand claims at once are worked off; nobody else is refused meanwhile.
    void aFloodOfClaims() {
        constexpr std::size_t kClaims = 10'000;
        const auto flood = ready(eve_);
        for (std::size_t i = 0; i < kClaims; ++i) {
            wire::Up up;
            up.mutable_claim()->set_tenant(tenant_.bytes());
            up.mutable_claim()->set_claim_id(newClaimId());
            up.mutable_claim()->set_lead_id(leadB_.bytes());
            flood->send(up);
        }
        const auto anna = ready(anna_);
        QVERIFY(anna != nullptr);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(claimOn(*anna, newClaimId(), anyLead()).outcome(), wire::CLAIM_WON);
        qInfo("an honest claim within the flood: %lld ms", clock.elapsed());
        const auto answers = [&] {
            return static_cast<std::size_t>(std::ranges::count_if(
                flood->in, [](const wire::Down& down) { return down.has_claim_result(); }));
        };
        QVERIFY(runUntil([&] { return flood->isClosed() || answers() == kClaims; }, 30'000));
        QCOMPARE(answers(), kClaims);
        QVERIFY(flood->isOpen());
    }

    // ------------------------------------------------------------------------------- data

    void inventedScopesBringNothing() {
        wire::Up hello = helloOf(anna_);
        const auto first = connected();
        first->send(hello);
        const wire::Down* welcome = first->await(wire::Down::kWelcome);
        QVERIFY(welcome != nullptr);
        const auto& tenant = welcome->welcome().tenants(0);
        hello.mutable_hello()->mutable_tenants(0)->set_epoch(tenant.epoch());
        hello.mutable_hello()->mutable_tenants(0)->set_cursor(tenant.head());
        hello.mutable_hello()->mutable_tenants(0)->set_scopes_digest("none");
        const auto peer = connected();
        peer->send(hello);
        welcome = peer->await(wire::Down::kWelcome);
        QVERIFY(welcome != nullptr && welcome->welcome().tenants(0).need_cursors());
        wire::Up cursors;
        cursors.mutable_cursors()->set_tenant(tenant_.bytes());
        const auto site = [](RowId id) { return "site:" + toHex(id.view()); };
        std::vector<std::string> invented{site(siteB_),
                                          "leads:" + toHex(siteB_.view()),
                                          "manager:" + toHex(siteA_.view()),
                                          "user:" + toHex(ben_.user.view()),
                                          "*",
                                          ""};
        for (const std::string& name : invented) {
            for (const bool complete : {true, false}) {
                wire::HeldScope& held = *cursors.mutable_cursors()->add_scopes();
                held.set_name(name);
                held.set_complete(complete);
                held.set_table(10);
                held.set_after_id(std::string(16, '\0'));
            }
        }
        peer->send(cursors);
        welcome = peer->await(wire::Down::kWelcome);
        QVERIFY(welcome != nullptr);
        for (const auto& scope : welcome->welcome().tenants(0).scopes()) {
            const bool mine = std::ranges::find(invented, scope.name()) == invented.end();
            QVERIFY(mine || scope.action() == wire::DROP);
        }
        std::size_t paid = 0;
        QVERIFY(runUntil([&] {
            if (peer->bytes > paid) {
                peer->send(creditOf(peer->bytes - std::exchange(paid, peer->bytes)));
            }
            return checkpointed(*peer);
        }));
        for (const wire::Down& down : peer->in) {
            if (down.has_snapshot()) {
                const auto rows = rowsOf(down.snapshot());
                QVERIFY(rows.has_value());
                QVERIFY(rows->SerializeAsString().find(kCanaryB) == std::string::npos);
                QVERIFY(rows->SerializeAsString().find(kCanaryHeld) == std::string::npos);
            }
        }
        wire::Up more;
        more.mutable_cursors()->set_tenant(tenant_.bytes());
        for (int i = 0; i < 65; ++i) {
            more.mutable_cursors()->add_scopes()->set_name("site:" + std::to_string(i));
        }
        const auto greedy = connected();
        greedy->send(hello);
        QVERIFY(greedy->await(wire::Down::kWelcome) != nullptr);
        QVERIFY(greedy->isThrownOut(more, ErrorCode::BadFrame));
    }

    // No credit, or more than there are numbers: what is on its way stays within the window.
    void creditIsABound() {
        const auto silent = ready(anna_);
        QVERIFY(silent != nullptr);
        io().restart();
        io().run_for(std::chrono::milliseconds(700));
        qInfo("sent without credit: %zu bytes", silent->bytes);
        QVERIFY(silent->bytes < 1'300'000);
        QVERIFY(!checkpointed(*silent));
        for (int i = 0; i < 20; ++i) {
            silent->send(creditOf(std::numeric_limits<std::uint64_t>::max()));
            silent->send(creditOf(0));
        }
        QVERIFY(runUntil([&] { return checkpointed(*silent) || silent->bytes > 0; }));
        QVERIFY(silent->isOpen());
    }

    // Many desks that take nothing: the server keeps positions for them, not data.
    void slowReadersCostNoMemory() {
        const qint64 before = residentKib();
        std::vector<std::unique_ptr<Peer>> slow;
        for (int i = 0; i < 40; ++i) {
            WsClientOptions options = optionsOf();
            options.reads = false;
            slow.push_back(std::make_unique<Peer>(context_, options));
            QVERIFY(slow.back()->opened());
            slow.back()->send(helloOf(anna_));
            for (int n = 0; n < 50; ++n) {
                slow.back()->send(creditOf(1U << 30U));
            }
        }
        io().restart();
        io().run_for(std::chrono::seconds(2));
        const qint64 grown = residentKib() - before;
        qInfo("40 slow readers: server grew by %lld KiB", grown);
        QVERIFY(grown < 120 * 1024);
    }

    void aThousandConnectionsThatDoNothing() {
        std::vector<std::unique_ptr<Peer>> idle;
        QElapsedTimer clock;
        clock.start();
        const qint64 before = residentKib();
        for (int i = 0; i < 1'000; ++i) {
            idle.push_back(std::make_unique<Peer>(context_, optionsOf()));
            if (i % 50 == 49) {  // the client shares the machine
                QVERIFY(runUntil([&] { return !idle.empty() && idle.back()->isOpen(); }, 20'000));
            }
        }
        const auto open = [&] {
            return std::ranges::count_if(idle, [](const auto& peer) { return peer->isOpen(); });
        };
        static_cast<void>(runUntil([&] { return open() == 1'000; }, 10'000));
        qInfo("%lld connections in %lld ms, server grew by %lld KiB",
              static_cast<long long>(open()), clock.elapsed(), residentKib() - before);
        QVERIFY(open() > 0);
        QVERIFY(honestDeskWorks());
    }

    // ------------------------------------------------------------------------------- logins

    void wrongNamesAndWrongPasswordsAreOneAnswer() {
        const auto peer = connected();
        std::array<qint64, 2> spent{};
        std::array<std::string, 2> answers;
        for (int i = 0; i < 8; ++i) {
            const std::size_t kind = static_cast<std::size_t>(i % 2);
            const std::string name = kind == 0 ? "anna" : "niemand" + std::to_string(i);
            QElapsedTimer clock;
            clock.start();
            peer->send(loginOf(name, "falsch-" + std::to_string(i)));
            const wire::Down* frame = peer->await(wire::Down::kLoginResult);
            QVERIFY(frame != nullptr);
            spent[kind] += clock.elapsed();
            const std::string answer = frame->SerializeAsString();
            QVERIFY(answers[kind].empty() || answers[kind] == answer);
            answers[kind] = answer;
        }
        qInfo("wrong password %lld ms, unknown name %lld ms, mean of 4", spent[0] / 4,
              spent[1] / 4);
        QCOMPARE(answers[0], answers[1]);
        wire::Down expected;
        expected.mutable_login_result()->set_code(
            static_cast<std::uint32_t>(ErrorCode::Unauthenticated));
        QCOMPARE(answers[0], expected.SerializeAsString());
    }

    void bruteForceIsSlowedDown() {
        const auto peer = connected();
        for (const std::string& name : {std::string("ben"), std::string("gibt-es-nicht")}) {
            ErrorCode code = ErrorCode::Ok;
            int tries = 0;
            for (; tries < 15 && code != ErrorCode::RateLimited; ++tries) {
                peer->send(loginOf(name, "rate-" + std::to_string(tries)));
                const wire::Down* frame = peer->await(wire::Down::kLoginResult);
                QVERIFY(frame != nullptr);
                code = codeOf(frame->login_result().code());
                QVERIFY(frame->login_result().token().empty());
                QVERIFY(code != ErrorCode::RateLimited ||
                        frame->login_result().retry_after_ms() > 0);
            }
            QCOMPARE(code, ErrorCode::RateLimited);
            QVERIFY(tries >= 10);
        }
    }

    void loginsAtTheLimits() {
        const auto peer = connected();
        const auto code = [&](const wire::Up& up) {
            peer->send(up);
            const wire::Down* frame = peer->await(wire::Down::kLoginResult);
            return frame == nullptr ? ErrorCode::Internal : codeOf(frame->login_result().code());
        };
        QCOMPARE(code(loginOf(std::string(255, 'a'), "x")), ErrorCode::Invalid);
        QCOMPARE(code(loginOf("", "x")), ErrorCode::Invalid);
        QCOMPARE(code(loginOf("anna", std::string(1025, 'x'))), ErrorCode::Invalid);
        wire::Up device = loginOf("anna", "x");
        device.mutable_login()->set_device_id("short");
        QCOMPARE(code(device), ErrorCode::Invalid);
        QCOMPARE(code(loginOf(std::string(254, 'a'), std::string(1024, 'x'))),
                 ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf(std::string("an\0na", 5), "x")), ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf("carla", std::string(kPassword) + std::string("\0x", 2))),
                 ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf("carla", "")), ErrorCode::Unauthenticated);
        QCOMPARE(code(loginOf("' OR 1=1 --", "x")), ErrorCode::Unauthenticated);
        // The right one, with a name as people type it.
        peer->send(loginOf("  Carla ", kPassword));
        const wire::Down* frame = peer->await(wire::Down::kLoginResult);
        QVERIFY(frame != nullptr);
        QCOMPARE(codeOf(frame->login_result().code()), ErrorCode::Ok);
        QCOMPARE(frame->login_result().token().size(), std::size_t{32});
        secrets_.push_back(frame->login_result().token());
    }

    // ------------------------------------------------------------------------------- files

    void filesAreTheOwnersAlone() {
        namespace fs = std::filesystem;
        const fs::path folder = fs::path(server_->databaseFile().toStdString()).parent_path();
        const auto others = fs::perms::group_all | fs::perms::others_all;
        QCOMPARE(fs::status(folder).permissions() & others, fs::perms::none);
        for (const char* name : {"server.db", "server.db-wal", "tls.key"}) {
            QVERIFY2(fs::exists(folder / name), name);
            QVERIFY2((fs::status(folder / name).permissions() & others) == fs::perms::none, name);
        }
    }

private:
    static constexpr const char* kCanaryB = "CanaryNordstern";
    static constexpr const char* kCanaryHeld = "CanaryGehalten";

    void provision(const std::string& database) {
        data_ = std::make_unique<ServerData>(database, kSeed);
        const auto hash = service::hashPassword(kPassword, service::HashCost::Interactive);
        QVERIFY(hash.has_value());
        tenant_ = data_->addTenant("Gruppe");
        siteA_ = data_->addSite(tenant_, "A", 0);
        siteB_ = data_->addSite(tenant_, "B", 0);
        otherTenant_ = data_->addTenant("Fremd");
        const auto person = [&](const char* login) {
            SignedIn made = data_->addPerson(tenant_, login, record::SALES, siteA_, *hash);
            secrets_.push_back(made.token);
            return made;
        };
        anna_ = person("anna");
        ben_ = person("ben");
        eve_ = person("eve");
        carla_ = person("carla");
        honest_ = person("hanna");
        leaver_ = person("leo");
        revoked_ = person("rosa");
        disabled_ = person("dora");
        secrets_.insert(secrets_.end(), {kPassword, kCanaryB, kCanaryHeld, *hash});
        service::LogoutRequest logout;
        logout.who.account = revoked_.account;
        logout.who.tokenHash = service::tokenHash(revoked_.token);
        static_cast<void>(data_->run(logout));

        std::vector<schema::Row> rows;
        const auto add = [&](const auto& record) {
            const RowId id = data_->newId();
            rows.push_back(ServerData::row(id, record));
            return id;
        };
        record::User dora = data_->load<record::User>(tenant_, RowId(disabled_.user.uuid()));
        dora.set_disabled(true);
        rows.push_back(ServerData::row(RowId(disabled_.user.uuid()), dora));
        customerA_ = add(customerAt(siteA_, "Anfang"));
        customerB_ = add(customerAt(siteB_, kCanaryB));
        const auto leadAt = [&](RowId site, RowId customer, std::uint64_t number) {
            record::Lead lead;
            lead.set_number(number);
            lead.set_site_id(site.bytes());
            lead.set_received_ms(1'790'000'000'000);
            lead.set_customer_id(customer.bytes());
            return add(lead);
        };
        lead_ = leadAt(siteA_, customerA_, 1);
        leadB_ = leadAt(siteB_, customerB_, 2);
        freeLead_ = leadAt(siteA_, customerA_, 3);
        for (std::uint64_t number = 4; number < 14; ++number) {
            leads_.push_back(leadAt(siteA_, customerA_, number));
        }
        record::Customer held = customerAt(siteA_, kCanaryHeld);
        held.set_held_by_lead(freeLead_.bytes());
        heldCustomer_ = add(held);
        // More than a window of data, that no compression makes small.
        for (int i = 0; i < 1'000; ++i) {
            record::Customer customer = customerAt(siteA_, "Masse");
            customer.set_note(toHex(data_->random().bytes(1'900)));
            static_cast<void>(add(customer));
        }
        data_->import(tenant_, std::move(rows));
    }

    [[nodiscard]] WsClientOptions optionsOf() const {
        return {server_->port(), server_->fingerprint().toStdString()};
    }
    [[nodiscard]] std::unique_ptr<Peer> connected() {
        auto peer = std::make_unique<Peer>(context_, optionsOf());
        return peer->opened() ? std::move(peer) : nullptr;
    }
    // Connected and welcomed; nullptr where it was refused.
    [[nodiscard]] std::unique_ptr<Peer> ready(const SignedIn& person) {
        auto peer = connected();
        if (peer == nullptr) {
            return nullptr;
        }
        peer->send(helloOf(person));
        return peer->await(wire::Down::kWelcome) != nullptr ? std::move(peer) : nullptr;
    }
    [[nodiscard]] wire::Up helloOf(const SignedIn& person) const {
        wire::Up up;
        wire::Hello& hello = *up.mutable_hello();
        hello.set_protocol_min(1);
        hello.set_protocol_max(1);
        hello.set_schema_version(schema::kSchemaVersion);
        hello.set_token(person.token);
        hello.set_replica_id(person.replica.bytes());
        hello.add_tenants()->set_tenant(tenant_.bytes());
        return up;
    }
    [[nodiscard]] static wire::Up loginOf(const std::string& name, const std::string& password) {
        wire::Up up;
        up.mutable_login()->set_account(name);
        up.mutable_login()->set_password(password);
        up.mutable_login()->set_device_id(std::string(16, 'd'));
        return up;
    }
    [[nodiscard]] static wire::Mutation create(RowId id, const google::protobuf::Message& record) {
        wire::CreateArgs args;
        args.set_table(schema::recordOf(record.GetDescriptor()).number);
        args.set_id(id.bytes());
        args.set_body(schema::encode(record));
        return sync::makeMutation(sync::kCreate, args);
    }
    [[nodiscard]] wire::Mutation createOf(std::uint64_t mid, const std::string& name) {
        wire::Mutation mutation = create(data_->newId(), customerAt(siteA_, name));
        mutation.set_mid(mid);
        return mutation;
    }
    [[nodiscard]] wire::Up pushOf(const std::vector<wire::Mutation>& mutations) const {
        wire::Up up;
        up.mutable_push()->set_tenant(tenant_.bytes());
        for (const auto& mutation : mutations) {
            *up.mutable_push()->add_mutations() = mutation;
        }
        return up;
    }
    [[nodiscard]] wire::Results pushed(Peer& peer, const std::vector<wire::Mutation>& mutations) {
        peer.send(pushOf(mutations));
        const wire::Down* frame = peer.await(wire::Down::kResults);
        wire::Results results = frame == nullptr ? wire::Results() : frame->results();
        if (results.results_size() == 0) {
            qWarning("no results");
            results.add_results()->set_code(static_cast<std::uint32_t>(ErrorCode::Internal));
        }
        return results;
    }
    // A lead that nobody has.
    [[nodiscard]] RowId anyLead() {
        const RowId lead = leads_.back();
        leads_.pop_back();
        return lead;
    }
    [[nodiscard]] std::string newClaimId() { return data_->newId().bytes(); }
    [[nodiscard]] wire::ClaimResult claimOn(Peer& peer, const std::string& id, RowId lead) {
        wire::Up up;
        up.mutable_claim()->set_tenant(tenant_.bytes());
        up.mutable_claim()->set_claim_id(id);
        up.mutable_claim()->set_lead_id(lead.bytes());
        peer.send(up);
        const wire::Down* frame = peer.await(wire::Down::kClaimResult);
        wire::ClaimResult none;
        none.set_outcome(wire::CLAIM_REFUSED);
        none.set_code(static_cast<std::uint32_t>(ErrorCode::Internal));
        return frame == nullptr ? none : frame->claim_result();
    }
    [[nodiscard]] static bool checkpointed(const Peer& peer) {
        int filling = 0;
        bool seen = false;
        for (const wire::Down& down : peer.in) {
            if (down.has_welcome()) {
                for (const auto& scope : down.welcome().tenants(0).scopes()) {
                    filling += scope.action() == wire::BACKFILL ? 1 : 0;
                }
            }
            filling -= down.has_snapshot() && down.snapshot().last() ? 1 : 0;
            seen = down.has_checkpoint() && filling == 0;
        }
        return seen;
    }
    // A first synchronisation, an edit and a claim of an honest person.
    [[nodiscard]] bool honestDeskWorks() {
        WireDesk desk(io().get_executor(), context_, optionsOf(), honest_, tenant_);
        desk.connect();
        if (!runUntil([&] { return desk.isReady() || !desk.ended().empty(); }, 20'000) ||
            !desk.ended().empty()) {
            qWarning("honest desk: %s", desk.ended().c_str());
            return false;
        }
        wire::CreateArgs args;
        args.set_table(schema::recordOf<record::Customer>().number);
        args.set_id(data_->newId().bytes());
        args.set_body(schema::encode(customerAt(siteA_, "Ehrlich")));
        const std::uint64_t mid = desk.push(sync::kCreate, args);
        const std::string claim = desk.claim(LeadId(lead_.uuid()), newClaimId());
        const bool done = runUntil([&] { return desk.result(mid) && desk.answer(claim); });
        return done && codeOf(desk.result(mid)->code()) == ErrorCode::Ok &&
               desk.answer(claim)->outcome() != wire::CLAIM_REFUSED;
    }
    [[nodiscard]] qint64 residentKib() const {
        QFile file(QStringLiteral("/proc/%1/status").arg(server_->processId()));
        if (!file.open(QIODevice::ReadOnly)) {
            return 0;
        }
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (line.startsWith("VmRSS:")) {
                return line.mid(6).trimmed().split(' ').constFirst().toLongLong();
            }
        }
        return 0;
    }

    QTemporaryDir folder_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<ServerData> data_;
    WsClientContext context_;
    TenantId tenant_;
    TenantId otherTenant_;
    RowId siteA_;
    RowId siteB_;
    RowId lead_;
    RowId leadB_;
    RowId freeLead_;
    std::vector<RowId> leads_;
    RowId customerA_;
    RowId customerB_;
    RowId heldCustomer_;
    SignedIn anna_;
    SignedIn ben_;
    SignedIn eve_;
    SignedIn carla_;
    SignedIn honest_;
    SignedIn leaver_;
    SignedIn revoked_;
    SignedIn disabled_;
    std::uint64_t eveMid_ = 0;
    std::vector<std::string> secrets_;
};

QTEST_GUILESS_MAIN(HostileTest)
#include "hostile_test.moc"
