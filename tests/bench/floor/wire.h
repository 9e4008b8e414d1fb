// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace vorfahrt::floor {

// A blocking WebSocket over plain TCP on loopback: whole binary messages, TCP_NODELAY.
class Wire {
public:
    [[nodiscard]] static Wire connect(std::uint16_t port);
    Wire(Wire&& other) noexcept;
    ~Wire();

    void send(const std::string& message);
    [[nodiscard]] std::string receive();

private:
    friend class WireServer;
    struct Impl;
    explicit Wire(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class WireServer {
public:
    WireServer();
    ~WireServer();
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] Wire accept();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace vorfahrt::floor
