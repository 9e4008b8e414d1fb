// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/edit_journal.h"
#include "tests/e2e/kill_plan.h"
#include "tests/support/headless_process.h"
#include "tests/support/server_process.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace vorfahrt::test {

// A server and two desks as processes: A edits, B observes, mail comes in. Knows what each was told
// to do, kills them through the shim, starts them again on their files and compares the copies.
// What goes wrong is collected in problems().
class KillWorld {
public:
    KillWorld(const QString& folder, std::uint64_t seed);

    // A dealer, three managers, leads claimed by A, with counting but nothing killed.
    [[nodiscard]] bool setUp();
    // Some work of every kind; what it costs each of the two, to draw the kills from. Both run
    // again afterwards.
    [[nodiscard]] std::optional<PointCounts> measure();

    // The next start of this victim is the one that this kill ends.
    void prepare(const Kill& kill);
    // Until A has nothing pending, or is dead.
    void drain() { (void)a_.waitSynced(); }
    // From now on its events count.
    void arm(Victim victim);
    [[nodiscard]] bool isDead(Victim victim) const;
    // The work of this kill until the victim is dead; false: it did not die.
    [[nodiscard]] bool workUntilDead(const Kill& kill);
    // After a kill: whether A had pending edits; what of A's list its file holds, when A died.
    [[nodiscard]] bool autopsy(const Kill& kill);
    // On the files that it left. It may be killed while it starts: then isDead() again.
    [[nodiscard]] bool restart(Victim victim);

    // A goes on with its work while the server is down.
    void editWithoutServer();

    // Waits until nothing is pending anywhere; then A and B are equal and hold the whole list.
    [[nodiscard]] bool compare();
    // The same with a third desk that has never been here, and with what SQLite says of the files.
    [[nodiscard]] bool compareAtTheEnd();

    [[nodiscard]] const QStringList& problems() const { return problems_; }
    [[nodiscard]] const EditJournal& journal() const { return journal_; }
    [[nodiscard]] QString describe() const;

private:
    struct Lead {
        QString id;
        QString customer;
    };

    [[nodiscard]] ChildProcess& process(Victim victim);
    [[nodiscard]] const ChildProcess& process(Victim victim) const;
    [[nodiscard]] QString armFile(Victim victim) const;
    [[nodiscard]] bool problem(const QString& text);
    [[nodiscard]] bool provision();
    [[nodiscard]] bool claimLeads(int count);
    [[nodiscard]] int below(int bound);
    [[nodiscard]] bool deliver(const QString& tag);
    void editOnce();
    void editRound(const std::function<bool()>& stop);
    void mailRound(const std::function<bool()>& stop);
    void reconnect(HeadlessProcess& desk);
    void checkFile(const QString& what, const QString& file);
    [[nodiscard]] std::optional<Dump> dumpOfFile(const QString& file, int& pending);

    const QString folder_;
    std::mt19937_64 random_;
    ServerProcess server_;
    HeadlessProcess a_;
    HeadlessProcess b_;
    EditJournal journal_;
    QString address_;
    std::vector<Lead> leads_;
    QHash<int, int> inFlight_;  // number of A's command -> number in the list
    QStringList unconfirmed_;   // mails without a 250
    QStringList problems_;
};

}  // namespace vorfahrt::test
