// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/sync.pb.h"
#include "tests/support/server_data.h"
#include "tests/support/ws_client.h"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::test {

// A desk without a replica: speaks PROTOCOL.md with the rights of one person over real TLS, gives
// credit back at once and hands every decoded frame on. Hundreds run on one io_context. All calls
// and callbacks on its executor (one thread).
class WireDesk {
public:
    WireDesk(boost::asio::any_io_executor executor, WsClientContext& context,
             WsClientOptions options, SignedIn person, TenantId tenant);
    ~WireDesk();
    WireDesk(const WireDesk&) = delete;
    WireDesk& operator=(const WireDesk&) = delete;

    // Every frame, after the desk's own work with it.
    std::function<void(const wire::Down&)> onFrame;

    void connect();
    void close();
    void send(const wire::Up& up);
    // The claim's id.
    std::string claim(LeadId lead, std::string claimId = {});
    // One mutation with the next mid of this replica; its mid.
    std::uint64_t push(std::string_view name, const google::protobuf::Message& args);

    // Welcome is here and a Checkpoint says that all scopes are.
    [[nodiscard]] bool isReady() const { return welcomed_ && checkpoint_; }
    // Not empty: why the connection ended.
    [[nodiscard]] const std::string& ended() const { return ended_; }
    [[nodiscard]] const SignedIn& person() const { return person_; }
    [[nodiscard]] std::uint64_t bytesSent() const { return sent_; }
    [[nodiscard]] std::uint64_t bytesReceived() const { return received_; }

    // Answers so far, by claim id and by mid.
    [[nodiscard]] const wire::ClaimResult* answer(const std::string& claimId) const;
    [[nodiscard]] const wire::MutationResult* result(std::uint64_t mid) const;

private:
    void hello();
    void take(const std::string& message);

    std::shared_ptr<WsClient> client_;
    SignedIn person_;
    TenantId tenant_;
    std::uint64_t lastMid_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t claims_ = 0;
    int filling_ = 0;  // scopes whose snapshot has not ended
    bool welcomed_ = false;
    bool checkpoint_ = false;
    std::string ended_;
    std::vector<wire::ClaimResult> answers_;
    std::vector<wire::MutationResult> results_;
};

// The rows of a snapshot chunk, decompressed; nothing where it is not valid.
[[nodiscard]] std::optional<wire::SnapshotRows> rowsOf(const wire::Snapshot& chunk);

}  // namespace vorfahrt::test
