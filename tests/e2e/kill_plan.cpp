// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/kill_plan.h"

#include <algorithm>
#include <limits>

namespace vorfahrt::test {
namespace {

std::size_t at(Victim victim) {
    return static_cast<std::size_t>(victim);
}
std::size_t at(KillPoint point) {
    return static_cast<std::size_t>(point);
}

int below(int bound, std::mt19937_64& random) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(std::max(bound, 1)));
}

}  // namespace

QString nameOf(Victim victim) {
    return victim == Victim::Server ? QStringLiteral("server") : QStringLiteral("desk");
}

QString nameOf(KillPoint point) {
    static const std::array kNames{QStringLiteral("write"), QStringLiteral("fsync"),
                                   QStringLiteral("send"), QStringLiteral("ack")};
    return kNames.at(at(point));
}

std::vector<Kill> planKills(int each, const PointCounts& counts, std::mt19937_64& random) {
    std::vector<Kill> kills;
    for (const Victim victim : {Victim::Server, Victim::Desk}) {
        for (const KillPoint point :
             {KillPoint::Write, KillPoint::Fsync, KillPoint::Send, KillPoint::Ack}) {
            for (int i = 0; i < each; ++i) {
                Kill kill;
                kill.victim = victim;
                kill.point = point;
                kill.at = 1 + below(counts.at(at(victim)).at(at(point)), random);
                kill.torn = point == KillPoint::Write && i % 2 == 0;
                // A desk syncs its file for its own edits only: mail would never reach the point.
                const bool editsOnly = victim == Victim::Desk && point == KillPoint::Fsync;
                kill.edits = editsOnly || i % 5 < 3;
                kills.push_back(kill);
            }
        }
    }
    std::shuffle(kills.begin(), kills.end(), random);
    // Only where nobody else is killed in between: the others need a server that lives.
    for (std::size_t i = 1; i < kills.size(); ++i) {
        kills[i].early = kills[i].victim == kills[i - 1].victim && below(3, random) == 0;
    }
    return kills;
}

void KillHistogram::add(const Kill& kill, bool pending) {
    Cell& cell = cells_.at(at(kill.victim)).at(at(kill.point));
    ++(pending ? cell.pending : cell.clean);
    cell.torn += kill.torn ? 1 : 0;
    cell.early += kill.early ? 1 : 0;
}

int KillHistogram::total() const {
    int sum = 0;
    for (const auto& row : cells_) {
        for (const Cell& cell : row) {
            sum += cell.pending + cell.clean;
        }
    }
    return sum;
}

int KillHistogram::withPending() const {
    int sum = 0;
    for (const auto& row : cells_) {
        for (const Cell& cell : row) {
            sum += cell.pending;
        }
    }
    return sum;
}

int KillHistogram::torn() const {
    int sum = 0;
    for (const auto& row : cells_) {
        for (const Cell& cell : row) {
            sum += cell.torn;
        }
    }
    return sum;
}

int KillHistogram::fewest() const {
    int least = std::numeric_limits<int>::max();
    for (const auto& row : cells_) {
        for (const Cell& cell : row) {
            least = std::min(least, cell.pending + cell.clean);
        }
    }
    return least;
}

QStringList KillHistogram::lines() const {
    QStringList out{
        QStringLiteral("killed  at     kills  with pending  without  torn  while starting")};
    for (const Victim victim : {Victim::Server, Victim::Desk}) {
        for (const KillPoint point :
             {KillPoint::Write, KillPoint::Fsync, KillPoint::Send, KillPoint::Ack}) {
            const Cell& cell = cells_.at(at(victim)).at(at(point));
            out.append(QStringLiteral("%1  %2  %3  %4  %5  %6  %7")
                           .arg(nameOf(victim), -6)
                           .arg(nameOf(point), -5)
                           .arg(cell.pending + cell.clean, 5)
                           .arg(cell.pending, 12)
                           .arg(cell.clean, 7)
                           .arg(cell.torn, 4)
                           .arg(cell.early, 14));
        }
    }
    return out;
}

}  // namespace vorfahrt::test
