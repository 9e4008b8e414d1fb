// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/row.h"
#include "common/schema/stored.pb.h"
#include "common/sync/mutator.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vorfahrt::sync {

// When and by whom a field is edited. Ordered: edit time, then replica, then mid.
struct EditStamp {
    std::int64_t editTimeMs = 0;  // clamped by the server
    ReplicaId replica;
    Mid mid{0};
};

struct LostValue {
    const google::protobuf::FieldDescriptor* field = nullptr;
    std::string loser;      // encoded record holding this field alone
    bool incoming = false;  // the edit just made lost; otherwise the value that stood there
};

struct MergeOutcome {
    bool changed = false;         // any field has another value than before
    std::vector<LostValue> lost;  // concurrent edits with different values: both are kept
};

// Merges one change into the server's row, field by field, after the field's rule (sync.md 2.4):
// later_edit compares stamps where the field was changed after `baseRev`; the other rules were
// decided by the mutator against the current row and are taken. A `baseRev` above the row's own
// revisions names a state that this server never gave out (its database was restored, or the number
// is made up): it counts as 0, so that every edited field is compared. Pure; `stamps` is updated
// with `seq`.
[[nodiscard]] MergeOutcome merge(const RowChange& change, const EditStamp& edit, Seq baseRev,
                                 Seq seq, schema::Row& row, stored::FieldStamps& stamps);

}  // namespace vorfahrt::sync
