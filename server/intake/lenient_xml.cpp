// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/lenient_xml.h"

#include "server/intake/text.h"

#include <algorithm>
#include <array>

namespace vorfahrt::server::intake {
namespace {

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool nameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':';
}

std::string localName(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return lowerAscii(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

struct Tag {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    bool closing = false;
    bool empty = false;
};

constexpr std::size_t kMostAttributes = 32;
constexpr std::size_t kLongestValue = 4096;  // also keeps the search for a missing quote short

// What may quote an attribute: ASCII quotes and the typographic ones that word processors leave.
constexpr std::array<std::pair<std::string_view, std::array<std::string_view, 2>>, 5> kQuotes = {{
    {"\"", {"\"", "\""}},
    {"'", {"'", "'"}},
    {"“", {"”", "“"}},
    {"„", {"“", "”"}},
    {"”", {"”", "”"}},
}};

class Reader {
public:
    Reader(std::string_view text, std::size_t at, const XmlBounds& bounds)
        : text_(text),
          at_(at),
          bounds_(bounds) {}

    std::unique_ptr<XmlNode> read() {
        std::unique_ptr<XmlNode> root;
        while (at_ < text_.size()) {
            const std::size_t open = text_.find('<', at_);
            addText(text_.substr(at_, open == std::string_view::npos ? open : open - at_));
            if (open == std::string_view::npos) {
                at_ = text_.size();
                break;
            }
            at_ = open;
            if (skipMarkup()) {
                continue;
            }
            Tag tag;
            if (!readTag(tag)) {
                addText("<");
                ++at_;
                continue;
            }
            if (!apply(std::move(tag), root)) {
                break;
            }
        }
        trimAll();
        return root;
    }

    [[nodiscard]] std::size_t position() const { return at_; }

private:
    void addText(std::string_view piece) {
        if (!stack_.empty() && !piece.empty()) {
            stack_.back()->text += decodeEntities(piece);
        }
    }

    // Comments, CDATA, processing instructions and declarations.
    bool skipMarkup() {
        const auto skip = [&](std::string_view start, std::string_view end, bool keep) {
            if (!text_.substr(at_).starts_with(start)) {
                return false;
            }
            const std::size_t close = text_.find(end, at_ + start.size());
            const std::size_t stop = close == std::string_view::npos ? text_.size() : close;
            if (keep && !stack_.empty()) {
                const std::size_t begin = at_ + start.size();
                stack_.back()->text += text_.substr(begin, stop - begin);
            }
            at_ = std::min(text_.size(), stop + end.size());
            return true;
        };
        return skip("<!--", "-->", false) || skip("<![CDATA[", "]]>", true) ||
               skip("<?", ">", false) || skip("<!", ">", false);
    }

    void skipBlanks(std::size_t& i) const {
        while (i < text_.size() && blank(text_[i])) {
            ++i;
        }
    }

    std::string_view readName(std::size_t& i) const {
        const std::size_t begin = i;
        while (i < text_.size() && nameChar(text_[i]) && i - begin < 128) {
            ++i;
        }
        return text_.substr(begin, i - begin);
    }

    // at_ is on '<'. False: this is no tag but a stray character.
    bool readTag(Tag& tag) {
        std::size_t i = at_ + 1;
        if (i < text_.size() && text_[i] == '/') {
            tag.closing = true;
            ++i;
        }
        tag.name = localName(readName(i));
        if (tag.name.empty()) {
            return false;
        }
        while (i < text_.size()) {
            skipBlanks(i);
            if (i >= text_.size() || text_[i] == '<') {
                break;  // the '>' is missing
            }
            if (text_[i] == '>') {
                ++i;
                break;
            }
            if (text_[i] == '/') {
                tag.empty = i + 1 < text_.size() && text_[i + 1] == '>';
                ++i;
                continue;
            }
            readAttribute(i, tag);
        }
        at_ = i;
        return true;
    }

    void readAttribute(std::size_t& i, Tag& tag) const {
        const std::string name = localName(readName(i));
        if (name.empty()) {
            ++i;
            return;
        }
        skipBlanks(i);
        std::string value;
        if (i < text_.size() && text_[i] == '=') {
            ++i;
            skipBlanks(i);
            value = readValue(i);
        }
        if (tag.attributes.size() < kMostAttributes) {
            tag.attributes.emplace_back(name, std::move(value));
        }
    }

    std::string readValue(std::size_t& i) const {
        const std::string_view rest = text_.substr(i, kLongestValue);
        for (const auto& [open, closers] : kQuotes) {
            if (!rest.starts_with(open)) {
                continue;
            }
            std::size_t end = std::string_view::npos;
            std::size_t width = 1;
            for (const std::string_view closer : closers) {
                const std::size_t found = rest.find(closer, open.size());
                if (found < end) {
                    end = found;
                    width = closer.size();
                }
            }
            // A quote that never closes ends with its tag.
            const std::size_t tagEnd = rest.find('>', open.size());
            if (end == std::string_view::npos || end > tagEnd) {
                end = std::min(tagEnd, rest.size());
                width = 0;
            }
            i += end + width;
            return decodeEntities(rest.substr(open.size(), end - open.size()));
        }
        std::size_t end = 0;
        while (end < rest.size() && !blank(rest[end]) && rest[end] != '>' &&
               !rest.substr(end).starts_with("/>")) {
            ++end;
        }
        i += end;
        return decodeEntities(rest.substr(0, end));
    }

    // False: the root is closed or a bound is met.
    bool apply(Tag tag, std::unique_ptr<XmlNode>& root) {
        if (tag.closing) {
            const auto match = std::find_if(stack_.rbegin(), stack_.rend(),
                                            [&](const XmlNode* n) { return n->name == tag.name; });
            if (match != stack_.rend()) {  // else an end tag without a start: ignored
                stack_.erase(match.base() - 1, stack_.end());
            }
            return !stack_.empty();
        }
        if (++nodes_ > bounds_.nodes) {
            return false;
        }
        auto node = std::make_unique<XmlNode>();
        node->name = std::move(tag.name);
        node->attributes = std::move(tag.attributes);
        XmlNode* added = node.get();
        if (!root) {
            root = std::move(node);
        } else {
            stack_.back()->children.push_back(std::move(node));
        }
        all_.push_back(added);
        if (!tag.empty && stack_.size() < bounds_.depth) {
            stack_.push_back(added);
        }
        return !stack_.empty();
    }

    void trimAll() {
        for (XmlNode* node : all_) {
            node->text = std::string(trim(node->text));
        }
    }

    std::string_view text_;
    std::size_t at_;
    const XmlBounds& bounds_;
    std::vector<XmlNode*> stack_;  // open elements; owned by the tree
    std::vector<XmlNode*> all_;
    std::size_t nodes_ = 0;
};

}  // namespace

const XmlNode* XmlNode::child(std::string_view childName) const {
    const auto found = std::find_if(children.begin(), children.end(),
                                    [&](const auto& one) { return one->name == childName; });
    return found == children.end() ? nullptr : found->get();
}

std::string_view XmlNode::attribute(std::string_view attributeName) const {
    for (const auto& [key, value] : attributes) {
        if (key == attributeName) {
            return value;
        }
    }
    return {};
}

std::string_view XmlNode::childText(std::string_view childName) const {
    const XmlNode* found = child(childName);
    return found ? std::string_view(found->text) : std::string_view{};
}

std::unique_ptr<XmlNode> readLenientXml(std::string_view text, std::string_view root,
                                        std::size_t& from, const XmlBounds& bounds) {
    const std::string start = "<" + std::string(root);
    std::size_t at = from;
    for (;;) {
        at = findNoCase(text, start, at);
        if (at == std::string_view::npos) {
            from = text.size();
            return nullptr;
        }
        const std::size_t end = at + start.size();
        if (end < text.size() && (blank(text[end]) || text[end] == '>')) {
            break;
        }
        at = end;
    }
    Reader reader(text.substr(0, std::min(text.size(), at + bounds.bytes)), at, bounds);
    auto node = reader.read();
    from = reader.position();
    return node;
}

}  // namespace vorfahrt::server::intake
