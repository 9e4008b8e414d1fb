// SPDX-License-Identifier: GPL-3.0-or-later
// What the desks of ./dev demo and the server said as protocol 1, kept in protocol1.frames. Today's
// programs must understand it for ever: read and write every frame as it is, take the desks' frames
// at the server, and bring a fresh desk where the recorded ones were. The file is made by
//   ./dev demo --record tests/sync/protocol1.frames
//   VF_SOURCE_DIR=$PWD VF_RECORD=tests/sync/protocol1.frames build/dev/tests/protocol1_test
//   recordTheRest
// once a protocol (PROTOCOL.md, section 8).
#include "common/base/error.h"
#include "server/session/session_machine.h"
#include "tests/sync/protocol1_rest.h"
#include "tests/sync/recording.h"
#include "tests/sync/replay_desk.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace vorfahrt;
using namespace vorfahrt::tests;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using Kind = RecordedLine::Kind;
using server::session::SessionMachine;
namespace effect = server::session::effect;
namespace replica = vorfahrt::client::replica;

namespace {

// What ./dev demo (.dev/demo/demo.py) does.
const std::string kWish = "VW ID.4 Pro Performance Max";
const std::string kCustomer = "Vogelsang";
const std::string kCity = "Ahrensburg";
const std::string kNote = "Ruft morgen ab 11 Uhr an, Probefahrt am Samstag";
const std::string kOwner = "Aylin Demir";

constexpr int kNoNumberHasThis = 20'000;

std::string fixture() {
    return qEnvironmentVariable("VF_SOURCE_DIR").toStdString() + "/tests/sync/protocol1.frames";
}

const DescriptorPool& today() {
    return *DescriptorPool::generated_pool();
}

std::vector<Sample> samplesIn(const std::vector<RecordedLine>& lines) {
    std::vector<Sample> out;
    for (const RecordedLine& line : lines) {
        if (line.kind == Kind::Up || line.kind == Kind::Down) {
            std::ranges::move(samplesOf(line), std::back_inserter(out));
        }
    }
    return out;
}

std::vector<RecordedLine> linesOf(const Recording& recording, char desk) {
    std::vector<RecordedLine> out;
    std::ranges::copy_if(recording.lines, std::back_inserter(out),
                         [&](const RecordedLine& line) { return line.connection[0] == desk; });
    return out;
}

wire::Down downOf(const RecordedLine& line) {
    wire::Down down;
    return down.ParseFromString(line.bytes) ? down : wire::Down();
}

// The next frame of this kind from the server on the line's connection.
wire::Down answerTo(const std::vector<RecordedLine>& lines, std::size_t at, const char* message) {
    for (std::size_t i = at + 1; i < lines.size(); ++i) {
        if (lines[i].kind == Kind::Down && lines[i].connection == lines[at].connection &&
            lines[i].message == message) {
            return downOf(lines[i]);
        }
    }
    return {};
}

// What the machine asks its owner to do for this kind of frame.
bool isAsked(const server::session::Effects& effects, const RecordedLine& line) {
    if (effects.size() != 1) {
        return false;
    }
    const auto& one = effects.front();
    const auto* sent = std::get_if<effect::Send>(&one);
    return (line.message == "Login" && std::holds_alternative<effect::Login>(one)) ||
           (line.message == "Hello" && std::holds_alternative<effect::Hello>(one)) ||
           (line.message == "Cursors" && std::holds_alternative<effect::Cursors>(one)) ||
           (line.message == "Push" && std::holds_alternative<effect::Push>(one)) ||
           (line.message == "Claim" && std::holds_alternative<effect::Claim>(one)) ||
           (line.message == "Credit" && std::holds_alternative<effect::Credit>(one)) ||
           (line.message == "Logout" && std::holds_alternative<effect::Logout>(one)) ||
           (line.message == "repair" && sent != nullptr && sent->frame.has_refused() &&
            !sent->frame.refused().closing());
}

// All customers of this name.
std::vector<replica::CustomerRow> customersNamed(replica::Reader& reader,
                                                 const replica::Viewer& viewer,
                                                 const std::string& name) {
    std::vector<replica::CustomerRow> out;
    std::optional<replica::CustomerKey> after;
    do {
        const auto page = reader.customers(viewer, after);
        if (!page) {
            return {};
        }
        for (const auto& row : page->rows) {
            if (row.name.find(name) != std::string::npos) {
                out.push_back(row);
            }
        }
        after = page->next;
    } while (after);
    return out;
}

}  // namespace

