// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/lmtp.h"

#include "server/intake/text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace vorfahrt::server::intake {
namespace {

constexpr std::size_t kLongestAddress = 320;

struct Path {
    std::string address;
    std::string_view parameters;
};

// "FROM:<address> parameters" behind the verb. Source routes are dropped (RFC 5321 appendix C).
std::optional<Path> readPath(std::string_view argument, std::string_view keyword) {
    if (!equalsNoCase(argument.substr(0, keyword.size()), keyword)) {
        return std::nullopt;
    }
    argument = trim(argument.substr(keyword.size()));
    if (!argument.starts_with('<')) {
        return std::nullopt;
    }
    bool quoted = false;
    std::size_t end = 1;
    for (; end < argument.size(); ++end) {
        const char c = argument[end];
        if (c == '\\' && quoted) {
            ++end;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == '>' && !quoted) {
            break;
        }
    }
    if (end >= argument.size()) {
        return std::nullopt;
    }
    std::string_view address = argument.substr(1, end - 1);
    if (address.starts_with('@')) {
        const std::size_t colon = address.find(':');
        address.remove_prefix(colon == std::string_view::npos ? address.size() : colon + 1);
    }
    const std::string_view rest = argument.substr(end + 1);
    const bool control = std::any_of(address.begin(), address.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    });
    if (address.size() > kLongestAddress || (control && !address.starts_with('"')) ||
        (!rest.empty() && rest.front() != ' ')) {
        return std::nullopt;
    }
    return Path{std::string(address), trim(rest)};
}

std::optional<std::uint64_t> readNumber(std::string_view text) {
    if (text.empty() || text.size() > 18) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::string_view nextWord(std::string_view& text) {
    text = trim(text);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

}  // namespace

LmtpSession::LmtpSession(std::string hostName, LmtpLimits limits)
    : host_(std::move(hostName)),
      limits_(limits) {}

LmtpSession::Effects LmtpSession::greet() {
    Effects out;
    reply("220 " + host_ + " LMTP Vorfahrt", out);
    return out;
}

LmtpSession::Effects LmtpSession::feed(std::string_view bytes) {
    Effects out;
    if (state_ == State::Closed) {
        return out;
    }
    if (waiting() && input_.size() + bytes.size() > limits_.waiting) {
        close("421 4.7.0 too much sent ahead", out);
        return out;
    }
    input_ += bytes;
    run(out);
    return out;
}

LmtpSession::Effects LmtpSession::recipientKnown(lmtp::Lookup answer) {
    Effects out;
    if (state_ != State::Lookup) {
        return out;
    }
    state_ = State::Command;
    switch (answer) {
        case lmtp::Lookup::Known:
            envelope_.recipients.push_back(std::move(candidate_));
            reply("250 2.1.5 recipient ok", out);
            break;
        case lmtp::Lookup::Unknown: refuse("550 5.1.1 no such recipient", out); break;
        case lmtp::Lookup::TryLater: reply("451 4.3.0 try again later", out); break;
    }
    candidate_.clear();
    run(out);
    return out;
}

LmtpSession::Effects LmtpSession::delivered(const std::vector<lmtp::Delivery>& results) {
    Effects out;
    if (state_ != State::Commit) {
        return out;
    }
    for (std::size_t i = 0; i < envelope_.recipients.size(); ++i) {
        const auto result = i < results.size() ? results[i] : lmtp::Delivery::TryLater;
        switch (result) {
            case lmtp::Delivery::Stored: reply("250 2.0.0 stored", out); break;
            case lmtp::Delivery::TryLater: reply("451 4.3.0 not stored, try again", out); break;
            case lmtp::Delivery::Refused: reply("554 5.6.0 refused", out); break;
        }
    }
    state_ = State::Command;
    reset();
    run(out);
    return out;
}

void LmtpSession::run(Effects& out) {
    bool more = true;
    while (more && (state_ == State::Data || state_ == State::Command)) {
        if (state_ == State::Data) {
            data(out);
            more = state_ != State::Data;
        } else {
            more = commandLine(out);
        }
    }
    input_.erase(0, used_);
    used_ = 0;
}

// False: no whole line is here yet.
bool LmtpSession::commandLine(Effects& out) {
    const std::size_t end = input_.find("\r\n", used_);
    if (end == std::string::npos) {
        if (input_.size() - used_ > limits_.line) {
            overlong_ = true;  // answered once, when the line ends
            used_ = input_.size() - (input_.back() == '\r' ? 1 : 0);
        }
        return false;
    }
    const std::string line = input_.substr(used_, end - used_);
    used_ = end + 2;
    if (std::exchange(overlong_, false) || line.size() + 2 > limits_.line) {
        refuse("500 5.5.2 line too long", out);
    } else if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
        refuse("500 5.5.2 bare CR, LF or NUL in a command", out);
    } else {
        command(line, out);
    }
    return true;
}

