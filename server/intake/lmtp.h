// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vorfahrt::server::intake {

struct LmtpLimits {
    std::size_t line = 4096;           // bytes of a command line with its CRLF
    std::size_t message = 35U << 20U;  // bytes after dot-unstuffing
    std::size_t drain = 256U << 20U;   // bytes read to the end of a message that is too large
    std::size_t recipients = 100;
    std::size_t waiting = 256U << 10U;  // bytes kept while an answer is awaited
    std::size_t errors = 50;            // refused commands until 421
};

struct LmtpEnvelope {
    std::string sender;                   // empty: null return path
    std::vector<std::string> recipients;  // as accepted, in order; may repeat
    bool smtpUtf8 = false;
};

namespace lmtp {

struct Reply {
    std::string bytes;  // whole lines with CRLF
};
// The caller answers with LmtpSession::recipientKnown.
struct LookupRecipient {
    std::string address;
};
// The caller stores the mail, commits, and answers with LmtpSession::delivered.
struct Deliver {
    LmtpEnvelope envelope;
    std::string raw;  // CRLF lines, dot-unstuffed
};
// After the replies before it are written the connection ends.
struct Close {};

using Effect = std::variant<Reply, LookupRecipient, Deliver, Close>;

enum class Lookup { Known, Unknown, TryLater };
// Stored means: durable. Nothing else may be answered with 250.
enum class Delivery { Stored, TryLater, Refused };

}  // namespace lmtp

// One LMTP connection (RFC 2033) as a pure machine: bytes and answers in, effects out, in order.
// Only CRLF ends a line and only CRLF . CRLF ends a message: bare LF or CR never do, so nothing can
// be smuggled behind them. One thread; lives as long as its connection.
class LmtpSession {
public:
    using Effects = std::vector<lmtp::Effect>;

    explicit LmtpSession(std::string hostName, LmtpLimits limits = {});

    [[nodiscard]] Effects greet();
    [[nodiscard]] Effects feed(std::string_view bytes);
    [[nodiscard]] Effects recipientKnown(lmtp::Lookup answer);
    // One result for each recipient of the envelope; a missing one counts as TryLater.
    [[nodiscard]] Effects delivered(const std::vector<lmtp::Delivery>& results);

    // While true the caller should not read from the socket; what it feeds is kept, up to a bound.
    [[nodiscard]] bool waiting() const {
        return state_ == State::Lookup || state_ == State::Commit;
    }
    [[nodiscard]] bool closed() const { return state_ == State::Closed; }
    // Bytes held for the connection: shows that a refused message is not kept.
    [[nodiscard]] std::size_t heldBytes() const { return input_.size() + message_.capacity(); }

private:
    enum class State { Command, Lookup, Data, Commit, Closed };
    // Where in CR LF . CR LF the data stands.
    enum class Mark { Text, Cr, LineStart, Dot, DotCr };

    void run(Effects& out);
    bool commandLine(Effects& out);
    void command(std::string_view line, Effects& out);
    void lhlo(std::string_view argument, Effects& out);
    void mailFrom(std::string_view argument, Effects& out);
    bool mailParameter(std::string_view parameter, Effects& out);
    void rcptTo(std::string_view argument, Effects& out);
    void startData(std::string_view argument, Effects& out);
    void data(Effects& out);
    void keep(std::string_view bytes);
    bool dataByte(char c);
    void endData(Effects& out);
    void reset();
    void refuse(std::string_view text, Effects& out);
    static void reply(std::string_view text, Effects& out);
    void close(std::string_view text, Effects& out);

    std::string host_;
    LmtpLimits limits_;
    State state_ = State::Command;
    std::string input_;  // consumed up to used_ while run() works
    std::size_t used_ = 0;
    bool overlong_ = false;
    bool greeted_ = false;
    bool inMail_ = false;
    LmtpEnvelope envelope_;
    std::string candidate_;  // the recipient that is looked up
    std::string message_;
    std::size_t messageBytes_ = 0;
    bool tooLarge_ = false;
    Mark mark_ = Mark::LineStart;
    std::size_t errors_ = 0;
};

}  // namespace vorfahrt::server::intake
