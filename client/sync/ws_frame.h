// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vorfahrt::client::sync {

// Frames of RFC 6455 as values: no socket, no clock, no random source.

enum class WsOpcode : std::uint8_t {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

// Section 7.4.1; the ones that a desk says or reads.
enum class WsClose : std::uint16_t {
    Normal = 1000,
    ProtocolError = 1002,
    Unsupported = 1003,  // text: this protocol is binary only
    TooBig = 1009
};

inline constexpr std::size_t kWsMaxControlBytes = 125;
// A server that cuts a message into more pieces than this wants to keep us busy.
inline constexpr int kWsMaxFragments = 1024;

namespace ws {
struct Message {
    std::string bytes;
};
struct Ping {
    std::string payload;
};
struct Pong {};
// The peer wishes to end. 1005: it gave no reason (section 7.1.5).
struct Closed {
    std::uint16_t code = 1005;
};
// The peer broke a rule; nothing after it is read. What a close frame says to it.
struct Broken {
    WsClose code = WsClose::ProtocolError;
};
}  // namespace ws
using WsEvent = std::variant<ws::Message, ws::Ping, ws::Pong, ws::Closed, ws::Broken>;

// What a client reads. Never holds more than one message and one header. Any thread, one at a time.
class WsReader {
public:
    explicit WsReader(std::size_t maxMessageBytes)
        : maxMessageBytes_(maxMessageBytes) {}

    // The events that these bytes complete, in their order. After Closed or Broken: none, ever.
    [[nodiscard]] std::vector<WsEvent> feed(std::string_view bytes);
    // Of its buffers, for the test of the bound.
    [[nodiscard]] std::size_t heldBytes() const {
        return header_.size() + control_.size() + message_.size();
    }

private:
    enum class Step { Header, Payload, Ended };

    [[nodiscard]] std::size_t headerSize() const;
    void readHeader(std::vector<WsEvent>& out);
    void finishFrame(std::vector<WsEvent>& out);
    void finishControl(std::vector<WsEvent>& out);
    void end(std::vector<WsEvent>& out, WsEvent event);
    [[nodiscard]] bool isControl() const { return opcode_ >= WsOpcode::Close; }

    const std::size_t maxMessageBytes_;
    Step step_ = Step::Header;
    std::string header_;
    std::string control_;
    std::string message_;
    bool inMessage_ = false;  // a message has begun and its last frame has not come
    int fragments_ = 0;
    bool last_ = false;  // of the frame that is being read
    WsOpcode opcode_ = WsOpcode::Continuation;
    std::uint64_t left_ = 0;  // bytes of its payload that are missing
};

// A whole frame as a client sends it. mask: four bytes that nobody can guess (section 5.3).
[[nodiscard]] std::string wsFrame(WsOpcode opcode, std::string_view payload, std::string_view mask);
[[nodiscard]] std::string wsClosePayload(WsClose code);

}  // namespace vorfahrt::client::sync
