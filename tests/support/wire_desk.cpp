// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/wire_desk.h"

#include "common/base/assert.h"
#include "common/schema/record.h"
#include "common/sync/mutator.h"

#include <zstd.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace vorfahrt::test {

namespace {

constexpr std::uint32_t kMaxChunk = 16 * 1024 * 1024;

std::int64_t wallMs() {
    return toUnixMs(SystemClock().now());
}

}  // namespace

std::optional<wire::SnapshotRows> rowsOf(const wire::Snapshot& chunk) {
    if (chunk.raw_bytes() > kMaxChunk) {
        return std::nullopt;
    }
    std::string raw(chunk.raw_bytes(), '\0');
    const std::size_t size =
        ZSTD_decompress(raw.data(), raw.size(), chunk.rows_zstd().data(), chunk.rows_zstd().size());
    wire::SnapshotRows rows;
    if (ZSTD_isError(size) != 0 || size != raw.size() || !rows.ParseFromString(raw)) {
        return std::nullopt;
    }
    return rows;
}

WireDesk::WireDesk(boost::asio::any_io_executor executor, WsClientContext& context,
                   WsClientOptions options, SignedIn person, TenantId tenant)
    : client_(WsClient::create(std::move(executor), context, std::move(options))),
      person_(std::move(person)),
      tenant_(tenant) {
    client_->onOpen = [this] { hello(); };
    client_->onMessage = [this](std::string message) { take(message); };
    client_->onClosed = [this](std::uint16_t code, std::string why) {
        ended_ = why + " (" + std::to_string(code) + ")";
    };
}

WireDesk::~WireDesk() {
    client_->onOpen = nullptr;
    client_->onMessage = nullptr;
    client_->onClosed = nullptr;
    client_->abort();
}

void WireDesk::connect() {
    client_->connect();
}

void WireDesk::close() {
    client_->close(1000);
}

void WireDesk::send(const wire::Up& up) {
    std::string bytes = up.SerializeAsString();
    sent_ += bytes.size();
    client_->send(std::move(bytes));
}

void WireDesk::hello() {
    wire::Up up;
    wire::Hello& hello = *up.mutable_hello();
    hello.set_protocol_min(1);
    hello.set_protocol_max(1);
    hello.set_schema_version(schema::kSchemaVersion);
    hello.set_token(person_.token);
    hello.set_replica_id(person_.replica.bytes());
    hello.add_tenants()->set_tenant(tenant_.bytes());
    send(up);
}

std::string WireDesk::claim(LeadId lead, std::string claimId) {
    if (claimId.empty()) {
        // Unique by the replica, which is unique by the person.
        claimId = person_.replica.bytes();
        ++claims_;
        for (std::size_t i = 0; i < sizeof claims_; ++i) {
            claimId[i] = static_cast<char>(claims_ >> (8 * i));
        }
    }
    wire::Up up;
    wire::Claim& claim = *up.mutable_claim();
    claim.set_tenant(tenant_.bytes());
    claim.set_claim_id(claimId);
    claim.set_lead_id(lead.bytes());
    send(up);
    return claimId;
}

std::uint64_t WireDesk::push(std::string_view name, const google::protobuf::Message& args) {
    wire::Up up;
    wire::Push& push = *up.mutable_push();
    push.set_tenant(tenant_.bytes());
    wire::Mutation& mutation = *push.add_mutations();
    mutation = sync::makeMutation(name, args);
    mutation.set_mid(++lastMid_);
    mutation.set_edit_time_ms(wallMs());
    send(up);
    return lastMid_;
}

void WireDesk::take(const std::string& message) {
    received_ += message.size();
    wire::Down down;
    VF_ASSERT(down.ParseFromString(message));
    if (down.has_welcome()) {
        welcomed_ = true;
        for (const auto& tenant : down.welcome().tenants()) {
            lastMid_ = std::max<std::uint64_t>(lastMid_, tenant.last_mid());
            filling_ += static_cast<int>(std::ranges::count_if(
                tenant.scopes(), [](const auto& s) { return s.action() != wire::KEEP; }));
        }
    } else if (down.has_snapshot() || down.has_delta()) {
        filling_ -= down.has_snapshot() && down.snapshot().last() ? 1 : 0;
        wire::Up up;
        up.mutable_credit()->set_bytes(message.size());
        send(up);
    } else if (down.has_checkpoint()) {
        checkpoint_ = checkpoint_ || filling_ == 0;
    } else if (down.has_claim_result()) {
        answers_.push_back(down.claim_result());
    } else if (down.has_results()) {
        for (const auto& result : down.results().results()) {
            results_.push_back(result);
        }
    }
    if (onFrame) {
        onFrame(down);
    }
}

const wire::ClaimResult* WireDesk::answer(const std::string& claimId) const {
    const auto it = std::ranges::find(answers_.rbegin(), answers_.rend(), claimId,
                                      [](const auto& a) { return a.claim_id(); });
    return it == answers_.rend() ? nullptr : &*it;
}

const wire::MutationResult* WireDesk::result(std::uint64_t mid) const {
    const auto it = std::ranges::find(results_.rbegin(), results_.rend(), mid,
                                      [](const auto& r) { return r.mid(); });
    return it == results_.rend() ? nullptr : &*it;
}

}  // namespace vorfahrt::test
