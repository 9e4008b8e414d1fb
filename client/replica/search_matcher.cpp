// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/search_matcher.h"

#include <algorithm>

namespace vorfahrt::client::replica {
namespace {

constexpr int kWeight = 3;  // for each point of a field's weight beyond one
constexpr std::size_t kMaxFound = 24;
constexpr std::size_t kExcerpt = 110;
constexpr std::size_t kBeforeMatch = 30;
constexpr std::string_view kEllipsis = "…";

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The nearest place at or before `at` where a word begins, but not far away.
std::size_t wordBegin(std::string_view text, std::size_t at) {
    const std::size_t blank = text.rfind(' ', at);
    if (blank != std::string_view::npos && at - blank < 20) {
        return blank + 1;
    }
    while (at > 0 && continues(text[at])) {
        --at;
    }
    return at;
}

}  // namespace

SearchMatcher::SearchMatcher(const std::vector<domain::SearchTerm>& terms)
    : terms_(terms),
      best_(terms.size()) {}

void SearchMatcher::take(const SearchDocuments::Text& text) {
    bool any = false;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
        const auto match = terms_[i].matchText(text.field->kind, text.text);
        if (!match) {
            continue;
        }
        any = true;
        const int score = match->score + kWeight * (static_cast<int>(text.field->weight) - 1);
        if (score > best_[i].score) {
            best_[i] = {score, match->soundsAlike};
        }
    }
    if (any && found_.size() < kMaxFound) {
        found_.push_back({text.record, text.row, text.field, std::string(text.text)});
    }
}

bool SearchMatcher::matches() const {
    return std::ranges::all_of(best_, [](const Best& best) { return best.score > 0; });
}

int SearchMatcher::score() const {
    int sum = 0;
    for (const Best& best : best_) {
        sum += best.score;
    }
    return sum;
}

bool SearchMatcher::soundsAlike() const {
    return std::ranges::any_of(best_, [](const Best& best) { return best.soundsAlike; });
}

MarkedText SearchMatcher::mark(schema::SearchKind kind, std::string text) const {
    MarkedText out{std::move(text), {}};
    for (const domain::SearchTerm& term : terms_) {
        const auto match = term.matchText(kind, out.text);
        if (match && !match->soundsAlike) {
            out.marks.insert(out.marks.end(), match->ranges.begin(), match->ranges.end());
        }
    }
    std::ranges::sort(out.marks);
    std::vector<std::pair<std::size_t, std::size_t>> joined;
    for (const auto& range : out.marks) {
        if (!joined.empty() && range.first <= joined.back().second) {
            joined.back().second = std::max(joined.back().second, range.second);
        } else {
            joined.push_back(range);
        }
    }
    out.marks = std::move(joined);
    return out;
}

MarkedText SearchMatcher::excerpt(schema::SearchKind kind, std::string_view text) const {
    std::string flat(text);
    std::ranges::replace_if(flat, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    MarkedText all = mark(kind, std::move(flat));
    if (all.text.size() <= kExcerpt) {
        return all;
    }
    const std::size_t at = all.marks.empty() ? 0 : all.marks.front().first;
    const std::size_t begin = at <= kBeforeMatch ? 0 : wordBegin(all.text, at - kBeforeMatch);
    std::size_t end = std::min(all.text.size(), begin + kExcerpt);
    while (end < all.text.size() && continues(all.text[end])) {
        ++end;
    }
    MarkedText out;
    out.text = std::string(begin > 0 ? kEllipsis : "") + all.text.substr(begin, end - begin) +
               std::string(end < all.text.size() ? kEllipsis : "");
    const std::size_t shift = begin > 0 ? kEllipsis.size() : 0;
    for (const auto& [from, to] : all.marks) {
        if (from >= begin && to <= end) {
            out.marks.emplace_back(from - begin + shift, to - begin + shift);
        }
    }
    return out;
}

}  // namespace vorfahrt::client::replica
