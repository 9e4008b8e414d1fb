// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/pattern.h"

#include "server/intake/text.h"

namespace vorfahrt::server::intake {
namespace {

struct Piece {
    bool any = false;
    std::string name;     // of a capture
    std::string literal;  // lower case
};

std::vector<Piece> pieces(std::string_view pattern) {
    std::vector<Piece> out;
    while (!pattern.empty()) {
        const std::size_t close = pattern.find('}');
        if (pattern.front() == '*') {
            out.push_back({true, {}, {}});
            pattern.remove_prefix(1);
        } else if (pattern.front() == '{' && close != std::string_view::npos) {
            out.push_back({true, std::string(pattern.substr(1, close - 1)), {}});
            pattern.remove_prefix(close + 1);
        } else {
            const std::size_t end = pattern.find_first_of("*{", 1);
            out.push_back({false, {}, lowerAscii(pattern.substr(0, end))});
            pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end);
        }
    }
    return out;
}

}  // namespace

std::optional<Captures> matchPattern(std::string_view pattern, std::string_view text) {
    const std::vector<Piece> parts = pieces(pattern);
    Captures captures;
    std::size_t at = 0;
    const Piece* open = nullptr;  // the * or {name} before the next literal
    const auto keep = [&](std::size_t end) {
        if (open != nullptr && !open->name.empty()) {
            captures.emplace_back(open->name, std::string(trim(text.substr(at, end - at))));
        }
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Piece& part = parts[i];
        if (part.any) {
            keep(at);  // two in a row: the first one takes nothing
            open = &part;
            continue;
        }
        const bool last = i + 1 == parts.size();
        std::size_t found = findNoCase(text, part.literal, at);
        if (last && open != nullptr && text.size() >= at + part.literal.size()) {
            const std::size_t tail = text.size() - part.literal.size();
            found = findNoCase(text, part.literal, tail);
        }
        const bool placed = open != nullptr ? found != std::string_view::npos : found == at;
        if (!placed || (last && found + part.literal.size() != text.size())) {
            return std::nullopt;
        }
        keep(found);
        at = found + part.literal.size();
        open = nullptr;
    }
    if (open != nullptr) {
        keep(text.size());
    } else if (at != text.size()) {
        return std::nullopt;
    }
    return captures;
}

}  // namespace vorfahrt::server::intake