class Protocol1Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void recordTheRest();
    void everyKindIsKept();
    void everyFrameIsReadAndWrittenAsEver();
    void numbersStay();
    void aRenumberedFieldIsNoticed();
    void swappedFieldsAreNoticed();
    void theServerTakesTheDesksFrames();
    void aFreshDeskArrivesWhereTheRecordedOneWas_data();
    void aFreshDeskArrivesWhereTheRecordedOneWas();
    void aFreshDeskTakesTheRest();

private:
    Recording kept_;
    std::vector<Sample> samples_;
};

void Protocol1Test::initTestCase() {
    kept_ = readRecording(fixture());
    QVERIFY2(kept_.fault.empty(), kept_.fault.c_str());
    samples_ = samplesIn(kept_.lines);
}

void Protocol1Test::recordTheRest() {
    const QString path = qEnvironmentVariable("VF_RECORD");
    if (path.isEmpty()) {
        QSKIP("only with VF_RECORD=FILE, which ./dev demo --record has just written");
    }
    Recording recording = readRecording(path.toStdString());
    QVERIFY(recording.fault.empty() && recording.pins.empty() && !recording.lines.empty());
    std::ofstream out(path.toStdString(), std::ios::app);
    out << "# What the demo does not cause, from a test connection (protocol1_rest.cpp): session "
           "machine and feed of the\n# same commit without TLS. Throttle is made by hand.\n";
    for (RecordedLine& line : speakTheRest()) {
        out << lineOf(line);
        recording.lines.push_back(std::move(line));
    }
    out << "# The numbers of all fields above, and of the enums they have.\n";
    for (const PinnedNumber& pin : pinsOf(samplesIn(recording.lines))) {
        out << lineOf(pin);
    }
    QVERIFY(out.flush());
    kept_ = readRecording(path.toStdString());
    samples_ = samplesIn(kept_.lines);
}

void Protocol1Test::everyKindIsKept() {
    std::set<std::string> demo;
    std::set<std::string> all;
    for (const RecordedLine& line : kept_.lines) {
        if (line.kind == Kind::Up || line.kind == Kind::Down) {
            all.insert(line.message);
            if (line.connection[0] != 'T') {
                demo.insert(line.message);
            }
        }
    }
    for (const char* kind : {"Login", "LoginResult", "Hello", "Welcome", "Push", "Results", "Claim",
                             "ClaimResult", "Snapshot", "Credit", "Delta", "Checkpoint"}) {
        QVERIFY2(demo.contains(kind), kind);
    }
    for (const char* kind : {"Cursors", "Logout", "DropScope", "Poke", "Throttle", "Refused"}) {
        QVERIFY2(all.contains(kind), kind);
    }
}

void Protocol1Test::everyFrameIsReadAndWrittenAsEver() {
    for (const RecordedLine& line : kept_.lines) {
        if (line.kind != Kind::Up && line.kind != Kind::Down) {
            continue;
        }
        const auto samples = samplesOf(line);
        QVERIFY2(!samples.empty(), lineOf(line).c_str());
        for (const Sample& sample : samples) {
            const std::string fault = faultOf(sample, today());
            QVERIFY2(fault.empty(), (lineOf(line) + fault).c_str());
        }
    }
}

void Protocol1Test::numbersStay() {
    QVERIFY(kept_.pins.size() > 100);
    const auto moved = movedPins(kept_.pins, today());
    QVERIFY2(moved.empty(), moved.empty() ? "" : moved.front().c_str());
    QVERIFY(fieldsIn(samples_).size() <= kept_.pins.size());
}

// The frames themselves tell, for each single field that they have.
void Protocol1Test::aRenumberedFieldIsNoticed() {
    const auto fields = fieldsIn(samples_);
    QVERIFY(fields.size() > 100);
    for (const auto& [field, sample] : fields) {
        const auto other = renumbered({{field->full_name(), kNoNumberHasThis}});
        QVERIFY2(!faultOf(sample, *other).empty(), field->full_name().c_str());
        QVERIFY2(movedPins(kept_.pins, *other) == std::vector{field->full_name()},
                 field->full_name().c_str());
    }
}

// Two fields of one type that change places leave the bytes of a frame as they are.
void Protocol1Test::swappedFieldsAreNoticed() {
    const std::string from = "vorfahrt.wire.Delta.from";
    const std::string to = "vorfahrt.wire.Delta.to";
    const auto numberOf = [](const std::string& name) {
        return today().FindFieldByName(name)->number();
    };
    const auto other = renumbered({{from, numberOf(to)}, {to, numberOf(from)}});
    QCOMPARE(movedPins(kept_.pins, *other), (std::vector{from, to}));
    QVERIFY(movedPins(kept_.pins, *renumbered({})).empty());
}

