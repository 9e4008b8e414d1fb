// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/rebase.h"

#include "common/sync/mutator.h"

#include <map>
#include <optional>

namespace vorfahrt::client::replica {
namespace {

using schema::RecordInfo;
using sql::StoredRow;
using vorfahrt::sync::RowKey;

using Overlay = std::map<RowKey, std::optional<StoredRow>>;

// Rows under replay from the overlay, all others as they are visible.
class OverlayReader final : public vorfahrt::sync::RowReader {
public:
    OverlayReader(TenantId tenant, ImageStore& images, Overlay& overlay)
        : tenant_(tenant),
          images_(images),
          overlay_(overlay) {}

    Result<std::optional<schema::Row>> read(const RecordInfo& info, RowId id) override {
        const auto it = overlay_.find({info.number, id});
        if (it != overlay_.end()) {
            return it->second ? std::optional(it->second->row) : std::nullopt;
        }
        VF_TRY(auto stored, images_.table(info.number)->read(tenant_, id));
        return stored ? std::optional(std::move(stored->row)) : std::nullopt;
    }

private:
    TenantId tenant_;
    ImageStore& images_;
    Overlay& overlay_;
};

vorfahrt::sync::MutationContext contextOf(const Work& work, const wire::Mutation& mutation) {
    return {.user = work.tenant.state.user, .editTimeMs = mutation.edit_time_ms()};
}

void applyChange(const vorfahrt::sync::RowChange& change, std::optional<StoredRow>& row) {
    if (!row) {
        row.emplace(
            StoredRow{.row = schema::Row(*change.info, change.id), .stamps = {}, .masks = {0, 0}});
    }
    vorfahrt::sync::apply(change, row->row);
}

// All rows that an edit ties to a dirty one, and these edits in order.
std::set<std::int64_t> closeOver(const Work& work, PendingIndex& pending, std::set<RowKey>& rows) {
    std::set<std::int64_t> orders;
    std::vector<RowKey> todo(rows.begin(), rows.end());
    while (!todo.empty()) {
        const RowKey key = todo.back();
        todo.pop_back();
        const auto* of = pending.ordersOf(work.tenant.state.tenant, key);
        if (of == nullptr) {
            continue;
        }
        for (const std::int64_t order : *of) {
            if (!orders.insert(order).second) {
                continue;
            }
            for (const RowKey& tied : pending.at(order).touches) {
                if (rows.insert(tied).second) {
                    todo.push_back(tied);
                }
            }
        }
    }
    return orders;
}

}  // namespace

Status rebase(Work& work, ImageStore& images, MetaStore& meta, PendingIndex& pending) {
    if (work.dirty.empty()) {
        return {};
    }
    const TenantId tenant = work.tenant.state.tenant;
    std::set<RowKey> rows = std::move(work.dirty);
    work.dirty.clear();
    const auto orders = closeOver(work, pending, rows);

    Overlay overlay;
    for (const RowKey& key : rows) {
        VF_TRY(auto shadow, images.readShadow(work, key));
        if (work.shadows.contains(key) && pending.touches(tenant, key)) {
            VF_CHECK(meta.writeShadow(tenant, shadow));
        }
        auto& row = overlay[key];
        if (shadow.exists) {
            row.emplace(std::move(shadow.stored));
        }
    }
    work.shadows.clear();
    OverlayReader reader(tenant, images, overlay);
    for (const std::int64_t order : orders) {
        const wire::Mutation& mutation = pending.at(order).mutation;
        auto changes = vorfahrt::sync::runMutator(mutation, contextOf(work, mutation), reader);
        if (!changes) {
            continue;
        }
        for (const auto& change : *changes) {
            applyChange(change, overlay[change.key()]);
        }
    }
    for (const auto& [key, row] : overlay) {
        if (row) {
            VF_CHECK(images.writeVisible(tenant, *row));
        } else {
            VF_CHECK(images.eraseVisible(tenant, key));
        }
        if (!pending.touches(tenant, key)) {
            VF_CHECK(meta.eraseShadow(tenant, key));
        }
        work.changes.add(key.table, key.id);
    }
    return {};
}

Status applyToVisible(Work& work, ImageStore& images, const wire::Mutation& mutation) {
    const TenantId tenant = work.tenant.state.tenant;
    Overlay none;
    OverlayReader reader(tenant, images, none);
    VF_TRY(const auto changes,
           vorfahrt::sync::runMutator(mutation, contextOf(work, mutation), reader));
    for (const auto& change : changes) {
        sql::RecordTable& table = *images.table(change.info->number);
        VF_TRY(auto row, table.read(tenant, change.id));
        std::optional<sql::RecordTable::Columns> before;
        if (row) {
            before = table.columnsOf(row->row);
        }
        applyChange(change, row);
        VF_CHECK(images.writeVisible(tenant, *row, before));
        work.changes.add(change.info->number, change.id);
    }
    return {};
}

}  // namespace vorfahrt::client::replica
