// SPDX-License-Identifier: GPL-3.0-or-later
// Real server core, feed and store against real desks, one process, no socket.
#include "tests/sync/sync_world.h"

#include <QtTest>

using namespace vorfahrt;
using namespace vorfahrt::tests;
namespace command = vorfahrt::client::command;
namespace replica = vorfahrt::client::replica;
using client::sync::ClaimAnswer;

namespace {

// The first lines that differ, for a message that helps.
QByteArray difference(const std::vector<std::string>& have, const std::vector<std::string>& want) {
    std::string out;
    for (const auto& line : want) {
        if (std::ranges::find(have, line) == have.end()) {
            out += "missing: " + line + "\n";
        }
    }
    for (const auto& line : have) {
        if (std::ranges::find(want, line) == want.end()) {
            out += "extra:   " + line + "\n";
        }
    }
    return QByteArray::fromStdString(out.substr(0, 4000));
}

#define COMPARE_TRUTH(world, desk)                                              \
    do {                                                                        \
        const auto have = (desk).dump();                                        \
        const auto want = (world).truth((desk).person);                         \
        QVERIFY2(have == want, difference(have, want).constData());             \
        const auto sums = (desk).replica().sumsAreRight((world).server.tenant); \
        QVERIFY(sums.has_value() && *sums);                                     \
    } while (false)

RowId newId(SyncWorld& world) {
    return RowId(Uuid::v7(world.clock.now(), world.random));
}

}  // namespace

class ConvergenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstSyncHoldsWhatThePersonMaySee();
    void claimGivesThePrivateFacetToOneDesk();
    void offlineEditsArriveOnce();
    void refusedEditIsKeptAndUndone();
    void releaseTakesThePrivateFacetBack();
};

void ConvergenceTest::firstSyncHoldsWhatThePersonMaySee() {
    SyncWorld world(11);
    for (int i = 0; i < 5; ++i) {
        (void)world.server.newLead("Kunde" + std::to_string(i));
    }
    for (const Person* person : {&world.server.anna, &world.server.maria, &world.server.carl}) {
        SimDesk& desk = world.addDesk(*person);
        desk.start();
        desk.settle();
        QVERIFY(desk.isSynchronized());
        COMPARE_TRUTH(world, desk);
        // Again, with nothing changed: no data, less than a kilobyte.
        desk.kill();
        const auto before = desk.bytesDown + desk.bytesUp;
        desk.start();
        desk.settle();
        QVERIFY(desk.isSynchronized());
        QVERIFY(desk.bytesDown + desk.bytesUp - before <= 1024);
        COMPARE_TRUTH(world, desk);
    }
}

void ConvergenceTest::claimGivesThePrivateFacetToOneDesk() {
    SyncWorld world(12);
    SimDesk& anna = world.addDesk(world.server.anna);
    SimDesk& ben = world.addDesk(world.server.ben);
    anna.start();
    ben.start();
    world.settle();
    const RowId lead = world.server.newLead("Sabine");
    world.serve(server::service::TimerRequest{});
    for (const auto& desk : world.desks) {
        desk->core().goOffline();
        desk->setOnline(false);
        desk->setOnline(true);
    }
    world.settle();
    const auto teaser = anna.reader().lead(anna.viewer(), LeadId(lead.uuid()));
    QVERIFY(teaser.has_value() && teaser->has_value());
    QVERIFY(!(*teaser)->hasPrivate);
    QVERIFY((*teaser)->row.customerName.empty());

    anna.claim(lead);
    ben.claim(lead);
    world.settle();
    QCOMPARE(anna.claims.size(), 1U);
    QCOMPARE(ben.claims.size(), 1U);
    const bool annaWon = anna.claims[0].outcome == ClaimAnswer::Outcome::Won;
    SimDesk& winner = annaWon ? anna : ben;
    SimDesk& loser = annaWon ? ben : anna;
    QCOMPARE(winner.claims[0].outcome, ClaimAnswer::Outcome::Won);
    QCOMPARE(loser.claims[0].outcome, ClaimAnswer::Outcome::Taken);
    const auto won = winner.reader().lead(winner.viewer(), LeadId(lead.uuid()));
    QVERIFY((*won)->hasPrivate);
    QCOMPARE((*won)->row.customerName, std::string("Erika Sabine"));
    const auto lost = loser.reader().lead(loser.viewer(), LeadId(lead.uuid()));
    QVERIFY(!(*lost)->hasPrivate);
    QCOMPARE((*lost)->row.ownerName, "Person " + winner.person.login);
    COMPARE_TRUTH(world, anna);
    COMPARE_TRUTH(world, ben);
}

