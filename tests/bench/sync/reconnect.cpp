// SPDX-License-Identifier: GPL-3.0-or-later
// What the protocol itself costs a desk that comes back: its own Hello, said by a socket that
// counts.
#include "client/replica/replica.h"
#include "client/sync/local_accounts.h"
#include "common/base/assert.h"
#include "common/schema/record.h"
#include "common/schema/sync.pb.h"
#include "tests/bench/sync/roles.h"
#include "tests/support/test_key_store.h"
#include "tests/support/ws_client.h"

#include <boost/asio/io_context.hpp>

#include <chrono>

namespace vorfahrt::bench {

namespace {

constexpr std::chrono::milliseconds kQuiet{1'500};  // nothing more comes after so long

wire::Up helloOf(const std::filesystem::path& deskDir, const std::string& server) {
    SystemClock clock;
    SystemRandom random;
    test::TestKeyStore keyStore;
    client::sync::LocalAccounts accounts(client::sync::People(deskDir), keyStore, clock, random,
                                         client::keys::PasswordCost::Test);
    accounts.load(server);
    VF_ASSERT(accounts.reopen().has_value() && !accounts.token().empty());
    const auto replica = client::replica::Replica::open(accounts.replicaFile(), clock, random);
    VF_ASSERT(replica.has_value());
    wire::Up up;
    wire::Hello& hello = *up.mutable_hello();
    hello.set_protocol_min(1);
    hello.set_protocol_max(1);
    hello.set_schema_version(schema::kSchemaVersion);
    hello.set_token(accounts.token());
    hello.set_replica_id((*replica)->replicaId());
    for (const wire::TenantHello& tenant : (*replica)->hello()) {
        *hello.add_tenants() = tenant;
    }
    return up;
}

}  // namespace

ReconnectBytes measureReconnect(const std::filesystem::path& deskDir, const std::string& server,
                                std::uint16_t port) {
    const std::string hello = helloOf(deskDir, server).SerializeAsString();
    ReconnectBytes bytes;
    bool kept = false;
    boost::asio::io_context io;
    test::WsClientContext tls;
    const auto client =
        test::WsClient::create(io.get_executor(), tls, test::WsClientOptions(port, {}));
    client->onOpen = [&] {
        client->send(hello);
        bytes.up += hello.size();
    };
    client->onMessage = [&](const std::string& message) {
        bytes.down += message.size();
        wire::Down down;
        VF_ASSERT(down.ParseFromString(message));
        // Everything is kept: otherwise this would measure a sync.
        kept = kept || (down.has_welcome() && down.welcome().tenants_size() == 1 &&
                        !down.welcome().tenants(0).need_cursors());
        VF_ASSERT(!down.has_snapshot() && !down.has_delta() && !down.has_refused());
    };
    client->connect();
    io.run_for(kQuiet);
    VF_ASSERT(kept);
    client->abort();
    io.run_for(std::chrono::milliseconds(100));
    return bytes;
}

}  // namespace vorfahrt::bench
