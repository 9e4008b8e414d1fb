// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>

namespace vorfahrt::test {

// The other ends of a TLS connection, by OpenSSL alone: what Qt and our server do not say of
// themselves can be asked for here.

// A P-256 certificate for 127.0.0.1, signed by a P-256 authority of its own; the chain file holds
// both, the server's first.
[[nodiscard]] bool writeP256Chain(const std::filesystem::path& chain,
                                  const std::filesystem::path& key);

// What a client that can speak one version only comes to.
struct TlsOutcome {
    bool connected = false;
    std::string error;   // the reason as OpenSSL names it: of an alert, what the server said
    std::string cipher;  // "ECDHE-ECDSA-AES256-GCM-SHA384"
    std::string group;   // of the key exchange
    int certificates = 0;
    std::string keyType;  // of the server's certificate: "prime256v1"
};
[[nodiscard]] TlsOutcome connectWith(std::uint16_t port, int tlsVersion);

// A server that speaks nothing newer than TLS 1.1, on a free loopback port; accepts one connection
// after another until it goes.
class OldTlsServer {
public:
    OldTlsServer(const std::filesystem::path& chain, const std::filesystem::path& key);
    ~OldTlsServer();
    OldTlsServer(const OldTlsServer&) = delete;
    OldTlsServer& operator=(const OldTlsServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    void serve(const std::filesystem::path& chain, const std::filesystem::path& key) const;

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace vorfahrt::test
