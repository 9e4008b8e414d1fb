// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>

namespace vorfahrt::server::net {

// Owns the io_context and its threads ("net-0", ...), which do TLS and framing only and never
// block. Constructed in the composition root before everything that uses it and destroyed after it.
class Runtime {
public:
    explicit Runtime(unsigned threads = 2);
    ~Runtime();  // stop()
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    [[nodiscard]] boost::asio::any_io_executor executor() const;

    // Ends the threads; what still waits is dropped. From any other thread; safe to call twice.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Allows this process as many open files as the system lets it have and returns how many: a session
// is a file, and the usual 1,024 are few. Called once by the composition root.
std::size_t raiseFileLimit();

}  // namespace vorfahrt::server::net
