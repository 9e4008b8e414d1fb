// SPDX-License-Identifier: GPL-3.0-or-later
// A desk at a server that is broken or means it harm: bounded in memory and in tries, nothing of
// the replica is lost, and nobody but the holder of the pinned certificate gets a byte.
#include "client/replica/queries.h"
#include "client/replica/replica.h"
#include "client/sync/client_core.h"
#include "client/sync/transport_factory.h"
#include "common/schema/customer.pb.h"
#include "common/sync/mutator.h"
#include "server/net/tls.h"
#include "tests/support/transport_choice.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QtTest>
#include <zstd.h>

#include <limits>

using namespace vorfahrt;
using namespace std::chrono_literals;
namespace replica = vorfahrt::client::replica;
namespace csync = vorfahrt::client::sync;
namespace effect = vorfahrt::client::sync::effect;

namespace {

const std::string kToken(32, 't');
constexpr std::uint32_t kCustomers = 10;  // number of the table

std::string idOf(char c) {
    return std::string(16, c);
}

// A desk with one tenant and a server that says what a test wants.
class Desk {
public:
    Desk()
        : clock_(fromUnixMs(1'790'000'000'000)),
          random_(7),
          file_(folder_.filePath(QStringLiteral("replica.db")).toStdString()) {
        auto opened = replica::Replica::open(file_, clock_, random_);
        replica = std::move(*opened);
        wire::AccountTenant tenant;
        tenant.set_tenant(idOf('T'));
        tenant.set_user_id(idOf('u'));
        const std::vector<wire::AccountTenant> tenants{tenant};
        ready = replica->setTenants(tenants).has_value();
        core = std::make_unique<csync::ClientCore>(
            clock_, random_,
            csync::ClientCore::Options{.deviceId = idOf('d'), .deviceName = "Test"});
        core->attach(replica.get(), kToken);
        core->goOnline();
        core->opened();
        take();
    }

    // Of what the core wants now; the answer to "is the connection given up?".
    bool take() {
        bool gone = false;
        for (csync::Effect& item : core->take()) {
            if (auto* send = std::get_if<effect::Send>(&item)) {
                wire::Up up;
                if (up.ParseFromString(send->frame)) {
                    sent.push_back(std::move(up));
                }
            } else if (std::holds_alternative<effect::Disconnect>(item)) {
                gone = true;
            } else if (auto* timer = std::get_if<effect::SetTimer>(&item)) {
                timers[static_cast<std::size_t>(timer->kind)] = timer->delay;
            }
        }
        return gone;
    }
    // true: the desk ends the connection over it.
    bool endsAt(const wire::Down& down) { return endsAt(down.SerializeAsString()); }
    bool endsAt(const std::string& bytes) {
        core->frame(bytes);
        return take();
    }
    void again() {
        clock_.advance(delay(csync::TimerKind::Reconnect));
        core->timer(csync::TimerKind::Reconnect);
        core->opened();
        take();
    }
    Millis delay(csync::TimerKind kind) const { return timers[static_cast<std::size_t>(kind)]; }