void LmtpSession::command(std::string_view line, Effects& out) {
    std::string_view argument = line;
    const std::string verb = lowerAscii(nextWord(argument));
    argument = trim(argument);
    if (verb == "lhlo") {
        lhlo(argument, out);
    } else if (verb == "mail") {
        mailFrom(argument, out);
    } else if (verb == "rcpt") {
        rcptTo(argument, out);
    } else if (verb == "data") {
        startData(argument, out);
    } else if (verb == "rset") {
        reset();
        reply("250 2.0.0 reset", out);
    } else if (verb == "noop") {
        reply("250 2.0.0 ok", out);
    } else if (verb == "vrfy") {
        reply("252 2.1.5 try RCPT", out);
    } else if (verb == "quit") {
        close("221 2.0.0 bye", out);
    } else if (verb == "helo" || verb == "ehlo") {
        refuse("500 5.5.1 this is LMTP: LHLO", out);  // RFC 2033 section 4.1
    } else {
        refuse("500 5.5.1 unknown command", out);
    }
}

void LmtpSession::lhlo(std::string_view argument, Effects& out) {
    if (argument.empty()) {
        refuse("501 5.5.4 LHLO needs a name", out);
        return;
    }
    reset();
    greeted_ = true;
    reply("250-" + host_ + "\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n" +
              "250-SMTPUTF8\r\n250 SIZE " + std::to_string(limits_.message),
          out);
}

void LmtpSession::mailFrom(std::string_view argument, Effects& out) {
    if (!greeted_ || inMail_) {
        refuse(greeted_ ? "503 5.5.1 MAIL already given" : "503 5.5.1 LHLO first", out);
        return;
    }
    const auto path = readPath(argument, "from:");
    if (!path) {
        refuse("501 5.1.7 MAIL FROM:<address>", out);
        return;
    }
    std::string_view rest = path->parameters;
    while (!rest.empty()) {
        if (!mailParameter(nextWord(rest), out)) {
            envelope_ = {};
            return;
        }
        rest = trim(rest);
    }
    envelope_.sender = path->address;
    inMail_ = true;
    reply("250 2.1.0 sender ok", out);
}

bool LmtpSession::mailParameter(std::string_view parameter, Effects& out) {
    const std::string word = lowerAscii(parameter);
    if (word.starts_with("size=")) {
        const auto size = readNumber(std::string_view(word).substr(5));
        if (!size) {
            refuse("501 5.5.4 SIZE needs a number", out);
        } else if (*size > limits_.message) {
            refuse("552 5.3.4 message too large", out);
        }
        return size && *size <= limits_.message;
    }
    if (word == "body=7bit" || word == "body=8bitmime") {
        return true;
    }
    if (word == "smtputf8") {
        envelope_.smtpUtf8 = true;
        return true;
    }
    refuse("555 5.5.4 unknown parameter", out);
    return false;
}

void LmtpSession::rcptTo(std::string_view argument, Effects& out) {
    if (!inMail_) {
        refuse("503 5.5.1 MAIL first", out);
        return;
    }
    const auto path = readPath(argument, "to:");
    if (!path || path->address.empty()) {
        refuse("501 5.1.3 RCPT TO:<address>", out);
    } else if (!path->parameters.empty()) {
        refuse("555 5.5.4 unknown parameter", out);
    } else if (envelope_.recipients.size() >= limits_.recipients) {
        reply("452 4.5.3 too many recipients", out);
    } else {
        candidate_ = path->address;
        state_ = State::Lookup;
        out.emplace_back(lmtp::LookupRecipient{candidate_});
    }
}

