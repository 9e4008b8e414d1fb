// SPDX-License-Identifier: GPL-3.0-or-later
// Random work of several desks under cuts, kills and changing rights; then everything is as the
// server says, and every edit is in it once or was refused. VF_SEED=n repeats one run, VF_SEEDS=n
// runs more.
#include "server/feed/scopes.h"
#include "tests/sync/sync_world.h"

#include <QtTest>

#include <map>
#include <set>

using namespace vorfahrt;
using namespace vorfahrt::tests;
namespace command = vorfahrt::client::command;
namespace replica = vorfahrt::client::replica;

namespace {

constexpr int kSeeds = 8;
constexpr int kSteps = 1'500;

// Small frames and chunks, so that everything is cut in many pieces.
server::feed::FeedLimits smallLimits() {
    server::feed::FeedLimits limits;
    limits.creditBytes = 96 * 1024;
    limits.chunkBytes = 700;
    limits.deltaFrameBytes = 900;
    limits.plainEntries = 12;
    limits.plainBytes = 4'000;
    return limits;
}

class Chaos {
public:
    explicit Chaos(std::uint64_t seed)
        : world_(seed, smallLimits()),
          random_(seed * 7919 + 1) {
        for (int i = 0; i < 6; ++i) {
            leads_.push_back(world_.server.newLead("Anfang" + std::to_string(i)));
        }
        for (const Person* person : {&world_.server.anna, &world_.server.ben, &world_.server.maria,
                                     &world_.server.anna, &world_.server.carl}) {
            world_.addDesk(*person).start();
        }
    }

    void run() {
        for (int i = 0; i < kSteps; ++i) {
            step();
        }
        for (const auto& desk : world_.desks) {
            desk->setOnline(true);
        }
        world_.settle();
    }

    SyncWorld& world() { return world_; }
    const std::set<std::string>& notes() const { return notes_; }

private:
    SimDesk& anyDesk() { return *world_.desks[random_.below(world_.desks.size())]; }

