// SPDX-License-Identifier: GPL-3.0-or-later
// The writer's queue: bounded in requests and in bytes, refused at once beyond, and what was
// answered Ok is in the store.
#include "server/app/writer.h"

#include "common/schema/lead.pb.h"
#include "server/store/sqlite/engine.h"
#include "tests/support/server_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>

using namespace vorfahrt;
using namespace vorfahrt::server;
using namespace vorfahrt::test;

namespace {

constexpr const char* kAddress = "leads@brandt.example";

// A writer whose thread is held in the answer to its first request until release().
class HeldWriter {
public:
    explicit HeldWriter(app::WriterLimits limits) {
        const auto file = std::filesystem::path(folder_.path().toStdString()) / "server.db";
        {
            ServerData data(file);
            tenant = data.addTenant("Gruppe");
            const RowId site = data.addSite(tenant, "A", 0);
            static_cast<void>(data.addSource(tenant, site, "Mail", kAddress));
        }
        engine_ = store::sqliteEngine(file);
        writer_ =
            std::make_unique<app::Writer>(*engine_, clock_, hub_, [](service::ParseJob) {}, limits);
        start();
    }
    ~HeldWriter() { release(); }

    // The answer when it is there; nothing while it waits.
    using Answer = std::shared_ptr<std::atomic<int>>;
    static constexpr int kWaits = -1;

    [[nodiscard]] Answer submit(service::Request request) {
        auto answer = std::make_shared<std::atomic<int>>(kWaits);
        writer_->submit(std::move(request), [answer](service::Outcome outcome) {
            answer->store(static_cast<int>(outcome.code));
        });
        return answer;
    }
    [[nodiscard]] Answer mail(std::size_t bytes) {
        std::string text = "Subject: x\r\n\r\n";
        text.resize(bytes, 'x');
        return submit(
            service::MailRequest{.envelopeFrom = "a@example.org",
                                 .envelopeTo = kAddress,
                                 .bytes = std::make_shared<const std::string>(std::move(text))});
    }
    [[nodiscard]] app::Writer& writer() { return *writer_; }
    void open() {
        if (!released_) {
            released_ = true;
            gate_.set_value();
        }
    }
    void release() {
        open();
        writer_->stop();
    }
    // Messages in the store, after release().
    [[nodiscard]] std::size_t stored() const {
        auto store = engine_->openWriter();
        const schema::ColumnValue received{
            .type = schema::ColumnType::Integer, .integer = record::RECEIVED, .text = {}};
        return (*store)
            ->findRows(tenant, schema::recordOf<record::IntakeMessage>(), "state", received, 10'000)
            ->size();
    }

    TenantId tenant;

private:
    void start() {
        QVERIFY(writer_->start());
        std::promise<void> held;
        auto opened = gate_.get_future().share();
        writer_->submit(service::FindRecipientRequest{.address = kAddress},
                        [&held, opened](const service::Outcome&) {
                            held.set_value();
                            opened.wait();
                        });
        held.get_future().wait();
    }

    QTemporaryDir folder_;
    SystemClock clock_;
    session::Hub hub_;
    std::unique_ptr<store::Engine> engine_;
    std::unique_ptr<app::Writer> writer_;
    std::promise<void> gate_;
    bool released_ = false;
};

std::vector<int> codes(const std::vector<HeldWriter::Answer>& answers) {
    std::vector<int> out;
    for (const auto& answer : answers) {
        out.push_back(answer->load());
    }
    return out;
}

constexpr int kOk = static_cast<int>(ErrorCode::Ok);
constexpr int kBusy = static_cast<int>(ErrorCode::Unavailable);

service::ClaimRequest someClaim(TenantId tenant) {
    service::ClaimRequest claim;
    claim.claim.set_tenant(tenant.bytes());
    claim.claim.set_claim_id(std::string(16, 'c'));
    claim.claim.set_lead_id(std::string(16, 'l'));
    return claim;
}

}  // namespace

class WriterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mailsBeyondTheBytesAreRefusedAndTheOthersStored() {
        HeldWriter held({.requests = 1'000, .bytes = 1'000'000});
        std::vector<HeldWriter::Answer> answers;
        for (int i = 0; i < 10; ++i) {
            answers.push_back(held.mail(240'000));
        }
        // Four fit. The rest knows at once and can ask again elsewhere or later.
        const std::vector<int> first = codes(answers);
        QCOMPARE(std::ranges::count(first, HeldWriter::kWaits), 4);
        QCOMPARE(std::ranges::count(first, kBusy), 6);
        // A claim is small and is not refused because mails are large.
        const auto claim = held.submit(someClaim(held.tenant));
        QCOMPARE(claim->load(), HeldWriter::kWaits);
        held.release();
        const std::vector<int> last = codes(answers);
        QCOMPARE(std::ranges::count(last, kOk), 4);
        QCOMPARE(held.stored(), std::size_t(4));
        QVERIFY(claim->load() != HeldWriter::kWaits);
    }

    void requestsBeyondTheCountAreRefused() {
        HeldWriter held({.requests = 16, .bytes = 64U << 20U});
        std::vector<HeldWriter::Answer> answers;
        for (int i = 0; i < 20; ++i) {
            answers.push_back(held.mail(100));
        }
        QCOMPARE(std::ranges::count(codes(answers), HeldWriter::kWaits), 16);
        std::vector<HeldWriter::Answer> claims;
        for (int i = 0; i < 4; ++i) {
            claims.push_back(held.submit(someClaim(held.tenant)));
        }
        QCOMPARE(std::ranges::count(codes(claims), HeldWriter::kWaits), 2);  // an eighth
        held.release();
        QCOMPARE(std::ranges::count(codes(answers), kOk), 16);
        QCOMPARE(held.stored(), std::size_t(16));
    }

    // The bytes come back with the answers: the bound is not used up.
    void roomComesBack() {
        HeldWriter held({.requests = 1'000, .bytes = 1'000'000, .batchBytes = 300'000});
        std::vector<HeldWriter::Answer> answers;
        for (int i = 0; i < 6; ++i) {
            answers.push_back(held.mail(240'000));
        }
        QCOMPARE(std::ranges::count(codes(answers), HeldWriter::kWaits), 4);
        QVERIFY(held.writer().patience() > Millis(0));
        held.open();
        QTRY_COMPARE(std::ranges::count(codes(answers), kOk), 4);
        QTRY_COMPARE(held.writer().patience(), Millis(0));
        const auto again = held.mail(900'000);
        QTRY_COMPARE(again->load(), kOk);
        held.release();
        QCOMPARE(held.stored(), std::size_t(5));
    }

    void patienceBeginsAtHalf() {
        HeldWriter held({.requests = 1'000, .bytes = 1'000'000});
        QCOMPARE(held.writer().patience(), Millis(0));
        const auto one = held.mail(450'000);
        QCOMPARE(held.writer().patience(), Millis(0));
        const auto two = held.mail(100'000);
        const Millis first = held.writer().patience();
        QVERIFY(first >= Millis(1'000) && first < Millis(3'000));
        QVERIFY(held.writer().patience() != first);  // not all desks at the same moment
    }
};

QTEST_GUILESS_MAIN(WriterTest)
#include "writer_test.moc"
