// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/feed/delta_pages.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace vorfahrt::server::feed {
namespace {

using store::LogEntry;

// A change of more rows than this is refused by the services, so doubling ends.
constexpr int kLargestPage = 1 << 20;
constexpr std::size_t kEntryOverhead = 48;  // keys and numbers of one entry on the wire

// Makes frames one after the other. Lives for one call of deltaFrames.
class FrameMaker {
public:
    FrameMaker(const DeltaRequest& request, store::ReadStore& store)
        : request_(request),
          store_(store),
          from_(request.from) {
        start();
    }

    [[nodiscard]] Status add(const LogEntry& entry) {
        wire::Entry* line = delta_->add_entries();
        line->set_scope(request_.numbers->at(entry.scope));
        line->set_table(entry.table);
        line->set_id(entry.id.bytes());
        line->set_facet(entry.facet);
        line->set_rev(value(entry.rev));
        line->set_op(entry.remove ? wire::REMOVE : wire::PUT);
        size_ += kEntryOverhead;
        if (entry.remove) {
            return {};
        }
        const auto key = std::tuple(entry.table, entry.id, entry.facet);
        if (bodies_.contains(key)) {
            line->set_same_body(true);
            return {};
        }
        const schema::RecordInfo* info = schema::recordByNumber(entry.table);
        if (info == nullptr) {
            return fail(ErrorCode::Corrupt, "entry of an unknown table");
        }
        if (!info->has(entry.facet) || entry.facet == schema::Facet::SERVER) {
            return fail(ErrorCode::Corrupt, "entry of a facet that does not travel");
        }
        VF_TRY(auto stored, store_.facetBody(request_.tenant, *info, entry.id, entry.facet));
        if (!stored) {
            return fail(ErrorCode::Corrupt, "entry without a row in " + info->table);
        }
        line->set_deleted(stored->deleted);
        line->set_body(std::move(stored->body));
        size_ += line->body().size();
        bodies_.insert(key);
        return {};
    }

    // Everything up to `to` is in; the next entries go into another frame.
    void cut(Seq to, const LogEntry* inside, DeltaPages& out) {
        delta_->set_from(value(from_));
        delta_->set_to(value(to));
        from_ = to;
        out.bytes += frame_.ByteSizeLong();
        DeltaPages::Page page{.frame = std::move(frame_), .to = to, .inside = std::nullopt};
        if (inside != nullptr) {
            page.inside = placeOf(*inside);
        }
        out.pages.push_back(std::move(page));
        start();
    }

    [[nodiscard]] bool full() const { return size_ >= request_.frameBytes; }
    [[nodiscard]] bool empty() const { return delta_->entries().empty(); }
    [[nodiscard]] Seq from() const { return from_; }

private:
    void start() {
        frame_ = wire::Down();
        delta_ = frame_.mutable_delta();
        delta_->set_tenant(request_.tenant.bytes());
        size_ = 0;
        bodies_.clear();
    }

    const DeltaRequest& request_;
    store::ReadStore& store_;
    Seq from_;
    wire::Down frame_;
    wire::Delta* delta_ = nullptr;
    std::size_t size_ = 0;
    std::set<std::tuple<std::uint32_t, RowId, schema::Facet>> bodies_;
};

}  // namespace

EntryPlace placeOf(const LogEntry& entry) {
    // What a scope gains before what another loses: a row that moves never disappears on the way.
    return {entry.seq, entry.remove, entry.table, entry.id, entry.facet, entry.scope};
}

Result<EntryPage> readEntries(const EntryQuery& query, store::ReadStore& store) {
    EntryPage page;
    for (int limit = query.limit;; limit *= 2) {
        VF_TRY(page.entries, store.entriesAfter(query.tenant, query.scopes, query.from, limit));
        page.all = page.entries.size() < static_cast<std::size_t>(limit);
        if (page.all) {
            break;
        }
        // The last seq may have been cut: it waits for the next page.
        const Seq last = page.entries.back().seq;
        const auto begin = std::ranges::find(page.entries, last, &LogEntry::seq);
        if (begin != page.entries.begin()) {
            page.entries.erase(begin, page.entries.end());
            break;
        }
        if (limit >= kLargestPage) {
            return fail(ErrorCode::Internal, "one change is larger than any page");
        }
    }
    std::ranges::sort(page.entries, {}, placeOf);
    if (query.after) {
        const auto begin = std::ranges::upper_bound(page.entries, *query.after, {}, placeOf);
        page.entries.erase(page.entries.begin(), begin);
    }
    return page;
}

Result<DeltaPages> deltaFrames(const DeltaRequest& request, const EntryPage& page,
                               store::ReadStore& store) {
    DeltaPages out;
    FrameMaker maker(request, store);
    Seq done = request.from;
    for (std::size_t i = 0; i < page.entries.size(); ++i) {
        const LogEntry& entry = page.entries[i];
        VF_CHECK(maker.add(entry));
        const bool lastOfSeq = i + 1 == page.entries.size() || page.entries[i + 1].seq != entry.seq;
        if (lastOfSeq) {
            done = entry.seq;
        }
        if (maker.full()) {
            maker.cut(lastOfSeq ? done : maker.from(), lastOfSeq ? nullptr : &entry, out);
            if (out.bytes >= request.maxBytes) {
                return out;
            }
        }
    }
    const Seq end = page.all ? request.head : done;
    if (!maker.empty() || value(end) > value(maker.from())) {
        maker.cut(end, nullptr, out);
    }
    return out;
}

}  // namespace vorfahrt::server::feed
