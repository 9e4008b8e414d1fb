// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/ws_handshake.h"

#include "common/base/assert.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>

namespace vorfahrt::client::sync {
namespace {

constexpr std::string_view kEndOfLine = "\r\n";
constexpr std::string_view kEndOfAnswer = "\r\n\r\n";
constexpr std::size_t kNonceBytes = 16;

QByteArray bytesOf(std::string_view text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

// SHA-1 is what section 4.2.2 asks for: it shows that a WebSocket server answered, and keeps no
// secret.
std::string acceptFor(const std::string& key) {
    return QCryptographicHash::hash(
               QByteArray::fromStdString(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
               QCryptographicHash::Sha1)
        .toBase64()
        .toStdString();
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool hasToken(std::string_view list, std::string_view token) {
    for (;;) {
        const std::size_t comma = list.find(',');
        if (lower(trimmed(list.substr(0, comma))) == token) {
            return true;
        }
        if (comma == std::string_view::npos) {
            return false;
        }
        list.remove_prefix(comma + 1);
    }
}

bool isTokenChar(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// What of the answer counts; of a field that may stand once, how often it stood.
struct Fields {
    bool upgrade = false;
    bool connection = false;
    int accepts = 0;
    bool right = false;
    bool unasked = false;
};

Status takeField(std::string_view line, const std::string& accept, Fields& fields) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 ||
        !std::ranges::all_of(line.substr(0, colon), isTokenChar) ||
        std::ranges::any_of(line, [](char c) { return c == '\r' || c == '\n' || c == '\0'; })) {
        return fail(ErrorCode::BadFrame, "header line");
    }
    const std::string name = lower(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "upgrade") {
        fields.upgrade = lower(value) == "websocket";
    } else if (name == "connection") {
        fields.connection = fields.connection || hasToken(value, "upgrade");
    } else if (name == "sec-websocket-accept") {
        ++fields.accepts;
        fields.right = value == accept;
    } else if (name == "sec-websocket-extensions" || name == "sec-websocket-protocol") {
        fields.unasked = true;
    }
    return {};
}

}  // namespace

WsHandshake::WsHandshake(std::string_view host, std::string_view target, std::string_view nonce) {
    VF_ASSERT(nonce.size() == kNonceBytes);
    const std::string key = bytesOf(nonce).toBase64().toStdString();
    accept_ = acceptFor(key);
    request_.append("GET ").append(target).append(" HTTP/1.1\r\nHost: ").append(host);
    request_.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ");
    request_.append(key).append("\r\nSec-WebSocket-Version: 13\r\n\r\n");
}

Result<std::optional<std::string>> WsHandshake::feed(std::string_view bytes) {
    // The end may be cut in two: looked for from three bytes before what is new.
    const std::size_t from = answer_.size() < 3 ? 0 : answer_.size() - 3;
    const std::size_t room = kWsMaxAnswerBytes - answer_.size();
    answer_ += bytes.substr(0, room);
    const std::size_t end = answer_.find(kEndOfAnswer, from);
    if (end == std::string::npos) {
        if (bytes.size() >= room) {
            return fail(ErrorCode::BadFrame, "the answer is too long");
        }
        return std::optional<std::string>();
    }
    VF_CHECK(judge(std::string_view(answer_).substr(0, end)));
    std::string rest = answer_.substr(end + kEndOfAnswer.size());
    rest += bytes.substr(std::min(room, bytes.size()));
    return std::optional(std::move(rest));
}

Status WsHandshake::judge(std::string_view answer) const {
    std::size_t end = answer.find(kEndOfLine);
    const std::string_view status = answer.substr(0, end);
    if (!status.starts_with("HTTP/1.1 101") || (status.size() > 12 && status[12] != ' ')) {
        return fail(ErrorCode::BadFrame, "not switched to WebSocket");
    }
    Fields fields;
    while (end != std::string_view::npos) {
        answer.remove_prefix(end + kEndOfLine.size());
        end = answer.find(kEndOfLine);
        VF_CHECK(takeField(answer.substr(0, end), accept_, fields));
    }
    if (!fields.upgrade || !fields.connection || fields.accepts != 1 || !fields.right ||
        fields.unasked) {
        return fail(ErrorCode::BadFrame, "the answer is not to this request");
    }
    return {};
}

}  // namespace vorfahrt::client::sync
