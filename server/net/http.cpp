// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/http.h"

namespace vorfahrt::server::net {

HttpRequest::HttpRequest(std::string requestMethod, std::string requestTarget)
    : method(std::move(requestMethod)),
      target(std::move(requestTarget)) {}

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

HttpResponse::HttpResponse(int httpStatus, std::string type, std::string content)
    : status(httpStatus),
      contentType(std::move(type)),
      body(std::move(content)) {}

}  // namespace vorfahrt::server::net
