// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/search_list_model.h"

#include <QCoreApplication>

namespace vorfahrt::client::viewmodel {

// How a hit of the search is said in two lines and a badge. Pure but for locale and translator.
class SearchLines {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::viewmodel::SearchLines)

public:
    static model::SearchEntry hit(const replica::SearchHit& hit, std::int64_t nowMs);
    static QString activity(record::ActivityKind kind);
    // Byte ranges of UTF-8 as ranges of QChars.
    static model::SearchText marked(const replica::MarkedText& text);
};

}  // namespace vorfahrt::client::viewmodel
