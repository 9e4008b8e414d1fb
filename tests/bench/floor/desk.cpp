// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor/check.h"
#include "tests/bench/floor/roles.h"
#include "tests/bench/floor/store.h"
#include "tests/bench/floor/wire.h"

#include <vector>

namespace vorfahrt::floor {

namespace {

constexpr std::size_t kBatchesInFlight = 4;

// Spread over the table, no customer twice in one phase.
std::uint64_t customerOf(std::int64_t mid, const Plan& plan) {
    return static_cast<std::uint64_t>(mid) * 7'919ULL % plan.customers;
}

struct Edit {
    Edit(std::int64_t editMid, const Plan& plan)
        : mid(editMid),
          seed(customerOf(editMid, plan)),
          name(editedName(editMid)) {
        Customer c = seed.customer();
        c.rev = mid + 1;
        c.name = name;
        append(record, c);
    }

    std::int64_t mid;
    SeedCustomer seed;
    std::string name;
    std::string record;
};

class Author {
public:
    Author(const Plan& plan, std::uint16_t port)
        : plan_(plan),
          store_(plan.file("a.db"), Sync::Full),
          update_(store_.native(), "UPDATE customer SET rev = ?, name = ?, rest = ? WHERE id = ?"),
          remember_(store_.native(), "INSERT INTO pending VALUES (?, ?)"),
          forget_(store_.native(), "DELETE FROM pending WHERE mid <= ?"),
          wire_(Wire::connect(port)) {
        wire_.send("A");
    }

    // The edit of the user: on disk here before it is sent.
    void edit(const Edit& edit) {
        const Customer c = parse(edit.record);
        update_.bind(1, c.rev).bind(2, c.name).bind(3, c.rest).bind(4, c.id).run();
        remember_.bind(1, edit.mid).bind(2, edit.record).run();
    }

    void propagate(std::int64_t mid) {
        const Edit made(mid, plan_);
        const std::int64_t start = nowNs();
        store_.execute("BEGIN IMMEDIATE");
        edit(made);
        store_.execute("COMMIT");
        std::string push = "P";
        appendInt(push, start);
        appendInt(push, mid);
        push += made.record;
        wire_.send(push);
        takeResult();
    }

    void goOffline(std::int64_t firstMid) {
        store_.execute("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < plan_.offlineEdits; ++i) {
            edit(Edit(firstMid + static_cast<std::int64_t>(i), plan_));
        }
        store_.execute("COMMIT");
    }

    void pushAll() {
        Statement next(store_.native(),
                       "SELECT mid, record FROM pending WHERE mid > ? ORDER BY mid LIMIT ?");
        std::int64_t last = 0;
        std::size_t inFlight = 0;
        for (;;) {
            std::string push = "P";
            appendInt(push, 0);
            next.bind(1, last).bind(2, static_cast<std::int64_t>(plan_.batch));
            while (next.step()) {
                last = next.integer(0);
                appendInt(push, last);
                push += next.bytes(1);
            }
            if (push.size() == 9) {
                break;
            }
            wire_.send(push);
            if (++inFlight >= kBatchesInFlight) {
                takeResult();
                --inFlight;
            }
        }
        for (; inFlight > 0; --inFlight) {
            takeResult();
        }
    }

    void quit() { wire_.send("Q"); }

private:
    void takeResult() {
        const std::string result = wire_.receive();
        FLOOR_CHECK(result[0] == 'K');
        forget_.bind(1, parseInt(std::string_view(result).substr(1))).run();
    }

    const Plan& plan_;
    Store store_;
    Statement update_;
    Statement remember_;
    Statement forget_;
    Wire wire_;
};

}  // namespace

void runFirstSync(const Plan& plan, std::uint16_t port, const std::string& file, int out) {
    Store store(file, Sync::Normal);
    const std::int64_t start = nowNs();
    Wire wire = Wire::connect(port);
    wire.send("F");
    store.createTables();
    Statement insert(store.native(), "INSERT INTO customer VALUES (?,?,?,?,?,?)");
    std::size_t open = 0;
    for (std::string frame = wire.receive(); frame[0] == 'R'; frame = wire.receive()) {
        if (open == 0) {
            store.execute("BEGIN");
        }
        for (std::size_t at = 1; at < frame.size(); at += kRecordBytes) {
            const Customer c = parse(std::string_view(frame).substr(at));
            insert.bind(1, c.id).bind(2, c.rev).bind(3, c.name).bind(4, c.company);
            insert.bind(5, c.site).bind(6, c.rest).run();
            ++open;
        }
        if (open >= plan.rowsPerCommit) {
            store.execute("COMMIT");
            open = 0;
        }
    }
    if (open > 0) {
        store.execute("COMMIT");
    }
    store.createIndexes();
    sendInt(out, nowNs() - start);
    // The same with full-text search, as SQLite has it, built after the load.
    store.execute(
        "BEGIN; CREATE VIRTUAL TABLE words USING fts5(name, company, rest, content='', "
        "  detail=column, prefix='2 3');"
        "INSERT INTO words (rowid, name, company, rest) SELECT rowid, CAST(name AS TEXT), "
        "  CAST(company AS TEXT), CAST(rest AS TEXT) FROM customer; COMMIT");
    sendInt(out, nowNs() - start);
    store.execute("DROP TABLE words");
}

void runListener(const Plan& plan, std::uint16_t port, int ready, int seen) {
    Store store(plan.file("b.db"), Sync::Full);
    Statement update(store.native(),
                     "UPDATE customer SET rev = ?, name = ?, rest = ? WHERE id = ?");
    Statement cursor(store.native(), "UPDATE cursor SET seq = seq + ? WHERE one = 1");
    Wire wire = Wire::connect(port);
    wire.send("B");
    sendInt(ready, 1);
    const std::size_t online = plan.warmEdits + plan.edits;
    for (std::size_t applied = 0; applied < plan.allEdits();) {
        const std::string delta = wire.receive();
        FLOOR_CHECK(delta[0] == 'D');
        std::size_t rows = 0;
        store.execute("BEGIN IMMEDIATE");
        for (std::size_t at = 9; at < delta.size(); at += kRecordBytes) {
            const Customer c = parse(std::string_view(delta).substr(at));
            update.bind(1, c.rev).bind(2, c.name).bind(3, c.rest).bind(4, c.id).run();
            ++rows;
        }
        cursor.bind(1, static_cast<std::int64_t>(rows)).run();
        store.execute("COMMIT");
        applied += rows;
        if (applied <= online) {
            sendInt(seen, nowNs() - parseInt(std::string_view(delta).substr(1)));
        }
    }
    sendInt(seen, nowNs());
}

void runAuthor(const Plan& plan, std::uint16_t port, int seen, int out) {
    Author author(plan, port);
    std::int64_t mid = 0;
    for (std::size_t i = 0; i < plan.warmEdits + plan.edits; ++i) {
        author.propagate(++mid);
        const std::int64_t took = receiveInt(seen);
        if (i >= plan.warmEdits) {
            sendInt(out, took);
        }
    }
    author.goOffline(mid + 1);
    const std::int64_t start = nowNs();
    author.pushAll();
    const std::int64_t mine = nowNs();
    const std::int64_t theirs = receiveInt(seen);
    sendInt(out, std::max(mine, theirs) - start);
    author.quit();
}

}  // namespace vorfahrt::floor
