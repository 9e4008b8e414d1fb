// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;

namespace vorfahrt::server::net {

// The server's certificate and TLS rules: 1.2 with ECDHE and AEAD suites (Windows 10's Schannel has
// no 1.3) and 1.3; tickets, no renegotiation, no compression. Immutable after creation, shared by
// all threads; sessions keep what they need alive by themselves.
class TlsContext {
public:
    // PEM files; the certificate file holds the chain, the server's own first.
    [[nodiscard]] static Result<TlsContext> load(const std::filesystem::path& certificate,
                                                 const std::filesystem::path& key);

    // directory/tls.crt and directory/tls.key; made on first use (self-signed, P-256, 10 years).
    [[nodiscard]] static Result<TlsContext> loadOrCreate(const std::filesystem::path& directory);

    // SHA-256 of the server's certificate: "AA:BB:...". What --fingerprint of the desk takes.
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
    [[nodiscard]] ssl_ctx_st* native() const { return context_.get(); }

private:
    TlsContext(std::shared_ptr<ssl_ctx_st> context, std::string fingerprint);

    std::shared_ptr<ssl_ctx_st> context_;
    std::string fingerprint_;
};

// Writes a self-signed P-256 certificate for localhost, 127.0.0.1, ::1 and this host's name. The
// key file is created with mode 0600. Existing files are replaced.
[[nodiscard]] Status writeSelfSigned(const std::filesystem::path& certificate,
                                     const std::filesystem::path& key);

// "AA:BB:..." of 32 bytes of digest, or of any bytes.
[[nodiscard]] std::string fingerprintText(std::string_view bytes);

}  // namespace vorfahrt::server::net
