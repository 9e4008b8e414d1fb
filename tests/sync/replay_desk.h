// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "client/replica/replica.h"
#include "client/sync/client_core.h"
#include "tests/sync/recording.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace vorfahrt::tests {

// Today's desk in the place of a recorded one: it does what the person did (signs in, claims, edits
// between two connections) and is told what the server said then. A connection that ends is a kill:
// the next one starts from the file. One thread.
class ReplayDesk {
public:
    // `lines` of one desk, in their order; `file` is made.
    ReplayDesk(std::vector<RecordedLine> lines, std::filesystem::path file);
    ~ReplayDesk();

    // Empty, or the first line at which the desk did not do as the recorded one.
    [[nodiscard]] std::string play();

    // After play().
    [[nodiscard]] client::sync::State lastState() const { return lastState_; }
    [[nodiscard]] client::replica::Replica& replica() { return *replica_; }
    [[nodiscard]] client::replica::Viewer viewer() const { return viewer_; }
    [[nodiscard]] const std::vector<client::sync::ClaimAnswer>& claims() const { return claims_; }
    [[nodiscard]] const std::vector<client::sync::RejectedEdit>& rejected() const {
        return rejected_;
    }
    [[nodiscard]] std::uint64_t creditGiven() const { return creditGiven_; }

private:
    using Lines = std::span<const RecordedLine>;
    void start();
    void open(Lines connection);
    void makeEdits(Lines connection);
    void close();
    void up(const RecordedLine& line);
    void down(const RecordedLine& line);
    void carryOut();
    void loggedIn(const wire::LoginResult& result);
    [[nodiscard]] wire::Up nextSent(wire::Up::KindCase kind);
    void runTo(std::int64_t unixMs);
    void fail(const std::string& what);

    std::vector<RecordedLine> lines_;
    std::filesystem::path file_;
    ManualClock clock_;
    SeededRandom random_{1};
    std::unique_ptr<client::replica::Replica> replica_;
    std::unique_ptr<client::sync::ClientCore> core_;
    client::replica::Viewer viewer_;
    std::string token_;
    std::string claimId_;  // this desk's, in the place of the recorded one
    std::deque<wire::Up> sent_;
    client::sync::State lastState_ = client::sync::State::Offline;
    std::vector<client::sync::ClaimAnswer> claims_;
    std::vector<client::sync::RejectedEdit> rejected_;
    std::uint64_t creditGiven_ = 0;
    bool wantsConnection_ = false;
    std::string fault_;
};

}  // namespace vorfahrt::tests