void ConvergenceTest::offlineEditsArriveOnce() {
    SyncWorld world(13);
    SimDesk& anna = world.addDesk(world.server.anna);
    SimDesk& ben = world.addDesk(world.server.ben);
    const RowId lead = world.server.newLead("Oeztuerk");
    anna.start();
    ben.start();
    world.settle();
    anna.claim(lead);
    world.settle();
    QCOMPARE(anna.claims.at(0).outcome, ClaimAnswer::Outcome::Won);

    anna.setOnline(false);
    const auto viewer = anna.viewer();
    auto detail = anna.reader().lead(viewer, LeadId(lead.uuid()));
    QVERIFY(detail.has_value() && detail->has_value());
    const auto customer = anna.reader().customer(viewer, (*detail)->row.customer);
    QVERIFY(customer.has_value() && customer->has_value());
    record::Customer after = (*customer)->customer;
    after.set_note("ruft gern abends an");
    QCOMPARE(anna.edit(*command::editCustomer(viewer, **customer, after)), ErrorCode::Ok);
    QCOMPARE(anna.edit(command::addNote(viewer, **detail, newId(world), "Probefahrt besprochen")),
             ErrorCode::Ok);
    QCOMPARE(anna.edit(command::moveLead(viewer, **detail, record::CONTACTED, newId(world))),
             ErrorCode::Ok);
    const auto offline = anna.dump();
    anna.kill();
    anna.start();
    anna.setOnline(false);
    QCOMPARE(anna.dump(), offline);
    const auto counts = anna.reader().counts(viewer);
    QCOMPARE(counts->pending, 3);
    const auto shown = anna.reader().lead(viewer, LeadId(lead.uuid()));
    QCOMPARE((*shown)->row.status, record::CONTACTED);
    QVERIFY((*shown)->row.pending);

    anna.setOnline(true);
    world.settle();
    QVERIFY(anna.isSynchronized());
    QVERIFY(anna.rejected.empty());
    COMPARE_TRUTH(world, anna);
    COMPARE_TRUTH(world, ben);
    const auto timeline = ben.reader().timeline(ben.viewer(), LeadId(lead.uuid()));
    QCOMPARE(std::ranges::count_if(
                 *timeline, [](const auto& item) { return item.text == "Probefahrt besprochen"; }),
             1);
}

void ConvergenceTest::refusedEditIsKeptAndUndone() {
    SyncWorld world(14);
    const RowId lead = world.server.newLead("Reimann");
    SimDesk& anna = world.addDesk(world.server.anna);
    SimDesk& maria = world.addDesk(world.server.maria);
    anna.start();
    maria.start();
    world.settle();
    anna.claim(lead);
    world.settle();
    anna.setOnline(false);
    const auto viewer = anna.viewer();
    const auto detail = anna.reader().lead(viewer, LeadId(lead.uuid()));
    QCOMPARE(anna.edit(command::moveLead(viewer, **detail, record::OFFER, newId(world))),
             ErrorCode::Ok);
    // Meanwhile the manager gives it back: the token is another one.
    const auto other = maria.reader().lead(maria.viewer(), LeadId(lead.uuid()));
    QCOMPARE(maria.edit(command::releaseLead(maria.viewer(), **other)), ErrorCode::Ok);
    maria.settle();
    anna.setOnline(true);
    world.settle();
    QCOMPARE(anna.rejected.size(), 1U);
    const auto tray = anna.reader().rejected();
    QCOMPARE(tray->size(), 1U);
    QVERIFY(!tray->at(0).seen);
    COMPARE_TRUTH(world, anna);
    COMPARE_TRUTH(world, maria);
}

void ConvergenceTest::releaseTakesThePrivateFacetBack() {
    SyncWorld world(15);
    const RowId lead = world.server.newLead("Geheimnis");
    SimDesk& anna = world.addDesk(world.server.anna);
    anna.start();
    world.settle();
    anna.claim(lead);
    world.settle();
    const auto contains = [&](const std::string& needle) {
        for (const char* suffix : {"", "-wal"}) {
            QFile file(QString::fromStdString(anna.file().string() + suffix));
            if (file.open(QIODevice::ReadOnly) &&
                file.readAll().contains(QByteArray::fromStdString(needle))) {
                return true;
            }
        }
        return false;
    };
    QVERIFY(contains("Ist der Wagen noch da?"));
    const auto viewer = anna.viewer();
    const auto detail = anna.reader().lead(viewer, LeadId(lead.uuid()));
    QCOMPARE(anna.edit(command::releaseLead(viewer, **detail)), ErrorCode::Ok);
    world.settle();
    QVERIFY(anna.isSynchronized());
    COMPARE_TRUTH(world, anna);
    QVERIFY(!contains("Ist der Wagen noch da?"));
}

QTEST_APPLESS_MAIN(ConvergenceTest)
#include "convergence_test.moc"