    static wire::Down welcome(wire::ScopeAction action = wire::BACKFILL, std::uint64_t head = 5) {
        wire::Down down;
        wire::Welcome& welcome = *down.mutable_welcome();
        welcome.set_protocol(1);
        welcome.set_schema_version(schema::kSchemaVersion);
        welcome.set_credit_bytes(1024 * 1024);
        welcome.set_server_time_ms(1'790'000'000'000);
        wire::TenantWelcome& tenant = *welcome.add_tenants();
        tenant.set_tenant(idOf('T'));
        tenant.set_epoch(idOf('e'));
        tenant.set_head(head);
        tenant.set_user_id(idOf('u'));
        wire::ScopeState& scope = *tenant.add_scopes();
        scope.set_name("site:x");
        scope.set_number(1);
        scope.set_action(action);
        return down;
    }
    static std::string customer(const std::string& name) {
        record::Customer record;
        record.set_last_name(name);
        record.set_site_id(idOf('s'));
        return schema::encode(record);
    }
    static wire::Down chunk(const std::string& raw, std::uint32_t table = kCustomers) {
        wire::Down down;
        wire::Snapshot& snapshot = *down.mutable_snapshot();
        snapshot.set_tenant(idOf('T'));
        snapshot.set_scope(1);
        snapshot.set_table(table);
        std::string packed(ZSTD_compressBound(raw.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
        snapshot.set_rows_zstd(packed);
        snapshot.set_raw_bytes(static_cast<std::uint32_t>(raw.size()));
        snapshot.set_next_after_id(idOf('z'));
        snapshot.set_last(true);
        return down;
    }
    static wire::Down rowChunk(const std::string& body, std::uint32_t table = kCustomers,
                               std::uint32_t facet = 0, std::uint64_t rev = 5) {
        wire::SnapshotRows rows;
        wire::SnapshotRow& row = *rows.add_rows();
        row.set_id(idOf('c'));
        row.set_facet(facet);
        row.set_rev(rev);
        row.set_body(body);
        return chunk(rows.SerializeAsString(), table);
    }
    static wire::Down checkpoint(std::uint64_t seq, std::uint64_t count, std::uint64_t sum) {
        wire::Down down;
        down.mutable_checkpoint()->set_tenant(idOf('T'));
        down.mutable_checkpoint()->set_seq(seq);
        wire::ScopeSum& line = *down.mutable_checkpoint()->add_sums();
        line.set_scope(1);
        line.set_count(count);
        line.set_sum(sum);
        return down;
    }
    static wire::Down delta(std::uint64_t from, std::uint64_t to, std::uint64_t rev,
                            const std::string& body) {
        wire::Down down;
        wire::Delta& delta = *down.mutable_delta();
        delta.set_tenant(idOf('T'));
        delta.set_from(from);
        delta.set_to(to);
        delta.set_bulk(true);
        wire::Entry& entry = *delta.add_entries();
        entry.set_scope(1);
        entry.set_table(kCustomers);
        entry.set_id(idOf('c'));
        entry.set_rev(rev);
        entry.set_body(body);
        return down;
    }
    std::uint64_t cursor() const { return value(replica->tenants().at(0).cursor); }
    // In whatever form, the replica shows this text.
    bool holds(const std::string& text) {
        auto reader = replica::Reader::open(file_);
        if (!reader) {
            return false;
        }
        const auto lines = (*reader)->dump(*TenantId::fromBytes(idOf('T')));
        return lines && std::ranges::any_of(*lines, [&](const std::string& line) {
                   return line.find(text) != std::string::npos;
               });
    }

    bool ready = false;
    std::unique_ptr<replica::Replica> replica;
    std::unique_ptr<csync::ClientCore> core;
    std::vector<wire::Up> sent;
    std::array<Millis, csync::kTimerKinds> timers{};

private:
    QTemporaryDir folder_;
    ManualClock clock_;
    SeededRandom random_;
    std::filesystem::path file_;
};

qint64 peakKib() {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:")) {
            return line.mid(6).trimmed().split(' ').constFirst().toLongLong();
        }
    }
    return 0;
}

}  // namespace

class HostileServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesThatAreNone() {
        const std::string whole = Desk::welcome().SerializeAsString();
        SeededRandom random(11);
        for (const std::string& bytes :
             {std::string(256 * 1024 + 1, '\0'), whole.substr(0, whole.size() - 2),
              random.bytes(300), std::string(60'000, '\x0B')}) {
            Desk desk;
            QVERIFY(desk.ready);
            QVERIFY(desk.endsAt(bytes));
            QVERIFY(desk.delay(csync::TimerKind::Reconnect) >= 500ms);
            QCOMPARE(desk.core->state(), csync::State::Waiting);
        }
        // Before Welcome no data; an unknown or reserved kind is nothing that the desk needs.
        Desk early;
        QVERIFY(early.endsAt(Desk::rowChunk(Desk::customer("x"))));
        Desk newer;
        QVERIFY(!newer.endsAt(Desk::welcome()));
        QVERIFY(!newer.endsAt(std::string("\x9A\x06\x00", 3)));
        wire::Down reserved;
        reserved.mutable_upgrade();
        QVERIFY(!newer.endsAt(reserved));
    }

    // Two bytes of a chunk can be a row, and a row in memory is a hundred.
    void aChunkThatGrows() {
        std::string raw;
        for (int i = 0; i < 8 * 1024 * 1024; ++i) {
            raw += std::string_view("\x0A\x00", 2);
        }
        const wire::Down bomb = Desk::chunk(raw);
        QVERIFY(bomb.ByteSizeLong() < 64 * 1024);
        wire::Down liar = Desk::rowChunk(Desk::customer("x"));
        liar.mutable_snapshot()->set_raw_bytes(std::numeric_limits<std::uint32_t>::max());
        wire::Down shorter = Desk::rowChunk(Desk::customer("x"));
        shorter.mutable_snapshot()->set_raw_bytes(3);
        wire::Down garbage = Desk::rowChunk(Desk::customer("x"));
        garbage.mutable_snapshot()->set_rows_zstd("not zstd at all");
        const qint64 before = peakKib();
        for (const wire::Down& down : {bomb, liar, shorter, garbage}) {
            Desk desk;
            QVERIFY(!desk.endsAt(Desk::welcome()));
            QVERIFY(desk.endsAt(down));
            QVERIFY(!desk.replica->isComplete(*TenantId::fromBytes(idOf('T'))));
        }
        QVERIFY2(peakKib() - before < 128 * 1024, qPrintable(QString::number(peakKib() - before)));
    }

    void rowsThatAreNone() {
        record::Customer held;
        held.set_held_by_lead(idOf('l'));
        wire::SnapshotRows noId;
        noId.add_rows()->set_body(Desk::customer("x"));
        for (const wire::Down& down :
             {Desk::rowChunk(Desk::customer("x"), 999), Desk::rowChunk(Desk::customer("x"), 10, 1),
              Desk::rowChunk(Desk::customer("x"), 10, 2),
              Desk::rowChunk(Desk::customer("x"), 10, 77), Desk::rowChunk(schema::encode(held)),
              Desk::rowChunk("\xFF\xFF\xFF"), Desk::chunk(noId.SerializeAsString()),
              Desk::chunk("\x0A\x7F")}) {
            Desk desk;
            QVERIFY(!desk.endsAt(Desk::welcome()));
            QVERIFY(desk.endsAt(down));
            QVERIFY(!desk.holds("last_name"));
            // It comes back and takes what is right.
            desk.again();
            QVERIFY(!desk.endsAt(Desk::welcome()));
            QVERIFY(!desk.endsAt(Desk::rowChunk(Desk::customer("Richtig"))));
            QVERIFY(desk.holds("Richtig"));
        }
    }

    void revsThatGoBack() {
        Desk desk;
        QVERIFY(!desk.endsAt(Desk::welcome()));
        QVERIFY(!desk.endsAt(Desk::rowChunk(Desk::customer("Neu"))));
        QVERIFY(!desk.endsAt(Desk::delta(5, 6, 3, Desk::customer("Alt"))));
        QVERIFY(desk.holds("Neu") && !desk.holds("Alt"));
        QCOMPARE(desk.cursor(), std::uint64_t{6});
        QVERIFY(*desk.replica->sumsAreRight(*TenantId::fromBytes(idOf('T'))));
    }

    void aGapInTheDeltas() {
        Desk desk;
        QVERIFY(!desk.endsAt(Desk::welcome()));
        QVERIFY(!desk.endsAt(Desk::rowChunk(Desk::customer("Neu"))));
        QVERIFY(desk.endsAt(Desk::delta(7, 8, 8, Desk::customer("Lücke"))));
        QCOMPARE(desk.cursor(), std::uint64_t{5});
        QVERIFY(!desk.holds("Lücke"));
    }

    // Fetched again each time, ever more slowly; the old rows stay meanwhile.
    void sumsThatNeverMatch() {
        Desk desk;
        constexpr int kRounds = 24;
        Millis last8{0};
        for (int i = 0; i < kRounds; ++i) {
            QVERIFY(!desk.endsAt(Desk::welcome()));
            QVERIFY(!desk.endsAt(Desk::rowChunk(Desk::customer("Bleibt"))));
            QVERIFY(desk.endsAt(Desk::checkpoint(5, 1, 42)));
            QCOMPARE(desk.core->state(), csync::State::Waiting);
            QVERIFY(desk.holds("Bleibt"));
            const Millis delay = desk.delay(csync::TimerKind::Reconnect);
            QVERIFY(delay >= 500ms && delay <= 30s);
            last8 += i >= kRounds - 8 ? delay : 0ms;
            desk.again();
        }
        // Full jitter up to 30 s: eight of them are some time.
        QVERIFY2(last8 > 30s, qPrintable(QString::number(last8.count())));
    }

    void answersToNothing() {
        Desk desk;
        QVERIFY(!desk.endsAt(Desk::welcome()));
        wire::Down results;
        results.mutable_results()->set_tenant(idOf('T'));
        results.mutable_results()->set_last_mid(std::numeric_limits<std::uint64_t>::max());
        for (const std::uint64_t mid :
             {std::uint64_t{0}, std::uint64_t{7}, std::numeric_limits<std::uint64_t>::max()}) {
            wire::MutationResult& line = *results.mutable_results()->add_results();
            line.set_mid(mid);
            line.set_code(static_cast<std::uint32_t>(ErrorCode::ReplicaForked));
        }
        const std::string replicaId = desk.replica->replicaId();
        QVERIFY(!desk.endsAt(results));
        QCOMPARE(desk.replica->replicaId(), replicaId);
        wire::Down claim;
        claim.mutable_claim_result()->set_tenant(idOf('T'));
        claim.mutable_claim_result()->set_claim_id(idOf('k'));
        claim.mutable_claim_result()->set_outcome(wire::CLAIM_WON);
        claim.mutable_claim_result()->set_private_facet("\xFF");
        QVERIFY(!desk.endsAt(claim));
        wire::Down foreign = Desk::checkpoint(9, 0, 0);
        foreign.mutable_checkpoint()->set_tenant(idOf('X'));
        QVERIFY(!desk.endsAt(foreign));
        wire::Down drop;
        drop.mutable_drop_scope()->set_tenant(idOf('T'));
        drop.mutable_drop_scope()->set_scope(4'000'000'000U);
        QVERIFY(!desk.endsAt(drop));
    }

    // 49 days of patience are not had (and would not fit the timers).
    void delaysAreBounded() {
        Desk desk;
        QVERIFY(!desk.endsAt(Desk::welcome()));
        wire::Down throttle;
        throttle.mutable_throttle()->set_after_ms(std::numeric_limits<std::uint32_t>::max());
        QVERIFY(!desk.endsAt(throttle));
        QVERIFY(desk.delay(csync::TimerKind::Throttle) <= csync::kMaxServerDelay);
        wire::Down refused;
        refused.mutable_refused()->set_code(static_cast<std::uint32_t>(ErrorCode::RateLimited));
        refused.mutable_refused()->set_closing(true);
        refused.mutable_refused()->set_retry_after_ms(std::numeric_limits<std::uint32_t>::max());
        QVERIFY(desk.endsAt(refused));
        QVERIFY(desk.delay(csync::TimerKind::Reconnect) <= csync::kMaxServerDelay);
    }

    // ----------------------------------------------------------------------------------- files

    void aFileThatIsNone() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("r.db")).toStdString();
        const auto write = [&](const QByteArray& bytes) {
            QFile out(QString::fromStdString(file.string()));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(bytes);
        };
        const auto read = [&] {
            QFile in(QString::fromStdString(file.string()));
            return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
        };
        ManualClock clock(fromUnixMs(1'790'000'000'000));
        SeededRandom random(3);
        write(QByteArray::fromStdString(random.bytes(8'192)));
        const QByteArray damaged = read();
        auto opened = replica::Replica::open(file, clock, random);
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::Corrupt);
        QCOMPARE(read(), damaged);

        QFile::remove(QString::fromStdString(file.string()));
        {
            auto fresh = replica::Replica::open(file, clock, random);
            QVERIFY(fresh.has_value());
        }
        // "user_version" stands at byte 60 of the header.
        QByteArray newer = read();
        newer[60] = 0x01;
        write(newer);
        auto refused = replica::Replica::open(file, clock, random);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::NewerSchema);
        QCOMPARE(read(), newer);
    }

    // ----------------------------------------------------------------------------------- TLS

    void aWrongCertificateGetsNotOneByte() {
        QTemporaryDir folder;
        const QString certificate = folder.filePath(QStringLiteral("c.pem"));
        const QString key = folder.filePath(QStringLiteral("k.pem"));
        QVERIFY(
            server::net::writeSelfSigned(certificate.toStdString(), key.toStdString()).has_value());
        QFile keyFile(key);
        QVERIFY(keyFile.open(QIODevice::ReadOnly));
        const QSslCertificate shown = QSslCertificate::fromPath(certificate).constFirst();
        QSslConfiguration tls;
        tls.setLocalCertificate(shown);
        tls.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
        QSslServer server;
        server.setSslConfiguration(tls);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray received;
        int connections = 0;
        connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&] {
            while (QTcpSocket* socket = server.nextPendingConnection()) {
                ++connections;
                connect(socket, &QTcpSocket::readyRead, this,
                        [&received, socket] { received += socket->readAll(); });
            }
        });
        const std::string right = shown.digest(QCryptographicHash::Sha256).toStdString();
        std::string wrong = right;
        wrong[31] = static_cast<char>(wrong[31] ^ 1);
        for (const std::string& pinned : {wrong, std::string(), right.substr(0, 31)}) {
            const auto transport = csync::makeTransport(test::chosenTransport());
            std::optional<csync::CloseReason> closed;
            bool opened = false;
            transport->setCallbacks({.opened = [&] { opened = true; },
                                     .closed = [&](csync::CloseReason why) { closed = why; },
                                     .frame = {}});
            transport->open("wss://127.0.0.1:" + std::to_string(server.serverPort()) + "/v1/sync",
                            pinned);
            QTRY_VERIFY_WITH_TIMEOUT(closed.has_value(), 10'000);
            QVERIFY(!opened);
            QCOMPARE(*closed, csync::CloseReason::WrongCertificate);
        }
        QVERIFY(received.isEmpty());
        // The same server with the right pin is told something: the test can see bytes.
        const auto transport = csync::makeTransport(test::chosenTransport());
        transport->setCallbacks({.opened = {}, .closed = [](csync::CloseReason) {}, .frame = {}});
        transport->open("wss://127.0.0.1:" + std::to_string(server.serverPort()) + "/v1/sync",
                        right);
        QTRY_VERIFY_WITH_TIMEOUT(received.startsWith("GET /v1/sync"), 10'000);
        QVERIFY(connections > 0);
    }

    void aWrongCertificateIsAClearState() {
        Desk desk;
        desk.core->closed(csync::CloseReason::WrongCertificate);
        desk.take();
        QCOMPARE(desk.core->status().trouble, csync::Trouble::WrongCertificate);
        QCOMPARE(desk.core->state(), csync::State::Waiting);
    }
};

QTEST_GUILESS_MAIN(HostileServerTest)
#include "hostile_server_test.moc"
