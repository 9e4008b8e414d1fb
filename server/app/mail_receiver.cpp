// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/mail_receiver.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace vorfahrt::server::app {
namespace {

namespace asio = boost::asio;
namespace lmtp = intake::lmtp;

constexpr auto kUse = asio::as_tuple(asio::use_awaitable);

// Where an answer of the writer arrives; all of it on the connection's executor.
struct Pending {
    explicit Pending(const asio::any_io_executor& executor)
        : gate(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer gate;
    std::optional<service::Outcome> outcome;
};

lmtp::Delivery deliveryOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::Ok: return lmtp::Delivery::Stored;
        case ErrorCode::NotFound:
        case ErrorCode::Invalid:
        case ErrorCode::Forbidden: return lmtp::Delivery::Refused;
        default: return lmtp::Delivery::TryLater;
    }
}

lmtp::Lookup lookupOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::Ok: return lmtp::Lookup::Known;
        case ErrorCode::NotFound:
        case ErrorCode::Invalid: return lmtp::Lookup::Unknown;
        default: return lmtp::Lookup::TryLater;
    }
}

}  // namespace

asio::awaitable<service::Outcome> MailReceiver::ask(std::shared_ptr<net::TcpConnection> connection,
                                                    service::Request request) {
    const auto pending = std::make_shared<Pending>(connection->executor());
    writer_.submit(std::move(request), [pending](service::Outcome outcome) {
        asio::post(pending->gate.get_executor(), [pending, outcome = std::move(outcome)]() mutable {
            pending->outcome = std::move(outcome);
            pending->gate.cancel();
        });
    });
    while (!pending->outcome) {
        co_await pending->gate.async_wait(kUse);
    }
    co_return std::move(*pending->outcome);
}

asio::awaitable<intake::LmtpSession::Effects> MailReceiver::deliver(
    std::shared_ptr<net::TcpConnection> connection, intake::LmtpSession& session,
    std::shared_ptr<lmtp::Deliver> mail) {
    const auto bytes = std::make_shared<const std::string>(std::move(mail->raw));
    std::vector<lmtp::Delivery> results;
    for (const std::string& recipient : mail->envelope.recipients) {
        service::Request request = service::MailRequest{
            .envelopeFrom = mail->envelope.sender, .envelopeTo = recipient, .bytes = bytes};
        const service::Outcome outcome = co_await ask(connection, std::move(request));
        results.push_back(deliveryOf(outcome.code));
    }
    co_return session.delivered(results);
}

asio::awaitable<bool> MailReceiver::perform(std::shared_ptr<net::TcpConnection> connection,
                                            intake::LmtpSession& session,
                                            intake::LmtpSession::Effects effects) {
    while (!effects.empty()) {
        intake::LmtpSession::Effects more;
        for (lmtp::Effect& effect : effects) {
            if (auto* reply = std::get_if<lmtp::Reply>(&effect)) {
                std::string bytes = std::move(reply->bytes);
                const Status written = co_await connection->write(std::move(bytes));
                if (!written) {
                    co_return false;
                }
            } else if (auto* lookup = std::get_if<lmtp::LookupRecipient>(&effect)) {
                service::Request request =
                    service::FindRecipientRequest{.address = std::move(lookup->address)};
                const service::Outcome outcome = co_await ask(connection, std::move(request));
                more = session.recipientKnown(lookupOf(outcome.code));
            } else if (auto* mail = std::get_if<lmtp::Deliver>(&effect)) {
                const auto shared = std::make_shared<lmtp::Deliver>(std::move(*mail));
                more = co_await deliver(connection, session, shared);
            } else {
                co_return false;
            }
        }
        effects = std::move(more);
    }
    co_return true;
}

asio::awaitable<void> MailReceiver::onConnection(std::shared_ptr<net::TcpConnection> connection) {
    intake::LmtpSession session(host_);
    intake::LmtpSession::Effects effects = session.greet();
    bool open = co_await perform(connection, session, std::move(effects));
    while (open) {
        const Result<std::string> bytes = co_await connection->readSome();
        if (!bytes) {
            co_return;
        }
        effects = session.feed(*bytes);
        open = co_await perform(connection, session, std::move(effects));
    }
}

}  // namespace vorfahrt::server::app