    void step() {
        SimDesk& desk = anyDesk();
        const auto dice = random_.below(1000);
        if (dice < 700) {
            if (desk.canMove()) {
                desk.move(world_.random);
            }
        } else if (dice < 850) {
            edit(desk);
        } else if (dice < 880) {
            desk.claim(leads_[random_.below(leads_.size())]);
        } else if (dice < 905) {
            leads_.push_back(world_.server.newLead("Neu" + std::to_string(++made_)));
            tellHeads();
        } else if (dice < 930) {
            desk.cut();
        } else if (dice < 945) {
            desk.kill();
            desk.start();
        } else if (dice < 965) {
            desk.setOnline(random_.below(2) == 0);
        } else if (dice < 975) {
            changeRights();
        } else {
            world_.clock.advance(Millis(static_cast<std::int64_t>(random_.below(60'000))));
        }
    }

    // newLead() works on the server beside the connections.
    void tellHeads() { (void)world_.serve(server::service::TimerRequest{}); }

    void changeRights() {
        if (granted_.empty()) {
            server::service::AddGrant grant;
            grant.tenant = world_.server.tenant;
            grant.user = world_.server.carl.user;
            grant.role = {.role = record::MANAGER, .site = world_.server.siteA};
            const auto outcome = world_.serve(grant);
            granted_ = outcome.created;
            QCOMPARE(outcome.code, ErrorCode::Ok);
        } else {
            const auto outcome = world_.serve(server::service::RemoveGrant{
                .tenant = world_.server.tenant, .grant = granted_.front()});
            QCOMPARE(outcome.code, ErrorCode::Ok);
            granted_.clear();
        }
    }

    void edit(SimDesk& desk) {
        const auto viewer = desk.viewer();
        const auto page = desk.reader().leads(viewer, replica::LeadTab::Mine, {}, 50);
        QVERIFY(page.has_value());
        if (page->rows.empty()) {
            return;
        }
        const auto& row = page->rows[random_.below(page->rows.size())];
        const auto lead = desk.reader().lead(viewer, row.id);
        QVERIFY(lead.has_value() && lead->has_value());
        const RowId id(Uuid::v7(world_.clock.now(), world_.random));
        switch (random_.below(6)) {
            case 0:
            case 1: {
                const std::string text = "note " + std::to_string(++made_);
                if (desk.edit(command::addNote(viewer, **lead, id, text)) == ErrorCode::Ok) {
                    notes_.insert(text);
                }
                break;
            }
            case 2: {
                static constexpr std::array kTo{record::CONTACTED, record::TEST_DRIVE,
                                                record::OFFER, record::NEGOTIATION, record::NEW};
                (void)desk.edit(
                    command::moveLead(viewer, **lead, kTo[random_.below(kTo.size())], id));
                break;
            }
            case 3:
                if (random_.below(4) == 0) {
                    (void)desk.edit(command::releaseLead(viewer, **lead));
                }
                break;
            default: {
                const auto customer = desk.reader().customer(viewer, row.customer);
                QVERIFY(customer.has_value());
                if (!*customer) {
                    return;
                }
                record::Customer after = (*customer)->customer;
                const std::string text = "edit " + std::to_string(++made_);
                random_.below(2) == 0 ? after.set_note(text) : after.set_title(text);
                if (const auto edited = command::editCustomer(viewer, **customer, after)) {
                    QCOMPARE(desk.edit(*edited), ErrorCode::Ok);
                }
            }
        }
    }

    SyncWorld world_;
    SeededRandom random_;
    std::vector<RowId> leads_;
    std::vector<RowId> granted_;
    std::set<std::string> notes_;
    int made_ = 0;
};

std::vector<std::uint64_t> seeds() {
    if (qEnvironmentVariableIsSet("VF_SEED")) {
        return {qEnvironmentVariable("VF_SEED").toULongLong()};
    }
    const int count =
        qEnvironmentVariableIsSet("VF_SEEDS") ? qEnvironmentVariableIntValue("VF_SEEDS") : kSeeds;
    std::vector<std::uint64_t> out;
    for (int i = 1; i <= count; ++i) {
        out.push_back(static_cast<std::uint64_t>(i));
    }
    return out;
}

}  // namespace

class FaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingConverges_data();
    void everythingConverges();
};

void FaultsTest::everythingConverges_data() {
    QTest::addColumn<quint64>("seed");
    for (const auto seed : seeds()) {
        QTest::newRow(("seed " + std::to_string(seed)).c_str()) << quint64{seed};
    }
}

void FaultsTest::everythingConverges() {
    QFETCH(const quint64, seed);
    Chaos chaos(seed);
    chaos.run();
    SyncWorld& world = chaos.world();
    std::map<std::string, int> refusedNotes;
    std::map<std::string, int> storedNotes;
    for (const auto& desk : world.desks) {
        QVERIFY(desk->isSynchronized());
        const auto have = desk->dump();
        const auto want = world.truth(desk->person);
        for (const auto& line : want) {
            QVERIFY2(std::ranges::find(have, line) != have.end(), ("missing: " + line).c_str());
        }
        for (const auto& line : have) {
            QVERIFY2(std::ranges::find(want, line) != want.end(), ("extra: " + line).c_str());
        }
        const auto sums = desk->replica().sumsAreRight(world.server.tenant);
        QVERIFY(sums.has_value() && *sums);
        const auto tray = desk->reader().rejected();
        for (const auto& item : *tray) {
            wire::CreateArgs args;
            record::Activity activity;
            if (item.name == "record.create" && args.ParseFromString(item.args) &&
                activity.ParseFromString(args.body())) {
                ++refusedNotes[activity.text()];
            }
        }
        QCOMPARE(desk->reader().pending()->size(), 0U);
    }
    // What stands on the server, once each.
    for (const auto& scope : {server::feed::siteScope(world.server.siteA.view()),
                              server::feed::siteScope(world.server.siteB.view())}) {
        for (const auto& entry : world.server.entries(scope)) {
            if (!entry.remove && entry.table == schema::recordOf<record::Activity>().number) {
                ++storedNotes[world.server.load<record::Activity>(entry.id).text()];
            }
        }
    }
    for (const auto& note : chaos.notes()) {
        QVERIFY2(storedNotes[note] + refusedNotes[note] == 1,
                 (note + ": stored " + std::to_string(storedNotes[note]) + ", refused " +
                  std::to_string(refusedNotes[note]))
                     .c_str());
    }
    QVERIFY(chaos.notes().size() > 5);
}

QTEST_APPLESS_MAIN(FaultsTest)
#include "faults_test.moc"
