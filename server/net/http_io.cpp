// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/http_io.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace vorfahrt::server::net {

namespace http = boost::beast::http;

struct HttpParser::Impl {
    Impl(std::size_t maxHeaderBytes, std::size_t maxBodyBytes) {
        parser.header_limit(static_cast<std::uint32_t>(maxHeaderBytes));
        parser.body_limit(maxBodyBytes);
        parser.eager(true);
    }

    http::request_parser<http::string_body> parser;
};

HttpParser::HttpParser(std::size_t maxHeaderBytes, std::size_t maxBodyBytes)
    : impl_(std::make_unique<Impl>(maxHeaderBytes, maxBodyBytes)) {}

HttpParser::~HttpParser() = default;

Result<bool> HttpParser::feed(std::string& input) {
    auto& parser = impl_->parser;
    while (!input.empty() && !parser.is_done()) {
        boost::system::error_code error;
        const std::size_t used = parser.put(boost::asio::buffer(input), error);
        input.erase(0, used);
        if (error == http::error::need_more) {
            return false;
        }
        if (error == http::error::header_limit || error == http::error::body_limit ||
            error == http::error::buffer_overflow) {
            return fail(ErrorCode::NoSpace, error.message());
        }
        if (error) {
            return fail(ErrorCode::BadFrame, error.message());
        }
        if (used == 0) {
            return false;
        }
    }
    return parser.is_done();
}

HttpRequest HttpParser::take() {
    auto message = impl_->parser.release();
    HttpRequest request(std::string(message.method_string()), std::string(message.target()));
    for (const auto& field : message) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        request.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    request.body = std::move(message.body());
    return request;
}

bool HttpParser::isUpgrade() const {
    return boost::beast::websocket::is_upgrade(impl_->parser.get());
}

bool HttpParser::isKeepAlive() const {
    return impl_->parser.keep_alive();
}

std::string serialise(const HttpResponse& response, std::string_view method, KeepAlive keepAlive) {
    const auto status = static_cast<unsigned>(response.status);
    const auto reason = http::obsolete_reason(http::int_to_status(status));
    std::string text = fmt::format(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
        "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: {}\r\n\r\n",
        status, std::string_view(reason.data(), reason.size()), response.contentType,
        response.body.size(), keepAlive == KeepAlive::Yes ? "keep-alive" : "close");
    if (method != "HEAD") {
        text += response.body;
    }
    return text;
}

}  // namespace vorfahrt::server::net
