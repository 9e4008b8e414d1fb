// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/search.h"
#include "client/replica/search_document.h"
#include "common/domain/search_terms.h"

#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::client::replica {

// Why a row is found: every term of a reading, held against the row's texts. For one row, on the
// reader thread; the terms must outlive it.
class SearchMatcher {
public:
    explicit SearchMatcher(const std::vector<domain::SearchTerm>& terms);

    void take(const SearchDocuments::Text& text);
    // Every term was found.
    [[nodiscard]] bool matches() const;
    [[nodiscard]] int score() const;
    // Some term was found by the sound of a name only.
    [[nodiscard]] bool soundsAlike() const;

    // A text in which a term was found.
    struct Found {
        const schema::RecordInfo* record = nullptr;
        RowId row;
        const schema::SearchField* field = nullptr;
        std::string text;
    };
    [[nodiscard]] const std::vector<Found>& found() const { return found_; }

    // A text as it is shown, with what the terms find in it.
    [[nodiscard]] MarkedText mark(schema::SearchKind kind, std::string text) const;
    // A part of a long text around the first thing that is found, at most some 120 bytes.
    [[nodiscard]] MarkedText excerpt(schema::SearchKind kind, std::string_view text) const;

private:
    struct Best {
        int score = 0;
        bool soundsAlike = false;
    };
    const std::vector<domain::SearchTerm>& terms_;
    std::vector<Best> best_;
    std::vector<Found> found_;
};

}  // namespace vorfahrt::client::replica
