// SPDX-License-Identifier: GPL-3.0-or-later
// Real server core, feed and store against real desks, one process, no socket.
#include "common/sync/mutator.h"
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

namespace {

bool fileContains(const SimDesk& desk, const std::string& needle) {
    for (const char* suffix : {"", "-wal"}) {
        QFile file(QString::fromStdString(desk.file().string() + suffix));
        if (file.open(QIODevice::ReadOnly) &&
            file.readAll().contains(QByteArray::fromStdString(needle))) {
            return true;
        }
    }
    return false;
}

RowId makeCustomer(SyncWorld& world, const std::string& name) {
    record::Customer customer;
    customer.set_last_name(name);
    customer.set_site_id(world.server.siteA.bytes());
    return world.server.create(world.server.maria, customer);
}

command::Command noteEdit(SimDesk& desk, RowId customer, const std::string& text) {
    const auto detail = desk.reader().customer(desk.viewer(), CustomerId(customer.uuid()));
    record::Customer after = (*detail)->customer;
    after.set_note(text);
    return *command::editCustomer(desk.viewer(), **detail, after);
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
    void wrongSumIsFetchedAgainBesideTheOldRows();
    void copiedFileTakesANewReplicaId();
    void oldFileOfTheSameDeskTakesANewReplicaId();
    void endedRightLeavesNothingInTheFile();
    void aReaderOnlyDelaysThePurge();
    void wrongClockOfTheDeskDoesNotWin();
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
    QVERIFY(fileContains(anna, "Ist der Wagen noch da?"));
    const auto viewer = anna.viewer();
    const auto detail = anna.reader().lead(viewer, LeadId(lead.uuid()));
    QCOMPARE(anna.edit(command::releaseLead(viewer, **detail)), ErrorCode::Ok);
    world.settle();
    QVERIFY(anna.isSynchronized());
    COMPARE_TRUTH(world, anna);
    QVERIFY(!fileContains(anna, "Ist der Wagen noch da?"));
}

void ConvergenceTest::wrongSumIsFetchedAgainBesideTheOldRows() {
    SyncWorld world(16);
    for (int i = 0; i < 30; ++i) {
        (void)makeCustomer(world, "Kunde" + std::to_string(i));
    }
    SimDesk& anna = world.addDesk(world.server.anna);
    anna.start();
    anna.settle();
    QVERIFY(anna.isSynchronized());
    const auto before = anna.dump();
    int lies = 1;
    std::size_t fewest = before.size();
    anna.onDown = [&](wire::Down& down) {
        fewest = std::min(fewest, anna.dump().size());
        if (down.has_checkpoint() && lies > 0 && down.checkpoint().sums_size() > 0) {
            --lies;
            for (auto& sum : *down.mutable_checkpoint()->mutable_sums()) {
                sum.set_sum(sum.sum() + 1);
            }
        }
        return true;
    };
    const int connects = anna.connects;
    anna.cut();
    anna.settle();
    QCOMPARE(lies, 0);
    QCOMPARE(anna.connects, connects + 2);
    QVERIFY(anna.isSynchronized());
    QCOMPARE(fewest, before.size());
    QCOMPARE(anna.dump(), before);
    COMPARE_TRUTH(world, anna);
}

void ConvergenceTest::copiedFileTakesANewReplicaId() {
    SyncWorld world(17);
    const RowId first = makeCustomer(world, "Erster");
    const RowId second = makeCustomer(world, "Zweiter");
    SimDesk& original = world.addDesk(world.server.anna);
    SimDesk& copy = world.addDesk(world.server.anna);
    original.start();
    original.settle();
    original.setOnline(false);
    QCOMPARE(original.edit(noteEdit(original, first, "vor der Kopie")), ErrorCode::Ok);
    record::Customer made;
    made.set_last_name("Auf beiden");
    made.set_site_id(world.server.siteA.bytes());
    const command::Command create{
        .tenant = world.server.tenant,
        .mutation = sync::makeMutation(sync::kCreate, world.server.createArgs(newId(world), made)),
        .inverse = nullptr};
    QCOMPARE(original.edit(create), ErrorCode::Ok);
    original.kill();
    std::filesystem::copy_file(original.file(), copy.file());
    original.start();
    copy.start();
    original.setOnline(false);
    copy.setOnline(false);
    QCOMPARE(original.edit(noteEdit(original, second, "vom Original")), ErrorCode::Ok);
    QCOMPARE(copy.edit(noteEdit(copy, first, "von der Kopie")), ErrorCode::Ok);
    const std::string sharedId = copy.replica().replicaId();
    original.setOnline(true);
    original.settle();
    copy.setOnline(true);
    world.settle();
    QVERIFY(copy.replica().replicaId() != sharedId);
    for (SimDesk* desk : {&original, &copy}) {
        QVERIFY(desk->isSynchronized());
        QVERIFY(desk->rejected.empty());
        COMPARE_TRUTH(world, *desk);
    }
    QCOMPARE(world.server.load<record::Customer>(first).note(), std::string("von der Kopie"));
    QCOMPARE(world.server.load<record::Customer>(second).note(), std::string("vom Original"));
}

void ConvergenceTest::oldFileOfTheSameDeskTakesANewReplicaId() {
    SyncWorld world(18);
    const RowId customer = makeCustomer(world, "Einer");
    SimDesk& desk = world.addDesk(world.server.anna);
    desk.start();
    desk.settle();
    desk.kill();
    const auto backup = desk.file().string() + ".backup";
    std::filesystem::copy_file(desk.file(), backup);
    desk.start();
    desk.settle();
    QCOMPARE(desk.edit(noteEdit(desk, customer, "nach der Sicherung")), ErrorCode::Ok);
    desk.settle();
    desk.kill();
    std::filesystem::copy_file(backup, desk.file(),
                               std::filesystem::copy_options::overwrite_existing);
    desk.start();
    desk.setOnline(false);
    QCOMPARE(desk.edit(noteEdit(desk, customer, "nach der Ruecksicherung")), ErrorCode::Ok);
    desk.setOnline(true);
    desk.settle();
    QVERIFY(desk.isSynchronized());
    QVERIFY(desk.rejected.empty());
    COMPARE_TRUTH(world, desk);
    QCOMPARE(world.server.load<record::Customer>(customer).note(),
             std::string("nach der Ruecksicherung"));
}

void ConvergenceTest::endedRightLeavesNothingInTheFile() {
    SyncWorld world(19);
    (void)makeCustomer(world, "Kanarienvogel");
    server::service::AddGrant grant;
    grant.tenant = world.server.tenant;
    grant.user = world.server.carl.user;
    grant.role = {.role = record::SALES, .site = world.server.siteA};
    const auto granted = world.serve(grant);
    SimDesk& carl = world.addDesk(world.server.carl);
    carl.start();
    carl.settle();
    QVERIFY(fileContains(carl, "Kanarienvogel"));
    COMPARE_TRUTH(world, carl);
    (void)world.serve(server::service::RemoveGrant{.tenant = world.server.tenant,
                                                   .grant = granted.created.at(0)});
    world.settle();
    QVERIFY(carl.isSynchronized());
    COMPARE_TRUTH(world, carl);
    QVERIFY(!fileContains(carl, "Kanarienvogel"));
}

void ConvergenceTest::aReaderOnlyDelaysThePurge() {
    SyncWorld world(21);
    const RowId lead = world.server.newLead("Geheimnis");
    SimDesk& anna = world.addDesk(world.server.anna);
    anna.start();
    world.settle();
    anna.claim(lead);
    world.settle();
    const auto detail = anna.reader().lead(anna.viewer(), LeadId(lead.uuid()));
    auto other = sql::Database::open(anna.file(), sql::OpenMode::ReadOnly);
    QVERIFY(other.has_value());
    {
        auto reading = sql::Transaction::begin(*other, sql::Transaction::Kind::Read);
        auto statement = other->prepare("SELECT count(*) FROM lead");
        QVERIFY(reading.has_value() && *statement->step());
        statement->reset();
        QCOMPARE(anna.edit(command::releaseLead(anna.viewer(), **detail)), ErrorCode::Ok);
        world.settle();
        QVERIFY(anna.isSynchronized());
        QVERIFY(!anna.replica().purge());
        QVERIFY(fileContains(anna, "Ist der Wagen noch da?"));
    }
    QVERIFY(anna.replica().purge());
    QVERIFY(!fileContains(anna, "Ist der Wagen noch da?"));
}

void ConvergenceTest::wrongClockOfTheDeskDoesNotWin() {
    SyncWorld world(20);
    const RowId customer = makeCustomer(world, "Uhr");
    SimDesk& anna = world.addDesk(world.server.anna);
    SimDesk& ben = world.addDesk(world.server.ben);
    anna.start();
    ben.start();
    world.settle();
    // Anna's wall clock runs two days ahead while she is offline; Ben edits later in truth.
    anna.setOnline(false);
    world.clock.jumpWall(std::chrono::hours(48));
    QCOMPARE(anna.edit(noteEdit(anna, customer, "frueher")), ErrorCode::Ok);
    world.clock.jumpWall(-std::chrono::hours(48));
    world.clock.advance(std::chrono::minutes(1));
    QCOMPARE(ben.edit(noteEdit(ben, customer, "spaeter")), ErrorCode::Ok);
    ben.settle();
    anna.setOnline(true);
    world.settle();
    QCOMPARE(world.server.load<record::Customer>(customer).note(), std::string("spaeter"));
    COMPARE_TRUTH(world, anna);
    COMPARE_TRUTH(world, ben);
}

QTEST_APPLESS_MAIN(ConvergenceTest)
#include "convergence_test.moc"
