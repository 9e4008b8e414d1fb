// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/sync.pb.h"
#include "server/store/store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace vorfahrt::server::feed {

// Place of an entry in the order of sending. Entries move to later places only, so what comes
// after a place is what was not sent yet.
using EntryPlace = std::tuple<Seq, bool, std::uint32_t, RowId, schema::Facet, std::string>;
[[nodiscard]] EntryPlace placeOf(const store::LogEntry& entry);

// Entries of the log as Delta frames with their rows, read at one point in time.
struct DeltaPages {
    struct Page {
        wire::Down frame;
        Seq to{0};
        // The frame ends inside of a change: its last entry.
        std::optional<EntryPlace> inside;
    };
    std::vector<Page> pages;
    std::size_t bytes = 0;
};

struct DeltaRequest {
    TenantId tenant;
    Seq from{0};
    Seq head{0};  // the last frame ends here when every entry is in
    std::size_t frameBytes = 0;
    std::size_t maxBytes = 0;  // stop after the frame that reaches it
    const std::map<std::string, std::uint32_t>* numbers = nullptr;  // of the scopes
};

// The entries after `from` of these scopes, complete by seq, at least one seq where there is one.
// `all`: nothing was left out.
struct EntryPage {
    std::vector<store::LogEntry> entries;
    bool all = false;
};
struct EntryQuery {
    TenantId tenant;
    std::vector<std::string> scopes;
    Seq from{0};
    std::optional<EntryPlace> after;  // of the first change, up to here it was sent
    int limit = 0;
};
[[nodiscard]] Result<EntryPage> readEntries(const EntryQuery& query, store::ReadStore& store);

// Frames of a page. A seq is never cut unless it alone is larger than a frame; then the frames
// before its last have to == from. Where the page is all there is, the last frame reaches the head.
[[nodiscard]] Result<DeltaPages> deltaFrames(const DeltaRequest& request, const EntryPage& page,
                                             store::ReadStore& store);

}  // namespace vorfahrt::server::feed
