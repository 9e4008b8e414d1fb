// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "server/net/http.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vorfahrt::server::net {

// Beast's HTTP parser, fed by hand: no socket in here. One object per request; what follows the
// request stays in the input.
class HttpParser {
public:
    HttpParser(std::size_t maxHeaderBytes, std::size_t maxBodyBytes);
    ~HttpParser();
    HttpParser(const HttpParser&) = delete;
    HttpParser& operator=(const HttpParser&) = delete;

    // Takes what it can from the front of input. True: the request is complete. Fails with
    // NoSpace (too large) or BadFrame (not HTTP).
    [[nodiscard]] Result<bool> feed(std::string& input);

    // Once complete.
    [[nodiscard]] HttpRequest take();
    [[nodiscard]] bool isUpgrade() const;  // to a WebSocket
    [[nodiscard]] bool isKeepAlive() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

enum class KeepAlive { Yes, No };

// Status line, headers and body; no body after HEAD.
[[nodiscard]] std::string serialise(const HttpResponse& response, std::string_view method,
                                    KeepAlive keepAlive);

}  // namespace vorfahrt::server::net
