// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/tls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace vorfahrt::server::net {

namespace {

constexpr long kValidSeconds = 10L * 365 * 24 * 3600;

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using File = std::unique_ptr<std::FILE, Deleter<std::fclose>>;

std::string sslError(std::string what) {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return std::move(what) + ": " + text.data();
}

// Host names that OpenSSL's extension syntax could misread are left out.
std::string subjectAltNames() {
    std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) {
        const std::string name = host.data();
        const bool plain =
            name.find_first_not_of(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
            std::string::npos;
        if (plain && !name.empty() && name != "localhost") {
            names += ",DNS:" + name;
        }
    }
    return names;
}

bool addExtension(X509* certificate, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    if (extension == nullptr) {
        return false;
    }
    const bool added = X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

Certificate makeCertificate(EVP_PKEY* key) {
    Certificate certificate(X509_new());
    std::array<unsigned char, 16> serial{};
    if (certificate == nullptr || RAND_bytes(serial.data(), serial.size()) != 1) {
        return nullptr;
    }
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7F) | 0x40);  // positive, full length
    BIGNUM* number = BN_bin2bn(serial.data(), serial.size(), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto* name = reinterpret_cast<const unsigned char*>("Vorfahrt server");
    const std::string alternatives = subjectAltNames();
    const bool made =
        X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24L * 3600) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds) != nullptr &&
        X509_set_pubkey(certificate.get(), key) == 1 &&
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1 &&
        X509_set_issuer_name(certificate.get(), subject) == 1 &&
        addExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
        addExtension(certificate.get(), NID_key_usage, "critical,digitalSignature") &&
        addExtension(certificate.get(), NID_ext_key_usage, "serverAuth") &&
        addExtension(certificate.get(), NID_subject_key_identifier, "hash") &&
        addExtension(certificate.get(), NID_subject_alt_name, alternatives.c_str()) &&
        X509_sign(certificate.get(), key, EVP_sha256()) > 0;
    return made ? std::move(certificate) : nullptr;
}

// A new file with that mode from its first byte on; a left-over of an interrupted run is removed.
File createFile(const std::filesystem::path& path, mode_t mode) {
    ::unlink(path.c_str());
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    return File(descriptor < 0 ? nullptr : ::fdopen(descriptor, "w"));
}

bool finish(File file) {
    return std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
}

Result<std::string> fingerprintOf(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (certificate == nullptr ||
        X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) {
        return fail(ErrorCode::Internal, sslError("certificate digest"));
    }
    return fingerprintText(std::string(reinterpret_cast<const char*>(digest.data()), size));
}

bool configure(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // tickets keep the state outside
    const auto* id = reinterpret_cast<const unsigned char*>("vorfahrt");
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
           SSL_CTX_set_session_id_context(context, id, 8) == 1 &&
           SSL_CTX_set_num_tickets(context, 1) == 1;
}

}  // namespace

std::string fingerprintText(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size() * 3);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (!text.empty()) {
            text += ':';
        }
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0x0FU];
    }
    return text;
}

Status writeSelfSigned(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    const Key made(EVP_EC_gen("P-256"));
    const Certificate signedOne = made == nullptr ? nullptr : makeCertificate(made.get());
    if (signedOne == nullptr) {
        return fail(ErrorCode::Internal, sslError("self-signed certificate"));
    }
    const std::filesystem::path newKey = key.string() + ".new";
    const std::filesystem::path newCertificate = certificate.string() + ".new";
    File keyFile = createFile(newKey, 0600);
    if (keyFile == nullptr ||
        PEM_write_PrivateKey(keyFile.get(), made.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
            1 ||
        !finish(std::move(keyFile))) {
        return fail(ErrorCode::NoSpace, "cannot write " + newKey.string());
    }
    File certificateFile = createFile(newCertificate, 0644);
    if (certificateFile == nullptr || PEM_write_X509(certificateFile.get(), signedOne.get()) != 1 ||
        !finish(std::move(certificateFile))) {
        return fail(ErrorCode::NoSpace, "cannot write " + newCertificate.string());
    }
    // The certificate last: where it exists, its key exists.
    std::error_code error;
    std::filesystem::rename(newKey, key, error);
    if (!error) {
        std::filesystem::rename(newCertificate, certificate, error);
    }
    if (error) {
        return fail(ErrorCode::NoSpace, "cannot rename the new certificate: " + error.message());
    }
    return {};
}

TlsContext::TlsContext(std::shared_ptr<ssl_ctx_st> context, std::string fingerprint)
    : context_(std::move(context)),
      fingerprint_(std::move(fingerprint)) {}

Result<TlsContext> TlsContext::load(const std::filesystem::path& certificate,
                                    const std::filesystem::path& key) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (context == nullptr || !configure(context.get())) {
        return fail(ErrorCode::Internal, sslError("TLS settings"));
    }
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) {
        return fail(ErrorCode::Invalid, sslError("certificate " + certificate.string()));
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1) {
        return fail(ErrorCode::Invalid, sslError("private key " + key.string()));
    }
    VF_TRY(std::string fingerprint, fingerprintOf(SSL_CTX_get0_certificate(context.get())));
    return TlsContext(std::move(context), std::move(fingerprint));
}

Result<TlsContext> TlsContext::loadOrCreate(const std::filesystem::path& directory) {
    const std::filesystem::path certificate = directory / "tls.crt";
    const std::filesystem::path key = directory / "tls.key";
    std::error_code error;
    if (!std::filesystem::exists(certificate, error)) {
        std::filesystem::create_directories(directory, error);
        VF_CHECK(writeSelfSigned(certificate, key));
    }
    return load(certificate, key);
}

}  // namespace vorfahrt::server::net
