// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/command/commands.h"
#include "client/replica/queries.h"
#include "client/replica/replica.h"
#include "client/sync/client_core.h"
#include "server/feed/session_feed.h"
#include "tests/support/service_world.h"

#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace vorfahrt::tests {

class SyncWorld;

// A desk without Qt: Replica and ClientCore on a file, and the far end of its connection.
// Everything moves only when told to: a frame up, a frame down, a timer, a cut, a kill.
class SimDesk {
public:
    SimDesk(SyncWorld& world, const Person& person, std::string token);
    ~SimDesk();

    // Opens the file and goes online; also after kill().
    void start();
    // kill -9: memory, queues and timers are gone, the file stays.
    void kill();
    // The connection breaks; frames under way are lost.
    void cut();
    void setOnline(bool online);

    [[nodiscard]] bool canMove() const;
    // One event: the oldest frame in a direction, or a timer.
    void move(Random& random);
    void settle();  // moves until nothing is left to do; asserts that it ends
    [[nodiscard]] bool isSynchronized() const;

    [[nodiscard]] ErrorCode edit(const client::command::Command& command);
    void claim(RowId lead);
    [[nodiscard]] client::replica::Viewer viewer() const;
    [[nodiscard]] client::replica::Reader& reader();
    [[nodiscard]] std::vector<std::string> dump();
    [[nodiscard]] client::replica::Replica& replica() { return *replica_; }
    [[nodiscard]] client::sync::ClientCore& core() { return *core_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

    Person person;
    std::string token;
    std::vector<client::sync::ClaimAnswer> claims;
    std::vector<client::sync::RejectedEdit> rejected;
    int connects = 0;
    std::uint64_t bytesUp = 0;
    std::uint64_t bytesDown = 0;
    // Seen by tests on the way down; may change the frame. false: it is lost with the connection.
    std::function<bool(wire::Down&)> onDown;
    std::vector<wire::Up> sent;  // all of this desk's frames

private:
    friend class SyncWorld;
    void carryOut();
    void serve(const wire::Up& up);
    void pump();
    void reply(wire::Down down);

    SyncWorld& world_;
    std::filesystem::path file_;
    SeededRandom random_;
    std::unique_ptr<client::replica::Replica> replica_;
    std::unique_ptr<client::replica::Reader> reader_;
    std::unique_ptr<client::sync::ClientCore> core_;
    bool connecting_ = false;
    bool timers_[client::sync::kTimerKinds] = {};
    std::deque<std::string> up_;
    std::deque<std::string> down_;
    // The server's end.
    std::unique_ptr<server::feed::SessionFeed> feed_;
    std::unique_ptr<server::store::ReadStore> store_;
};

// Server and desks of one dealer in one process, one thread and one seed.
class SyncWorld {
public:
    explicit SyncWorld(std::uint64_t seed, server::feed::FeedLimits limits = {});
    ~SyncWorld();

    // A new desk of this person, not started.
    [[nodiscard]] SimDesk& addDesk(const Person& person);
    // Random moves of all desks until nobody can move.
    void settle();
    // Runs on the server, and tells all connections.
    server::service::Outcome serve(server::service::Request request);
    // What a person's scopes hold now, in the form of SimDesk::dump().
    [[nodiscard]] std::vector<std::string> truth(const Person& person);

    ServiceWorld server;
    ManualClock clock;
    SeededRandom random;
    server::feed::FeedLimits limits;
    std::filesystem::path folder;
    std::vector<std::unique_ptr<SimDesk>> desks;
};

}  // namespace vorfahrt::tests
