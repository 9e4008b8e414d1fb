// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor/check.h"
#include "tests/bench/floor/roles.h"
#include "tests/bench/floor/store.h"
#include "tests/bench/floor/wire.h"

namespace vorfahrt::floor {

namespace {

void seed(Store& store, const Plan& plan) {
    store.createTables();
    store.execute("BEGIN");
    Statement insert(store.native(), "INSERT INTO customer VALUES (?,?,?,?,?,?)");
    for (std::size_t i = 0; i < plan.customers; ++i) {
        const SeedCustomer made(i);
        const Customer c = made.customer();
        insert.bind(1, c.id).bind(2, c.rev).bind(3, c.name).bind(4, c.company);
        insert.bind(5, c.site).bind(6, c.rest).run();
    }
    store.createIndexes();
    store.execute("COMMIT");
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

// R + records, at most rowsPerFrame; then E.
void sendSnapshot(Store& store, const Plan& plan, Wire& desk) {
    Statement page(store.native(),
                   "SELECT id, rev, name, company, site, rest FROM customer ORDER BY id");
    std::string frame = "R";
    while (page.step()) {
        Customer c;
        c.id = page.bytes(0);
        c.rev = page.integer(1);
        c.name = page.bytes(2);
        c.company = page.bytes(3);
        c.site = page.bytes(4);
        c.rest = page.bytes(5);
        append(frame, c);
        if (frame.size() >= 1 + plan.rowsPerFrame * kRecordBytes) {
            desk.send(frame);
            frame.resize(1);
        }
    }
    if (frame.size() > 1) {
        desk.send(frame);
    }
    desk.send("E");
}

// P, start time, then (mid, record)...: one transaction, one fsync; then the answer and the delta.
void applyPushes(Store& store, Wire& author, Wire& listener) {
    Statement lastMid(store.native(), "SELECT last_mid FROM replica WHERE id = 1");
    Statement setMid(store.native(), "UPDATE replica SET last_mid = ? WHERE id = 1");
    Statement update(store.native(),
                     "UPDATE customer SET rev = ?, name = ?, rest = ? WHERE id = ?");
    Statement log(store.native(), "INSERT INTO change_log (mid, id) VALUES (?, ?)");
    for (std::string push = author.receive(); push[0] == 'P'; push = author.receive()) {
        std::string delta = "D" + push.substr(1, 8);
        store.execute("BEGIN IMMEDIATE");
        FLOOR_CHECK(lastMid.step());
        std::int64_t last = lastMid.integer(0);
        lastMid.reset();
        for (std::size_t at = 9; at < push.size(); at += 8 + kRecordBytes) {
            const std::string_view edit = std::string_view(push).substr(at, 8 + kRecordBytes);
            const std::int64_t mid = parseInt(edit);
            if (mid <= last) {
                continue;  // sent twice
            }
            FLOOR_CHECK(mid == last + 1);
            last = mid;
            const Customer c = parse(edit.substr(8));
            update.bind(1, c.rev).bind(2, c.name).bind(3, c.rest).bind(4, c.id).run();
            log.bind(1, mid).bind(2, c.id).run();
            delta += edit.substr(8);
        }
        setMid.bind(1, last).run();
        store.execute("COMMIT");
        listener.send(delta);
        std::string result = "K";
        appendInt(result, last);
        author.send(result);
    }
}

}  // namespace

void runServer(const Plan& plan, int out) {
    Store store(plan.file("server.db"), Sync::Normal);
    seed(store, plan);
    store.setSync(Sync::Full);
    WireServer server;
    sendInt(out, server.port());
    for (;;) {
        Wire first = server.accept();
        const std::string role = first.receive();
        if (role == "F") {
            sendSnapshot(store, plan, first);
            continue;
        }
        FLOOR_CHECK(role == "B");
        Wire author = server.accept();
        FLOOR_CHECK(author.receive() == "A");
        applyPushes(store, author, first);
        return;
    }
}

}  // namespace vorfahrt::floor