void Protocol1Test::theServerTakesTheDesksFrames() {
    std::map<std::string, SessionMachine> sessions;
    int taken = 0;
    for (std::size_t i = 0; i < kept_.lines.size(); ++i) {
        const RecordedLine& line = kept_.lines[i];
        if (line.kind != Kind::Up) {
            continue;
        }
        SessionMachine& session = sessions[line.connection];
        QVERIFY2(isAsked(session.receive(line.bytes), line), lineOf(line).c_str());
        ++taken;
        // The owner's part: what the server answered then.
        if (line.message == "Login") {
            const auto result = answerTo(kept_.lines, i, "LoginResult");
            QVERIFY(result.has_login_result());
            (void)session.loginDone(result.login_result());
        } else if (line.message == "Hello" || line.message == "Cursors") {
            const auto welcome = answerTo(kept_.lines, i, "Welcome");
            QVERIFY(welcome.has_welcome());
            (void)(line.message == "Hello" ? session.helloDone(welcome)
                                           : session.cursorsDone(welcome));
            QVERIFY(session.ready());
        }
    }
    QVERIFY(taken > 20);
}

void Protocol1Test::aFreshDeskArrivesWhereTheRecordedOneWas_data() {
    QTest::addColumn<char>("desk");
    QTest::addColumn<bool>("owner");
    QTest::newRow("A, who claimed it") << 'A' << true;
    QTest::newRow("B, who looked on") << 'B' << false;
}

void Protocol1Test::aFreshDeskArrivesWhereTheRecordedOneWas() {
    QFETCH(const char, desk);
    QFETCH(const bool, owner);
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("replica.db")).toStdString();
    ReplayDesk replay(linesOf(kept_, desk), file);
    const std::string fault = replay.play();
    QVERIFY2(fault.empty(), fault.c_str());
    QCOMPARE(replay.lastState(), client::sync::State::Synchronized);
    QVERIFY(replay.rejected().empty());
    QCOMPARE(replay.claims().size(), std::size_t(owner ? 1 : 0));
    QVERIFY(!owner || replay.claims()[0].outcome == client::sync::ClaimAnswer::Outcome::Won);
    QCOMPARE(replay.replica().countPending(), 0);
    QVERIFY(replay.replica().isComplete(replay.viewer().tenant));
    const auto sums = replay.replica().sumsAreRight(replay.viewer().tenant);
    QVERIFY(sums && *sums);

    const auto reader = replica::Reader::open(file);
    QVERIFY(reader.has_value());
    const auto leads = (*reader)->leads(replay.viewer(), replica::LeadTab::AllOpen);
    QVERIFY(leads.has_value());
    std::vector<replica::LeadRow> ours;
    std::ranges::copy_if(leads->rows, std::back_inserter(ours),
                         [](const replica::LeadRow& row) { return row.wish == kWish; });
    QCOMPARE(ours.size(), std::size_t(1));
    QCOMPARE(ours[0].status, record::CONTACTED);
    QCOMPARE(ours[0].ownerName, kOwner);
    const auto detail = (*reader)->lead(replay.viewer(), ours[0].id);
    QVERIFY(detail && *detail);
    QCOMPARE((*detail)->hasPrivate, owner);
    const auto timeline = (*reader)->timeline(replay.viewer(), ours[0].id);
    QVERIFY(timeline.has_value());
    const auto count = [&](auto&& like) { return std::ranges::count_if(*timeline, like); };
    QCOMPARE(count([](const auto& item) { return item.text == kNote; }), std::ptrdiff_t(1));
    QCOMPARE(count([](const auto& item) {
                 return item.kind == replica::TimelineKind::StatusChange &&
                        item.from == record::NEW && item.to == record::CONTACTED;
             }),
             std::ptrdiff_t(1));
    const auto customers = customersNamed(**reader, replay.viewer(), kCustomer);
    QCOMPARE(customers.size(), std::size_t(1));
    QCOMPARE(customers[0].city, kCity);
}

void Protocol1Test::aFreshDeskTakesTheRest() {
    const QTemporaryDir folder;
    ReplayDesk replay(linesOf(kept_, 'T'),
                      folder.filePath(QStringLiteral("replica.db")).toStdString());
    const std::string fault = replay.play();
    QVERIFY2(fault.empty(), fault.c_str());
}

QTEST_GUILESS_MAIN(Protocol1Test)
#include "protocol1_test.moc"
