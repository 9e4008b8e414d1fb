// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/reader_parts.h"
#include "client/replica/search_matcher.h"

namespace vorfahrt::client::replica {

// What is told of a found row: what every hit of its group shows, and where it matched.
[[nodiscard]] Result<SearchHit> makeHit(Reader::Parts& parts, const Viewer& viewer,
                                        SearchGroup group, const sql::StoredRow& row,
                                        const SearchMatcher& matcher);

}  // namespace vorfahrt::client::replica
