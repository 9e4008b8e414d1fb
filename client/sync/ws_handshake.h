// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vorfahrt::client::sync {

// A server that needs more than this for its answer is none of ours.
inline constexpr std::size_t kWsMaxAnswerBytes = 8 * 1024;

// The client's half of the opening handshake of RFC 6455, section 4.1, as a value. No extension and
// no subprotocol is offered, so an answer that names one is refused. Any thread, one at a time.
class WsHandshake {
public:
    // host: as it stands in the URL, with the port. nonce: 16 bytes that nobody can guess.
    WsHandshake(std::string_view host, std::string_view target, std::string_view nonce);

    [[nodiscard]] const std::string& request() const { return request_; }
    // Nothing: the answer is not whole yet. Otherwise what came after it, the first bytes of
    // frames. An error is final.
    [[nodiscard]] Result<std::optional<std::string>> feed(std::string_view bytes);

private:
    [[nodiscard]] Status judge(std::string_view answer) const;

    std::string request_;
    std::string accept_;
    std::string answer_;
};

}  // namespace vorfahrt::client::sync
