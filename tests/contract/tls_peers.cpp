// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/tls_peers.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <array>
#include <cstdio>
#include <memory>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace vorfahrt::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

constexpr int kPatienceSeconds = 10;

Certificate make(EVP_PKEY* key, const char* name, X509* issuer, EVP_PKEY* issuerKey) {
    Certificate made(X509_new(), X509_free);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), issuer == nullptr ? 1 : 2);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 24L * 3600);
    X509_set_pubkey(made.get(), key);
    X509_NAME* subject = X509_get_subject_name(made.get());
    const auto* text = reinterpret_cast<const unsigned char*>(name);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0);
    X509_set_issuer_name(made.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer == nullptr ? made.get() : issuer, made.get(), nullptr, nullptr,
                   0);
    X509_EXTENSION* extension =
        issuer == nullptr
            ? X509V3_EXT_conf_nid(nullptr, &context, NID_basic_constraints, "critical,CA:TRUE")
            : X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(made.get(), issuerKey, EVP_sha256());
    return made;
}

std::string lastError() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    return text.data();
}

void setPatience(int descriptor) {
    const timeval patience{kPatienceSeconds, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Versions that OpenSSL's default level forbids are wanted here.
void allowOldVersions(SSL_CTX* context, int from, int to) {
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context, from);
    SSL_CTX_set_max_proto_version(context, to);
}

}  // namespace

bool writeP256Chain(const std::filesystem::path& chain, const std::filesystem::path& keyPath) {
    const Key issuerKey(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate issuer = make(issuerKey.get(), "issuer", nullptr, issuerKey.get());
    const Certificate server = make(key.get(), "server", issuer.get(), issuerKey.get());
    const File certificates(std::fopen(chain.c_str(), "w"), std::fclose);
    const File keys(std::fopen(keyPath.c_str(), "w"), std::fclose);
    return certificates != nullptr && keys != nullptr &&
           PEM_write_X509(certificates.get(), server.get()) == 1 &&
           PEM_write_X509(certificates.get(), issuer.get()) == 1 &&
           PEM_write_PrivateKey(keys.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
}

TlsOutcome connectWith(std::uint16_t port, int tlsVersion) {
    TlsOutcome outcome;
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setPatience(descriptor);
    const sockaddr_in address = loopback(port);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        outcome.error = "no TCP connection";
        ::close(descriptor);
        return outcome;
    }
    const Context context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    allowOldVersions(context.get(), tlsVersion, tlsVersion);
    {
        const Session session(SSL_new(context.get()), SSL_free);
        SSL_set_fd(session.get(), descriptor);
        ERR_clear_error();
        outcome.connected = SSL_connect(session.get()) == 1;
        if (outcome.connected) {
            outcome.cipher = SSL_get_cipher_name(session.get());
            EVP_PKEY* peer = nullptr;
            std::array<char, 80> name{};
            if (SSL_get_peer_tmp_key(session.get(), &peer) == 1) {
                EVP_PKEY_get_group_name(peer, name.data(), name.size(), nullptr);
                outcome.group = EVP_PKEY_get_id(peer) == EVP_PKEY_X25519 ? "X25519" : name.data();
                EVP_PKEY_free(peer);
            }
            outcome.certificates = sk_X509_num(SSL_get_peer_cert_chain(session.get()));
            EVP_PKEY* key = X509_get0_pubkey(SSL_get0_peer_certificate(session.get()));
            EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr);
            outcome.keyType = name.data();
            SSL_shutdown(session.get());
        } else {
            outcome.error = lastError();
        }
    }
    ::close(descriptor);
    return outcome;
}

OldTlsServer::OldTlsServer(const std::filesystem::path& chain, const std::filesystem::path& key)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, size) == 0 && ::listen(listener_, 8) == 0 &&
        ::getsockname(listener_, any, &size) == 0) {
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this, chain, key] { serve(chain, key); });
    }
}

OldTlsServer::~OldTlsServer() {
    ::shutdown(listener_, SHUT_RDWR);  // accept() returns
    if (thread_.joinable()) {
        thread_.join();
    }
    ::close(listener_);
}

void OldTlsServer::serve(const std::filesystem::path& chain,
                         const std::filesystem::path& key) const {
    const Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    allowOldVersions(context.get(), TLS1_VERSION, TLS1_1_VERSION);
    SSL_CTX_use_certificate_chain_file(context.get(), chain.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM);
    for (;;) {
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0) {
            return;
        }
        setPatience(descriptor);
        const Session session(SSL_new(context.get()), SSL_free);
        SSL_set_fd(session.get(), descriptor);
        if (SSL_accept(session.get()) == 1) {
            SSL_shutdown(session.get());
        }
        ERR_clear_error();
        ::close(descriptor);
    }
}

}  // namespace vorfahrt::test
