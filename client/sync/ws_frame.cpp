// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/ws_frame.h"

#include "common/base/assert.h"

#include <algorithm>
#include <utility>

namespace vorfahrt::client::sync {
namespace {

constexpr unsigned kLastBit = 0x80;
constexpr unsigned kReservedBits = 0x70;
constexpr unsigned kMaskBit = 0x80;
constexpr unsigned kLength16 = 126;
constexpr unsigned kLength64 = 127;
constexpr std::size_t kShortHeader = 2;
constexpr std::size_t kMaskBytes = 4;

unsigned byteAt(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

std::uint64_t bigEndian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        value = (value << 8U) | byteAt(bytes, i);
    }
    return value;
}

void appendBigEndian(std::string& out, std::uint64_t value, unsigned bytes) {
    for (unsigned shift = bytes * 8; shift > 0; shift -= 8) {
        out += static_cast<char>((value >> (shift - 8)) & 0xFFU);
    }
}

bool isKnown(unsigned opcode) {
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

// Codes that may stand in a close frame (section 7.4): the defined ones and those of applications.
bool mayBeSent(std::uint64_t code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= 3000 && code <= 4999);
}

}  // namespace

std::size_t WsReader::headerSize() const {
    if (header_.size() < kShortHeader) {
        return kShortHeader;
    }
    const unsigned length = byteAt(header_, 1) & ~kMaskBit;
    return kShortHeader + (length == kLength64 ? 8U : length == kLength16 ? 2U : 0U);
}

std::vector<WsEvent> WsReader::feed(std::string_view bytes) {
    std::vector<WsEvent> out;
    while (step_ != Step::Ended && !bytes.empty()) {
        if (step_ == Step::Header) {
            const std::size_t take = std::min(bytes.size(), headerSize() - header_.size());
            header_ += bytes.substr(0, take);
            bytes.remove_prefix(take);
            if (header_.size() >= kShortHeader && header_.size() == headerSize()) {
                readHeader(out);
            }
        } else {
            const auto take =
                static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left_));
            (isControl() ? control_ : message_) += bytes.substr(0, take);
            bytes.remove_prefix(take);
            left_ -= take;
            if (left_ == 0) {
                finishFrame(out);
            }
        }
    }
    return out;
}

// Sections 5.2 to 5.5. What is wrong is told before a byte of the payload is kept.
void WsReader::readHeader(std::vector<WsEvent>& out) {
    const unsigned first = byteAt(header_, 0);
    const unsigned second = byteAt(header_, 1);
    const unsigned opcode = first & 0x0FU;
    const unsigned shortLength = second & ~kMaskBit;
    const std::uint64_t length = shortLength < kLength16
                                     ? shortLength
                                     : bigEndian(std::string_view(header_).substr(kShortHeader));
    const bool longerThanNeeded = (shortLength == kLength16 && length < kLength16) ||
                                  (shortLength == kLength64 && length <= 0xFFFF);
    header_.clear();
    if ((first & kReservedBits) != 0 || (second & kMaskBit) != 0 || !isKnown(opcode) ||
        longerThanNeeded || (length >> 63U) != 0) {
        end(out, ws::Broken{WsClose::ProtocolError});
        return;
    }
    last_ = (first & kLastBit) != 0;
    opcode_ = static_cast<WsOpcode>(opcode);
    left_ = length;
    if (isControl()) {
        if (!last_ || length > kWsMaxControlBytes) {
            end(out, ws::Broken{WsClose::ProtocolError});
            return;
        }
    } else if (inMessage_ != (opcode_ == WsOpcode::Continuation)) {
        end(out, ws::Broken{WsClose::ProtocolError});
        return;
    } else if (opcode_ == WsOpcode::Text) {
        end(out, ws::Broken{WsClose::Unsupported});
        return;
    } else if (length > maxMessageBytes_ - message_.size() || ++fragments_ > kWsMaxFragments) {
        end(out, ws::Broken{WsClose::TooBig});
        return;
    } else {
        inMessage_ = true;
    }
    step_ = Step::Payload;
    if (left_ == 0) {
        finishFrame(out);
    }
}

void WsReader::finishFrame(std::vector<WsEvent>& out) {
    step_ = Step::Header;
    if (isControl()) {
        finishControl(out);
    } else if (last_) {
        inMessage_ = false;
        fragments_ = 0;
        out.emplace_back(ws::Message{std::exchange(message_, {})});
    }
}

void WsReader::finishControl(std::vector<WsEvent>& out) {
    std::string payload = std::exchange(control_, {});
    if (opcode_ == WsOpcode::Ping) {
        out.emplace_back(ws::Ping{std::move(payload)});
    } else if (opcode_ == WsOpcode::Pong) {
        out.emplace_back(ws::Pong{});
    } else if (payload.empty()) {
        end(out, ws::Closed{});
    } else if (payload.size() == 1) {
        end(out, ws::Broken{WsClose::ProtocolError});
    } else {
        const std::uint64_t code = bigEndian(std::string_view(payload).substr(0, 2));
        if (mayBeSent(code)) {
            end(out, ws::Closed{static_cast<std::uint16_t>(code)});
        } else {
            end(out, ws::Broken{WsClose::ProtocolError});
        }
    }
}

void WsReader::end(std::vector<WsEvent>& out, WsEvent event) {
    step_ = Step::Ended;
    header_.clear();
    control_.clear();
    message_ = {};
    out.push_back(std::move(event));
}

std::string wsFrame(WsOpcode opcode, std::string_view payload, std::string_view mask) {
    VF_ASSERT(mask.size() == kMaskBytes);
    VF_ASSERT(opcode < WsOpcode::Close || payload.size() <= kWsMaxControlBytes);
    std::string out;
    out.reserve(payload.size() + 14);
    out += static_cast<char>(kLastBit | static_cast<unsigned>(opcode));
    if (payload.size() < kLength16) {
        out += static_cast<char>(kMaskBit | payload.size());
    } else if (payload.size() <= 0xFFFF) {
        out += static_cast<char>(kMaskBit | kLength16);
        appendBigEndian(out, payload.size(), 2);
    } else {
        out += static_cast<char>(kMaskBit | kLength64);
        appendBigEndian(out, payload.size(), 8);
    }
    out += mask;
    const std::size_t first = out.size();
    out += payload;
    char* const masked = out.data() + first;
    for (std::size_t i = 0; i < payload.size(); ++i) {
        masked[i] = static_cast<char>(masked[i] ^ mask[i % kMaskBytes]);
    }
    return out;
}

std::string wsClosePayload(WsClose code) {
    std::string out;
    appendBigEndian(out, static_cast<std::uint64_t>(code), 2);
    return out;
}

}  // namespace vorfahrt::client::sync
