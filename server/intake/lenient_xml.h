// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::server::intake {

// One element. Names are lower case without a prefix; text is all character data directly inside,
// entities decoded, outer white space trimmed.
struct XmlNode {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string text;
    std::vector<std::unique_ptr<XmlNode>> children;

    [[nodiscard]] const XmlNode* child(std::string_view childName) const;
    [[nodiscard]] std::string_view attribute(std::string_view attributeName) const;
    // Text of a child, empty if there is none.
    [[nodiscard]] std::string_view childText(std::string_view childName) const;
};

struct XmlBounds {
    std::size_t bytes = 1U << 20U;
    std::size_t nodes = 5000;
    std::size_t depth = 24;
};

// Reads what producers of ADF really write, which no conforming parser takes: processing
// instructions anywhere, unquoted or curly-quoted attributes, bare ampersands, missing and crossed
// end tags, unknown tags. No DTD, no own entities, nothing is loaded. Starts at the first element
// `root` and ends with it; null if there is none. `from` moves behind what was read.
[[nodiscard]] std::unique_ptr<XmlNode> readLenientXml(std::string_view text, std::string_view root,
                                                      std::size_t& from,
                                                      const XmlBounds& bounds = {});

}  // namespace vorfahrt::server::intake
