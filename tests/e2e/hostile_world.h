// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/schema/customer.pb.h"
#include "common/sync/mutator.h"
#include "server/service/auth.h"
#include "tests/support/server_process.h"
#include "tests/support/wire_desk.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
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

namespace vorfahrt::test {

inline constexpr const char* kPassword = "canary-Kennwort-7731";
inline constexpr std::uint64_t kSeed = 20'250;

inline boost::asio::io_context& io() {
    static boost::asio::io_context context(1);
    return context;
}

inline bool runUntil(const std::function<bool()>& condition, int timeoutMs = 8'000) {
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

inline ErrorCode codeOf(std::uint32_t code) {
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

inline record::Customer customerAt(RowId site, const std::string& name) {
    record::Customer customer;
    customer.set_last_name(name);
    customer.set_site_id(site.bytes());
    return customer;
}

inline wire::Up creditOf(std::uint64_t bytes) {
    wire::Up up;
    up.mutable_credit()->set_bytes(bytes);
    return up;
}

inline wire::Up logoutFrame() {
    wire::Up up;
    up.mutable_logout();
    return up;
}

// A real server over TLS with two sites, a second tenant and people of every kind: one who left,
// one who is disabled, one whose token is revoked, and one honest desk that must always be served.
// One thread.
class HostileWorld {
protected:
    void startServer(const std::vector<std::pair<const char*, const char*>>& variables = {}) {
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
        for (const auto& [name, value] : variables) {
            server_->setVariable(QString::fromLatin1(name), QString::fromLatin1(value));
        }
        provision(server_->databaseFile().toStdString());
        QVERIFY2(server_->start(), qPrintable(server_->describe()));
    }

    // After each attack the server is there and serves.
    void checkServer() {
        QVERIFY2(server_->isRunning(), qPrintable(server_->describe()));
        QVERIFY(honestDeskWorks());
    }

    void stopServerAndSearchLog() {
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
            QVERIFY2(line.isEmpty() || QJsonDocument::fromJson(line).isObject(), line.constData());
            QVERIFY2(!line.contains("\"error\"") || !line.contains("store"), line.constData());
        }
    }

    static constexpr const char* kCanaryB = "CanaryNordstern";
    static constexpr const char* kCanaryHeld = "CanaryGehalten";

    void provision(const std::string& database) {
        data_ = std::make_unique<ServerData>(database, kSeed);
        const auto hash =
            server::service::hashPassword(kPassword, server::service::HashCost::Interactive);
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
        server::service::LogoutRequest logout;
        logout.who.account = revoked_.account;
        logout.who.tokenHash = server::service::tokenHash(revoked_.token);
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

}  // namespace vorfahrt::test
