// SPDX-License-Identifier: GPL-3.0-or-later
// By hand: what each part of sync.offline10k costs, in one process and one thread, as CPU time and
// bytes written an edit. Fit for valgrind --tool=callgrind --toggle-collect, as wall time is not
// looked at. vf_offline_parts FOLDER [EDITS [CUSTOMERS]]
#include "client/command/commands.h"
#include "client/replica/queries.h"
#include "client/sync/client_core.h"
#include "common/base/assert.h"
#include "common/base/bytes.h"
#include "server/feed/session_feed.h"
#include "server/service/server_core.h"
#include "server/store/sqlite/engine.h"
#include "tests/bench/json_line.h"
#include "tests/bench/sync/roles.h"

#include <ctime>
#include <deque>
#include <fstream>

namespace vorfahrt::bench {

namespace {

namespace service = server::service;
using client::sync::ClientCore;

constexpr std::size_t kPumpBytes = 384 * 1024;  // SessionLimits::pumpBytes

double cpuUs() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double writtenBytes() {
    std::ifstream file("/proc/self/io");
    std::string key;
    double value = 0;
    while (file >> key >> value) {
        if (key == "wchar:") {
            return value;
        }
    }
    return 0;
}

struct Cost {
    double us = 0;
    double written = 0;
    std::size_t calls = 0;
};

// Adds what happens in its life to a cost.
class Measure {
public:
    explicit Measure(Cost& cost)
        : cost_(cost) {
        ++cost.calls;
        cost.written -= writtenBytes();
        cost.us -= cpuUs();
    }
    ~Measure() {
        cost_.us += cpuUs();
        cost_.written += writtenBytes();
    }
    Measure(const Measure&) = delete;
    Measure& operator=(const Measure&) = delete;

private:
    Cost& cost_;
};

class Desk;

struct World {
    World(std::filesystem::path dir, const Seeded& seeded)
        : folder(std::move(dir)),
          tenant(seeded.tenant),
          engine(server::store::sqliteEngine(folder / "server.db")) {
        auto opened = engine->openWriter();
        VF_ASSERT(opened.has_value());
        writer = std::move(*opened);
    }

    std::filesystem::path folder;
    TenantId tenant;
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<server::store::Engine> engine;
    std::unique_ptr<server::store::WriteStore> writer;
    std::vector<Desk*> desks;
    Cost serverBatch;
    Cost serverFeed;
};

// A desk and the server's end of its connection.
class Desk {
public:
    Desk(World& world, const test::SignedIn& who)
        : world_(world),
          who_(who) {
        auto opened = client::replica::Replica::open(world.folder / (who.login + ".db"),
                                                     world.clock, world.random);
        VF_ASSERT(opened.has_value());
        replica_ = std::move(*opened);
        wire::AccountTenant tenant;
        tenant.set_tenant(world.tenant.bytes());
        tenant.set_user_id(who.user.bytes());
        const std::vector<wire::AccountTenant> tenants{tenant};
        VF_ASSERT(replica_->setTenants(tenants).has_value());
        core_ = std::make_unique<ClientCore>(
            world.clock, world.random,
            ClientCore::Options{.deviceId = who.device.bytes(), .deviceName = who.login});
        auto store = world.engine->openReader();
        VF_ASSERT(store.has_value());
        store_ = std::move(*store);
        core_->attach(replica_.get(), who.token);
        world.desks.push_back(this);
    }

    void goOnline() {
        core_->goOnline();
        feed_.emplace();
        core_->opened();
        carryOut();
    }
    void goOffline() {
        core_->goOffline();
        carryOut();
        feed_.reset();
        up_.clear();
        down_.clear();
    }

    // One frame in each direction. false: nothing to do.
    bool move() {
        if (!up_.empty()) {
            const std::string frame = std::move(up_.front());
            up_.pop_front();
            serve(frame);
            return true;
        }
        if (!down_.empty()) {
            const std::string frame = std::move(down_.front());
            down_.pop_front();
            const Measure measure(cost);
            core_->frame(frame);
            carryOut();
            static_cast<void>(core_->status());
            return true;
        }
        if (feed_ && feed_->wantsPump()) {
            pump();
            return true;
        }
        return false;
    }

    void edit(std::size_t number, const Plan& plan) {
        if (reader_ == nullptr) {
            auto opened = client::replica::Reader::open(world_.folder / (who_.login + ".db"));
            VF_ASSERT(opened.has_value());
            reader_ = std::move(*opened);
        }
        const client::replica::Viewer viewer{.tenant = world_.tenant, .user = who_.user};
        const auto before =
            reader_->customer(viewer, CustomerId(editedCustomer(number, plan).uuid()));
        VF_ASSERT(before.has_value() && before->has_value());
        record::Customer after = (*before)->customer;
        after.set_last_name(editedName(number, plan));
        auto command = client::command::editCustomer(viewer, **before, after);
        VF_ASSERT(command.has_value());
        const Measure measure(editCost);
        VF_ASSERT(core_->edit(command->tenant, command->mutation).has_value());
        carryOut();
    }

