// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/html_text.h"

#include "server/intake/text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>

namespace vorfahrt::server::intake {
namespace {

struct DocDelete {
    void operator()(htmlDocPtr doc) const { xmlFreeDoc(doc); }
};

template <std::size_t N>
bool oneOf(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 26> kBlocks = {
    "p",    "div",  "tr",      "table",  "ul",    "ol",         "li",      "dl",     "dt",
    "dd",   "h1",   "h2",      "h3",     "h4",    "h5",         "h6",      "hr",     "section",
    "form", "body", "article", "header", "tbody", "blockquote", "caption", "address"};
constexpr std::array<std::string_view, 5> kHidden = {"script", "style", "title", "noscript",
                                                     "template"};

std::string_view nameOf(const xmlNode* node) {
    return node->name ? std::string_view(reinterpret_cast<const char*>(node->name))
                      : std::string_view{};
}

std::string_view contentOf(const xmlNode* node) {
    return node->content ? std::string_view(reinterpret_cast<const char*>(node->content))
                         : std::string_view{};
}

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool isCell(const xmlNode* node) {
    return node->type == XML_ELEMENT_NODE && (nameOf(node) == "td" || nameOf(node) == "th");
}

// Looks at a few nodes only: a hostile row of many cells must not cost quadratic time.
bool followsCell(const xmlNode* node) {
    node = node->prev;
    for (int i = 0; i < 8 && node != nullptr; ++i, node = node->prev) {
        if (isCell(node)) {
            return true;
        }
    }
    return false;
}

// Collects the text of one document; walk() feeds it. Breaks are kept back until text follows, so
// that a paragraph inside a cell does not tear its table row apart.
class Writer {
public:
    explicit Writer(std::string& out)
        : out_(out) {}

    void text(std::string_view content, bool preformatted) {
        if (content.empty()) {
            return;
        }
        if (preformatted) {
            flush();
            for (const char c : content) {
                if (c != '\r') {
                    out_.push_back(c);
                }
            }
            return;
        }
        const std::string words = squeeze(content);
        space_ = space_ || blank(content.front());
        if (!words.empty()) {
            flush();
            out_ += words;
            space_ = blank(content.back());
        }
    }

    void line() { breaks_ = std::max(breaks_, 1); }
    void paragraph() { breaks_ = 2; }
    void lineBreak() { breaks_ = std::min(breaks_ + 1, 3); }
    void cell() {
        breaks_ = 0;
        space_ = false;
        if (!out_.empty() && out_.back() != '\n') {
            out_.push_back('\t');
        }
    }
    void endRow() {
        while (out_.ends_with('\t')) {
            out_.pop_back();
        }
        breaks_ = 1;
    }

private:
    void flush() {
        const char last = out_.empty() ? '\n' : out_.back();
        if (breaks_ > 0 && !out_.empty() && last != '\t') {
            out_.append(static_cast<std::size_t>(breaks_) - (last == '\n' ? 1 : 0), '\n');
        } else if (space_ && !blank(last)) {
            out_.push_back(' ');
        }
        breaks_ = 0;
        space_ = false;
    }

    std::string& out_;
    int breaks_ = 0;
    bool space_ = false;
};

bool isPre(std::string_view name) {
    return name == "pre" || name == "textarea";
}

// One document, node by node. False: do not go into the children.
class Walker {
public:
    explicit Walker(HtmlText& out)
        : out_(out),
          writer_(out.text) {}

    bool enter(const xmlNode* node) {
        if (node->type == XML_COMMENT_NODE) {
            if (out_.comments.size() < kMostComments) {
                out_.comments.emplace_back(contentOf(node));
            }
            return false;
        }
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            writer_.text(contentOf(node), preformatted_ > 0);
            return false;
        }
        if (node->type != XML_ELEMENT_NODE) {
            return false;
        }
        const std::string_view name = nameOf(node);
        if (oneOf(name, kHidden)) {
            return false;
        }
        if (name == "br") {
            writer_.lineBreak();
        } else if (isCell(node)) {
            if (followsCell(node)) {
                writer_.cell();
            }
        } else if (oneOf(name, kBlocks) || isPre(name)) {
            writer_.line();
        }
        preformatted_ += isPre(name) ? 1 : 0;
        return true;
    }

    void leave(const xmlNode* node) {
        const std::string_view name = nameOf(node);
        if (name == "tr") {
            writer_.endRow();
        } else if (name == "p") {
            writer_.paragraph();
        } else if (oneOf(name, kBlocks) || isPre(name)) {
            writer_.line();
        }
        preformatted_ -= isPre(name) ? 1 : 0;
    }

private:
    static constexpr std::size_t kMostComments = 200;
    HtmlText& out_;
    Writer writer_;
    int preformatted_ = 0;
};

// Without recursion: hostile depth costs no stack.
void walk(const xmlNode* root, Walker& walker) {
    const xmlNode* node = root;
    while (node != nullptr) {
        if (walker.enter(node)) {
            if (node->children != nullptr) {
                node = node->children;
                continue;
            }
            walker.leave(node);
        }
        while (node != root && node->next == nullptr) {
            node = node->parent;
            walker.leave(node);
        }
        if (node == root) {
            return;
        }
        node = node->next;
    }
}

}  // namespace

HtmlText htmlToText(std::string_view html, std::size_t most) {
    HtmlText out;
    const std::string input = clip(html, most);
    if (input.empty()) {
        return out;
    }
    const std::unique_ptr<xmlDoc, DocDelete> doc(
        htmlReadMemory(input.data(), static_cast<int>(input.size()), nullptr, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_COMPACT));
    if (!doc) {
        return out;
    }
    Walker walker(out);
    for (const xmlNode* node = doc->children; node != nullptr; node = node->next) {
        walk(node, walker);
    }
    // libxml2 passes bad bytes on in places; what leaves here is valid.
    out.text = toUtf8(out.text, {});
    for (std::string& comment : out.comments) {
        comment = toUtf8(comment, {});
    }
    return out;
}

}  // namespace vorfahrt::server::intake
