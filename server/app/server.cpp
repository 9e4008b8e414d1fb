// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/server.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/schema/limits.h"
#include "server/app/account_desk.h"
#include "server/app/login_desk.h"
#include "server/app/mail_receiver.h"
#include "server/app/password_work.h"
#include "server/app/reader_pool.h"
#include "server/app/work_pool.h"
#include "server/app/writer.h"
#include "server/net/listener.h"
#include "server/net/runtime.h"
#include "server/net/tcp_listener.h"
#include "server/service/intake_service.h"
#include "server/service/rate_limiter.h"
#include "server/session/hub.h"
#include "server/session/session.h"
#include "server/store/sqlite/engine.h"

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <optional>
#include <utility>

namespace vorfahrt::server::app {
namespace {

constexpr std::chrono::milliseconds kIdle{90'000};  // PROTOCOL.md section 7
constexpr std::chrono::milliseconds kStop{2'500};   // of the graceful part, each listener
constexpr unsigned kParsers = 1;
constexpr std::size_t kParseQueue = 1'000;
constexpr std::size_t kParseBytes = 64U << 20U;

// What the sessions use of the process, and the door for new ones.
class Desk final : public session::Backend, public net::ListenerHandler {
public:
    Desk(const Clock& clock, Writer& writer, LoginDesk& logins, AccountDesk& accounts,
         ReaderPool& readers, session::Hub& hub, const EdgeLimits& limits)
        : clock_(clock),
          writer_(writer),
          logins_(logins),
          accounts_(accounts),
          readers_(readers),
          hub_(hub),
          claims_(limits.claimsPerMinute) {
        session_.pushesPerSecond = limits.pushesPerSecond;
    }

    void submit(service::Request request, Done done) override {
        writer_.submit(std::move(request), std::move(done));
    }
    void login(session::LoginAttempt attempt, LoggedIn done) override {
        logins_.login(std::move(attempt), std::move(done));
    }
    void account(session::AccountAttempt attempt, AccountDone done) override {
        accounts_.ask(std::move(attempt), std::move(done));
    }
    void read(ReadJob job) override { readers_.submit(std::move(job)); }
    const Clock& clock() const override { return clock_; }
    Millis patience() override { return writer_.patience(); }
    Millis admitClaim(AccountId account) override {
        const std::lock_guard lock(mutex_);
        return claims_.take(account.view(), clock_.steady());
    }

    boost::asio::awaitable<void> onWebSocket(std::shared_ptr<net::Connection> connection) override {
        const auto session =
            std::make_shared<session::Session>(std::move(connection), *this, hub_, session_);
        co_await session->run();
    }

    boost::asio::awaitable<net::HttpResponse> onHttp(net::HttpRequest request) override {
        if (request.method == "GET" && request.target == "/healthz") {
            net::HttpResponse response(200, "text/plain; charset=utf-8", "ok\n");
            co_return response;
        }
        net::HttpResponse response(404, "text/plain; charset=utf-8", "not found\n");
        co_return response;
    }

private:
    const Clock& clock_;
    Writer& writer_;
    LoginDesk& logins_;
    AccountDesk& accounts_;
    ReaderPool& readers_;
    session::Hub& hub_;
    session::SessionLimits session_;
    std::mutex mutex_;  // guards claims_
    service::RateLimiter claims_;
};

// Empty where there is a tenant. Before anybody can connect.
std::string newSetupCode(Writer& writer) {
    std::promise<std::string> code;
    auto answered = code.get_future();
    writer.submit(
        service::Request(service::AdminCommand(service::NewSetupCode{})),
        [&code](service::Outcome outcome) { code.set_value(std::move(outcome.setupCode)); });
    return answered.get();
}

}  // namespace

Status prepareDataDir(const Config& config) {
    std::error_code error;
    std::filesystem::create_directories(config.dataDir, error);
    if (error) {
        return fail(ErrorCode::Unavailable, config.dataDir.string() + ": " + error.message());
    }
    std::filesystem::permissions(config.dataDir, std::filesystem::perms::owner_all, error);
    return {};
}

struct Server::Impl {
    explicit Impl(Config settings)
        : config(std::move(settings)),
          engine(store::sqliteEngine(config.databaseFile())),
          parsers("intake", kParsers, kParseQueue),
          writer(
              *engine, clock, hub, [this](service::ParseJob job) { parse(std::move(job)); },
              WriterLimits{.bytes = std::size_t{config.limits.queueMib} << 20U}) {}

    // What does not fit stays in the state RECEIVED and is found again.
    void parse(service::ParseJob job) {
        const std::size_t bytes = job.bytes == nullptr ? 0 : job.bytes->size();
        if (parsing.fetch_add(bytes) + bytes > kParseBytes) {
            parsing -= bytes;
            log::warning("intake", "too many bytes of mails wait for their parser");
            return;
        }
        // Gives the bytes back when the job has run or was dropped.
        const std::shared_ptr<void> held(nullptr, [this, bytes](void*) { parsing -= bytes; });
        auto work = [this, held, job = std::move(job)] {
            writer.submit(service::Request(service::readMail(job)), [](service::Outcome outcome) {
                if (outcome.code != ErrorCode::Ok) {
                    log::warning("intake", "mail not applied: {}", name(outcome.code));
                }
            });
        };
        if (!parsers.submit(std::move(work))) {
            log::warning("intake", "too many mails wait for their parser");
        }
    }

    Config config;
    SystemClock clock;
    session::Hub hub;
    std::unique_ptr<store::Engine> engine;
    std::atomic<std::size_t> parsing = 0;  // bytes of mails that wait for their parser
    WorkPool parsers;
    Writer writer;
    ReaderPool readers;
    std::optional<PasswordWork> passwords;
    std::optional<LoginDesk> logins;
    std::optional<AccountDesk> accounts;
    std::optional<Desk> desk;
    std::optional<MailReceiver> mail;
    // Last: what its handlers hold is gone before anything above.
    std::optional<net::Runtime> runtime;
    std::unique_ptr<net::Listener> listener;
    std::unique_ptr<net::TcpListener> lmtp;
};

Server::Server(Config config)
    : impl_(std::make_unique<Impl>(std::move(config))) {}

Server::~Server() {
    stop();
}

Result<ServerInfo> Server::start() {
    Impl& s = *impl_;
    net::raiseFileLimit();
    VF_CHECK(prepareDataDir(s.config));
    VF_TRY(net::TlsContext tls, s.config.certificate.empty()
                                    ? net::TlsContext::loadOrCreate(s.config.dataDir)
                                    : net::TlsContext::load(s.config.certificate, s.config.key));
    VF_CHECK(s.writer.start());
    VF_CHECK(s.readers.start(*s.engine, s.config.readerThreads));
    s.passwords.emplace(s.config.login, s.clock);
    s.logins.emplace(*s.passwords, s.writer);
    s.accounts.emplace(*s.passwords, s.writer);
    s.desk.emplace(s.clock, s.writer, *s.logins, *s.accounts, s.readers, s.hub, s.config.limits);
    s.runtime.emplace(s.config.netThreads);

    ServerInfo info;
    info.setupCode = newSetupCode(s.writer);
    info.fingerprint = tls.fingerprint();
    net::ListenerOptions options;
    options.maxMessageBytes = schema::kMaxFrameBytes;
    options.address = s.config.syncAddress;
    options.port = s.config.syncPort;
    options.maxConnections = s.config.limits.connections;
    options.maxConnectionsPerAddress = s.config.limits.connectionsPerAddress;
    options.idleTimeout = kIdle;
    options.stopTimeout = kStop;
    VF_TRY(s.listener, net::Listener::create(s.runtime->executor(), tls, options, *s.desk));
    info.syncPort = s.listener->port();
    if (s.config.lmtpEnabled) {
        s.mail.emplace(s.writer, s.config.lmtpHost);
        net::TcpListenerOptions lmtp;
        lmtp.address = s.config.lmtpAddress;
        lmtp.port = s.config.lmtpPort;
        lmtp.stopTimeout = std::chrono::milliseconds(500);
        VF_TRY(s.lmtp, net::TcpListener::create(s.runtime->executor(), lmtp, *s.mail));
        info.lmtpPort = s.lmtp->port();
    }
    return info;
}

void Server::stop() {
    Impl& s = *impl_;
    if (s.lmtp) {
        s.lmtp->stop();
    }
    if (s.listener) {
        s.listener->stop();
    }
    s.parsers.stop();
    if (s.passwords) {
        s.passwords->stop();
    }
    s.readers.stop();
    s.writer.stop();
    if (s.runtime) {
        s.runtime->stop();
    }
}

}  // namespace vorfahrt::server::app