    [[nodiscard]] bool synchronized() const {
        return core_->state() == client::sync::State::Synchronized;
    }
    void committed(TenantId tenant, Seq head) {
        if (feed_) {
            feed_->committed(tenant, head);
        }
    }

    Cost cost;
    Cost editCost;

private:
    void carryOut() {
        for (auto& one : core_->take()) {
            if (auto* send = std::get_if<client::sync::effect::Send>(&one)) {
                up_.push_back(std::move(send->frame));
            }
        }
    }

    void serve(const std::string& frame) {
        wire::Up up;
        VF_ASSERT(up.ParseFromString(frame));
        if (up.has_hello()) {
            auto answer = feed_->hello(up.hello(), *store_, world_.clock.now());
            VF_ASSERT(answer.has_value());
            down_.push_back(answer->SerializeAsString());
        } else if (up.has_credit()) {
            feed_->credit(up.credit().bytes());
        } else if (up.has_push()) {
            push(std::move(*up.mutable_push()));
        }
    }

    void push(wire::Push push) {
        std::vector<service::Request> requests;
        requests.push_back(service::PushRequest{.who = {.account = who_.account,
                                                        .tokenHash = digest32(who_.token),
                                                        .replica = feed_->replica(),
                                                        .device = who_.device},
                                                .push = std::move(push)});
        std::vector<service::Outcome> outcomes;
        {
            const Measure measure(world_.serverBatch);
            outcomes =
                service::runBatch(requests, world_.clock.now(), world_.random, *world_.writer);
            for (const wire::Down& reply : outcomes.front().replies) {
                down_.push_back(reply.SerializeAsString());
            }
        }
        for (const service::Committed& commit : outcomes.front().committed) {
            for (Desk* desk : world_.desks) {
                desk->committed(commit.tenant, commit.head);
            }
        }
    }

    void pump() {
        const Measure measure(world_.serverFeed);
        auto frames = feed_->pump(*store_, world_.clock.now(), kPumpBytes);
        VF_ASSERT(frames.has_value());
        for (const wire::Down& frame : *frames) {
            down_.push_back(frame.SerializeAsString());
        }
    }

    World& world_;
    test::SignedIn who_;
    std::unique_ptr<client::replica::Replica> replica_;
    std::unique_ptr<client::replica::Reader> reader_;
    std::unique_ptr<ClientCore> core_;
    std::unique_ptr<server::store::ReadStore> store_;
    std::optional<server::feed::SessionFeed> feed_;
    std::deque<std::string> up_;
    std::deque<std::string> down_;
};

void settle(World& world) {
    for (bool moved = true; moved;) {
        moved = false;
        for (Desk* desk : world.desks) {
            moved = desk->move() || moved;
        }
    }
}

void print(std::string_view name, Cost& cost, std::size_t n) {
    const auto each = static_cast<double>(n);
    std::puts(jsonLine(fmt::format("{}.us", name), cost.us / each, "us", n).c_str());
    std::puts(jsonLine(fmt::format("{}.written", name), cost.written / each, "B", n).c_str());
    std::puts(jsonLine(fmt::format("{}.calls", name), static_cast<double>(cost.calls), "calls", n)
                  .c_str());
    cost = {};
}

void run(const std::filesystem::path& folder, const Plan& plan) {
    const Seeded seeded = seed(plan, folder / "server.db", "none");
    World world(folder, seeded);
    Desk author(world, seeded.people.at(1));
    Desk other(world, seeded.people.at(2));
    author.goOnline();
    settle(world);
    print("first.server_feed", world.serverFeed, plan.customers);
    print("first.desk", author.cost, plan.customers);
    other.goOnline();
    settle(world);
    author.goOffline();
    for (std::size_t edit = 0; edit < plan.offlineEdits; ++edit) {
        author.edit(plan.onlineEdits() + edit, plan);
    }
    settle(world);
    world.serverFeed = {};
    other.cost = {};
    author.cost = {};
    author.goOnline();
    settle(world);
    VF_ASSERT(author.synchronized() && other.synchronized());
    print("offline.edit", author.editCost, plan.offlineEdits);
    print("offline.server_batch", world.serverBatch, plan.offlineEdits);
    print("offline.server_feed", world.serverFeed, plan.offlineEdits);
    print("offline.author", author.cost, plan.offlineEdits);
    print("offline.other", other.cost, plan.offlineEdits);
}

}  // namespace
}  // namespace vorfahrt::bench

int main(int argc, char** argv) {
    using namespace vorfahrt::bench;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.empty()) {
        std::fprintf(stderr, "vf_offline_parts FOLDER [EDITS [CUSTOMERS]]\n");
        return 2;
    }
    Plan plan;
    plan.offlineEdits = arguments.size() > 1 ? std::stoul(arguments[1]) : plan.offlineEdits;
    plan.customers = arguments.size() > 2 ? std::stoul(arguments[2]) : plan.customers;
    run(arguments[0], plan);
    return 0;
}
