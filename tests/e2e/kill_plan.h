// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <array>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

namespace vorfahrt::test {

enum class Victim { Server, Desk };
inline constexpr int kVictims = 2;
// In the order of tests/support/kill_shim.c.
enum class KillPoint { Write, Fsync, Send, Ack };
inline constexpr int kKillPoints = 4;

[[nodiscard]] QString nameOf(Victim victim);
[[nodiscard]] QString nameOf(KillPoint point);

// What a victim counts during one round of work, from the dry run.
using PointCounts = std::array<std::array<int, kKillPoints>, kVictims>;

struct Kill {
    Victim victim = Victim::Server;
    KillPoint point = KillPoint::Write;
    int at = 1;          // the Nth event
    bool torn = false;   // half of the bytes are written
    bool early = false;  // counts from its start, which is the recovery from the kill before
    bool edits = true;   // false: the work is mail alone, so that a desk has nothing pending
};

// All kills of a run in a seeded order: `each` for every victim and point, every second write torn.
[[nodiscard]] std::vector<Kill> planKills(int each, const PointCounts& counts,
                                          std::mt19937_64& random);

// What happened, victim by point.
class KillHistogram {
public:
    void add(const Kill& kill, bool pending);
    [[nodiscard]] int total() const;
    [[nodiscard]] int withPending() const;
    [[nodiscard]] int fewest() const;  // of any victim and point
    [[nodiscard]] int torn() const;
    [[nodiscard]] QStringList lines() const;

private:
    struct Cell {
        int pending = 0;
        int clean = 0;
        int torn = 0;
        int early = 0;
    };
    std::array<std::array<Cell, kKillPoints>, kVictims> cells_{};
};

}  // namespace vorfahrt::test