void LmtpSession::startData(std::string_view argument, Effects& out) {
    if (!argument.empty()) {
        refuse("501 5.5.4 DATA takes no argument", out);
        return;
    }
    if (!inMail_ || envelope_.recipients.empty()) {
        refuse("503 5.5.1 no valid recipients", out);  // RFC 2033 section 4.2
        return;
    }
    state_ = State::Data;
    mark_ = Mark::LineStart;
    reply("354 end with CRLF . CRLF", out);
}

void LmtpSession::data(Effects& out) {
    std::size_t used = used_;
    bool done = false;
    while (used < input_.size() && !done) {
        // Whole stretches of text at once; byte by byte only around line ends.
        if (mark_ == Mark::Text) {
            const std::size_t end = std::min(input_.find('\r', used), input_.size());
            keep(std::string_view(input_).substr(used, end - used));
            used = end;
            if (used == input_.size()) {
                break;
            }
        }
        done = dataByte(input_[used]);
        ++used;
    }
    used_ = used;
    if (done) {
        endData(out);
    } else if (messageBytes_ > limits_.drain) {
        close("421 4.3.0 message far too large", out);
    }
}

// True: this byte ended the message. The CRLF before the dot belongs to the message.
bool LmtpSession::dataByte(char c) {
    switch (mark_) {
        case Mark::Text: break;
        case Mark::Cr:
            if (c == '\n') {
                keep("\n");
                mark_ = Mark::LineStart;
                return false;
            }
            break;
        case Mark::LineStart:
            if (c == '.') {
                mark_ = Mark::Dot;  // not kept: stuffing or the end
                return false;
            }
            break;
        case Mark::Dot:
            if (c == '\r') {
                mark_ = Mark::DotCr;
                return false;
            }
            break;
        case Mark::DotCr:
            if (c == '\n') {
                return true;
            }
            keep("\r");  // ". CR" and then something else: the CR was text
            break;
    }
    keep(std::string_view(&c, 1));
    mark_ = c == '\r' ? Mark::Cr : Mark::Text;
    return false;
}

void LmtpSession::keep(std::string_view bytes) {
    messageBytes_ += bytes.size();
    if (tooLarge_) {
        return;
    }
    if (messageBytes_ > limits_.message) {
        tooLarge_ = true;
        std::string().swap(message_);  // gives the memory back at once
        return;
    }
    message_ += bytes;
}

void LmtpSession::endData(Effects& out) {
    if (tooLarge_) {
        for (std::size_t i = 0; i < envelope_.recipients.size(); ++i) {
            reply("552 5.3.4 message too large", out);
        }
        state_ = State::Command;
        reset();
        return;
    }
    state_ = State::Commit;
    out.emplace_back(lmtp::Deliver{envelope_, std::move(message_)});
    message_ = {};
}

void LmtpSession::reset() {
    inMail_ = false;
    envelope_ = {};
    candidate_.clear();
    std::string().swap(message_);
    messageBytes_ = 0;
    tooLarge_ = false;
    mark_ = Mark::LineStart;
}

void LmtpSession::refuse(std::string_view text, Effects& out) {
    reply(text, out);
    if (++errors_ >= limits_.errors) {
        close("421 4.7.0 too many errors", out);
    }
}

void LmtpSession::reply(std::string_view text, Effects& out) {
    std::string bytes = std::string(text) + "\r\n";
    if (!out.empty()) {  // pipelined answers leave in one write
        if (auto* last = std::get_if<lmtp::Reply>(&out.back())) {
            last->bytes += bytes;
            return;
        }
    }
    out.emplace_back(lmtp::Reply{std::move(bytes)});
}

void LmtpSession::close(std::string_view text, Effects& out) {
    reply(text, out);
    out.emplace_back(lmtp::Close{});
    state_ = State::Closed;
    reset();
    std::string().swap(input_);
    used_ = 0;
}

}  // namespace vorfahrt::server::intake
