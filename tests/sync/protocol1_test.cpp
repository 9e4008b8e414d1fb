// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of the main job as protocol 1 speaks them, kept in protocol1.frames: "up HEX" or "down
// HEX". They must be readable for ever: no unknown field, the same value when written again. A new
// kind of frame goes into a new file; these lines never change. VF_RECORD=FILE writes what today's
// programs say.
#include "client/command/commands.h"
#include "common/base/bytes.h"
#include "tests/sync/sync_world.h"

#include <QFile>
#include <QtTest>

#include <set>

using namespace vorfahrt;
using namespace vorfahrt::tests;
namespace command = vorfahrt::client::command;

namespace {

QByteArray line(const char* direction, const google::protobuf::Message& frame) {
    return QByteArray(direction) + ' ' + QByteArray::fromStdString(toHex(schema::encode(frame))) +
           '\n';
}

void keep(SimDesk& desk, QByteArray& out, std::set<int>& kinds) {
    desk.onDown = [&out, &kinds](wire::Down& down) {
        if (kinds.insert(down.kind_case()).second) {
            out += line("down", down);
        }
        return true;
    };
}

// Claim, offline work and return, as ./dev demo does it.
void liveTheMainJob(QByteArray& out, std::set<int>& up, std::set<int>& down) {
    SyncWorld world(1);
    const RowId lead = world.server.newLead("Vogelsang");
    SimDesk& anna = world.addDesk(world.server.anna);
    SimDesk& ben = world.addDesk(world.server.ben);
    keep(anna, out, down);
    keep(ben, out, down);
    anna.start();
    ben.start();
    world.settle();
    anna.claim(lead);
    world.settle();
    anna.setOnline(false);
    const auto viewer = anna.viewer();
    const auto detail = anna.reader().lead(viewer, LeadId(lead.uuid()));
    const auto newId = [&] { return RowId(Uuid::v7(world.clock.now(), world.random)); };
    (void)anna.edit(command::addNote(viewer, **detail, newId(), "ruft morgen an"));
    (void)anna.edit(command::moveLead(viewer, **detail, record::CONTACTED, newId()));
    anna.kill();
    anna.start();
    world.settle();
    for (const wire::Up& frame : anna.sent) {
        if (up.insert(frame.kind_case()).second) {
            out += line("up", frame);
        }
    }
}

template <class Frame>
void checkFrame(const QByteArray& hex) {
    const auto bytes = fromHex(hex.toStdString());
    QVERIFY(bytes.has_value());
    Frame frame;
    QVERIFY(schema::parseBounded(frame, *bytes).has_value());
    QVERIFY(frame.kind_case() != 0);
    QCOMPARE(QByteArray::fromStdString(toHex(schema::encode(frame))), hex);
    frame.DiscardUnknownFields();
    QCOMPARE(QByteArray::fromStdString(toHex(schema::encode(frame))), hex);
}

}  // namespace

class Protocol1Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptFramesAreReadAsEver() {
        QFile file(qEnvironmentVariable("VF_SOURCE_DIR") +
                   QStringLiteral("/tests/sync/protocol1.frames"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int frames = 0;
        for (const QByteArray& row : file.readAll().split('\n')) {
            if (row.startsWith("up ")) {
                checkFrame<wire::Up>(row.mid(3));
            } else if (row.startsWith("down ")) {
                checkFrame<wire::Down>(row.mid(5));
            } else {
                QVERIFY(row.isEmpty());
                continue;
            }
            ++frames;
        }
        QVERIFY(frames >= 10);
    }

    void theMainJobSpeaksTheseKinds() {
        QByteArray out;
        std::set<int> up;
        std::set<int> down;
        liveTheMainJob(out, up, down);
        for (const int kind : {int(wire::Up::kHello), int(wire::Up::kPush), int(wire::Up::kClaim),
                               int(wire::Up::kCredit)}) {
            QVERIFY2(up.contains(kind), std::to_string(kind).c_str());
        }
        for (const int kind :
             {int(wire::Down::kWelcome), int(wire::Down::kResults), int(wire::Down::kClaimResult),
              int(wire::Down::kSnapshot), int(wire::Down::kDelta), int(wire::Down::kCheckpoint)}) {
            QVERIFY2(down.contains(kind), std::to_string(kind).c_str());
        }
        if (const QString path = qEnvironmentVariable("VF_RECORD"); !path.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(out);
        }
    }
};

QTEST_GUILESS_MAIN(Protocol1Test)
#include "protocol1_test.moc"
