// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::server::net {

// Plain values; bodies are bounded by ListenerOptions. Header names are lower case.
class HttpRequest {
public:
    HttpRequest() = default;
    HttpRequest(std::string requestMethod, std::string requestTarget);

    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string peerAddress;  // for rate limits only; never logged

    // The first header of that (lower case) name, or an empty text.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

class HttpResponse {
public:
    HttpResponse() = default;
    HttpResponse(int httpStatus, std::string type, std::string content);

    int status = 200;
    std::string contentType = "text/plain; charset=utf-8";
    std::string body;
};

}  // namespace vorfahrt::server::net
